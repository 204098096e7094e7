/// Adaptive quadrature, one group after the other.
#include "inference/group_intercept.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <utility>

#include "base/flat_math.hpp"

namespace hansa {

/// A group's log-likelihood, gradient, observed information, and the mean of what that would be were z known.
struct GroupIntercept::Group {
  double value = 0;
  Eigen::VectorXd gradient;
  Eigen::MatrixXd information, complete;
};

namespace {

struct Mode {
  double z = 0;
  double spread = 1;        // 1/√curvature
  bool by_observed = true;  // the curvature is that of the likelihood, not its expectation
};

/// Of f(z) = ℓ(σz) − z²/2, from z on.
Mode find_mode(Sample const& sample, Predictors const& at, std::vector<std::size_t> const& units, double sd, double z) {
  auto const penalised = [&](ShiftTerms const& t, double where) { return t.value - 0.5 * where * where; };
  ShiftTerms here = shift_terms(sample, at, units, sd * z);
  if (!std::isfinite(here.value)) here = shift_terms(sample, at, units, sd * (z = 0));
  double curvature = 1;
  bool by_observed = true;
  for (int iteration = 0; iteration < 100; ++iteration) {
    curvature = 1 + sd * sd * here.observed;
    by_observed = curvature > 0.1;
    if (!by_observed) curvature = 1 + sd * sd * here.expected;
    double step = (sd * here.slope - z) / curvature;
    if (std::fabs(step) < 1e-9 * (1 + std::fabs(z))) break;
    double const now = penalised(here, z);
    bool risen = false;
    for (int halvings = 0; halvings < 50 && !risen; ++halvings, step /= 2) {
      ShiftTerms const next = shift_terms(sample, at, units, sd * (z + step));
      risen = penalised(next, z + step) >= now - 1e-13 * (1 + std::fabs(now));
      if (!risen) continue;
      here = next;
      z += step;
    }
    if (!risen) break;
  }
  return {z, 1 / std::sqrt(curvature), by_observed};
}

/// The nodes of one group: shifts of η, and their posterior weights.
struct Nodes {
  std::vector<double> shift, weight;
  double value = 0;  // ln of the integral
};

Nodes place_nodes(Sample const& sample, Predictors const& at, std::vector<std::size_t> const& units, double sd,
                  Quadrature const& rule, Mode const& mode) {
  constexpr double half_log_pi = 0.57236494292470008707;
  Nodes made;
  double largest = -1e300;
  for (std::size_t k = 0; k < rule.nodes.size(); ++k) {
    double const z = mode.z + 1.4142135623730950488 * mode.spread * rule.nodes[k];
    made.shift.push_back(sd * z);
    double const value = shift_terms(sample, at, units, sd * z).value - 0.5 * z * z + rule.log_weights[k];
    made.weight.push_back(value);
    if (value > largest) largest = value;
  }
  double sum = 0;
  for (double& weight : made.weight) sum += weight = flat::exp(weight - largest);
  for (double& weight : made.weight) weight /= sum;
  // √2 spread / √(2π)
  made.value = largest + flat::log(sum * mode.spread) - half_log_pi;
  return made;
}

/// Moments over the nodes of one group; the last coordinate is the shift, and after `finish` ln σ.
class Posterior {
 public:
  Posterior(Nodes const& nodes, std::size_t width)
      : nodes_(nodes), width_(width), last_(static_cast<Eigen::Index>(width) - 1) {
    scores_ = RowMatrix::Zero(static_cast<Eigen::Index>(nodes.shift.size()), last_ + 1);
    information_ = RowMatrix::Zero(last_ + 1, last_ + 1);
    crossed_ = Eigen::VectorXd::Zero(last_ + 1);
  }

  /// A unit whose derivatives are multiples of its row.
  void add_row(Sample const& sample, Predictors const& at, std::size_t unit) {
    std::size_t const r = sample.begin[unit];
    auto const q = sample.q.row(static_cast<Eigen::Index>(r));
    double weight = 0, with_shift = 0, with_square = 0;
    for (std::size_t k = 0; k < nodes_.shift.size(); ++k) {
      RowTerms const t = row_terms(sample.link, at.eta[r] + nodes_.shift[k], sample.event[unit] != 0);
      scores_.row(static_cast<Eigen::Index>(k)) += t.slope * q;
      double const part = nodes_.weight[k] * t.observed;
      weight += part;
      with_shift += part * nodes_.shift[k];
      with_square += part * nodes_.shift[k] * nodes_.shift[k];
    }
    add_outer(weight, q.data(), width_, information_.data());
    crossed_.head(last_) += with_shift * q.head(last_).transpose();
    crossed_[last_] += with_square;
  }

  void add_spell(Sample const& sample, Predictors& at, std::size_t unit) {
    auto const begin = at.eta.begin() + static_cast<std::ptrdiff_t>(sample.begin[unit]);
    auto const end = at.eta.begin() + static_cast<std::ptrdiff_t>(sample.begin[unit + 1]);
    std::vector<double> const kept(begin, end);
    for (std::size_t k = 0; k < nodes_.shift.size(); ++k) {
      Sums sums(sample);
      for (auto eta = begin; eta != end; ++eta) *eta += nodes_.shift[k];
      add_unit(sample, at, unit, sums);
      std::copy(kept.begin(), kept.end(), begin);
      scores_.row(static_cast<Eigen::Index>(k)) += sums.gradient.transpose();
      information_ += nodes_.weight[k] * sums.observed;
      double const part = nodes_.weight[k] * nodes_.shift[k];
      crossed_.head(last_) += part * sums.observed.col(last_).head(last_);
      crossed_[last_] += part * nodes_.shift[k] * sums.observed(last_, last_);
    }
  }

  /// Means of f′ and of f′·(z − mode), which an exact rule would find to be 0 and −1. Before `finish`.
  [[nodiscard]] std::pair<double, double> misfit(double sd, double mode) const {
    double first = 0, second = 0;
    for (std::size_t k = 0; k < nodes_.shift.size(); ++k) {
      double const z = nodes_.shift[k] / sd;
      double const slope = sd * scores_(static_cast<Eigen::Index>(k), last_) - z;
      first += nodes_.weight[k] * slope;
      second += nodes_.weight[k] * slope * (z - mode);
    }
    return {first, second};
  }

  void finish(Eigen::VectorXd& gradient, Eigen::MatrixXd& information, Eigen::MatrixXd& complete) {
    mirror(information_);
    information_.col(last_) = crossed_;
    information_.row(last_) = crossed_.transpose();
    gradient = Eigen::VectorXd::Zero(last_ + 1);
    for (std::size_t k = 0; k < nodes_.shift.size(); ++k) {
      auto const row = static_cast<Eigen::Index>(k);
      scores_(row, last_) *= nodes_.shift[k];  // ∂η/∂ln σ is the shift itself
      information_(last_, last_) -= nodes_.weight[k] * scores_(row, last_);
      gradient += nodes_.weight[k] * scores_.row(row).transpose();
    }
    RowMatrix spread = RowMatrix::Zero(last_ + 1, last_ + 1);
    for (std::size_t k = 0; k < nodes_.shift.size(); ++k) {
      Eigen::VectorXd const off = scores_.row(static_cast<Eigen::Index>(k)).transpose() - gradient;
      add_outer(nodes_.weight[k], off.data(), width_, spread.data());
    }
    mirror(spread);
    complete = information_;
    information = information_ - spread;
  }

 private:
  Nodes const& nodes_;
  std::size_t width_;
  Eigen::Index last_;
  RowMatrix scores_;         // nodes × width
  RowMatrix information_;    // mean of the observed information at known shift
  Eigen::VectorXd crossed_;  // mean of its last column times the shift, and of its last entry times the square
};

/// The last column of a group's observed information at a common shift: Σ over units of −∂²ℓ/∂(b, u)∂u.
Eigen::VectorXd cross_information(Sample const& sample, Predictors& at, std::vector<std::size_t> const& units,
                                  double shift) {
  auto const last = static_cast<Eigen::Index>(sample.width()) - 1;
  Eigen::VectorXd sum = Eigen::VectorXd::Zero(last + 1);
  for (std::size_t const u : units) {
    std::size_t const first = sample.begin[u], end = sample.begin[u + 1];
    if (sample.plain(u)) {
      double const weight = row_terms(sample.link, at.eta[first] + shift, sample.event[u] != 0).observed;
      sum += weight * sample.q.row(static_cast<Eigen::Index>(first)).transpose();
      continue;
    }
    std::vector<double> const kept(at.eta.begin() + static_cast<std::ptrdiff_t>(first),
                                   at.eta.begin() + static_cast<std::ptrdiff_t>(end));
    Sums sums(sample);
    for (std::size_t r = first; r < end; ++r) at.eta[r] += shift;
    add_unit(sample, at, u, sums);
    std::copy(kept.begin(), kept.end(), at.eta.begin() + static_cast<std::ptrdiff_t>(first));
    sum += sums.observed.col(last);
  }
  return sum;
}

/// How the mode ẑ moves with (b, ln σ), from σS(σẑ) = ẑ. κ = 1 + σ²O is the curvature there.
struct Moves {
  Eigen::VectorXd cross, mode;
};

Moves mode_moves(Sample const& sample, Predictors& at, std::vector<std::size_t> const& units, double sd,
                 Mode const& mode) {
  auto const last = static_cast<Eigen::Index>(sample.width()) - 1;
  double const curvature = 1 / (mode.spread * mode.spread);
  Moves made{cross_information(sample, at, units, sd * mode.z), {}};
  made.mode = -sd / curvature * made.cross;
  made.mode[last] = (mode.z - sd * made.cross[last] * sd * mode.z) / curvature;
  return made;
}

/// What the gradient owes to nodes that move with the parameters: nothing where the rule is exact, and otherwise what
/// keeps gradient and value of one mind.
Eigen::VectorXd moving_nodes(Sample const& sample, Predictors& at, std::vector<std::size_t> const& units, double sd,
                             Mode const& mode, double slope, double stretch) {
  constexpr double step = 1e-4;
  auto const last = static_cast<Eigen::Index>(sample.width()) - 1;
  double const u = sd * mode.z, curvature = 1 / (mode.spread * mode.spread);
  auto const [cross, moves] = mode_moves(sample, at, units, sd, mode);
  Eigen::VectorXd const third =
      (cross_information(sample, at, units, u + step) - cross_information(sample, at, units, u - step)) / (2 * step);
  Eigen::VectorXd bends = sd * sd * (third + third[last] * sd * moves);
  bends[last] = 2 * sd * sd * cross[last] + sd * sd * third[last] * (u + sd * moves[last]);
  return slope * moves - (1 + stretch) * 0.5 / curvature * bends;
}

}  // namespace

GroupIntercept::GroupIntercept(Sample sample, std::vector<Index> const& group, int points)
    : sample_(std::move(sample)), rule_(gauss_hermite(points)) {
  sample_.q.conservativeResize(Eigen::NoChange, sample_.q.cols() + 1);
  sample_.q.col(sample_.q.cols() - 1).setOnes();
  std::map<Index, std::vector<std::size_t>> units;
  for (std::size_t u = 0; u < sample_.units(); ++u) units[group[sample_.begin[u]]].push_back(u);
  for (auto& [id, own] : units) {
    groups_.push_back(id);
    units_.push_back(std::move(own));
  }
  modes_.assign(groups_.size(), 0);
}

GroupIntercept::Group GroupIntercept::integrate(Predictors& at, std::size_t group, double sd) {
  Mode const mode = find_mode(sample_, at, units_[group], sd, modes_[group]);
  modes_[group] = mode.z;
  Nodes const nodes = place_nodes(sample_, at, units_[group], sd, rule_, mode);
  Posterior posterior(nodes, sample_.width());
  for (std::size_t const u : units_[group]) {
    if (sample_.plain(u))
      posterior.add_row(sample_, at, u);
    else
      posterior.add_spell(sample_, at, u);
  }
  Group made{nodes.value, {}, {}, {}};
  auto const [slope, stretch] = posterior.misfit(sd, mode.z);
  posterior.finish(made.gradient, made.information, made.complete);
  if (mode.by_observed) made.gradient += moving_nodes(sample_, at, units_[group], sd, mode, slope, stretch);
  return made;
}

Evaluation GroupIntercept::operator()(Eigen::VectorXd const& at) {
  auto const n = static_cast<Eigen::Index>(sample_.columns);
  double const sd = flat::exp(at[n]);
  RowMatrix outer = RowMatrix::Zero(n + 1, n + 1);
  Evaluation made{0, Eigen::VectorXd::Zero(n + 1), Eigen::MatrixXd::Zero(n + 1, n + 1), outer};
  if (sd > largest_sd) {
    made.value = -std::numeric_limits<double>::infinity();
    return made;
  }
  bool const few = static_cast<Eigen::Index>(groups_.size()) <= n + 1;
  Predictors predictors = predict(sample_, at.head(n));
  for (std::size_t g = 0; g < groups_.size(); ++g) {
    Group const each = integrate(predictors, g, sd);
    if (few) made.expected += each.complete;
    made.value += each.value;
    made.gradient += each.gradient;
    made.observed += each.information;
    add_outer(1, each.gradient.data(), sample_.width(), outer.data());
  }
  mirror(outer);
  if (!few) made.expected = outer;
  return made;
}

RowMatrix GroupIntercept::scores(Eigen::VectorXd const& at) {
  auto const n = static_cast<Eigen::Index>(sample_.columns);
  Predictors predictors = predict(sample_, at.head(n));
  RowMatrix made(static_cast<Eigen::Index>(groups_.size()), n + 1);
  for (std::size_t g = 0; g < groups_.size(); ++g)
    made.row(static_cast<Eigen::Index>(g)) = integrate(predictors, g, flat::exp(at[n])).gradient.transpose();
  return made;
}

std::vector<GroupMode> GroupIntercept::modes(Eigen::VectorXd const& at) {
  auto const n = static_cast<Eigen::Index>(sample_.columns);
  double const sd = flat::exp(at[n]);
  Predictors predictors = predict(sample_, at.head(n));
  std::vector<GroupMode> made;
  for (std::size_t g = 0; g < groups_.size(); ++g) {
    Mode const mode = find_mode(sample_, predictors, units_[g], sd, modes_[g]);
    Eigen::VectorXd moves = sd * mode_moves(sample_, predictors, units_[g], sd, mode).mode;
    moves[n] += sd * mode.z;
    made.push_back({sd * mode.z, sd * sd * mode.spread * mode.spread, std::move(moves)});
  }
  return made;
}

}  // namespace hansa
