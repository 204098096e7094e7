/// From the draft to the scenario: every mistake that can be seen without reading a data file.
#pragma once

#include <span>
#include <string_view>

#include "base/schema.hpp"
#include "scenario/draft.hpp"
#include "scenario/scenario.hpp"

namespace hansa {

/// Checks the draft against the field tables and the mechanisms' schemas. Mistakes go to `complaints`; what was
/// understood is returned all the same, so that data files can be checked too and all mistakes are told at once.
[[nodiscard]] Scenario validate(ScenarioDraft const& draft, std::span<Schema const* const> mechanisms,
                                Complaints& complaints);

/// False if what the section (`networks`, `policies`, …) defines cannot be known: it is no map, or its key was
/// misspelt, or it is missing though it must be there. Names that refer to it are then no mistakes of their own.
[[nodiscard]] bool defines_names(Node const& root, std::string_view section);

}  // namespace hansa
