/// Shapes searched, then estimates with the errors of coefficients and shapes together.
#include "inference/fit_shapes.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <utility>

#include <fmt/format.h>

#include "base/flat_math.hpp"
#include "base/parallel.hpp"
#include "inference/coordinates.hpp"
#include "inference/shape_errors.hpp"

namespace hansa {

namespace {

ShapeEstimate estimate_of(FittedShape const& shape, double at) {
  ShapeEstimate made;
  made.name = shape.name;
  for (ShapeParameter const& each : shape.parameters) made.paths.push_back(each.path.name);
  made.estimate = shape.value(at);
  made.written = shape.parameters.front().value;
  made.logarithmic = shape.logarithmic;
  made.lowest = shape.value(shape.range.lowest);
  made.highest = shape.value(shape.range.highest);
  made.least = shape.least;
  made.most = shape.most;
  double const close = 1e-6 * (shape.range.highest - shape.range.lowest);
  made.at_end = at - shape.range.lowest <= close || shape.range.highest - at <= close;
  made.jumps = shape.parameters.front().jumps;
  return made;
}

/// Ends that the search does not find lie where the parameter ends, or beyond all that was searched.
void set_limits(ShapeEstimate& estimate, FittedShape const& shape, ShapeInterval const& interval) {
  Field const& field = shape.field();
  auto const beyond_below = shape.logarithmic ? 0 : -infinity;
  estimate.lower = !interval.open_below              ? shape.value(interval.lower)
                   : estimate.lowest <= field.lowest ? field.lowest
                                                     : beyond_below;
  estimate.upper = !interval.open_above                ? shape.value(interval.upper)
                   : estimate.highest >= field.highest ? field.highest
                                                       : infinity;
  estimate.flat = interval.open_below && interval.open_above;
}

std::vector<ShapeInterval> intervals_of(ShapeTrials const& trials, std::vector<ShapeRange> const& ranges,
                                        ShapeMaximum const& best, double level, int threads) {
  double const z = flat::inverse_normal(0.5 + 0.5 * level);
  ShapeValues const values = [&](std::vector<Shapes> const& points) { return trials.values(points); };
  std::vector<ShapeInterval> intervals(ranges.size());
  parallel_for(ranges.size(), threads,
               [&](std::size_t k) { intervals[k] = shape_interval(ranges, values, best, k, z * z / 2); });
  return intervals;
}

/// Wald's, of the joint covariance; at a bound they stay those of the fit.
void renew_limits(EventHistoryFit& fit, Design const& design, double level) {
  Limits const wald = wald_limits(fit.coefficients, fit.covariance, level);
  std::size_t const free = log_linear_columns(design, fit.link);
  for (std::size_t k = 0; k < fit.names.size(); ++k) {
    if (std::find(fit.boundary.begin(), fit.boundary.end(), k) != fit.boundary.end()) continue;
    auto const at = static_cast<Eigen::Index>(k);
    fit.lower[at] = k < free ? wald.lower[at] : std::max(wald.lower[at], 0.0);
    fit.upper[at] = wald.upper[at];
  }
}

void add_notes(EventHistoryFit& fit) {
  auto const note = [&](std::string text) { fit.notes.push_back(std::move(text)); };
  for (ShapeEstimate const& each : fit.shapes) {
    std::string const taken = "it has no standard error, and those of the coefficients take it as known";
    if (each.jumps)
      note(
          fmt::format("the likelihood moves in jumps with '{}', a threshold, whose estimate settles faster than those "
                      "of the coefficients (Hansen 2000): {}",
                      each.name, taken));
    else if (each.at_end && !each.flat)
      note(fmt::format("the likelihood is highest at an end of the values of '{}' that were searched, {:.6g}: {}",
                       each.name, each.estimate, taken));
    else if (each.vague)
      note(
          fmt::format("the standard error of '{}' would be wider than all that was searched, from {:.4g} to {:.4g}: {}",
                      each.name, each.lowest, each.highest, taken));
    else if (each.known)
      note(fmt::format("near its estimate '{}' does nothing that coefficients could not do as well: {}", each.name,
                       taken));
  }
  std::size_t failed = 0;
  std::string reasons;
  for (auto const& [reason, count] : fit.shape_failures) {
    failed += count;
    reasons += fmt::format("{}{} of them: {}", reasons.empty() ? "" : "; ", count, reason);
  }
  if (failed > 0)
    note(fmt::format("of {} fits at trial values of shape parameters {} had no estimates, and count nowhere; {}",
                     fit.shape_trials, failed, reasons));
}

/// Slopes as they would be if the coefficient of a product were that of its mechanism.
std::map<std::size_t, Eigen::MatrixXd> slopes_per_unit(ShapedFit const& made, ShapeTrials const& trials,
                                                       std::vector<FittedShape> const& shapes, Shapes const& at,
                                                       std::vector<std::uint8_t> const& known) {
  std::vector<Coefficient> const& all = made.observed.coefficients;
  std::map<std::size_t, Eigen::MatrixXd> slopes;
  for (std::size_t c = 0; c < all.size(); ++c) {
    if (all[c].kind != CoefficientKind::strength_by) continue;
    Eigen::VectorXd coefficients = Eigen::VectorXd::Zero(made.fit.coefficients.size());
    for (std::size_t m = 0; m < all.size(); ++m) {
      if (all[m].kind == CoefficientKind::strength && all[m].mechanism == all[c].mechanism)
        coefficients[static_cast<Eigen::Index>(m)] = made.fit.coefficients[static_cast<Eigen::Index>(c)];
    }
    slopes[c] = shape_slopes(trials, shapes, at, coefficients, known);
  }
  return slopes;
}

/// No value of the shapes has estimates.
void fail(EventHistoryFit& fit, std::vector<FittedShape> const& shapes) {
  if (fit.estimated()) fit.failure = "no trial value of the shape parameters has estimates";
  std::string names;
  for (FittedShape const& each : shapes) names += (names.empty() ? "'" : ", '") + each.name + "'";
  fit.failure += fmt::format("; so it is, or worse, at all {} trial values of {}", fit.shape_trials, names);
}

}  // namespace

ShapedFit fit_shapes(ShapedDesigns const& designs, std::vector<std::size_t> const& columns,
                     EventHistoryOptions const& options, int threads) {
  std::vector<FittedShape> const& shapes = designs.shapes();
  std::vector<ShapeRange> ranges;
  for (FittedShape const& each : shapes) ranges.push_back(each.range);
  ShapeTrials const trials(designs, columns, options, threads);
  ShapeMaximum const best =
      search_shapes(ranges, [&](std::vector<Shapes> const& points) { return trials.values(points); });
  ShapedFit made;
  made.observed.counts = designs.written().counts;
  for (std::size_t const each : columns) made.observed.coefficients.push_back(designs.written().coefficients[each]);
  bool const found = best.value > -infinity;
  made.observed.design = found ? trials.design(best.at) : with_columns(designs.written().design, columns);
  made.fit = fit_event_history(made.observed.design, options);
  EventHistoryFit& fit = made.fit;
  fit.parameters += shapes.size();
  if (!found || !fit.estimated()) {
    fit.shape_trials = trials.count();
    fit.shape_failures = trials.failures();
    fail(fit, shapes);
    return made;
  }
  std::vector<ShapeInterval> const intervals = intervals_of(trials, ranges, best, options.level, threads);
  std::vector<std::uint8_t> known;
  for (std::size_t k = 0; k < shapes.size(); ++k) {
    fit.shapes.push_back(estimate_of(shapes[k], best.at[k]));
    set_limits(fit.shapes.back(), shapes[k], intervals[k]);
    known.push_back(fit.shapes.back().jumps || fit.shapes.back().at_end ? 1 : 0);
  }
  made.slopes = shape_slopes(trials, shapes, best.at, fit.coefficients, known);
  join_covariances(fit, trials, shapes, best.at, made.slopes, known, options);
  for (std::size_t k = 0; k < shapes.size(); ++k) fit.shapes[k].known = known[k] != 0;
  for (std::size_t k = 0; k < shapes.size(); ++k) fit.shapes[k].vague = known[k] == shape_vague;
  made.slopes_per_unit = slopes_per_unit(made, trials, shapes, best.at, known);
  fit.shape_trials = trials.count();
  fit.shape_failures = trials.failures();
  renew_limits(fit, made.observed.design, options.level);
  add_notes(fit);
  return made;
}

ShapedFit fit_rows(FitQuestion const& question, std::vector<PolicyId> const& policies,
                   std::vector<ObservedHistory> const& histories, int threads) {
  EventHistoryOptions const options = options_of(question, policies);
  std::vector<FittedShape> shapes = shapes_of(question, policies);
  if (shapes.empty()) {
    ShapedFit made;
    made.observed = design_of(question, policies, histories);
    made.fit = fit_event_history(made.observed.design, options);
    return made;
  }
  ShapedDesigns const designs(question, policies, histories, std::move(shapes));
  std::vector<std::size_t> columns(designs.written().design.columns());
  std::iota(columns.begin(), columns.end(), 0);
  return fit_shapes(designs, columns, options, threads);
}

}  // namespace hansa
