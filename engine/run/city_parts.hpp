/// Ranges of cities that a crew shares out in a large world.
#pragma once

#include <algorithm>
#include <cstddef>

#include "base/ids.hpp"
#include "base/parallel.hpp"
#include "run/scan.hpp"

namespace hansa {

/// All cities and the padding after them, whole or in parts of whole vectors of flags.
class CityParts {
 public:
  static constexpr Index size = 32'768;            ///< cities of a part
  static constexpr Index largest_listed = 60'000;  ///< above: touched cities are found by a scan, so that memory is
                                                   ///< walked in order

  /// The crew outlives it.
  CityParts(Index cities, Crew& crew) noexcept : crew_(crew), cities_(cities), width_(padded(cities)) {}

  [[nodiscard]] bool is_listed() const noexcept { return cities_ <= largest_listed; }
  /// True if several members of the crew work on them.
  [[nodiscard]] bool is_wide() const noexcept { return crew_.size() > 1 && !is_listed(); }
  [[nodiscard]] std::size_t count() const noexcept { return (width_ + size - 1) / size; }

  /// work(begin, end) for ranges that make up all of them.
  template <class Work>
  void run(Work const& work) const {
    auto const end = static_cast<Index>(width_);
    if (!is_wide()) return work(Index{0}, end);
    crew_.run(count(), [&](std::size_t part) {
      Index const begin = static_cast<Index>(part) * size;
      work(begin, std::min(end, begin + size));
    });
  }

 private:
  Crew& crew_;
  Index cities_;
  std::size_t width_;
};

}  // namespace hansa
