/// Adds up members among those whom cities observe.
#include "run/recruiting.hpp"

#include <algorithm>
#include <limits>

#include "base/random.hpp"

namespace hansa {

Recruiting::Recruiting(RecruitModel const& model, Cities const& cities, std::uint64_t seed)
    : model_(model), cities_(cities), seed_(seed) {}

void Recruiting::draw(Index city) {
  used_[city] = 0;
  draw_exponential(key_, std::span(&cities_.hash[city], 1), episode_[city], std::span(&resistance_[city], 1));
}

void Recruiting::begin(Outset const& outset, LivingMembers const& members) {
  key_ = make_key(seed_, static_cast<std::uint64_t>(outset.replicate), Purpose::recruit, members.collaboration().hash);
  layer_ = &outset.network(*model_.network);
  living_ = outset.living_ties(*model_.network);
  Index const n = cities_.size();
  next_change_ = 0;
  episode_.assign(n, 0);
  used_.assign(n, 0.0);
  resistance_.resize(n);
  draw_exponential(key_, cities_.hash, 0, resistance_);
  if (living_ != nullptr) return;
  above_.assign(n, 0);
  below_ = layer_->in_weight;
  for (Index city = 0; city < n; ++city)
    if (members.has(city)) add_ties_of(city, 1, +1);
}

/// In the decisions of `step`.
void Recruiting::add_ties_of(Index source, std::int32_t step, std::int8_t sign) {
  NetworkLayer const& layer = *layer_;
  for (std::uint32_t e = layer.first[source]; e < layer.first[source + 1]; ++e) {
    if (layer.dated() && (layer.from[e] > step || layer.until[e] < step)) continue;
    std::uint64_t const weight = layer.weighted() ? layer.weight[e] : 1;
    above_[layer.target[e]] += sign > 0 ? weight : 0 - weight;
  }
}

/// Puts the ties of `step` in force.
void Recruiting::change_ties(std::int32_t step, LivingMembers const& members) {
  std::vector<TieChange> const& changes = layer_->changes;
  for (; next_change_ < changes.size() && changes[next_change_].step <= step; ++next_change_) {
    TieChange const& change = changes[next_change_];
    std::uint64_t const weight = change.sign > 0 ? change.weight : 0 - std::uint64_t{change.weight};
    below_[change.target] += weight;
    if (members.has(change.source)) above_[change.target] += weight;
  }
}

/// The ties that the end of `step` has left.
void Recruiting::add_living(std::int32_t step, LivingMembers const& members) {
  living_above_.assign(cities_.size(), 0.0);
  for (Index source = 0; source < cities_.size(); ++source) {
    if (!members.has(source)) continue;
    living_->for_each_target(source, [&](std::uint32_t tie, Index target, std::uint32_t weight) {
      living_above_[target] += weight * (static_cast<double>(living_->strength(tie, step)) * 0x1p-63);
    });
  }
}

double Recruiting::share(Index city) const noexcept {
  double const below = static_cast<double>(living_ != nullptr ? living_->in_weight(city) : below_[city]);
  if (below == 0) return 0;
  return (living_ != nullptr ? living_above_[city] : static_cast<double>(above_[city])) / below;
}

std::span<Index const> Recruiting::find(std::int32_t step, LivingMembers const& members) {
  joining_.clear();
  if (living_ != nullptr) {
    add_living(step, members);
  } else {
    change_ties(step + 1, members);
  }
  for (Index city = 0; city < cities_.size(); ++city) {
    if (members.has(city)) continue;
    double& used = used_[city];
    used += model_.base + model_.share * share(city);
    if (used > 0 && used >= resistance_[city]) joining_.push_back(city);
  }
  return joining_;
}

void Recruiting::follow(std::int32_t step, LivingMembers const& members) {
  for (MemberMove const& each : members.moves()) {
    if (living_ == nullptr) add_ties_of(each.city, step + 1, each.sign);
    if (each.sign > 0) continue;
    ++episode_[each.city];
    draw(each.city);
  }
}

}  // namespace hansa
