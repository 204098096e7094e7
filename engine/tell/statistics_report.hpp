/// Statistics of histories in words, and for machines.
#pragma once

#include <string>
#include <vector>

#include "scenario/scenario.hpp"
#include "statistics/statistics_table.hpp"
#include "tell/tree.hpp"
#include "world/cities.hpp"

namespace hansa {

/// What is told beside the numbers.
struct StatisticsNotes {
  std::vector<std::string> notes;  ///< sentences without full stop
  std::string file;                ///< where all numbers are; empty: nowhere
};

/// A few lines an entry and policy: numbers of the whole; of cities and steps their mean, spread and extremes.
[[nodiscard]] std::string statistics_text(StatisticsTable const& table, StatsSpec const& spec, Clock const& clock,
                                          StatisticsNotes const& notes);

/// {policy: {variable: number | {label: number} | …}}: numbers of the whole, series by label, of cities by id; of
/// replicates the mean and 5, 50 and 95 %.
[[nodiscard]] Node statistics_tree(StatisticsTable const& table, Cities const& cities, Clock const& clock,
                                   StatisticsNotes const& notes);

/// A sentence on an entry: what it is of, and what source defines it.
[[nodiscard]] std::string statistic_sentence(StatisticSpec const& spec);

}  // namespace hansa
