/// Who adopts in a step, and who has adopted before.
#include "run/tie_use.hpp"

namespace hansa {

void TieUse::begin(NetworkLayer const& layer, LivingTies const* living) {
  for (std::vector<std::uint8_t>& each : adopted_) std::fill(each.begin(), each.end(), std::uint8_t{0});
  adopters_.clear();
  changes_.clear();
  living_ = living;
  if (living != nullptr || (layer_ == &layer && !layer.redrawn)) return;
  layer_ = &layer;
  in_ = InRows(layer);
}

void TieUse::note(PolicyId policy, std::span<Event const> events) {
  for (Event const& each : events) {
    changes_.push_back({policy.value, each.city, static_cast<std::uint8_t>(each.sign > 0 ? 1 : 0)});
    if (each.sign > 0) adopters_.emplace_back(each.city, policy.value);
  }
}

void TieUse::take_over() {
  for (Change const& each : changes_) adopted_[each.policy][each.city] = each.adopted;
  changes_.clear();
  adopters_.clear();
}

}  // namespace hansa
