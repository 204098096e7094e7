/// Strengths, by the step in which they were last changed.
#include "world/living_ties.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <tuple>

#include "base/error.hpp"

namespace hansa {

namespace {

constexpr double floor_slack = 1e-12;

/// 2^64 · share, below 2^64.
std::uint64_t as_share(double share) noexcept {
  double const parts = 0x1p64 * share;
  return parts < 0x1p64 ? static_cast<std::uint64_t>(parts) : ~std::uint64_t{0};
}

}  // namespace

LivingTies::LivingTies(DynamicsSpec const& spec, std::int32_t steps, std::int32_t ahead)
    : steps_(steps), ahead_(ahead), visits_(spec.visits.has_value()) {
  take(spec);
}

void LivingTies::take(DynamicsSpec const& spec) {
  decays_.clear();
  take_numbers(spec, 1);
}

void LivingTies::take_numbers(DynamicsSpec const& spec, std::int32_t step) {
  lack_ = as_share(1 - spec.reinforce);
  reinforces_ = spec.reinforce > 0;
  floor_ = static_cast<Strength>(0x1p63 * spec.floor * (1 - floor_slack));
  while (!decays_.empty() && decays_.back().first >= step) decays_.pop_back();
  Decay& now = decays_.emplace_back();
  now.first = step;
  now.share.assign(static_cast<std::size_t>(steps_) + 1, 1);
  if (!(spec.decay > 0)) return;
  std::uint64_t const keep = as_share(1 - spec.decay);
  for (std::size_t k = 1; k < now.share.size(); ++k) {
    now.power.push_back(k == 1 ? keep : part_of(now.power.back(), keep));
    now.share[k] = static_cast<double>(now.power.back()) * 0x1p-64;
  }
}

/// What each tie has come to is where it goes on from.
void LivingTies::take(DynamicsSpec const& spec, std::int32_t step) {
  for_each([&](std::uint32_t tie) {
    strength_[tie] = strength(tie, step - 1);
    since_[tie] = static_cast<std::int16_t>(step - 1);
  });
  take_numbers(spec, step);
  for (std::size_t s = static_cast<std::size_t>(step); s < weak_.size(); ++s) weak_[s].clear();
  first_weak_ = step == 1 ? step_below_floor(full_strength, 0) : steps_ + 1;
  if (step > 1) for_each([&](std::uint32_t tie) { find_weak(tie, step); });
}

/// In which step, from one on, a tie falls below the floor.
void LivingTies::find_weak(std::uint32_t tie, std::int32_t from) {
  if (floor_ == 0) return;
  std::int32_t const weak = std::max(step_below_floor(strength_[tie], since_[tie]), from);
  if (weak <= steps_) weak_[static_cast<std::size_t>(weak)].push_back(tie);
}

std::uint32_t LivingTies::one(NetworkLayer const& layer) noexcept {
  return static_cast<std::uint32_t>(std::max(1.0, std::floor(1 / layer.unit + 0.5)));
}

bool LivingTies::fits_one(NetworkLayer const& layer) noexcept {
  return 1 / layer.unit <= static_cast<double>(std::numeric_limits<std::uint32_t>::max());
}

void LivingTies::rest_on(NetworkLayer const& layer) {
  if (visits_ && (layer.unit > 1 || !fits_one(layer)))
    throw Error({"the ties of '" + layer.name + "' have weights beside which a new one of weight 1 cannot be kept",
                 {},
                 "divide the weights by their mean, or leave 'visits' out"},
                Fault::failure);
  layer_ = &layer;
  one_ = one(layer);
  in_ = InRows(layer);
  dated_.clear();
  for (std::uint32_t e = 0; layer.dated() && e < layer.ties(); ++e) {
    if (layer.from[e] > 1 + ahead_) dated_.push_back({layer.from[e] - ahead_, e, true});
    if (layer.until[e] <= steps_) dated_.push_back({layer.until[e] + 1 - ahead_, e, false});
  }
  std::sort(dated_.begin(), dated_.end(), [](Dated const& a, Dated const& b) {
    return std::tie(a.step, a.begins, a.tie) < std::tie(b.step, b.begins, b.tie);
  });
}

void LivingTies::begin(NetworkLayer const& layer) {
  if (layer_ != &layer || layer.redrawn) rest_on(layer);
  std::uint32_t const ties = layer.ties();
  strength_.resize(ties);
  since_.assign(ties, 0);
  for (std::uint32_t e = 0; layer.dated() && e < ties; ++e)
    if (layer.from[e] > 1 + ahead_ || layer.until[e] < 1 + ahead_) since_[e] = gone;
  in_weight_.assign(layer.in_weight.begin(), layer.in_weight.end());
  if (ahead_ > 0 && layer.dated()) {
    std::fill(in_weight_.begin(), in_weight_.end(), std::uint64_t{0});
    for_each([&](std::uint32_t tie) { in_weight_[layer.target[tie]] += weight_of(tie); });
  }
  more_.clear();
  for (auto& each : more_of_) each.clear();
  for (auto& each : more_to_) each.clear();
  moves_.clear();
  next_dated_ = 0;
  weak_.resize(static_cast<std::size_t>(steps_) + 1);
  for (auto& each : weak_) each.clear();
  first_weak_ = step_below_floor(full_strength, 0);
}

bool LivingTies::has(Index source, Index target) const {
  bool found = false;
  for_each_source(target, [&](std::uint32_t, Index each) { found = found || each == source; });
  return found;
}

Index LivingTies::source_of(std::uint32_t tie) const {
  if (tie >= layer_->ties()) return more_[tie - layer_->ties()].source;
  auto const next = std::upper_bound(layer_->first.begin(), layer_->first.end(), tie);
  return static_cast<Index>(next - layer_->first.begin()) - 1;
}

/// First step at whose end a strength of the end of `since` is below the floor; beyond the clock: never.
std::int32_t LivingTies::step_below_floor(Strength strength, std::int32_t since) const {
  if (floor_ == 0) return steps_ + 1;
  if (strength < floor_) return since;
  if (!decays()) return steps_ + 1;
  std::vector<std::uint64_t> const& power = decays_.back().power;
  auto const found = std::partition_point(power.begin(), power.end(),
                                          [&](std::uint64_t each) { return part_of(strength, each) >= floor_; });
  return since + static_cast<std::int32_t>(found - power.begin()) + 1;
}

void LivingTies::set(std::uint32_t tie, Strength strength, std::int32_t step) {
  strength_[tie] = strength;
  since_[tie] = static_cast<std::int16_t>(step);
  find_weak(tie, step);
}

void LivingTies::use(std::uint32_t tie, Index source, Index target, int policies, std::int32_t step) {
  if (!reinforces_) return;
  Strength const before = strength(tie, step);
  Strength lacking = full_strength - before;
  for (int k = 0; k < policies; ++k) lacking = part_of(lacking, lack_);
  Strength const after = full_strength - lacking;
  if (after == before) return;
  set(tie, after, step);
  moves_.push_back({source, target, weight_of(tie), before, after});
}

void LivingTies::add(Index source, Index target, std::int32_t step) {
  if (has(source, target)) return;
  if (more_of_.empty()) {
    more_of_.resize(in_weight_.size());
    more_to_.resize(in_weight_.size());
  }
  auto const tie = static_cast<std::uint32_t>(strength_.size());
  more_.push_back({source, target});
  more_of_[source].push_back(tie);
  more_to_[target].push_back(tie);
  strength_.push_back(0);
  since_.push_back(0);
  set(tie, full_strength, step);
  in_weight_[target] += one_;
  moves_.push_back({source, target, one_, 0, full_strength});
}

void LivingTies::end(std::uint32_t tie, Index source, std::int32_t step) {
  Index const target = tie >= layer_->ties() ? more_[tie - layer_->ties()].target : layer_->target[tie];
  in_weight_[target] -= weight_of(tie);
  moves_.push_back({source, target, weight_of(tie), strength(tie, step), 0});
  since_[tie] = gone;
}

/// In the order of ties. Those that never changed fall below the floor together.
void LivingTies::end_weak(std::int32_t step) {
  std::vector<std::uint32_t>& weak = weak_[static_cast<std::size_t>(step)];
  std::sort(weak.begin(), weak.end());
  auto const is_weak = [&](std::uint32_t tie) { return is_alive(tie) && strength(tie, step) < floor_; };
  if (step != first_weak_) {
    for (std::uint32_t const tie : weak)
      if (is_weak(tie)) end(tie, source_of(tie), step);
    return;
  }
  for (Index source = 0; source + 1 < layer_->first.size(); ++source)
    for (std::uint32_t e = layer_->first[source]; e < layer_->first[source + 1]; ++e)
      if (is_weak(e)) end(e, source, step);
  for (std::uint32_t const tie : weak)
    if (tie >= layer_->ties() && is_weak(tie)) end(tie, source_of(tie), step);
}

void LivingTies::close(std::int32_t step) {
  end_weak(step);
  for (; next_dated_ < dated_.size() && dated_[next_dated_].step <= step + 1; ++next_dated_) {
    Dated const& each = dated_[next_dated_];
    Index const source = source_of(each.tie), target = layer_->target[each.tie];
    if (!each.begins) {
      if (is_alive(each.tie)) end(each.tie, source, step);
      continue;
    }
    set(each.tie, full_strength, step);
    in_weight_[target] += weight_of(each.tie);
    moves_.push_back({source, target, weight_of(each.tie), 0, full_strength});
  }
}

}  // namespace hansa
