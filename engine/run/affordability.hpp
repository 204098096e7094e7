/// Who can pay for one policy, and who waits until it can.
#pragma once

#include <algorithm>
#include <cstdint>
#include <span>

#include "model/model.hpp"
#include "run/bars.hpp"
#include "run/budgets.hpp"
#include "run/costs.hpp"

namespace hansa {

/// A city can pay where its budget reaches the price of the step. Who cannot is not at risk; or, where cities queue,
/// decides all the same and waits. Where nothing is paid from budgets nothing is kept.
class Affordability {
 public:
  /// All outlive it.
  Affordability(PolicyModel const& policy, Budgets const& budgets, Costs const& costs, Hindrances& hindrances)
      : budgets_(budgets), costs_(costs), hindrances_(hindrances), pays_(budgets.are_kept() && !costs.empty()) {
    queues_ = pays_ && policy.when_unaffordable == Affording::queue;
  }

  void begin() {
    if (!pays_) return;
    (queues_ ? unable_ : hindrances_.poor).assign(costs_.cities(), 0);
    if (queues_) hindrances_.in_queue.assign(costs_.cities(), 0);
  }
  /// Whether cities wait.
  [[nodiscard]] bool queues() const noexcept { return queues_; }
  /// By budgets and prices as they are in the next step.
  void find_poor() {
    if (!pays_) return;
    std::vector<std::uint8_t>& poor = queues_ ? unable_ : hindrances_.poor;
    for (Index i = 0; i < poor.size(); ++i) poor[i] = is_enough(budgets_[i], costs_.price(i)) ? 0 : 1;
  }
  /// Where cities queue.
  [[nodiscard]] bool can_pay(Index city) const noexcept { return unable_[city] == 0; }
  void enqueue(Index city) noexcept { hindrances_.in_queue[city] = 1; }
  /// They adopt.
  void dequeue(std::span<Index const> cities) noexcept {
    for (Index const city : cities) hindrances_.in_queue[city] = 0;
  }

 private:
  Budgets const& budgets_;
  Costs const& costs_;
  Hindrances& hindrances_;
  bool pays_, queues_ = false;
  std::vector<std::uint8_t> unable_;  // per city, where cities queue
};

}  // namespace hansa
