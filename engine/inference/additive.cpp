/// Starts and runaways of additive hazards.
#include "inference/additive.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "base/flat_math.hpp"
#include "inference/fit_checks.hpp"
#include "inference/separation.hpp"

namespace hansa {

namespace {

constexpr double negligible = 1e-7;  // share of a hazard
constexpr double runaway = 1e3;      // standard error of a column scaled to mean square 1

/// Columns that add to the hazard in some unit with adoption, and in no row without.
std::vector<std::size_t> unopposed(Sample const& sample) {
  std::vector<std::size_t> found;
  for (std::size_t k = sample.log_linear; k < sample.columns; ++k) {
    bool opposed = false;
    for (std::size_t u = 0; u < sample.units() && !opposed; ++u)
      opposed = sample.event[u] == 0 &&
                sample.q(static_cast<Eigen::Index>(sample.begin[u]), static_cast<Eigen::Index>(k)) > 0;
    if (!opposed) found.push_back(k);
  }
  return found;
}

/// The log-linear part as a sample of its own, of the rows whose hazard it makes up to more than a negligible share.
Sample log_linear_part(Sample const& sample, Predictors const& at, std::vector<std::size_t>& rows) {
  for (std::size_t u = 0; u < sample.units(); ++u) {
    std::size_t best = sample.begin[u];
    double whole = 0;
    for (std::size_t r = best; r < sample.begin[u + 1]; ++r) {
      whole += flat::exp(at.eta[r]) + at.added[r];
      if (at.eta[r] > at.eta[best]) best = r;
    }
    if (sample.event[u] == 0 || flat::exp(at.eta[best]) > negligible * whole) rows.push_back(u);
  }
  Sample part;
  part.columns = part.log_linear = sample.log_linear;
  part.q.resize(static_cast<Eigen::Index>(rows.size()), static_cast<Eigen::Index>(sample.log_linear));
  for (std::size_t k = 0; k < rows.size(); ++k) {
    std::size_t best = sample.begin[rows[k]];
    for (std::size_t r = best; r < sample.begin[rows[k] + 1]; ++r)
      if (at.eta[r] > at.eta[best]) best = r;
    part.q.row(static_cast<Eigen::Index>(k)) = sample.q.row(static_cast<Eigen::Index>(best)).head(part.q.cols());
    part.begin.push_back(k);
    part.event.push_back(sample.event[rows[k]]);
  }
  part.begin.push_back(rows.size());
  return part;
}

/// Whether some log-linear coefficient is hardly determined.
bool is_loose(Sample const& sample, Maximum const& maximum) {
  auto const a = static_cast<Eigen::Index>(sample.log_linear);
  Eigen::MatrixXd const v = inverse_of(maximum.there.expected.topLeftCorner(a, a));
  return !maximum.converged || v.size() == 0 || v.diagonal().maxCoeff() > runaway * runaway;
}

}  // namespace

Eigen::VectorXd additive_start(Sample const& sample, double hazard) {
  std::size_t const added = sample.columns - sample.log_linear;
  Eigen::VectorXd b = Eigen::VectorXd::Zero(static_cast<Eigen::Index>(sample.columns));
  double const share = sample.log_linear > 0 ? 0.5 * hazard : hazard;
  double const eta = flat::log(added > 0 ? share : hazard);
  for (std::size_t k = 0; k < sample.columns; ++k) {
    auto const column = sample.q.col(static_cast<Eigen::Index>(k));
    double mean = 0;
    for (Eigen::Index r = 0; r < column.size(); ++r) mean += column[r];
    mean /= static_cast<double>(column.size());
    b[static_cast<Eigen::Index>(k)] = k < sample.log_linear ? eta * mean : share / (static_cast<double>(added) * mean);
  }
  return b;
}

std::size_t unexplained_event(Sample const& sample) {
  if (sample.log_linear > 0) return sample.units();
  for (std::size_t u = 0; u < sample.units(); ++u) {
    if (sample.event[u] == 0) continue;
    bool explained = false;
    for (std::size_t r = sample.begin[u]; r < sample.begin[u + 1]; ++r)
      explained = explained || sample.q.row(static_cast<Eigen::Index>(r)).maxCoeff() > 0;
    if (!explained) return u;
  }
  return sample.units();
}

bool runs_away(EventHistoryFit& fit, Design const& design, Sample const& sample, Eigen::MatrixXd const& transform,
               Maximum const& maximum) {
  Eigen::VectorXd direction = Eigen::VectorXd::Zero(static_cast<Eigen::Index>(sample.columns));
  std::vector<std::uint8_t> strictly(sample.rows(), 0);
  std::vector<std::size_t> const alone = unopposed(sample);
  for (std::size_t const k : alone) {
    direction[static_cast<Eigen::Index>(k)] = 1;
    for (std::size_t r = 0; r < sample.rows(); ++r)
      if (sample.q(static_cast<Eigen::Index>(r), static_cast<Eigen::Index>(k)) > 0) strictly[r] = 1;
  }
  if (!alone.empty()) {
    report_separation(fit, design, direction, strictly);
    fit.failure = fmt::format(
        "only adopters ever had {} above 0, so that no finite strength is the likeliest; leave it "
        "out",
        list_columns(fit.names, alone));
    return true;
  }
  if (sample.log_linear == 0 || !is_loose(sample, maximum)) return false;
  std::vector<std::size_t> units;
  Sample const part = log_linear_part(sample, predict(sample, maximum.at), units);
  Recession const found = find_recession(part, maximum.at.head(static_cast<Eigen::Index>(sample.log_linear)));
  if (found.direction.size() == 0) return false;
  direction.head(found.direction.size()) = found.direction;
  for (std::size_t k = 0; k < units.size(); ++k)
    for (std::size_t r = sample.begin[units[k]]; r < sample.begin[units[k] + 1]; ++r) strictly[r] = found.strictly[k];
  report_separation(fit, design, transform * direction, strictly);
  fit.failure = fmt::format(
      "the hazard that {} make runs to 0 in some rows, since other terms explain every adoption "
      "there; leave out the baseline, or the terms in question",
      list_columns(fit.names, fit.separating));
  return true;
}

}  // namespace hansa
