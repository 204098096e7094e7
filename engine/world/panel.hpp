/// Attributes that change over time: a table of cities and years.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "world/cities.hpp"

namespace hansa {

/// Where the values of a panel stand, to tell mistakes about them their place. Borrows the table.
struct Panel {
  struct Row {
    Index city;
    std::int32_t from;
    std::size_t row;
  };
  Table const* table = nullptr;
  std::vector<Row> rows;  ///< by city, then label; none after the clock's end
  /// The cell that gives the city its value at label `at`; nothing where no row of the panel does.
  [[nodiscard]] std::optional<Place> place(std::string_view column, Index city, std::int32_t at) const;
};

/// Reads columns city, year (or time) and attributes. The last row up to a label counts; before the first one the value
/// that the city has already. A blank cell carries on the value before it, with a warning that counts them. An
/// attribute is numeric if every cell of panel and cities is a number, or blank. Sets the values at the start, and the
/// later ones where they differ. Complains of unknown cities, years that are no labels, duplicate rows, numbers out of
/// range, and an id that would change; warns of rows after the end.
[[nodiscard]] Panel read_panel(Table const& table, Clock const& clock, Cities& cities, Complaints& complaints);

/// Leaves the later values that differ from what the city had before.
template <class Of>
void keep_changes(std::vector<Of> now, std::vector<Later<Of>>& later) {
  std::erase_if(later, [&](Later<Of> const& each) {
    bool const same = now[each.city] == each.value;
    now[each.city] = each.value;
    return same;
  });
}

/// The values at label `at`, from those at the start and the later ones (null: it is constant).
template <class Of>
[[nodiscard]] std::vector<Of> values_at(std::vector<Of> values, std::vector<Later<Of>> const* later, std::int32_t at) {
  if (later == nullptr) return values;
  for (Later<Of> const& each : *later) {
    if (each.from <= at) values[each.city] = each.value;
  }
  return values;
}

}  // namespace hansa
