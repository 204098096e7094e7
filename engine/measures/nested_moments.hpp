/// Mean and variance of numbers of which some share a draw of the parameters.
#pragma once

#include <cstdint>
#include <vector>

#include "measures/moments.hpp"

namespace hansa {

inline constexpr std::int64_t no_draw = -1;  ///< parameters are not drawn

/// Numbers come draw by draw; about 32 bytes a draw. Without draws the same as Moments, to the bit.
class NestedMoments {
 public:
  void add(double value, std::int64_t draw = no_draw);
  [[nodiscard]] std::int64_t count() const noexcept { return all_.count(); }
  [[nodiscard]] double mean() const noexcept { return all_.mean(); }
  /// Over all numbers, whatever their draw.
  [[nodiscard]] double variance() const noexcept { return all_.variance(); }
  /// Numbers of one draw are not independent: with draws, mean ± t √(D/(D−1) Σ (n_d (m_d − m))²)/N over the D draws,
  /// each with n_d of the N numbers and their mean m_d, and D − 1 degrees of freedom (a mean of clusters: Cochran 1977,
  /// Sampling Techniques, ch. 9A). Adds what lies between draws.
  [[nodiscard]] Interval interval() const;

 private:
  Moments all_;
  std::vector<Moments> draws_;
  std::int64_t last_ = no_draw;
};

/// Of each.
[[nodiscard]] std::vector<Interval> intervals(std::vector<NestedMoments> const& all);

}  // namespace hansa
