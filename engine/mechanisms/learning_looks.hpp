/// Looks along ties that gain and lose strength.
#pragma once

#include <cstdint>
#include <set>
#include <utility>

#include "mechanisms/learning_adopters.hpp"
#include "mechanisms/learning_beliefs.hpp"
#include "world/living_ties.hpp"

namespace hansa {

/// One look along a tie per episode of its source, at the end of the first step that leaves both, with the strength
/// that the step leaves: a tie that comes back gives no second one. Empty where ties have no strength.
class LivingLooks {
 public:
  /// `ties`, null where there are none, outlive the replicate.
  void reset(LivingTies const* ties) {
    ties_ = ties;
    looked_.clear();
  }
  [[nodiscard]] bool empty() const noexcept { return ties_ == nullptr; }
  /// The source has left the policy.
  void forget(Index source) {
    if (!empty()) looked_.erase(looked_.lower_bound({source, 0}), looked_.lower_bound({source + 1, 0}));
  }
  /// Who observes a source looks at it: its performance is q.
  void look_at(Index source, double q, std::int32_t step, BeliefState& beliefs) {
    ties_->for_each_target(source, [&](std::uint32_t tie, Index target, std::uint32_t weight) {
      look({source, target, weight, 0, ties_->strength(tie, step)}, q, beliefs);
    });
  }
  /// Along the ties that have begun at the end of `step`, at sources that adopted before; of two cities with several
  /// ties the first counts, in the order of LivingTies::for_each_target().
  void look_along_new(AdopterStates const& adopters, std::int32_t step, BeliefState& beliefs) {
    for (TieMove const& move : ties_->moves()) {
      AdopterStates::Adopter const& source = adopters[move.source];
      if (move.before != 0 || source.episode == AdopterStates::none || source.since >= step) continue;
      ties_->for_each_target(move.source, [&](std::uint32_t tie, Index target, std::uint32_t weight) {
        if (target == move.target)
          look({move.source, target, weight, 0, ties_->strength(tie, step)}, source.performance, beliefs);
      });
    }
  }

 private:
  void look(TieMove const& tie, double q, BeliefState& beliefs) {
    if (tie.after == 0 || !looked_.emplace(tie.source, tie.target).second) return;
    beliefs.look(tie.target, tie.source, tie.weight, q, static_cast<double>(tie.after) * 0x1p-63);
  }

  LivingTies const* ties_ = nullptr;
  std::set<std::pair<Index, Index>> looked_;  // source and target, in the source's episode
};

}  // namespace hansa
