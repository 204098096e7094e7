/// Profile-likelihood intervals: where the likelihood, maximised over everything else, has fallen by a given amount.
#pragma once

#include <Eigen/Core>

#include "inference/newton.hpp"

namespace hansa {

/// One end of the interval of a linear function of the coordinates.
struct ProfileQuestion {
  Eigen::VectorXd direction = {};  ///< the coefficient is direction·b
  Eigen::VectorXd alone = {};      ///< change of b by which direction·b grows by 1, and no other coefficient changes
                                   ///< (or empty): where searches start that do not settle otherwise
  Constraints constraints = {};    ///< as in the maximisation
  int side = 1;                    ///< 1: the upper end, −1: the lower
  double z = 1.96;                 ///< the end lies where twice the loss of log-likelihood is z²
  double error = 1;                ///< standard error: where the search begins
  double tolerance = 1e-14;        ///< of the constrained maximisations
};

/// Newton's method on the root of twice the loss, within a bracket; each point is maximised from the one before, along
/// the direction in which the others follow, and from others where that search does not settle. ±inf where the
/// likelihood does not fall that far; NaN where the end stays unknown, since searches do not settle. A direction with a
/// single non-negative coordinate stops at 0.
[[nodiscard]] double profile_end(Objective const& objective, Maximum const& best, ProfileQuestion const& question);

}  // namespace hansa
