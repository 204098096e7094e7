/// Cells of attributes: which columns are known by name, and the number that a cell holds.
#include "world/cells.hpp"

#include <limits>
#include <string>

#include "world/rows.hpp"

namespace hansa {
namespace {

constexpr KnownColumn known_columns[] = {
    {"name", KnownColumn::Form::text},
    {"country", KnownColumn::Form::text},
    {"region", KnownColumn::Form::text},
    {"lat", KnownColumn::Form::number, -90, 90, "degrees from -90 to 90 were expected"},
    {"lon", KnownColumn::Form::number, -180, 180, "degrees from -180 to 180 were expected"},
    {"population", KnownColumn::Form::number, 0, 1e12, "a number from 0 to 10^12 was expected"},
};

/// "nan", "inf", "-Infinity": what programs write where a number is not finite.
bool names_no_finite_number(std::string_view text) {
  if (!text.empty() && (text.front() == '-' || text.front() == '+')) text.remove_prefix(1);
  std::string lower(text);
  for (char& c : lower) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return lower == "nan" || lower == "inf" || lower == "infinity";
}

}  // namespace

KnownColumn const* known_column(std::string_view name) noexcept {
  for (KnownColumn const& each : known_columns) {
    if (each.name == name) return &each;
  }
  return nullptr;
}

void warn_of_known_columns(Table const& table, Complaints& complaints) {
  for (KnownColumn const& each : known_columns) {
    if (!table.column(each.name)) warn_of_case(table, each.name, complaints);
  }
}

bool fits_number(std::string_view cell) {
  return cell.empty() || parse_number(cell) || names_no_finite_number(cell);
}

std::optional<double> number_in(Table const& table, std::size_t row, std::size_t column, Complaints& complaints) {
  std::string const& name = table.header[column];
  KnownColumn const* known = known_column(name);
  std::string const& cell = table.cell(row, column);
  std::optional<double> const value = parse_number(cell);
  if (value && (!known || (*value >= known->lowest && *value <= known->highest))) return value;
  complaints.add(
      "'" + cell + "' in column '" + name + "' " + (value ? "is out of range" : "is not a finite number"),
      table.place(row, column),
      known ? std::string(known->expected) : std::string("leave the cell blank where the number is unknown"));
  return std::nullopt;
}

}  // namespace hansa
