/// Moments in order, quantiles of what was sorted.
#include "measures/replicate_statistics.hpp"

#include <algorithm>
#include <cmath>

#include "measures/moments.hpp"
#include "measures/quantiles.hpp"

namespace hansa {

ReplicateStatistics replicate_statistics(std::span<double> values, std::span<double const> quantiles,
                                         std::span<double> into) {
  Moments moments;
  for (double const each : values)
    if (!std::isnan(each)) moments.add(each);
  auto const end = std::partition(values.begin(), values.end(), [](double each) { return !std::isnan(each); });
  std::sort(values.begin(), end);
  std::span<double const> const known(values.data(), static_cast<std::size_t>(moments.count()));
  for (std::size_t k = 0; k < quantiles.size(); ++k) into[k] = quantile(known, quantiles[k] / 100);
  double const sd = std::sqrt(moments.variance());
  return {moments.mean(), sd, sd / std::sqrt(static_cast<double>(moments.count())),
          static_cast<std::int32_t>(values.size() - known.size())};
}

}  // namespace hansa
