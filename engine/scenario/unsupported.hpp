/// Keys and words of the format that this version refuses by name.
#pragma once

#include <string_view>

namespace hansa::fields {

/// Keys and words of the format that this version refuses by name, by the section they belong to.
struct Unsupported {
  std::string_view section;
  std::string_view word;
};
inline constexpr Unsupported unsupported[] = {
    {"mechanism", "exposure"},
    {"mechanism", "learning"},
    {"mechanism", "scale"},
    {"mechanism", "collective"},
};

}  // namespace hansa::fields
