/// Points of the unit cube, and the values that belong to them.
#include "design/build_design.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <optional>
#include <utility>

#include <fmt/format.h>

#include "design/laws.hpp"
#include "design/sobol.hpp"
#include "design/unit_points.hpp"
#include "scenario/files.hpp"
#include "scenario/sweep_points.hpp"
#include "scenario/try_paths.hpp"

namespace hansa {

namespace {

/// A dimension: a parameter, or a table whose rows are drawn whole.
struct Dimension {
  std::string name;
  SweptParameter const* parameter = nullptr;  ///< or:
  DesignTable rows = {};
};

std::vector<Dimension> dimensions_of(SweepSpec const& sweep, Tables const& tables, Complaints& complaints) {
  std::vector<Dimension> dimensions;
  for (SweptParameter const& each : sweep.parameters) dimensions.push_back({each.path.name, &each, {}});
  std::vector<FileRef const*> files;
  for (FileRef const& each : sweep.tables) files.push_back(&each);
  std::sort(files.begin(), files.end(), [](FileRef const* a, FileRef const* b) { return a->given < b->given; });
  for (FileRef const* each : files) {
    auto const found = tables.find(each->path);
    if (found == tables.end()) continue;  // complained of
    dimensions.push_back({"table " + each->given, nullptr, design_of(found->second, complaints)});
  }
  std::map<std::string, std::string> owners;
  auto const own = [&](std::string const& path, std::string const& owner) {
    auto const [first, fresh] = owners.emplace(path, owner);
    if (!fresh)
      complaints.add(fmt::format("'{}' is given twice", path), sweep.where,
                     fmt::format("one of {} and {} was expected", first->second, owner));
  };
  for (Dimension const& each : dimensions) {
    if (each.parameter) own(each.name, "the parameters");
    for (DesignColumn const& column : each.rows.columns) own(column.name, each.name);
  }
  return dimensions;
}

/// The number of values that a grid has in a dimension.
std::size_t levels_of(Dimension const& dimension) {
  return dimension.parameter ? dimension.parameter->distribution.values.size() : dimension.rows.rows;
}

/// Positions in a parameter's `values`, or values, to a column of the table.
DesignColumn column_of_parameter(SweptParameter const& parameter, std::vector<double> values) {
  Distribution const& law = parameter.distribution;
  if (law.law != Distribution::Law::values) return {parameter.path.name, std::move(values), {}};
  std::vector<std::string> texts;
  for (Node const& each : law.values) texts.push_back(each.text);
  DesignColumn const own = column_of(parameter.path.name, texts);
  for (double& each : values)
    if (!std::isnan(each)) each = own.numbers[static_cast<std::size_t>(each)];
  return {own.name, std::move(values), own.labels};
}

void add_columns(Dimension const& dimension, std::vector<double> const& units, DesignTable& into) {
  if (dimension.parameter) {
    std::vector<double> values;
    values.reserve(units.size());
    for (double const u : units) values.push_back(value_at(dimension.parameter->distribution, u));
    into.columns.push_back(column_of_parameter(*dimension.parameter, std::move(values)));
    return;
  }
  auto const rows = static_cast<double>(dimension.rows.rows);
  for (DesignColumn const& column : dimension.rows.columns) {
    DesignColumn& drawn = into.columns.emplace_back(DesignColumn{column.name, {}, column.labels});
    for (double const u : units)
      drawn.numbers.push_back(column.numbers[static_cast<std::size_t>(std::min(std::floor(u * rows), rows - 1))]);
  }
}

/// The last dimension runs fastest.
DesignTable grid(std::vector<Dimension> const& dimensions) {
  DesignTable table;
  table.rows = 1;
  for (Dimension const& each : dimensions) table.rows *= levels_of(each);
  std::size_t block = table.rows;
  for (Dimension const& each : dimensions) {
    std::size_t const levels = levels_of(each);
    block /= std::max<std::size_t>(levels, 1);
    std::vector<double> units(table.rows);
    for (std::size_t row = 0; row < table.rows; ++row)
      units[row] = (static_cast<double>(row / block % levels) + 0.5) / static_cast<double>(levels);
    add_columns(each, units, table);
  }
  return table;
}

DesignTable one_at_a_time(std::vector<Dimension> const& dimensions, std::size_t rows) {
  DesignTable table;
  table.rows = rows;
  std::size_t row = 1;  // point 0 is the scenario as it is
  for (Dimension const& each : dimensions) {
    Distribution const& law = each.parameter->distribution;
    std::vector<double> values(rows, own_value);
    if (law.law == Distribution::Law::values) {
      for (std::size_t k = 0; k < law.values.size(); ++k) values[row++] = static_cast<double>(k);
    } else {
      Ends const ends = ends_of(law);
      values[row++] = ends.low;
      values[row++] = ends.high;
    }
    table.columns.push_back(column_of_parameter(*each.parameter, std::move(values)));
  }
  return table;
}

UnitColumns unit_points(DesignSpec const& design, DesignKeys const& keys) {
  auto const size = static_cast<std::size_t>(design.size);
  switch (design.kind) {
    case DesignKind::random:
      return random_points(keys, size);
    case DesignKind::latin_hypercube:
      return latin_hypercube(keys, size);
    case DesignKind::sobol:
      return sobol_points(keys, size);
    case DesignKind::saltelli:
      return saltelli_points(keys, size, design.second_order);
    case DesignKind::morris:
      return design.plan == MorrisPlan::radial ? radial_points(keys, size) : morris_points(keys, size, design.levels);
    case DesignKind::grid:
    case DesignKind::one_at_a_time:
    case DesignKind::list:
      break;
  }
  return {};
}

bool check_dimensions(DesignSpec const& design, std::size_t dimensions, Complaints& complaints) {
  bool const radial = design.kind == DesignKind::morris && design.plan == MorrisPlan::radial;
  bool const twice = design.kind == DesignKind::saltelli || radial;
  std::size_t const most = twice ? most_sobol_dimensions / 2 : most_sobol_dimensions;
  if ((!twice && design.kind != DesignKind::sobol) || dimensions <= most) return true;
  complaints.add(fmt::format("the design has {} dimensions", dimensions), design.where,
                 fmt::format("at most {} were expected, for which there are Sobol's numbers", most));
  return false;
}

DesignTable listed(SweepSpec const& sweep, Tables const& tables, Complaints& complaints) {
  auto const found = tables.find(sweep.design.list->path);
  return found == tables.end() ? DesignTable{} : design_of(found->second, complaints);
}

}  // namespace

bool extends(DesignKind kind) noexcept {
  return kind != DesignKind::grid && kind != DesignKind::one_at_a_time && kind != DesignKind::latin_hypercube;
}

DesignTable build_design(SweepSpec const& sweep, Tables const& tables, std::uint64_t seed, Complaints& complaints) {
  DesignSpec const& design = sweep.design;
  if (design.kind == DesignKind::list) return listed(sweep, tables, complaints);
  std::size_t const before = complaints.size();
  std::vector<Dimension> const dimensions = dimensions_of(sweep, tables, complaints);
  bool const fits = check_dimensions(design, dimensions.size(), complaints);
  if (!fits || complaints.size() > before) return {};
  std::vector<std::size_t> rows;
  for (Dimension const& each : dimensions)
    if (!each.parameter) rows.push_back(each.rows.rows);
  double const points = count_points(sweep, rows);
  if (points > 1e8) {
    complaints.add(fmt::format("the design has {:.0f} points", points), design.where,
                   "at most 100000000 points were expected");
    return {};
  }
  if (design.kind == DesignKind::grid) return grid(dimensions);
  if (design.kind == DesignKind::one_at_a_time) return one_at_a_time(dimensions, static_cast<std::size_t>(points));
  std::vector<std::string> names;
  for (Dimension const& each : dimensions) names.push_back(each.name);
  UnitColumns const units = unit_points(design, design_keys(seed, names));
  DesignTable table;
  table.rows = static_cast<std::size_t>(points);
  for (std::size_t d = 0; d < dimensions.size(); ++d) add_columns(dimensions[d], units[d], table);
  return table;
}

void check_table_paths(SweepSpec const& sweep, Tables const& tables, ScenarioDraft const& draft,
                       std::span<Schema const* const> mechanisms, Complaints& complaints) {
  for (FileRef const* file : sweep_files_of(sweep)) {
    auto const found = tables.find(file->path);
    if (found == tables.end()) continue;
    Complaints of_cells;
    DesignTable const design = design_of(found->second, of_cells);
    for (std::size_t c = 0; c < design.columns.size(); ++c) {
      DesignColumn const& column = design.columns[c];
      Place const where{found->second.name, 1, static_cast<int>(c) + 1};
      if (swept_keys(column.name, where, complaints).empty()) continue;
      std::vector<double> tried;
      for (double const each : column.numbers)
        if (!std::isnan(each)) tried.push_back(each);
      std::sort(tried.begin(), tried.end());
      if (column.labels.empty() && tried.size() > 2) tried = {tried.front(), tried.back()};
      tried.erase(std::unique(tried.begin(), tried.end()), tried.end());
      for (double const each : tried) {
        Node node = value_node(each, where);
        if (!column.labels.empty()) node.text = column.labels[static_cast<std::size_t>(each)];
        try_values(draft, std::vector<TriedValue>{{column.name, std::move(node)}}, mechanisms, complaints);
      }
    }
  }
}

}  // namespace hansa
