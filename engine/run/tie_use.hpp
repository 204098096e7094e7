/// Which ties of a network are used in a step: their target adopts what their source had by the end of the step before.
#pragma once

#include <algorithm>
#include <cstdint>
#include <span>
#include <utility>
#include <vector>

#include "model/model.hpp"
#include "world/in_rows.hpp"
#include "world/living_ties.hpp"

namespace hansa {

/// One per replicate and network. 8 bytes a tie for the rows by target, and a byte per city and policy.
class TieUse {
 public:
  TieUse(std::size_t policies, Index cities) : adopted_(policies, std::vector<std::uint8_t>(cities)) {}

  /// Nobody has adopted. Both outlive the replicate; `living`: the state of its ties, null where they have none.
  void begin(NetworkLayer const& layer, LivingTies const* living = nullptr);
  /// What happened in a step; all policies, before settle().
  void note(PolicyId policy, std::span<Event const> events);
  /// Ends `step` (0: before the first, in which nothing is used). use(source, target, tie, n) of each tie in force that
  /// is used for n >= 1 policies, by target, then source; `tie`: its position in the layer.
  template <class Use>
  void settle(std::int32_t step, Use const& use) {
    std::sort(adopters_.begin(), adopters_.end());
    for (std::size_t begin = 0, end = 0; step > 0 && begin < adopters_.size(); begin = end) {
      Index const target = adopters_[begin].first;
      while (end < adopters_.size() && adopters_[end].first == target) ++end;
      if (living_ != nullptr && end < adopters_.size()) living_->prefetch_sources(adopters_[end].first);
      std::span const policies(adopters_.data() + begin, end - begin);
      auto const used = [&](Index source) {
        return static_cast<int>(std::count_if(policies.begin(), policies.end(),
                                              [&](auto const& each) { return adopted_[each.second][source] != 0; }));
      };
      for_each_source(target, step, used,
                      [&](std::uint32_t tie, Index source) { use(source, target, tie, used(source)); });
    }
    take_over();
  }

 private:
  /// Of those sources that are asked for: most ties are not used.
  template <class Is, class Use>
  void for_each_source(Index target, std::int32_t step, Is const& is, Use const& use) const {
    if (living_ != nullptr) return living_->for_each_source(target, is, use);
    for (std::uint32_t k = in_.first[target]; k < in_.first[target + 1]; ++k)
      if (is(in_.source[k]) && holds(in_.tie[k], step)) use(in_.tie[k], in_.source[k]);
  }
  [[nodiscard]] bool holds(std::uint32_t tie, std::int32_t step) const noexcept {
    return !layer_->dated() || (layer_->from[tie] <= step && step <= layer_->until[tie]);
  }
  void take_over();

  NetworkLayer const* layer_ = nullptr;
  LivingTies const* living_ = nullptr;
  InRows in_;                                       // where ties have no state
  std::vector<std::vector<std::uint8_t>> adopted_;  // per policy and city, by the end of the step before
  std::vector<std::pair<Index, Index>> adopters_;   // of the step: city and policy
  struct Change {
    Index policy, city;
    std::uint8_t adopted;
  };
  std::vector<Change> changes_;  // of the step, in their order
};

}  // namespace hansa
