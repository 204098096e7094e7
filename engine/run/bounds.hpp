/// What is said when a pressure is out of bounds.
#pragma once

#include <string>
#include <string_view>

#include "model/model.hpp"

namespace hansa {

/// Throws Error (Fault::failure) naming policy, city and time (“year 2010”): |η| > 80, an additive hazard with a
/// negative contribution, a probability below 0, or what is not a number.
[[noreturn]] void throw_out_of_bounds(PolicyModel const& policy, std::string_view city, double pressure,
                                      std::string const& when);

}  // namespace hansa
