/// What data tell of adoptions beside a run: of which cities, until when, and which of them the run lets adopt.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "model/model.hpp"
#include "record/recorder.hpp"
#include "world/world.hpp"

namespace hansa {

/// How a city can come to a policy in a run: not at all, by deciding at some step, or only on the dates of data (as an
/// initial adopter or in the replay).
enum class Risk : std::int8_t { none, at_risk, given };

/// One a city. Cities whose risk is not `none` may adopt in the run: a run has no other adopters.
[[nodiscard]] std::vector<Risk> risks(PolicyModel const& policy, Clock const& clock, Index cities);

/// The last label that the file of adopters has, of adoptions and abandonments; nothing if it has no row. What happened
/// later it does not tell.
[[nodiscard]] std::optional<std::int32_t> last_observed(PolicyRecords const& records);

/// The cities that have the policy at the end of `label` according to the file, ascending.
[[nodiscard]] std::vector<Index> observed_adopters(PolicyRecords const& records, std::int32_t label);

/// Where a run can be compared with data: the cities of known status that may adopt in the run, at the last observed
/// label or the end of the clock. Without step if there is no such city, or if the replay takes up all observations.
[[nodiscard]] Subset comparison(PolicyModel const& policy, PolicyRecords const& records, Clock const& clock,
                                Index cities);

/// Makes the plan count the adopters of each policy where they can be compared.
void plan_comparisons(Model const& model, World const& world, RecordPlan& plan);

}  // namespace hansa
