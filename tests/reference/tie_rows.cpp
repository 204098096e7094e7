/// Reads them cell by cell.
#include "reference/tie_rows.hpp"

#include <algorithm>
#include <string>

namespace hansa::reference {

std::vector<TieRow> tie_rows(FileRef const& file, Tables const& tables, World const& world) {
  Table const& table = tables.at(file.path);
  auto const cell = [&](std::size_t row, std::string const& name) {
    auto const column = table.column(name);
    return column ? table.cell(row, *column) : std::string();
  };
  auto const city = [&](std::string const& id) {
    return static_cast<Index>(std::ranges::find(world.cities.id, id) - world.cities.id.begin());
  };
  std::vector<TieRow> rows;
  for (std::size_t row = 0; row < table.rows(); ++row) {
    TieRow& tie = rows.emplace_back(TieRow{city(cell(row, "source")), city(cell(row, "target"))});
    if (std::string const weight = cell(row, "weight"); !weight.empty()) tie.weight = std::stod(weight);
    std::string const time = cell(row, "time"), from = cell(row, "from"), until = cell(row, "until");
    if (!time.empty()) tie.from = tie.until = std::stoi(time);
    if (!from.empty()) tie.from = std::stoi(from);
    if (!until.empty()) tie.until = std::stoi(until);
  }
  return rows;
}

}  // namespace hansa::reference
