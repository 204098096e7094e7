/// Statistics of all policies side by side: of data, or of many replicates.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "statistics/diffusion_statistics.hpp"

namespace hansa {

/// Statistics of data, or of the replicates of a result.
struct StatisticsTable {
  std::vector<std::string> policies;
  std::vector<StatisticVariable> variables;
  bool simulated = false;
  std::vector<std::int64_t> replicates;  ///< their numbers
  /// Per variable. Of data: policy × [city] × [time]. Of replicates, without city: replicate × policy × [time]; with
  /// city: policy × city × [time], the mean over replicates that have it; of categories policy × city × class, the
  /// share of replicates.
  std::vector<std::vector<double>> values;
  std::vector<std::vector<std::int32_t>> known;  ///< per variable with city, of replicates: how many of them have it
};

/// Gathers replicates one by one, in order.
class ReplicateTable {
 public:
  ReplicateTable(DiffusionStatistics const& statistics, std::vector<std::string> policies);
  /// values[p] is of policy p.
  void add(std::int64_t replicate, std::vector<StatisticValues> const& values);
  [[nodiscard]] StatisticsTable finish() &&;

 private:
  StatisticsTable table_;
};

/// The table of data: values[p] is of policy p.
[[nodiscard]] StatisticsTable table_of(DiffusionStatistics const& statistics, std::vector<std::string> policies,
                                       std::vector<StatisticValues> const& values);

}  // namespace hansa
