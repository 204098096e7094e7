/// The reader of the section `fit`.
#pragma once

#include "scenario/fit_spec.hpp"
#include "scenario/reader.hpp"

namespace hansa {

/// `root`: the whole draft, for paths and names of mechanisms; `scenario`: what was read before, clock and policies
/// among it.
[[nodiscard]] FitSpec read_fit(Item const& item, Node const& root, Scenario const& scenario, Reading& reading);

}  // namespace hansa
