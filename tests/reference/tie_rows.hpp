/// Rows of ties that interventions read, by column names.
#pragma once

#include <cstdint>
#include <limits>
#include <vector>

#include "scenario/scenario.hpp"
#include "scenario/tables.hpp"
#include "world/world.hpp"

namespace hansa::reference {

/// A row: the tie holds at the labels `from` … `until`.
struct TieRow {
  Index source, target;
  double weight = 1;
  std::int32_t from = std::numeric_limits<std::int32_t>::min();
  std::int32_t until = std::numeric_limits<std::int32_t>::max();
};

[[nodiscard]] std::vector<TieRow> tie_rows(FileRef const& file, Tables const& tables, World const& world);

}  // namespace hansa::reference
