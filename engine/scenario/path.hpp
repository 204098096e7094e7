/// Paths to values of a scenario, as settings name them.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace hansa {

/// A path of keys joined by dots, a key with other characters in double quotes.
[[nodiscard]] std::string joined(std::string const& path, std::string_view key);

/// Takes "[2]" off the end of a path to an item of a list.
[[nodiscard]] std::optional<std::size_t> take_position(std::string& path);

}  // namespace hansa
