/// Cells of designs as text and back.
#include "design/design_table.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

#include <fmt/format.h>

#include "scenario/try_paths.hpp"

namespace hansa {

namespace {

void add_quoted(std::string& text, std::string_view cell) {
  bool const plain = cell.find_first_of(",\"\r\n") == std::string_view::npos;
  if (plain) {
    text += cell;
    return;
  }
  text += '"';
  for (char const c : cell) {
    if (c == '"') text += '"';
    text += c;
  }
  text += '"';
}

}  // namespace

std::string DesignTable::cell(std::size_t row, std::size_t column) const {
  DesignColumn const& each = columns[column];
  double const number = each.numbers[row];
  if (std::isnan(number)) return {};
  return each.labels.empty() ? fmt::format("{}", number) : each.labels[static_cast<std::size_t>(number)];
}

std::vector<std::pair<std::string, Node>> settings_of(DesignTable const& design, std::size_t row, Place const& where) {
  std::vector<std::pair<std::string, Node>> settings;
  for (std::size_t c = 0; c < design.columns.size(); ++c) {
    DesignColumn const& column = design.columns[c];
    if (std::isnan(column.numbers[row])) continue;
    Node node = value_node(column.numbers[row], where);
    if (!column.labels.empty()) node.text = column.labels[static_cast<std::size_t>(column.numbers[row])];
    settings.emplace_back(column.name, std::move(node));
  }
  return settings;
}

std::string design_csv(DesignTable const& design) {
  std::string text;
  for (std::size_t c = 0; c < design.columns.size(); ++c) {
    if (c > 0) text += ',';
    add_quoted(text, design.columns[c].name);
  }
  text += '\n';
  for (std::size_t row = 0; row < design.rows; ++row) {
    std::size_t const begin = text.size();
    for (std::size_t c = 0; c < design.columns.size(); ++c) {
      if (c > 0) text += ',';
      add_quoted(text, design.cell(row, c));
    }
    if (text.size() == begin) text += "\"\"";  // a blank line would be no row
    text += '\n';
  }
  return text;
}

DesignColumn column_of(std::string name, std::vector<std::string> const& cells) {
  DesignColumn column{std::move(name), {}, {}};
  bool const numeric = std::all_of(cells.begin(), cells.end(),
                                   [](std::string const& each) { return each.empty() || parse_number(each); });
  if (!numeric) {
    column.labels = cells;
    std::sort(column.labels.begin(), column.labels.end());
    column.labels.erase(std::unique(column.labels.begin(), column.labels.end()), column.labels.end());
    std::erase(column.labels, "");
  }
  for (std::string const& each : cells) {
    if (each.empty()) {
      column.numbers.push_back(own_value);
    } else if (numeric) {
      column.numbers.push_back(*parse_number(each));
    } else {
      auto const found = std::lower_bound(column.labels.begin(), column.labels.end(), each);
      column.numbers.push_back(static_cast<double>(found - column.labels.begin()));
    }
  }
  return column;
}

DesignTable design_of(Table const& table, Complaints& complaints) {
  DesignTable design;
  design.rows = table.rows();
  if (design.rows == 0 && !table.header.empty())
    complaints.add("the table has no rows", {table.name}, "at least one point was expected");
  for (std::size_t c = 0; c < table.columns(); ++c) {
    std::vector<std::string> cells;
    cells.reserve(design.rows);
    for (std::size_t row = 0; row < design.rows; ++row) cells.push_back(table.cell(row, c));
    design.columns.push_back(column_of(table.header[c], cells));
  }
  return design;
}

}  // namespace hansa
