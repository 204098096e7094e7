/// Kernels by weighted covariances; all sums are in the order of particles.
#include "calibration/population.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

#include "base/flat_math.hpp"
#include "base/random.hpp"
#include "run/draw_estimates.hpp"

namespace hansa {

namespace {

/// A proposal stays with the hypothesis that was drawn with this chance, and goes to each other one that is alive with
/// an equal part of the rest (Toni & Stumpf 2010).
constexpr double stays = 0.7;

constexpr std::uint32_t normal_step = 0, hypothesis_step = 1, member_step = 2;

std::size_t first_above(std::span<double const> cumulated, double uniform) noexcept {
  double const wanted = uniform * cumulated.back();
  auto const found = std::upper_bound(cumulated.begin(), cumulated.end(), wanted);
  return std::min(static_cast<std::size_t>(found - cumulated.begin()), cumulated.size() - 1);
}

/// Twice the weighted covariance of the members, and a little more, so that what is alike in all can move too.
std::vector<double> twice_covariance(Population const& from, std::vector<std::size_t> const& members,
                                     std::vector<std::size_t> const& acting, std::size_t width, double mass) {
  constexpr double least = 1e-6;
  std::size_t const size = acting.size();
  std::vector<double> mean(size, 0.0), matrix(size * size, 0.0);
  for (std::size_t const i : members)
    for (std::size_t a = 0; a < size; ++a) mean[a] += from.weight[i] / mass * from.z[i * width + acting[a]];
  for (std::size_t const i : members)
    for (std::size_t a = 0; a < size; ++a)
      for (std::size_t b = 0; b < size; ++b)
        matrix[a * size + b] += 2 * from.weight[i] / mass * (from.z[i * width + acting[a]] - mean[a]) *
                                (from.z[i * width + acting[b]] - mean[b]);
  for (std::size_t a = 0; a < size; ++a) matrix[a * size + a] += least;
  return matrix;
}

std::vector<double> identity(std::size_t size) {
  std::vector<double> matrix(size * size, 0.0);
  for (std::size_t a = 0; a < size; ++a) matrix[a * size + a] = 1;
  return matrix;
}

}  // namespace

double effective_size(std::span<double const> weights) noexcept {
  double sum = 0, squares = 0;
  for (double const each : weights) {
    sum += each;
    squares += each * each;
  }
  return squares > 0 ? sum * sum / squares : 0;
}

double weighted_quantile(std::vector<double> values, std::span<double const> weights, double q) {
  if (values.empty()) return std::numeric_limits<double>::quiet_NaN();
  std::vector<std::size_t> order(values.size());
  std::iota(order.begin(), order.end(), 0);
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return values[a] < values[b]; });
  double const all = std::accumulate(weights.begin(), weights.end(), 0.0);
  double below = 0;
  for (std::size_t const each : order) {
    below += weights[each];
    if (below >= q * all) return values[each];
  }
  return values[order.back()];
}

std::vector<double> hypothesis_weights(Population const& population, std::size_t hypotheses) {
  std::vector<double> weights(hypotheses, 0.0);
  for (std::size_t i = 0; i < population.size(); ++i)
    weights[static_cast<std::size_t>(population.hypothesis[i])] += population.weight[i];
  return weights;
}

Kernel::Kernel(Priors const& priors, std::uint64_t seed) : priors_(priors), seed_(seed), moves_(priors.hypotheses()) {
  for (std::string const& path : priors.paths()) who_.push_back(hash_id(path));
  for (Moves& each : moves_) each.chance = 1.0 / static_cast<double>(moves_.size());
}

Kernel::Kernel(Priors const& priors, std::uint64_t seed, Population const& from) : Kernel(priors, seed) {
  from_ = &from;
  for (std::size_t i = 0; i < from.size(); ++i) {
    Moves& of = moves_[static_cast<std::size_t>(from.hypothesis[i])];
    of.members.push_back(i);
    of.mass += from.weight[i];
    of.cumulated.push_back(of.mass);
  }
  auto const alive =
      static_cast<double>(std::count_if(moves_.begin(), moves_.end(), [](Moves const& each) { return each.mass > 0; }));
  double all = 0;
  for (Moves const& each : moves_) all += each.mass;
  for (std::size_t h = 0; h < moves_.size(); ++h) {
    Moves& each = moves_[h];
    double const mass = each.mass / all;
    each.chance = 0;
    if (!(each.mass > 0)) continue;
    each.chance = alive > 1 ? stays * mass + (1 - stays) * (1 - mass) / (alive - 1) : 1;
    fit(each, h);
  }
}

void Kernel::fit(Moves& moves, std::size_t hypothesis) {
  std::vector<std::size_t> const& acting = priors_.acting(hypothesis);
  std::size_t const size = acting.size();
  // Of so few the covariance is none: they move as far as the prior is wide.
  bool const few = moves.members.size() < size + 2;
  std::vector<double> const matrix =
      few ? identity(size) : twice_covariance(*from_, moves.members, acting, priors_.size(), moves.mass);
  moves.root = cholesky(matrix, size);
  if (moves.root.empty()) moves.root = identity(size);
  moves.log_factor = 0;
  for (std::size_t a = 0; a < size; ++a) moves.log_factor -= flat::log(moves.root[a * size + a]);
}

std::size_t Kernel::pick_hypothesis(double uniform) const noexcept {
  std::vector<double> cumulated;
  double sum = 0;
  for (Moves const& each : moves_) cumulated.push_back(sum += each.chance);
  return first_above(cumulated, uniform);
}

Proposal Kernel::propose(std::int64_t generation, std::int64_t attempt) const {
  std::uint64_t const key = make_key(seed_, static_cast<std::uint64_t>(attempt), Purpose::calibration,
                                     static_cast<std::uint64_t>(generation));
  std::vector<double> normal(priors_.size());
  draw_normal(key, who_, normal_step, normal);
  Proposal proposal;
  std::size_t const h = moves_.size() == 1 ? 0 : pick_hypothesis(draw_uniform(key, 0, hypothesis_step));
  proposal.hypothesis = static_cast<std::int32_t>(h);
  proposal.z.assign(priors_.size(), 0.0);
  std::vector<std::size_t> const& acting = priors_.acting(h);
  if (from_ == nullptr) {
    for (std::size_t const k : acting) proposal.z[k] = normal[k];
    return proposal;
  }
  Moves const& moves = moves_[h];
  std::size_t const ancestor = moves.members[first_above(moves.cumulated, draw_uniform(key, 0, member_step))];
  for (std::size_t a = 0; a < acting.size(); ++a) {
    double z = from_->z[ancestor * priors_.size() + acting[a]];
    for (std::size_t b = 0; b <= a; ++b) z += moves.root[a * acting.size() + b] * normal[acting[b]];
    proposal.z[acting[a]] = z;
  }
  return proposal;
}

double Kernel::weight(Proposal const& proposal) const {
  if (from_ == nullptr) return 1;
  Moves const& moves = moves_[static_cast<std::size_t>(proposal.hypothesis)];
  std::vector<std::size_t> const& acting = priors_.acting(static_cast<std::size_t>(proposal.hypothesis));
  std::size_t const size = acting.size();
  double prior = 0;
  for (std::size_t const k : acting) prior -= 0.5 * proposal.z[k] * proposal.z[k];
  std::vector<double> off(size);
  double density = 0;
  for (std::size_t const i : moves.members) {
    double squares = 0;
    for (std::size_t a = 0; a < size; ++a) {
      double rest = proposal.z[acting[a]] - from_->z[i * priors_.size() + acting[a]];
      for (std::size_t b = 0; b < a; ++b) rest -= moves.root[a * size + b] * off[b];
      off[a] = rest / moves.root[a * size + a];
      squares += off[a] * off[a];
    }
    density += from_->weight[i] / moves.mass * flat::exp(moves.log_factor - 0.5 * squares - prior);
  }
  return 1 / (moves.chance * density);
}

}  // namespace hansa
