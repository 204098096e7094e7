/// YAML scenario files: text to a draft with places, and a draft back to text.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>

#include "scenario/draft.hpp"

namespace hansa {

/// What is read of a scenario at most.
inline constexpr std::uintmax_t most_scenario_bytes = std::uintmax_t{4} << 20;
inline constexpr std::size_t most_scenario_values = 1'000'000;

/// Reads one scenario file, as it is written: a base that it names is not merged (see read_scenario). Errors: cannot be
/// read, not YAML (with line and column), more than one document, more than 4 MiB, more than a million values (aliases
/// count as what they stand for), nesting deeper than 200, bytes that are not UTF-8. Memory: about 300 bytes a value.
[[nodiscard]] ScenarioDraft read_yaml(std::filesystem::path const& file);

/// The same from text; `name` stands for the file in places, and relative paths resolve against its folder.
[[nodiscard]] ScenarioDraft parse_yaml(std::string_view text, std::filesystem::path const& name);

/// A setting "path=value" of the command line, the value in YAML. Its place is "--set path".
void apply_setting_text(ScenarioDraft& draft, std::string_view path_and_value);

/// The draft as YAML text, block style, keys in their order.
[[nodiscard]] std::string to_yaml(Node const& root);

}  // namespace hansa
