/// Scenario files with what they build on: a file, its base, the base of that, merged into one draft.
#pragma once

#include <filesystem>
#include <string_view>

#include "scenario/draft.hpp"

namespace hansa {

/// Reads a scenario file and, where it names a base, merges it with that; a base may have a base. Errors: as read_yaml
/// for each file, the bases in a circle, more than 32 of them, a base that is no map, and what is more than one
/// scenario may have (4 MiB, a million values) in all files together. Mistakes in `remove` are left in the draft.
[[nodiscard]] ScenarioDraft read_scenario(std::filesystem::path const& file);

/// The same from text; `name` stands for the file in places, and relative paths resolve against its folder.
[[nodiscard]] ScenarioDraft parse_scenario(std::string_view text, std::filesystem::path const& name);

}  // namespace hansa
