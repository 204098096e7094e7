/// Paths to values of a scenario.
#include "scenario/path.hpp"

#include <fmt/format.h>

#include "base/names.hpp"
#include "scenario/tables.hpp"

namespace hansa {

std::string joined(std::string const& path, std::string_view key) {
  std::string const last = is_name(key) ? std::string(key) : fmt::format("\"{}\"", key);
  return path.empty() ? last : fmt::format("{}.{}", path, last);
}

std::optional<std::size_t> take_position(std::string& path) {
  std::size_t const open = path.rfind('[');
  if (open == std::string::npos || !path.ends_with(']')) return std::nullopt;
  auto const position = parse_integer(std::string_view(path).substr(open + 1, path.size() - open - 2));
  constexpr long long most = 1000;
  if (!position || *position < 0 || *position >= most) return std::nullopt;
  path.resize(open);
  return static_cast<std::size_t>(*position);
}

}  // namespace hansa
