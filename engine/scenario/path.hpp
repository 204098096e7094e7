/// Paths to values of a scenario, as settings name them.
#pragma once

#include <string>
#include <string_view>

namespace hansa {

/// A path of keys joined by dots, a key with other characters in double quotes.
[[nodiscard]] std::string joined(std::string const& path, std::string_view key);

}  // namespace hansa
