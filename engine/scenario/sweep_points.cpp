/// Counts points of designs before there are any.
#include "scenario/sweep_points.hpp"

namespace hansa {

namespace {

double count_grid(SweepSpec const& spec, std::span<std::size_t const> table_rows) noexcept {
  double points = 1;
  for (SweptParameter const& each : spec.parameters) points *= static_cast<double>(each.distribution.values.size());
  for (std::size_t const rows : table_rows) points *= static_cast<double>(rows);
  return points;
}

/// The scenario's own values, then each value of each parameter alone.
double count_one_at_a_time(SweepSpec const& spec) noexcept {
  double points = 1;
  for (SweptParameter const& each : spec.parameters) {
    bool const listed = each.distribution.law == Distribution::Law::values;
    points += listed ? static_cast<double>(each.distribution.values.size()) : 2;
  }
  return points;
}

}  // namespace

double count_points(SweepSpec const& spec, std::span<std::size_t const> table_rows) noexcept {
  auto const dimensions = static_cast<double>(count_dimensions(spec));
  auto const size = static_cast<double>(spec.design.size);
  switch (spec.design.kind) {
    case DesignKind::grid:
      return count_grid(spec, table_rows);
    case DesignKind::one_at_a_time:
      return count_one_at_a_time(spec);
    case DesignKind::random:
    case DesignKind::latin_hypercube:
    case DesignKind::sobol:
      return size;
    case DesignKind::saltelli:
      return size * (spec.design.second_order ? 2 * dimensions + 2 : dimensions + 2);
    case DesignKind::morris:
      return size * (dimensions + 1);
    case DesignKind::list:
      return table_rows.empty() ? 0 : static_cast<double>(table_rows[0]);
  }
  return 0;
}

}  // namespace hansa
