/// What the variables of an entry are, and where their definitions come from.
#pragma once

#include <string_view>
#include <vector>

#include "statistics/diffusion_statistics.hpp"

namespace hansa {

/// The variables of variables_of(spec), in its order.
[[nodiscard]] std::vector<StatisticVariable> described_variables(StatisticSpec const& spec);

/// Keys of the bibliography, parted by semicolons; empty: a count that needs none.
[[nodiscard]] std::string_view statistic_source(StatisticSpec const& spec);

}  // namespace hansa
