/// A number with its noun.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace hansa {

/// "1 city", "20 cities".
[[nodiscard]] inline std::string counted(std::int64_t number, std::string_view one, std::string_view many) {
  return std::to_string(number).append(" ").append(number == 1 ? one : many);
}

}  // namespace hansa
