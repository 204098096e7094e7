/// The mean of one number over that of another, of the same replicates.
#pragma once

#include <cstdint>
#include <vector>

#include "measures/moments.hpp"
#include "measures/nested_moments.hpp"

namespace hansa {

/// Keeps all numbers: 16 bytes a replicate, and 8 for its draw.
class RatioOfMeans {
 public:
  /// Draws come one after the other; all numbers have one, or none has.
  void add(double over, double under, std::int64_t draw = no_draw);

  /// The ratio, and all ratios θ that do not contradict mean(over) = θ mean(under) at 95 % (Fieller 1954, J. R. Stat.
  /// Soc. B 16:175), with the errors and degrees of freedom of NestedMoments. NaN where they are not bounded: `under`
  /// may be 0 in the mean. What draws of parameters do to the ratio is not told.
  [[nodiscard]] Interval interval() const;

 private:
  std::vector<double> over_, under_;
  std::vector<std::int64_t> draws_;
};

}  // namespace hansa
