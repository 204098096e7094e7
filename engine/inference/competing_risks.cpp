/// Uniformisation of a small Markov chain, with its derivatives.
#include "inference/competing_risks.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "base/flat_math.hpp"

namespace hansa {

namespace {

constexpr double most_rate = 600;  // e^-600 is still a number

/// The chance of a set, with derivatives in the hazards.
struct Chance {
  double value = 0;
  Eigen::VectorXd slope;
  Eigen::MatrixXd bend;
  explicit Chance(Eigen::Index n) : slope(Eigen::VectorXd::Zero(n)), bend(Eigen::MatrixXd::Zero(n, n)) {}

  /// Adds w times another.
  void add(double w, Chance const& of) {
    value += w * of.value;
    slope += w * of.slope;
    bend += w * of.bend;
  }
  /// Adds the product of another with w h_q, as far as h_q is differentiated.
  void add_change(double w, Eigen::Index q, Chance const& of) {
    slope[q] += w * of.value;
    bend.row(q) += w * of.slope.transpose();
    bend.col(q) += w * of.slope;
  }
};

bool has(std::uint64_t set, std::size_t k) noexcept {
  return (set >> k & 1) != 0;
}

double rate_of(std::uint64_t open, std::span<double const> hazards) noexcept {
  double sum = 0;
  for (std::size_t k = 0; k < hazards.size(); ++k) sum += has(open, k) ? hazards[k] : 0;
  return sum;
}

/// One event of the uniformised chain, of rate `rate`.
void turn(JointStep const& step, std::span<double const> hazards, double rate, std::vector<Chance> const& from,
          std::vector<Chance>& to) {
  for (std::size_t set = 0; set < from.size(); ++set) {
    Chance& next = to[set] = Chance(static_cast<Eigen::Index>(hazards.size()));
    next.add(1 - rate_of(step.open[set], hazards) / rate, from[set]);
    for (std::size_t k = 0; k < hazards.size(); ++k)
      if (has(step.open[set], k)) next.add_change(-1 / rate, static_cast<Eigen::Index>(k), from[set]);
    for (std::size_t k = 0; k < step.adopters; ++k) {
      std::size_t const before = set & ~(std::size_t{1} << k);
      if (before == set || !has(step.open[before], k)) continue;
      next.add(hazards[k] / rate, from[before]);
      next.add_change(1 / rate, static_cast<Eigen::Index>(k), from[before]);
    }
  }
}

}  // namespace

JointTerms joint_terms(JointStep const& step, std::span<double const> hazards) {
  auto const n = static_cast<Eigen::Index>(hazards.size());
  JointTerms made{-std::numeric_limits<double>::infinity(), Eigen::VectorXd::Zero(n), Eigen::MatrixXd::Zero(n, n)};
  double rate = 0, all = 0;
  for (std::uint64_t const open : step.open) rate = std::max(rate, rate_of(open, hazards));
  for (double const h : hazards) all += h;
  if (!(rate > 0) || !(rate <= most_rate)) return made;
  std::vector<Chance> now(step.open.size(), Chance(n)), next = now;
  now[0].value = 1;
  Chance sum(n);
  double weight = flat::exp(-rate);
  auto const last = static_cast<int>(rate + 12 * std::sqrt(rate) + 40) + static_cast<int>(step.adopters);
  for (int k = 0; k <= last; ++k) {
    sum.add(weight, now.back());
    weight *= rate / (k + 1);
    turn(step, hazards, rate, now, next);
    std::swap(now, next);
  }
  if (!(sum.value > 0)) return made;
  made.value = flat::log(sum.value) + all;
  made.slope = sum.slope / sum.value;
  made.bend = sum.bend / sum.value - made.slope * made.slope.transpose();
  made.slope.array() += 1;
  return made;
}

bool is_possible(JointStep const& step) {
  std::vector<std::uint8_t> reached(step.open.size(), 0);
  reached[0] = 1;
  for (std::size_t set = 0; set < reached.size(); ++set) {
    for (std::size_t k = 0; reached[set] != 0 && k < step.adopters; ++k)
      if (!has(set, k) && has(step.open[set], k)) reached[set | std::size_t{1} << k] = 1;
  }
  return reached.back() != 0;
}

}  // namespace hansa
