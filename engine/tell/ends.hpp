/// What changes by date: the least and the most of numbers, and the terms of phases.
#pragma once

#include <cstdint>
#include <utility>
#include <vector>

#include "model/model.hpp"
#include "model/phases.hpp"

namespace hansa {

using Ends = std::pair<double, double>;

/// Of sums by city, `start` (empty: `all` for each of them) and what they are later, in the steps from … until.
[[nodiscard]] Ends ends_of(std::vector<double> start, double all, std::vector<AttributeStep> const& later, Index cities,
                           std::int32_t from, std::int32_t until);

/// A number that changes by date, as it is in a step.
[[nodiscard]] double number_at(std::int32_t step, double start, std::vector<NumberStep> const& later);

/// The terms of each phase of a policy, by mechanism.
[[nodiscard]] std::vector<std::vector<CompiledTerm const*>> terms_by_phase(std::vector<Phase> const& phases,
                                                                           Scenario const& scenario,
                                                                           PolicyModel const& policy);

}  // namespace hansa
