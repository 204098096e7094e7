/// One policy's rows: who was at risk in which step, what was decided, and the covariates.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "inference/covariates.hpp"
#include "inference/histories.hpp"

namespace hansa {

struct RiskRow {
  Index city;
  std::int32_t step;
  std::int32_t spell;  ///< position of the interval, or -1
  std::uint8_t event;
};

/// Rows sorted by city, then step; values[row * K + covariate].
struct RiskRows {
  std::vector<RiskRow> rows;
  std::vector<double> values;
  std::size_t intervals = 0, cut_intervals = 0, early_intervals = 0, given_intervals = 0, outside = 0;
};

/// Whether its dates of entry and exit let the city decide in the step.
[[nodiscard]] inline bool is_open(PolicyModel const& policy, Index city, std::int32_t step) noexcept {
  return (policy.entry.empty() || policy.entry[city] <= step) && (policy.exit.empty() || policy.exit[city] >= step);
}

/// `from` and `until` are steps. histories[p] is that of policy p of the model.
[[nodiscard]] RiskRows risk_rows(World const& world, Model const& model, PolicyId policy,
                                 std::vector<ObservedHistory> const& histories, std::int32_t from, std::int32_t until,
                                 Covariates& covariates);

}  // namespace hansa
