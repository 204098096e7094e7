/// Estimates of shapes on their own scales.
#include "inference/shape_report.hpp"

#include <limits>
#include <utility>

#include <fmt/format.h>

#include "inference/hypothesis_tests.hpp"

namespace hansa {

std::vector<ShapeReport> shape_reports(EventHistoryFit const& fit) {
  std::vector<ShapeReport> shapes;
  for (std::size_t k = 0; k < fit.shapes.size(); ++k) {
    ShapeEstimate const& each = fit.shapes[k];
    auto const at = fit.covariance.rows() - static_cast<Eigen::Index>(fit.shapes.size() - k);
    double const scale = each.known ? std::numeric_limits<double>::quiet_NaN() : each.logarithmic ? each.estimate : 1;
    ShapeReport shape;
    shape.name = each.name;
    shape.estimate = each.estimate;
    shape.error = scale * standard_error(fit.covariance(at, at));
    if (fit.clustered.size() > 0) shape.cluster_error = scale * standard_error(fit.clustered(at, at));
    shape.lower = each.lower;
    shape.upper = each.upper;
    shapes.push_back(std::move(shape));
  }
  return shapes;
}

std::vector<std::string> shape_warnings(EventHistoryFit const& fit, double level) {
  std::vector<std::string> warnings;
  for (ShapeEstimate const& each : fit.shapes) {
    if (!each.flat) continue;
    warnings.push_back(fmt::format(
        "the log-likelihood is flat in '{}': from {:.4g} to {:.4g} it falls by less than a {:g} % interval takes, so "
        "that the data do not tell this parameter; leave it out of profile, and say where its value is from",
        each.name, each.lowest, each.highest, 100 * level));
  }
  return warnings;
}

}  // namespace hansa
