/// Quotes for cells of CSV.
#include "tell/csv_cell.hpp"

#include <cmath>

#include <fmt/format.h>

namespace hansa {

std::string csv_cell(std::string_view text) {
  if (text.find_first_of(",\"\r\n") == std::string_view::npos) return std::string(text);
  std::string cell = "\"";
  for (char const c : text) cell.append(c == '"' ? 2 : 1, c);
  return cell + '"';
}

std::string csv_number(double value) {
  return std::isnan(value) ? "" : fmt::format("{}", value);
}

}  // namespace hansa
