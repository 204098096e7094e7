/// Mean, spread and quantiles over the replicates of a point.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace hansa {

/// Of the numbers that are not missing (NaN). NaN where there are too few.
struct ReplicateStatistics {
  double mean = 0;
  double sd = 0;  ///< with n - 1
  double se = 0;  ///< sd / √n: of the mean
  std::int32_t missing = 0;
};

/// `values` in order of replicates, so that equal ones give equal bits; `quantiles` (in per cent) go to `into`.
/// `values` is left sorted, missing ones last.
[[nodiscard]] ReplicateStatistics replicate_statistics(std::span<double> values, std::span<double const> quantiles,
                                                       std::span<double> into);

}  // namespace hansa
