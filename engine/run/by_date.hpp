/// A number per city that changes by date.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "model/model.hpp"

namespace hansa {

/// 0 until the first change. Nothing is kept, and nothing done, where there are no changes at all. `steps` outlives it.
template <class Lane>
class ByDate {
 public:
  ByDate(std::vector<AttributeStep> const& steps, std::size_t room) : steps_(steps), now_(steps.empty() ? 0 : room) {}

  [[nodiscard]] bool empty() const noexcept { return now_.empty(); }
  /// Back to the beginning; false if it never left it.
  bool begin() noexcept {
    if (next_ == 0) return false;
    for (; next_ > 0; --next_) now_[steps_[next_ - 1].city] = Lane{0};
    return true;
  }
  /// Makes the changes up to `step`; use(city) after each.
  template <class Use>
  void advance(std::int32_t step, Use const& use) {
    for (; next_ < steps_.size() && steps_[next_].step <= step; ++next_) {
      now_[steps_[next_].city] = static_cast<Lane>(steps_[next_].sum);
      use(steps_[next_].city);
    }
  }
  [[nodiscard]] Lane operator[](Index city) const noexcept { return now_[city]; }
  /// Of all cities.
  [[nodiscard]] Lane const* data() const noexcept { return now_.data(); }

 private:
  std::vector<AttributeStep> const& steps_;
  std::vector<Lane> now_;
  std::size_t next_ = 0;
};

}  // namespace hansa
