/// The likelihood of a baseline per policy alone.
#pragma once

#include <map>

#include "inference/design.hpp"

namespace hansa {

inline constexpr char baseline_name[] = "baseline alone";  ///< by which reports call it

/// Maximum of the log-likelihood with one hazard per policy: the same under every link. Spells are one factor each.
[[nodiscard]] double null_log_likelihood(Design const& design);

/// The chance in every row of a policy at that maximum; 0 or 1 where none or all of its rows end in adoption.
[[nodiscard]] std::map<Index, double> null_chances(Design const& design);

}  // namespace hansa
