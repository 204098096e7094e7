/// Labels of seed groups in the file of a comparison: `WHATIF POLICY GROUP`, of names that may hold blanks themselves.
#pragma once

#include <cstddef>
#include <optional>
#include <string>

#include "measures/comparison.hpp"
#include "world/cities.hpp"

namespace hansa {

/// The group that a label names in the what-if and policy of this number (what-if × policies + policy); nothing if it
/// names none.
[[nodiscard]] std::optional<std::string> group_of(std::string const& label, std::size_t number, Comparison const& of);

/// The what-if and policy of a label, not before `from`: a group that is a funded city goes before one that is not, and
/// a longer name of the scenario before a shorter one. Throws Error (Fault::input) without a place where it is of none.
[[nodiscard]] std::size_t owner_of(std::string const& label, std::size_t from, Comparison const& of,
                                   Cities const& cities);

}  // namespace hansa
