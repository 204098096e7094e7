/// The reader of the section `calibrate`.
#pragma once

#include "scenario/calibrate_spec.hpp"
#include "scenario/reader.hpp"

namespace hansa {

/// `draft`: the whole scenario, in which paths are tried; `scenario`: what was read before, policies among it.
[[nodiscard]] CalibrateSpec read_calibrate(Item const& item, ScenarioDraft const& draft, Scenario const& scenario,
                                           Reading& reading);

}  // namespace hansa
