/// A design as a table: one column for each path that is set, one row a point.
#pragma once

#include <cstddef>
#include <limits>
#include <string>
#include <utility>
#include <vector>

#include "scenario/draft.hpp"
#include "scenario/tables.hpp"

namespace hansa {

/// In a numeric column: the scenario's own value stays.
inline constexpr double own_value = std::numeric_limits<double>::quiet_NaN();

/// What one path is set to in each point.
struct DesignColumn {
  std::string name;                 ///< the path as written
  std::vector<double> numbers;      ///< or own_value; where there are labels, positions among them
  std::vector<std::string> labels;  ///< sorted; empty: the numbers are the values
};

struct DesignTable {
  std::vector<DesignColumn> columns;
  std::size_t rows = 0;

  /// Empty where the scenario's own value stays; numbers with all their digits, as the shortest text that reads back.
  [[nodiscard]] std::string cell(std::size_t row, std::size_t column) const;
};

/// What the path of a cell is set to, as if it stood in the scenario; nothing where the cell is empty.
[[nodiscard]] std::vector<std::pair<std::string, Node>> settings_of(DesignTable const& design, std::size_t row,
                                                                    Place const& where);

/// As CSV (RFC 4180), one line a row after the header. design_of() of it is the same table.
[[nodiscard]] std::string design_csv(DesignTable const& design);

/// The table of a CSV file: a column is of numbers where all its cells are numbers or empty. Complains of an empty
/// table, and of header names that are twice there.
[[nodiscard]] DesignTable design_of(Table const& table, Complaints& complaints);

/// A column of such cells.
[[nodiscard]] DesignColumn column_of(std::string name, std::vector<std::string> const& cells);

}  // namespace hansa
