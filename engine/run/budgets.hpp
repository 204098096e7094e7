/// Budgets of cities in one replicate: what they have, spend and gain.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "model/model.hpp"
#include "record/recorder.hpp"
#include "run/by_date.hpp"
#include "run/tie_use.hpp"
#include "world/world.hpp"

namespace hansa {

/// Whether so much money is enough. A price that mechanisms lower comes out of a logarithm: what is short of it by no
/// more than one part in 10^12 is.
[[nodiscard]] constexpr bool is_enough(double money, double price) noexcept {
  constexpr double slack = 1e-12;
  return money >= price - slack * price;
}

/// B <- B (1 + growth) + income + returns - spending - fees at the end of each step. Decisions of a step are paid from
/// B of the end of the step before; what runs on is paid whatever B is, so B may fall below 0. Returns: per_tie to both
/// cities of each tie that is used in the step. A scenario without budgets and fees takes neither memory nor time.
class Budgets {
 public:
  /// Both outlive it.
  Budgets(Model const& model, World const& world);

  /// True if cities have no budgets and nothing is paid to collaborations: then nothing else is to be called but
  /// are_kept().
  [[nodiscard]] bool empty() const noexcept { return !are_kept() && fees_.total.empty(); }
  [[nodiscard]] Index cities() const noexcept { return n_; }
  /// True if cities have budgets.
  [[nodiscard]] bool are_kept() const noexcept { return model_ != nullptr; }
  void begin(Outset const& outset);
  /// What a city has to spend in the step.
  [[nodiscard]] double operator[](Index city) const noexcept { return balance_[city]; }
  /// A city pays in the step.
  void spend(Index city, double amount) noexcept { spent_[city] += amount; }
  /// A member pays to a collaboration in the step, besides what the model dates; where fees are paid at all.
  void charge(Index city, double fee) noexcept {
    charged_ += fee;
    if (are_kept()) spent_[city] += fee;
  }
  /// Events of a step, of each policy.
  void note(PolicyId policy, std::span<Event const> events) {
    if (use_) use_->note(policy, events);
  }
  /// Ends `step`; 0: before the first, in which nothing changes.
  void close(std::int32_t step, Recorder& recorder);

 private:
  void add_returns(std::int32_t step);

  ResourceModel const* model_;
  Index n_;
  FeeModel const& fees_;
  std::optional<TieUse> use_;
  ByDate<double> fee_;
  std::vector<double> balance_, spent_, income_;  // per city
  double charged_ = 0;                            // in the step, of all
  std::vector<std::uint32_t> used_;               // ties of each city, in the step
  std::size_t next_income_ = 0, next_income_of_all_ = 0;
  std::int64_t ties_used_ = 0;
};

}  // namespace hansa
