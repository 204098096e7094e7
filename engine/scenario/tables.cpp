/// Cells of data files: finding columns, and reading numbers exactly.
#include "scenario/tables.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>

namespace hansa {

namespace {

/// Drops one leading plus, which std::from_chars does not know; "+-1" stays wrong.
std::string_view without_plus(std::string_view text) {
  if (text.size() > 1 && text[0] == '+' && text[1] != '-') text.remove_prefix(1);
  return text;
}

/// A zero of the same sign for what is nearer to zero than any double, as 1e-400; nothing where a number is too large.
std::optional<double> zero_if_tiny(std::string_view text) noexcept {
  long double value = 0;
  auto const [end, problem] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (problem != std::errc() || std::fabs(value) > 1) return std::nullopt;
  return text.starts_with('-') ? -0.0 : 0.0;
}

}  // namespace

std::optional<std::size_t> Table::column(std::string_view header_name) const noexcept {
  auto const found = std::find(header.begin(), header.end(), header_name);
  if (found == header.end()) return std::nullopt;
  return static_cast<std::size_t>(found - header.begin());
}

Place Table::place(std::size_t row, std::size_t column) const {
  return {name, lines.at(row), static_cast<int>(column) + 1};
}

std::optional<double> parse_number(std::string_view text) noexcept {
  text = without_plus(text);
  double value = 0;
  auto const [end, problem] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (end != text.data() + text.size()) return std::nullopt;
  if (problem == std::errc::result_out_of_range) return zero_if_tiny(text);
  if (problem != std::errc() || !std::isfinite(value)) return std::nullopt;
  return value;
}

std::optional<long long> parse_integer(std::string_view text) noexcept {
  text = without_plus(text);
  long long value = 0;
  auto const [end, problem] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (problem != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return value;
}

}  // namespace hansa
