/// The rows that a fit is made from as CSV, so that anyone can repeat it elsewhere.
#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "inference/design.hpp"
#include "scenario/scenario.hpp"
#include "world/cities.hpp"

namespace hansa {

/// Hands `city,policy,year,event[,spell]` and one column per term to `write`, a piece at a time, the header first
/// unless `rows_only`. `spell` numbers interval-censored adoptions, whose rows count together; it is blank elsewhere,
/// and left out where there is none. Numbers are the shortest decimals that read back as the same.
void write_panel(Design const& design, Scenario const& scenario, Cities const& cities,
                 std::function<void(std::string_view)> const& write);

}  // namespace hansa
