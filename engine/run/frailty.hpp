/// Unobserved heterogeneity: normal effects of city, country and period, drawn anew in each replicate.
#pragma once

#include <cstdint>
#include <vector>

#include "model/model.hpp"
#include "model/term.hpp"
#include "world/cities.hpp"

namespace hansa {

/// The draws of one policy in one replicate (Vaupel, Manton & Stallard 1979). `city` is one draw per city for all
/// policies, the others are the policy's own.
class Frailty {
 public:
  Frailty(PolicyModel const& policy, Cities const& cities, std::int32_t steps);
  void begin(Outset const& outset);

  /// True if cities differ by lasting effects.
  [[nodiscard]] bool lasting() const noexcept { return lasting_; }
  /// The sum of the effects of city, city and policy, and country; 0 where there is none.
  [[nodiscard]] double lasting(Index city) const noexcept { return of_city_.empty() ? 0 : of_city_[city]; }
  /// The effect of a step (1 … T) on all cities.
  [[nodiscard]] double period(std::int32_t step) const noexcept {
    return of_step_.empty() || step < 1 ? 0 : of_step_[static_cast<std::size_t>(step) - 1];
  }

 private:
  FrailtyModel const& model_;
  std::uint64_t policy_;
  Cities const& cities_;
  std::size_t steps_;
  bool lasting_;
  std::vector<double> of_city_;
  std::vector<double> of_step_;
};

}  // namespace hansa
