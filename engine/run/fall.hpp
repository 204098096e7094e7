/// How far experience and scale have brought down what a policy costs.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "base/ids.hpp"
#include "model/model.hpp"
#include "run/costs.hpp"

namespace hansa {

/// Σ M, unscaled, of the terms of a policy that lower its cost, with what they keep, as the decisions of `step` see
/// them: of cities that have adopted as if they had not. Of a mechanism whose parameters change by date only the term
/// counts that has those of the step. At most batch_size cities.
void fall_of(PolicyModel const& policy, std::vector<std::unique_ptr<Kept>> const& kept, std::int32_t step,
             std::span<Index const> cities, Standing standing, double* m);

}  // namespace hansa
