/// Subsidies of one policy in one replicate: which are in force, what they pay of a cost, and when their budgets are
/// spent.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "model/model.hpp"
#include "record/recorder.hpp"

namespace hansa {

/// Of a cost c they pay Σ share · c + Σ amount, summed in order of name over those in force for the city, and at most
/// 99 % of it: what costs nothing has no logarithm. Where that bounds them, each pays in proportion. One that has a
/// budget ends after the step in which it has paid that much, to one part in 10^9; all of that step still have it.
/// Without subsidies nothing is kept, and nothing done.
class Subsidies {
 public:
  /// The policy outlives it.
  Subsidies(PolicyModel const& policy, Clock const& clock, Index cities);

  /// True if the policy is never subsidised.
  [[nodiscard]] bool empty() const noexcept { return all_.empty(); }
  void begin();
  /// Brings those into force that are in `step` (steps ascend), and ends the others; use(city) of each that they reach.
  template <class Use>
  void advance(std::int32_t step, Use const& use) {
    if (empty() || !change(step)) return;
    for (Index const city : changed_) use(city);
  }
  /// True if some subsidy is in force for the city.
  [[nodiscard]] bool reach(Index city) const noexcept {
    return !empty() && (support_[city].share > 0 || support_[city].amount > 0);
  }
  /// The share of a cost that they pay: 0 to 0.99; of no cost, 0.
  [[nodiscard]] double share_of(double cost, Index city) const noexcept;
  /// What they pay of a cost, which is noted.
  double pay(double cost, Index city);
  /// What they have paid up to `step`.
  void tell(std::int32_t step, Recorder& recorder);

 private:
  /// Of one city, by all that are in force.
  struct Support {
    double share = 0, amount = 0;
  };
  /// Whether anything began or ended; `changed_`: for whom.
  bool change(std::int32_t step);
  [[nodiscard]] bool is_spent(std::size_t k) const noexcept;
  [[nodiscard]] bool has(std::size_t k, Index city) const noexcept;

  std::vector<SubsidyModel> const& all_;
  Clock const& clock_;
  std::vector<std::uint8_t> in_force_;  // per subsidy
  std::vector<double> paid_;
  std::vector<std::int32_t> spent_;  // label of the step in which its budget was
  std::vector<Support> support_;     // per city
  std::vector<Index> changed_;
};

}  // namespace hansa
