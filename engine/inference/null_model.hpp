/// The likelihood of a baseline per policy alone.
#pragma once

#include "inference/design.hpp"

namespace hansa {

/// Maximum of the log-likelihood with one hazard per policy: the same under every link. Spells are one factor each.
[[nodiscard]] double null_log_likelihood(Design const& design);

}  // namespace hansa
