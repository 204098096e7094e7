/// A number by date.
#pragma once

#include <algorithm>
#include <cstdint>
#include <vector>

namespace hansa {

/// What a number is from a step on.
struct NumberStep {
  std::int32_t step;
  double number;
};

/// One number from the first step on, and others from later steps on.
class NumberCourse {
 public:
  NumberCourse() = default;
  explicit(false) NumberCourse(double start) : start_(start) {}

  /// It is `number` from `step` on, which is above those before. Nothing where it is that anyway.
  void add(std::int32_t step, double number) {
    if (number != (later_.empty() ? start_ : later_.back().number)) later_.push_back({step, number});
  }
  [[nodiscard]] double start() const noexcept { return start_; }
  [[nodiscard]] std::vector<NumberStep> const& later() const noexcept { return later_; }
  [[nodiscard]] bool constant() const noexcept { return later_.empty(); }
  /// In a step; before the first: as in the first.
  [[nodiscard]] double at(std::int32_t step) const noexcept {
    double number = start_;
    for (NumberStep const& each : later_) {
      if (each.step > step) break;
      number = each.number;
    }
    return number;
  }
  [[nodiscard]] double largest() const noexcept {
    double most = start_;
    for (NumberStep const& each : later_) most = std::max(most, each.number);
    return most;
  }
  /// Whether it is another number than 0 in some step.
  [[nodiscard]] bool ever() const noexcept {
    return start_ != 0 || std::any_of(later_.begin(), later_.end(), [](auto const& each) { return each.number != 0; });
  }

 private:
  double start_ = 0;
  std::vector<NumberStep> later_;
};

}  // namespace hansa
