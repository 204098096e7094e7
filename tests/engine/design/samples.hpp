/// Keys and tables that tests of the room share.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "design/unit_points.hpp"
#include "scenario/tables.hpp"

namespace hansa::testing {

inline DesignKeys keys_of(std::size_t dimensions, std::uint64_t seed = 5) {
  std::vector<std::string> names;
  for (std::size_t d = 0; d < dimensions; ++d) names.push_back("p" + std::to_string(d));
  return design_keys(seed, names);
}

/// Cells row by row; the first row stands in line 2.
inline Table table_of(std::string name, std::vector<std::string> header, std::vector<std::string> cells) {
  Table made;
  made.name = std::move(name);
  made.header = std::move(header);
  made.cells = std::move(cells);
  for (std::size_t row = 0; row < made.cells.size() / made.header.size(); ++row)
    made.lines.push_back(static_cast<int>(row) + 2);
  return made;
}

}  // namespace hansa::testing
