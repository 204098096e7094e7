/// The reader of the section `power`.
#pragma once

#include "scenario/power_spec.hpp"
#include "scenario/reader.hpp"

namespace hansa {

/// `draft`: the whole scenario, in which strengths are tried; `scenario`: what was read before, policies and the
/// section `fit` among it.
[[nodiscard]] PowerSpec read_power(Item const& item, ScenarioDraft const& draft, Scenario const& scenario,
                                   Reading& reading);

}  // namespace hansa
