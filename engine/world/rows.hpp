/// Reading rows of data files that name cities and years, with complaints that carry the row.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "world/cities.hpp"

namespace hansa {

/// Finds columns and reads cells of one table; every mistake goes to `complaints` with its row. Borrows all three.
class Rows {
 public:
  Rows(Table const& table, Cities const& cities, Complaints& complaints)
      : table_(table), cities_(cities), complaints_(complaints) {}

  [[nodiscard]] Table const& table() const noexcept { return table_; }
  [[nodiscard]] Place place(std::size_t row, std::size_t column = 0) const { return table_.place(row, column); }
  /// The column, or nothing after a complaint that names the columns there are.
  [[nodiscard]] std::optional<std::size_t> required(std::string_view header);
  /// The column, or nothing; with a warning if there is one that may be meant for it. `known` are all columns that
  /// are read from the table: none of them is.
  [[nodiscard]] std::optional<std::size_t> optional(std::string_view header, std::span<std::string_view const> known);
  /// The city that a cell names; nothing after a complaint (blank, or unknown with the nearest id). Of unknown ones
  /// nothing is said if rows of the cities could not be read.
  [[nodiscard]] std::optional<Index> city(std::size_t row, std::size_t column);
  /// True where the column is absent or its cell blank.
  [[nodiscard]] bool blank(std::size_t row, std::optional<std::size_t> column) const;
  /// A time label; nothing after a complaint. The cell must not be blank.
  [[nodiscard]] std::optional<std::int32_t> year(std::size_t row, std::size_t column);
  void complain(std::size_t row, std::size_t column, std::string problem, std::string mend);

 private:
  Table const& table_;
  Cities const& cities_;
  Complaints& complaints_;
  std::map<std::string, std::string, std::less<>> mends_;  // of unknown ids: each is looked up once
};

/// Warns of a column that differs from `header`, which the table does not have, in capitals alone.
void warn_of_case(Table const& table, std::string_view header, Complaints& complaints);

/// The table of a file, or null if it could not be read (which has been complained of).
[[nodiscard]] Table const* find_table(Tables const& tables, FileRef const& file) noexcept;

/// What to do about an id that no city has: the nearest one, if one is near.
[[nodiscard]] std::string mend_for_city(Cities const& cities, std::string_view typed);

}  // namespace hansa
