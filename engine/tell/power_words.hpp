/// Studies of power in words: what would be simulated, and what came out.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "scenario/draft.hpp"
#include "scenario/power_spec.hpp"
#include "study/power_rates.hpp"

namespace hansa {

/// The works that it is from, parted by semicolons.
[[nodiscard]] std::string_view power_source(PowerSpec const& spec);

/// "shocks of sd 0.5".
[[nodiscard]] std::string world_words(WorldSpec const& world, double strength);

/// What `hansa power` prints: tables, and plain sentences.
[[nodiscard]] std::string power_text(PowerStudy const& study, PowerSpec const& spec, std::vector<FitRates> const& rates,
                                     std::string_view title);
/// The same as a tree; {power: …}.
[[nodiscard]] Node power_tree(PowerStudy const& study, PowerSpec const& spec, std::vector<FitRates> const& rates);

}  // namespace hansa
