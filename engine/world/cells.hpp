/// Cells of attributes: which columns are known by name, and the number that a cell holds.
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

#include "base/error.hpp"
#include "scenario/tables.hpp"

namespace hansa {

/// A column that is known by name.
struct KnownColumn {
  std::string_view name;
  enum class Form { text, number } form;
  double lowest = 0, highest = 0;
  std::string_view expected = {};
};

/// Null if no column of that name is known.
[[nodiscard]] KnownColumn const* known_column(std::string_view name) noexcept;

/// Warns of columns that differ from known ones in capitals alone: they are attributes of their own.
void warn_of_known_columns(Table const& table, Complaints& complaints);

/// Whether a cell leaves its column numeric: blank, a number, or what programs write where a number is not finite.
[[nodiscard]] bool fits_number(std::string_view cell);

/// The number in a cell that is not blank; nothing after a complaint, also where a known column is out of its range.
[[nodiscard]] std::optional<double> number_in(Table const& table, std::size_t row, std::size_t column,
                                              Complaints& complaints);

/// Complains of the column if it has no name but content in one of the rows; without content it comes from a
/// spreadsheet and means nothing.
template <class Rows>
void refuse_unnamed(Table const& table, std::size_t column, Rows const& rows, Complaints& complaints) {
  for (std::size_t const row : rows) {
    if (table.cell(row, column).empty()) continue;
    complaints.add("column " + std::to_string(column + 1) + " has no name", {table.name, 1, 0},
                   "name it in the first line");
    return;
  }
}

}  // namespace hansa
