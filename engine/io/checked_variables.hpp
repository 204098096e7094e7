/// Variables of a file that nobody vouches for, by name: their lengths and every number are checked.
#pragma once

#include <cstdint>
#include <limits>
#include <string>
#include <vector>

#include "io/hdf5_read.hpp"
#include "measures/comparison.hpp"

namespace hansa {

inline constexpr hsize_t most_listed = 100'000;  ///< steps, and labels of what is rerun or grouped

/// What the numbers of a variable may be, besides missing; all finite ones, unless it says otherwise.
struct Range {
  double low = -std::numeric_limits<double>::max(), high = std::numeric_limits<double>::max();
};

/// Throws Error (Fault::input) without a place where a variable is not there, or is not what was expected. At most
/// 100 million numbers in a variable.
class CheckedVariables {
 public:
  explicit CheckedVariables(hid_t group) : group_(group) {}

  /// Of these lengths.
  [[nodiscard]] H5Variable variable(std::string const& name, std::vector<hsize_t> const& lengths) const;
  /// Of one axis, no longer than `most`.
  [[nodiscard]] H5Variable list(std::string const& name, hsize_t most) const;
  /// Labels, each once.
  [[nodiscard]] std::vector<std::string> names(std::string const& name, hsize_t most = 1000) const;
  void require_labels(std::string const& name, std::vector<std::string> const& labels) const;

  /// Numbers within the range, or NaN.
  [[nodiscard]] std::vector<double> numbers(std::string const& name, std::vector<hsize_t> const& lengths,
                                            Range range = {}) const;
  /// Numbers from 0 to 1, or NaN.
  [[nodiscard]] std::vector<float> shares(std::string const& name, std::vector<hsize_t> const& lengths) const;
  /// Counts of at most `most`, or −1: missing.
  [[nodiscard]] std::vector<std::int32_t> counts(std::string const& name, std::vector<hsize_t> const& lengths,
                                                 std::int64_t most) const;
  /// Means, with the ends of their intervals from NAME_bound: around the mean, or missing. With what lies between draws
  /// from NAME_draws, where that is there.
  [[nodiscard]] std::vector<Interval> intervals(std::string const& name, std::vector<hsize_t> lengths) const;
  /// Three quantiles that ascend.
  [[nodiscard]] std::vector<Luck> luck(std::string const& name, std::vector<hsize_t> lengths) const;
  /// An attribute of the group, empty if it is not there.
  [[nodiscard]] std::string text(std::string const& name) const;

 private:
  void add_draws(std::string const& name, std::vector<hsize_t> const& lengths, std::vector<Interval>& to) const;

  hid_t group_;
};

}  // namespace hansa
