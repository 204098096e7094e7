/// How long before the first step the initial adopters adopted.
#pragma once

#include <cstdint>
#include <limits>
#include <vector>

#include "model/catalogue.hpp"

namespace hansa {

/// Where the step since when a city is an adopter is kept: it is none.
inline constexpr std::int32_t not_adopted = std::numeric_limits<std::int32_t>::min();

/// Ages at the end of the step before the first, by city and episode.
class EarlierAdoptions {
 public:
  /// Of the policy of the context; adopters that a selector names adopted in the step before the first.
  explicit EarlierAdoptions(TermContext const& context);
  [[nodiscard]] std::int32_t age(Event const& event) const noexcept;

 private:
  struct Known {
    Index city;
    std::int32_t episode;
    std::int32_t age;
  };
  std::vector<Known> known_;  // by city, then episode
};

}  // namespace hansa
