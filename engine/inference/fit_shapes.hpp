/// Fits that estimate shape parameters beside coefficients, by the profile of the likelihood.
#pragma once

#include <Eigen/Core>
#include <cstddef>
#include <map>
#include <vector>

#include "inference/shaped_designs.hpp"

namespace hansa {

/// A fit and the rows that it is of.
struct ShapedFit {
  ObservedDesign observed;  ///< with the shapes at their estimates
  EventHistoryFit fit;      ///< covariances, intervals and number of parameters account for the shapes
  Eigen::MatrixXd slopes;  ///< rows × shapes: by how much η (under link additive, what adds to the hazard) changes with
                           ///< a shape, on the scale of the search; 0 where it is taken as known. Empty without shapes
  std::map<std::size_t, Eigen::MatrixXd>
      slopes_per_unit;  ///< of columns that are a mechanism times an attribute: rows × shapes, change of the slopes
                        ///< with a unit of the attribute
};

/// The fit of the policies to histories, one for each policy of the scenario, with the shapes that the question names.
/// `threads`: at most so many (0: all); no result depends on it. Cost: 50 to 100 fits for one shape, a thousand and
/// more for several.
[[nodiscard]] ShapedFit fit_rows(FitQuestion const& question, std::vector<PolicyId> const& policies,
                                 std::vector<ObservedHistory> const& histories, int threads = 0);

/// The same with these columns of the design only.
[[nodiscard]] ShapedFit fit_shapes(ShapedDesigns const& designs, std::vector<std::size_t> const& columns,
                                   EventHistoryOptions const& options, int threads = 0);

}  // namespace hansa
