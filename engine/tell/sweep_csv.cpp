/// Rows of points.
#include "tell/sweep_csv.hpp"

#include <fmt/format.h>

#include "sweep/points.hpp"
#include "tell/csv_cell.hpp"

namespace hansa {

namespace {

std::string point_header(PointTable const& points) {
  std::string header = "point";
  if (points.scenarios.size() > 1) header += ",scenario";
  for (PointColumn const& each : points.columns) header += "," + csv_cell(each.path);
  return header;
}

std::string point_cells(PointTable const& points, std::size_t point) {
  std::string cells = fmt::format("{}", point);
  if (points.scenarios.size() > 1)
    cells += "," + csv_cell(points.scenarios[static_cast<std::size_t>(points.scenario_of[point])]);
  for (PointColumn const& each : points.columns) cells += "," + csv_cell(value_text(each, point));
  return cells;
}

}  // namespace

std::string sweep_csv_header(PointTable const& points, MeasureLayout const& layout) {
  std::string header = point_header(points) + ",policy,replicates,failed";
  for (MeasureVariable const& each : layout.variables) {
    for (std::size_t k = 0; k < each.length; ++k) {
      std::string const label = each.axis ? fmt::format("[{}]", layout.axes[*each.axis].labels[k]) : std::string();
      for (char const* part : {"", "_sd", "_se", "_missing"}) header += "," + csv_cell(each.name + part + label);
    }
  }
  return header + "\n";
}

std::string sweep_csv_rows(PointTable const& points, MeasureLayout const& layout, PointsSlice const& slice) {
  std::string rows;
  for (std::size_t p = 0; p < slice.count; ++p) {
    for (std::size_t policy = 0; policy < layout.policies.size(); ++policy) {
      rows += fmt::format("{},{},{},{}", point_cells(points, slice.first + p), csv_cell(layout.policies[policy]),
                          slice.finished[p], slice.failed[p]);
      for (MeasureVariable const& each : layout.variables) {
        for (std::size_t k = 0; k < each.length; ++k) {
          std::size_t const at = p * layout.width + each.first + policy * each.length + k;
          rows += fmt::format(",{},{},{},{}", csv_number(slice.mean[at]), csv_number(slice.sd[at]),
                              csv_number(slice.se[at]), slice.missing[at]);
        }
      }
      rows += '\n';
    }
  }
  return rows;
}

std::string replicate_csv_header(PointTable const& points, MeasureLayout const& layout) {
  std::string header = point_header(points) + ",policy,replicate";
  for (MeasureVariable const& each : layout.variables)
    for (std::size_t k = 0; k < each.length; ++k)
      header +=
          "," + csv_cell(each.axis ? fmt::format("{}[{}]", each.name, layout.axes[*each.axis].labels[k]) : each.name);
  return header + "\n";
}

std::string replicate_csv_rows(PointTable const& points, MeasureLayout const& layout, PointsSlice const& slice) {
  std::string rows;
  std::size_t const replicates = slice.count == 0 ? 0 : slice.status.size() / slice.count;
  for (std::size_t p = 0; p < slice.count; ++p) {
    std::string const point = point_cells(points, slice.first + p);
    for (std::size_t policy = 0; policy < layout.policies.size(); ++policy) {
      for (std::size_t r = 0; r < replicates; ++r) {
        std::size_t const run = p * replicates + r;
        if (slice.status[run] != RunStatus::finished) continue;
        rows += fmt::format("{},{},{}", point, csv_cell(layout.policies[policy]), r);
        for (MeasureVariable const& each : layout.variables)
          for (std::size_t k = 0; k < each.length; ++k)
            rows += "," + csv_number(slice.values[run * layout.width + each.first + policy * each.length + k]);
        rows += '\n';
      }
    }
  }
  return rows;
}

std::string design_csv(PointTable const& points) {
  std::string text = point_header(points) + "\n";
  for (std::size_t p = 0; p < points.size(); ++p) text += point_cells(points, p) + "\n";
  return text;
}

}  // namespace hansa
