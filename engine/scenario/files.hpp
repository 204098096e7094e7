/// The data files that a scenario names.
#pragma once

#include <vector>

#include "scenario/draft.hpp"
#include "scenario/scenario.hpp"

namespace hansa {

/// Every data file that the scenario names, in the order in which they are read.
[[nodiscard]] std::vector<FileRef const*> files_of(Scenario const& scenario);

/// The tables that the sweep draws points from, in the order in which they are read; no run needs them.
[[nodiscard]] std::vector<FileRef const*> sweep_files_of(SweepSpec const& sweep);

/// The draft's tree in which files that a base names are called by their paths from the scenario's own folder, so that
/// it can be read there without its bases. `scenario`: what validation made of the draft.
[[nodiscard]] Node without_bases(ScenarioDraft const& draft, Scenario const& scenario);

}  // namespace hansa
