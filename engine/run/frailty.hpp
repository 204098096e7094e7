/// Unobserved heterogeneity: normal effects of city, country and period, drawn anew in each replicate.
#pragma once

#include <cstdint>
#include <vector>

#include "base/random.hpp"
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
  /// Brings what lasts to the decisions of `step`; false if it stays as it is.
  bool advance(std::int32_t step);

  /// True if cities differ by lasting effects at some date.
  [[nodiscard]] bool lasting() const noexcept { return lasting_; }
  /// The sum of the effects of city, city and policy, and country; 0 where there is none.
  [[nodiscard]] double lasting(Index city) const noexcept { return of_city_.empty() ? 0 : of_city_[city]; }
  /// True if steps have effects at some date.
  [[nodiscard]] bool has_periods() const noexcept { return periods_; }
  /// The effect of a step (1 … T) on all cities.
  [[nodiscard]] double period(std::int32_t step) const noexcept {
    return of_step_.empty() || step < 1 ? 0 : of_step_[static_cast<std::size_t>(step) - 1];
  }

 private:
  /// Whether it holds of the standard deviations of some date.
  template <class Is>
  [[nodiscard]] bool is_ever(Is const& is) const;
  [[nodiscard]] std::uint64_t key(Purpose purpose, std::uint64_t subject) const noexcept;
  void draw_lasting(FrailtyStep const& sds);

  FrailtyModel const& model_;
  std::uint64_t policy_;
  Cities const& cities_;
  std::size_t steps_;
  bool lasting_;
  bool periods_;
  std::uint64_t seed_ = 0;
  std::int64_t replicate_ = 0;
  std::size_t next_ = 1;  // in the model's standard deviations
  std::vector<double> of_city_;
  std::vector<double> of_step_;
};

}  // namespace hansa
