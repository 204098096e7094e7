/// Slopes put beside the columns of a design.
#include "inference/widened_fit.hpp"

#include <fmt/format.h>

namespace hansa {

WidenedFit widened_by(Design const& design, EventHistoryFit const& fit, Eigen::MatrixXd const& slopes) {
  WidenedFit wide{design, fit};
  auto const columns = static_cast<Eigen::Index>(design.columns()), shapes = slopes.cols();
  wide.design.x.conservativeResize(design.x.rows(), columns + shapes);
  wide.design.x.rightCols(shapes) = slopes;
  wide.fit.coefficients.conservativeResize(columns + shapes);
  wide.fit.coefficients.tail(shapes).setZero();
  for (Eigen::Index k = 0; k < shapes; ++k) wide.design.names.push_back(fmt::format("slope {}", k + 1));
  wide.fit.names = wide.design.names;
  for (Eigen::MatrixXd* const covariance : {&wide.fit.covariance, &wide.fit.clustered}) {
    if (covariance->rows() < columns + shapes) continue;
    std::vector<Eigen::Index> kept;
    for (Eigen::Index k = 0; k < columns; ++k) kept.push_back(k);
    for (Eigen::Index k = covariance->rows() - shapes; k < covariance->rows(); ++k) kept.push_back(k);
    *covariance = Eigen::MatrixXd((*covariance)(kept, kept));
  }
  return wide;
}

}  // namespace hansa
