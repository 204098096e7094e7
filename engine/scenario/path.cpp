/// Paths to values of a scenario.
#include "scenario/path.hpp"

#include <fmt/format.h>

#include "base/names.hpp"

namespace hansa {

std::string joined(std::string const& path, std::string_view key) {
  std::string const last = is_name(key) ? std::string(key) : fmt::format("\"{}\"", key);
  return path.empty() ? last : fmt::format("{}.{}", path, last);
}

}  // namespace hansa
