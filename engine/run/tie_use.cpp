/// Rows of ties by target.
#include "run/tie_use.hpp"

#include <numeric>

namespace hansa {

void TieUse::begin(NetworkLayer const& layer, LivingTies const* living) {
  for (std::vector<std::uint8_t>& each : adopted_) std::fill(each.begin(), each.end(), std::uint8_t{0});
  adopters_.clear();
  changes_.clear();
  living_ = living;
  if (living != nullptr || (layer_ == &layer && !layer.redrawn)) return;
  layer_ = &layer;
  auto const n = static_cast<Index>(layer.in_degree.size());
  first_.assign(std::size_t{n} + 1, 0);
  tie_.resize(layer.ties());
  source_.resize(layer.ties());
  for (std::uint32_t e = 0; e < layer.ties(); ++e) ++first_[layer.target[e] + 1];
  std::partial_sum(first_.begin(), first_.end(), first_.begin());
  std::vector<std::uint32_t> next(first_.begin(), first_.end() - 1);
  for (Index i = 0; i < n; ++i) {
    for (std::uint32_t e = layer.first[i]; e < layer.first[i + 1]; ++e) {
      std::uint32_t const at = next[layer.target[e]]++;
      tie_[at] = e;
      source_[at] = i;
    }
  }
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
