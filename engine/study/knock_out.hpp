/// Models without one of their mechanisms.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "model/model.hpp"

namespace hansa {

/// Takes the mechanism `name` from all policies that have one of that name: it presses no city, lowers no cost, and as
/// a law binds or bars nobody. Without what it teaches, adopters that leave by their own belief have that of their
/// prior.
void knock_out(Model& model, std::string_view name);

/// The names of mechanisms that some policy has, sorted.
[[nodiscard]] std::vector<std::string> mechanisms_of(Model const& model);

}  // namespace hansa
