/// Reads the section `stats`.
#pragma once

#include "scenario/reader.hpp"
#include "scenario/stats_spec.hpp"

namespace hansa {

/// Complains of what cannot be told without the cities, and of entries whose variables would have the same name.
[[nodiscard]] StatsSpec read_stats(Item const& item, Clock const& clock, Reading& reading);

}  // namespace hansa
