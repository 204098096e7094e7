/// Rows after rows, and means of what is of cities.
#include "statistics/statistics_table.hpp"

#include <cmath>
#include <limits>
#include <utility>

namespace hansa {

ReplicateTable::ReplicateTable(DiffusionStatistics const& statistics, std::vector<std::string> policies) {
  table_.policies = std::move(policies);
  table_.variables = statistics.variables();
  table_.simulated = true;
  table_.values.resize(table_.variables.size());
  table_.known.resize(table_.variables.size());
}

void ReplicateTable::add(std::int64_t replicate, std::vector<StatisticValues> const& values) {
  table_.replicates.push_back(replicate);
  for (std::size_t v = 0; v < table_.variables.size(); ++v) {
    StatisticVariable const& variable = table_.variables[v];
    std::vector<double>& sums = table_.values[v];
    if (!variable.by_city) {
      for (StatisticValues const& policy : values) sums.insert(sums.end(), policy[v].begin(), policy[v].end());
      continue;
    }
    std::size_t const length = values.front()[v].size(), wide = variable.classes.empty() ? 1 : variable.classes.size();
    sums.resize(values.size() * length * wide, 0);
    table_.known[v].resize(values.size() * length, 0);
    for (std::size_t p = 0; p < values.size(); ++p) {
      for (std::size_t k = 0; k < length; ++k) {
        double const value = values[p][v][k];
        if (std::isnan(value)) continue;
        std::size_t const at = p * length + k;
        table_.known[v][at] += 1;
        sums[wide == 1 ? at : at * wide + static_cast<std::size_t>(value)] += wide == 1 ? value : 1;
      }
    }
  }
}

StatisticsTable ReplicateTable::finish() && {
  for (std::size_t v = 0; v < table_.variables.size(); ++v) {
    if (!table_.variables[v].by_city) continue;
    std::size_t const wide = table_.variables[v].classes.empty() ? 1 : table_.variables[v].classes.size();
    for (std::size_t k = 0; k < table_.values[v].size(); ++k) {
      std::int32_t const count = table_.known[v][k / wide];
      double& value = table_.values[v][k];
      value = count > 0 ? value / count : std::numeric_limits<double>::quiet_NaN();
    }
  }
  return std::move(table_);
}

StatisticsTable table_of(DiffusionStatistics const& statistics, std::vector<std::string> policies,
                         std::vector<StatisticValues> const& values) {
  StatisticsTable table;
  table.policies = std::move(policies);
  table.variables = statistics.variables();
  table.values.resize(table.variables.size());
  for (std::size_t v = 0; v < table.variables.size(); ++v)
    for (StatisticValues const& policy : values)
      table.values[v].insert(table.values[v].end(), policy[v].begin(), policy[v].end());
  return table;
}

}  // namespace hansa
