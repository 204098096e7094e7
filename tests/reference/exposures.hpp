/// Exposure and competition, from the list of sources that count for a city.
#pragma once

#include "reference/facts.hpp"
#include "reference/mechanisms.hpp"

namespace hansa::reference {

/// M of an exposure for one city deciding at label `t`, from the standing at the end of t - 1.
[[nodiscard]] double exposure(MechanismSpec const& mechanism, Facts const& facts, Standing const& standing, Index city,
                              std::int32_t t);

/// What the ties along which the city observes take from its resistance under rule cascade, of sources that adopted in
/// the step before.
[[nodiscard]] double attempts_along(MechanismSpec const& mechanism, double strength, Facts const& facts, Index city,
                                    std::int32_t t, std::function<bool(Index source)> const& is_fresh);

}  // namespace hansa::reference
