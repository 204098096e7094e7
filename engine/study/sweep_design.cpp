/// Tables read, tried, and drawn from.
#include "study/sweep_design.hpp"

#include "design/build_design.hpp"
#include "io/csv.hpp"

namespace hansa {

Tables read_sweep_tables(SweepSpec const& sweep, ScenarioDraft const& draft, std::span<Schema const* const> mechanisms,
                         Complaints& complaints) {
  Tables tables;
  read_tables(sweep, tables, complaints);
  check_table_paths(sweep, tables, draft, mechanisms, complaints);
  return tables;
}

DesignTable read_sweep_design(Scenario const& scenario, ScenarioDraft const& draft,
                              std::span<Schema const* const> mechanisms) {
  Complaints complaints;
  SweepSpec const& sweep = scenario.sweep.value();
  Tables const tables = read_sweep_tables(sweep, draft, mechanisms, complaints);
  complaints.throw_if_any();
  DesignTable design = build_design(sweep, tables, scenario.seed, complaints);
  complaints.throw_if_any();
  return design;
}

}  // namespace hansa
