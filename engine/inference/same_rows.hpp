/// Whether designs of two scenarios have the same rows, by the names of policies and cities.
#pragma once

#include <compare>
#include <cstdint>
#include <string>
#include <vector>

#include "inference/design.hpp"
#include "scenario/scenario.hpp"
#include "world/cities.hpp"

namespace hansa {

/// One row: who could decide on what when, and what is known of the decision.
struct RowName {
  std::string policy, city;
  std::int32_t period = 0;
  bool event = false;
  std::uint8_t spell = 0;  ///< 1: the first row of an interval-censored adoption, 2: a further one
  [[nodiscard]] auto operator<=>(RowName const&) const = default;
};
using RowNames = std::vector<RowName>;

/// Sorted.
[[nodiscard]] RowNames row_names(Design const& design, Scenario const& scenario, Cities const& cities);

/// In one sentence how the rows of `other` differ from those of `first`, with the numbers of rows that only one has and
/// of those that tell of other decisions, and the first of each; empty where none does.
[[nodiscard]] std::string row_difference(RowNames const& first, RowNames const& other);

}  // namespace hansa
