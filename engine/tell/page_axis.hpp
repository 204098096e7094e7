/// Axes of charts: round numbers at even distances.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

namespace hansa {

/// Numbers that stand beside an axis, ascending, and the ends of the axis.
struct Axis {
  double low = 0, high = 1;
  double step = 1;
  std::vector<double> ticks;

  /// Where a value lies, from 0 (low) to 1 (high).
  [[nodiscard]] double at(double value) const noexcept { return (value - low) / (high - low); }
  /// A tick as text: as many digits after the point as its step has.
  [[nodiscard]] std::string label(double tick) const;
};

/// An axis over all values from low to high, in steps of 1, 2 or 5 times a power of ten and at most `most` of them. Its
/// ends are ticks.
[[nodiscard]] Axis axis_over(double low, double high, std::size_t most);

/// The same from low to high exactly, in whole steps: labels of time.
[[nodiscard]] Axis axis_of_labels(double low, double high, std::size_t most);

}  // namespace hansa
