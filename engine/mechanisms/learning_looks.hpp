/// Looks along ties that gain and lose strength.
#pragma once

#include <algorithm>
#include <cstdint>
#include <vector>

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
    if (empty()) return;
    std::size_t const cities = ties->layer().in_degree.size();
    looked_.resize(cities);
    for (std::vector<Index>& each : looked_) each.clear();
    last_.assign(cities, 0);
    serial_ = 0;
  }
  [[nodiscard]] bool empty() const noexcept { return ties_ == nullptr; }
  /// The source has left the policy.
  void forget(Index source) {
    if (!empty()) looked_[source].clear();
  }
  /// Who observes a source that has just adopted looks at it: its performance is q.
  void look_at(Index source, double q, std::int32_t step, BeliefState& beliefs) {
    ++serial_;
    ties_->for_each_strength(source, step, [&](Index target, std::uint32_t weight, Strength strength) {
      if (last_[target] == serial_) return;  // the second tie of these two
      last_[target] = serial_;
      look({source, target, weight, 0, strength}, q, beliefs);
    });
  }
  /// Along the ties that have begun at the end of `step`, at sources that adopted before; of two cities with several
  /// ties the first counts, in the order of LivingTies::for_each_target().
  void look_along_new(AdopterStates const& adopters, std::int32_t step, BeliefState& beliefs) {
    for (TieMove const& move : ties_->moves()) {
      AdopterStates::Adopter const& source = adopters[move.source];
      if (move.before != 0 || source.episode == AdopterStates::none || source.since >= step) continue;
      ties_->for_each_target(move.source, [&](std::uint32_t tie, Index target, std::uint32_t weight) {
        if (target == move.target && !has_looked(move.source, target))
          look({move.source, target, weight, 0, ties_->strength(tie, step)}, source.performance, beliefs);
      });
    }
  }

 private:
  [[nodiscard]] bool has_looked(Index source, Index target) const {
    return std::find(looked_[source].begin(), looked_[source].end(), target) != looked_[source].end();
  }
  void look(TieMove const& tie, double q, BeliefState& beliefs) {
    if (tie.after == 0) return;
    if (ties_->may_begin()) looked_[tie.source].push_back(tie.target);
    beliefs.look(tie.target, tie.source, tie.weight, q, static_cast<double>(tie.after) * 0x1p-63);
  }

  LivingTies const* ties_ = nullptr;
  std::vector<std::vector<Index>> looked_;  // by source: who has looked at it in its episode; where ties may begin
  std::vector<std::uint32_t> last_;         // by target: of whom it last saw the adoption, by number
  std::uint32_t serial_ = 0;
};

}  // namespace hansa
