/// One policy's rows: who was at risk in which step, what was decided, and the covariates.
#pragma once

#include <cstdint>
#include <optional>
#include <utility>
#include <vector>

#include "inference/covariates.hpp"
#include "inference/histories.hpp"

namespace hansa {

struct RiskRow {
  Index city;
  std::int32_t step;
  std::int32_t spell;  ///< number of the interval, or of the wait for money, that it is a part of; or -1
  std::uint8_t event;
  bool is_paid = false;          ///< from the city's budget
  double price = 0, budget = 0;  ///< then: what it costs, and what the city has
};

/// A city in a step.
using CityStep = std::pair<Index, std::int32_t>;

/// Rows sorted by city, then step; values[row * K + covariate].
struct RiskRows {
  std::vector<RiskRow> rows;
  std::vector<double> values;
  std::size_t intervals = 0, cut_intervals = 0, early_intervals = 0, given_intervals = 0, outside = 0;
  std::size_t barred = 0;             ///< adoptions of cities that other policies, a law or their budget barred
  std::size_t bound = 0;              ///< adoptions under a mandate, or where a seed was placed
  std::vector<CityStep> veiled = {};  ///< where a mandate or a seed hides what the city would have decided
  std::size_t waited = 0;             ///< adoptions in the first step that could be paid after some that could not
};

/// Which steps of a policy become rows. `clocks`: the first in which resistance is consumed: where cities wait for
/// money, an adoption may have been decided before `from`.
struct RiskWindow {
  std::int32_t from = 1, until = 1, clocks = 1;
};

/// Whether its dates of entry and exit let the city decide in the step.
[[nodiscard]] inline bool is_open(PolicyModel const& policy, Index city, std::int32_t step) noexcept {
  return (policy.entry.empty() || policy.entry[city] <= step) && (policy.exit.empty() || policy.exit[city] >= step);
}

/// A row for every step of the window in which the city could decide: other policies, national laws and its budget let
/// it, and neither a mandate nor a seed decides for it. Where cities queue, steps in which the clock runs and money is
/// missing make one spell with the first that could be paid; without such a step nothing is known of them.
/// histories[p] is that of policy p of the model.
[[nodiscard]] RiskRows risk_rows(World const& world, Model const& model, PolicyId policy,
                                 std::vector<ObservedHistory> const& histories, RiskWindow const& window,
                                 Covariates& covariates);

}  // namespace hansa
