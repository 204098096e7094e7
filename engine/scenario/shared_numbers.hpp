/// The numbers of a checked scenario that belong to no policy, each found and changed by where it stands.
#pragma once

#include <optional>

#include "scenario/scenario.hpp"
#include "scenario/set_spec.hpp"

namespace hansa {

/// Null where there is no such number, or an attribute in its place. `at.of`: resources.
[[nodiscard]] double* find_number(ResourcesSpec& resources, NumberAt const& at) noexcept;
/// dynamics. A `decay_km` that is left out is found where there are visits: it is a number from then on, infinite at
/// first.
[[nodiscard]] double* find_number(DynamicsSpec& dynamics, NumberAt const& at);
/// fee.
[[nodiscard]] double* find_number(FeeSpec& fee, NumberAt const& at) noexcept;

/// A number of a policy, or of none; nothing where the scenario has no such.
[[nodiscard]] std::optional<double> number_in(Scenario const& scenario, std::string const& policy, NumberAt const& at);

}  // namespace hansa
