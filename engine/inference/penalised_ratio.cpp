/// Penalised maxima with and without a restriction, in coordinates in which the restricted columns come last.
#include "inference/penalised_ratio.hpp"

#include <algorithm>

#include "base/chi_square.hpp"
#include "inference/build_design.hpp"
#include "inference/newton.hpp"

namespace hansa {

namespace {

/// Steps with the expected information, and second derivatives where these do not settle.
Maximum penalised_maximum(Sample const& sample, Eigen::VectorXd const& start, Constraints const& constraints) {
  Objective const penalised = [&sample](Eigen::VectorXd const& b) { return evaluate_firth(sample, b); };
  Maximum found = maximise(penalised, start, constraints, 1e-18, 50);
  if (found.converged) return found;
  Objective const curved = [&sample](Eigen::VectorXd const& b) { return evaluate_firth_curved(sample, b); };
  return maximise(curved, found.at, constraints, 1e-14, 200);
}

}  // namespace

std::optional<ChiSquareTest> penalised_ratio_test(Design const& design, EventHistoryFit const& full,
                                                  std::vector<std::size_t> const& kept) {
  if (!full.estimated() || full.penalty != Penalty::firth) return std::nullopt;
  if (kept.empty() || kept.size() >= design.columns()) return std::nullopt;
  std::vector<std::size_t> order = kept;
  for (std::size_t c = 0; c < design.columns(); ++c) {
    if (!std::binary_search(kept.begin(), kept.end(), c)) order.push_back(c);
  }
  Design const ordered = with_columns(design, order);
  Coordinates coordinates = orthonormal(ordered, full.link);
  if (!coordinates.aliased.empty()) return std::nullopt;
  Sample const sample = make_sample(ordered, full.link, std::move(coordinates.q));
  Eigen::VectorXd coefficients(full.coefficients.size());
  for (std::size_t c = 0; c < order.size(); ++c) {
    coefficients[static_cast<Eigen::Index>(c)] = full.coefficients[static_cast<Eigen::Index>(order[c])];
  }
  // Coordinates are triangular combinations of columns in their order: the last are 0 where the last coefficients are.
  Eigen::VectorXd start = coordinates.transform.triangularView<Eigen::Upper>().solve(coefficients);
  Maximum const whole = penalised_maximum(sample, start, {});
  Constraints restricted;
  restricted.fixed.assign(order.size(), 0);
  std::fill(restricted.fixed.begin() + static_cast<std::ptrdiff_t>(kept.size()), restricted.fixed.end(), 1);
  start.tail(start.size() - static_cast<Eigen::Index>(kept.size())).setZero();
  Maximum const within = penalised_maximum(sample, start, restricted);
  if (!whole.converged || !within.converged) return std::nullopt;
  ChiSquareTest test;
  test.statistic = std::max(0.0, 2 * (whole.there.value - within.there.value));
  test.degrees = order.size() - kept.size();
  test.p = flat::chi_square_tail(test.statistic, static_cast<double>(test.degrees));
  return test;
}

}  // namespace hansa
