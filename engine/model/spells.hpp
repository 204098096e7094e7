/// Spells in which interventions press on cities, and what they make of a number of each city.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "model/attribute_sums.hpp"

namespace hansa {

/// What one intervention gives each of its cities in steps `from` … `until`.
struct Spell {
  std::int32_t from = 1;
  std::int32_t until = 1;
  double amount = 0;
  std::span<Index const> cities;  ///< ascending
};

/// Of each city the sum of the amounts in force from a step on, by step, then city, wherever it changes; 0 before.
/// Added in the order of the spells. Steps after `last` are left out. One sort of all cities and spells.
[[nodiscard]] std::vector<AttributeStep> sums_of(std::span<Spell const> spells, std::int32_t last);

/// Multiplies strengths by the amounts in force, in the order of the spells. `strength`: that of all `cities`, where
/// `strengths` are empty; they stay so without spells.
void multiply(AttributeSums& strengths, double strength, Index cities, std::span<Spell const> spells,
              std::int32_t last);

}  // namespace hansa
