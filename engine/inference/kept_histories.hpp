/// Simulated histories out of a result file.
#pragma once

#include <cstdint>
#include <vector>

#include "inference/histories.hpp"
#include "io/result_reader.hpp"

namespace hansa {

/// Throws Error (Fault::input) where the file is not of this scenario: other policies, cities or steps, or no
/// histories.
void check_kept(ResultReader const& reader, Scenario const& scenario, World const& world);

/// Replicates [first, first + count) that did not fail, one history a policy, in the order of the scenario. The file is
/// of this scenario.
[[nodiscard]] std::vector<std::vector<ObservedHistory>> kept_histories(ResultReader const& reader, std::int64_t first,
                                                                       std::int64_t count, Scenario const& scenario,
                                                                       World const& world);

}  // namespace hansa
