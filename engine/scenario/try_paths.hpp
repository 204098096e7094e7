/// Paths to values of a scenario, tried out: whether a scenario with other values there would be understood.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "base/schema.hpp"
#include "scenario/draft.hpp"
#include "scenario/sweep_spec.hpp"

namespace hansa {

/// A value that a path might be given; the place of `value` is that of its complaints.
struct TriedValue {
  std::string path;
  Node value;
};

/// Sets all values in a copy of the draft, without its sections `sweep`, `calibrate` and `power`, and validates that.
/// What is said of one of the values, at its place, goes to `complaints`; other mistakes of the draft do not. Cost: a
/// validation.
void try_values(ScenarioDraft const& draft, std::span<TriedValue const> values,
                std::span<Schema const* const> mechanisms, Complaints& complaints);

/// Keys of a path that a sweep can change; empty after a complaint at `where`: a malformed path, or one to what runs do
/// not look at.
[[nodiscard]] std::vector<std::string> swept_keys(std::string const& path, Place const& where, Complaints& complaints);

/// A number as a value of the draft, with all its digits.
[[nodiscard]] Node value_node(double value, Place const& where);

/// The values to try of a parameter: the ends of its range, or all it can take; of a normal law the mean.
[[nodiscard]] std::vector<Node> values_to_try(Distribution const& distribution, Place const& where);

}  // namespace hansa
