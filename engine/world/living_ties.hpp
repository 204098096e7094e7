/// Ties that lose strength, gain it by use, end and begin: those of one network in one replicate.
#pragma once

#include <algorithm>
#include <cstdint>
#include <span>
#include <vector>

#include "base/part_of.hpp"
#include "scenario/scenario.hpp"
#include "world/in_rows.hpp"
#include "world/network.hpp"

namespace hansa {

/// Parts of 2^63.
using Strength = std::uint64_t;
inline constexpr Strength full_strength = std::uint64_t{1} << 63;

/// What became of a tie in a step, besides that all decay.
struct TieMove {
  Index source, target;
  std::uint32_t weight;    ///< in units of the layer
  Strength before, after;  ///< as decayed in the step; 0: there was none, there is none any more
};

/// Each tie has a strength s, 1 at the start. At the end of each step s <- s (1 - decay); then, where it is used for n
/// policies, s <- 1 - (1 - s)(1 - reinforce)^n; then visits begin new ties; what is weaker than the floor, by more than
/// one part in 10^12, is gone for good. Decay costs nothing by tie: a strength is kept with the step in which it was
/// last changed, and that of ties that never were is one number for all. 10 bytes a tie, of which 2 are read of those,
/// and 8 for the rows by target.
class LivingTies {
 public:
  /// `ahead`: 1 where the dates of the layer are one step late, as those of lagged ties are; else 0.
  LivingTies(DynamicsSpec const& spec, std::int32_t steps, std::int32_t ahead = 0);

  /// Weight 1 in units of a layer, at least one of them: units are 1 or parts of it where visits are taken.
  [[nodiscard]] static std::uint32_t one(NetworkLayer const& layer) noexcept;
  /// Whether weight 1 is not too many units for a weight.
  [[nodiscard]] static bool fits_one(NetworkLayer const& layer) noexcept;
  /// All ties of the layer that hold in the first step, at full strength. The layer outlives the replicate. Throws
  /// Error (Fault::failure) where visits are taken and the ties drawn for the replicate have weights beside which
  /// weight 1 does not fit or vanishes.
  void begin(NetworkLayer const& layer);
  /// Before begin(): other dynamics.
  void take(DynamicsSpec const& spec);
  /// The same from `step` on; it has not begun yet. Costs all ties.
  void take(DynamicsSpec const& spec, std::int32_t step);
  [[nodiscard]] NetworkLayer const& layer() const noexcept { return *layer_; }
  /// What a sum of strengths of the end of step `from` comes to at the end of step `to` >= from, if no tie is used.
  [[nodiscard]] std::uint64_t later(std::uint64_t sum, std::int32_t from, std::int32_t to) const noexcept {
    if (Decay const& now = decays_.back(); from + 1 >= now.first) [[likely]]
      return to > from && decays() ? part_of(sum, now.power[static_cast<std::size_t>(to - from) - 1]) : sum;
    for_each_decay(from, to, [&](Decay const& decay, std::size_t steps) {
      if (!decay.power.empty()) sum = part_of(sum, decay.power[steps - 1]);
    });
    return sum;
  }
  /// later() and share_left() up to one step, of many sums.
  class Aging {
   public:
    [[nodiscard]] std::uint64_t operator()(std::uint64_t sum, std::int32_t from) const noexcept {
      if (from + 1 < first_) [[unlikely]]
        return ties_->later(sum, from, to_);
      return power_ != nullptr && from < to_ ? part_of(sum, power_[to_ - from - 1]) : sum;
    }
    /// share_left() up to that step.
    [[nodiscard]] double share(std::int32_t from) const noexcept {
      if (from + 1 < first_) [[unlikely]]
        return ties_->share_left(from, to_);
      return share_[to_ - from];
    }

   private:
    friend class LivingTies;
    LivingTies const* ties_ = nullptr;
    std::uint64_t const* power_ = nullptr;
    double const* share_ = nullptr;
    std::int32_t first_ = 0, to_ = 0;
  };
  [[nodiscard]] Aging aging(std::int32_t to) const noexcept {
    Aging made;
    made.ties_ = this;
    made.power_ = decays() ? decays_.back().power.data() : nullptr;
    made.share_ = decays_.back().share.data();
    made.first_ = decays_.back().first;
    made.to_ = to;
    return made;
  }
  /// The share that is left of strengths of the end of step `from` at the end of step `to` >= from; it never grows with
  /// `to`.
  [[nodiscard]] double share_left(std::int32_t from, std::int32_t to) const noexcept {
    if (Decay const& now = decays_.back(); from + 1 >= now.first) [[likely]]
      return now.share[static_cast<std::size_t>(to - from)];
    double share = 1;
    for_each_decay(from, to, [&](Decay const& decay, std::size_t steps) { share *= decay.share[steps]; });
    return share;
  }
  /// The same at the ends of steps `to`, to + 1, …; null where it is made of several.
  [[nodiscard]] double const* shares_left(std::int32_t from, std::int32_t to) const noexcept {
    return from + 1 < decays_.back().first ? nullptr : decays_.back().share.data() + (to - from);
  }
  /// Multiplies by the shares that are left at the ends of steps `to`, to + 1, … of strengths of the end of `from`.
  void leave(std::int32_t from, std::int32_t to, std::span<double> shares) const noexcept {
    if (double const* const share = shares_left(from, to); share != nullptr) {
      for (std::size_t k = 0; k < shares.size(); ++k) shares[k] *= share[k];
    } else {
      for (std::size_t k = 0; k < shares.size(); ++k) shares[k] *= share_left(from, to + static_cast<std::int32_t>(k));
    }
  }

  /// use(tie) of each tie that there is now.
  template <class Use>
  void for_each(Use const& use) const {
    for (std::uint32_t e = 0; e < since_.size(); ++e)
      if (is_alive(e)) use(e);
  }
  /// use(tie, target, weight) of each tie of a source that there is now.
  template <class Use>
  void for_each_target(Index source, Use const& use) const {
    for (std::uint32_t e = layer_->first[source]; e < layer_->first[source + 1]; ++e)
      if (is_alive(e)) use(e, layer_->target[e], weight_of(e));
    if (more_of_.empty()) return;
    for (std::uint32_t const e : more_of_[source])
      if (is_alive(e)) use(e, more_[e - layer_->ties()].target, weight_of(e));
  }
  /// use(target, weight, strength) of the same, with strengths as decayed up to `step`.
  template <class Use>
  void for_each_strength(Index source, std::int32_t step, Use const& use) const {
    std::int16_t const* const since = since_.data();
    Index const* const target = layer_->target.data();
    std::uint32_t const* const weight = layer_->weighted() ? layer_->weight.data() : nullptr;
    Strength const unchanged = decayed(full_strength, step);
    std::uint32_t const end = layer_->first[source + 1];
    for (std::uint32_t e = layer_->first[source]; e < end; ++e) {
      if (since[e] == gone) continue;
      use(target[e], weight != nullptr ? weight[e] : 1, since[e] == 0 ? unchanged : strength(e, step));
    }
    if (more_of_.empty()) return;
    for (std::uint32_t const e : more_of_[source])
      if (is_alive(e)) use(more_[e - layer_->ties()].target, one_, strength(e, step));
  }
  /// Brings what for_each_strength() reads of a source nearer; costs nothing where it is near.
  void prefetch(Index source) const noexcept {
    std::uint32_t const first = layer_->first[source];
    __builtin_prefetch(layer_->target.data() + first);
    __builtin_prefetch(since_.data() + first);
  }
  /// The same of for_each_source() and a target.
  void prefetch_sources(Index target) const noexcept {
    std::uint32_t const first = in_.first[target];
    __builtin_prefetch(in_.source.data() + first);
    __builtin_prefetch(in_.tie.data() + first);
  }
  /// use(tie, source) of each tie of a target that there is now, to a source of which is(source) holds: those of the
  /// layer by source, then in the order in which they began.
  template <class Is, class Use>
  void for_each_source(Index target, Is const& is, Use const& use) const {
    for (std::uint32_t k = in_.first[target]; k < in_.first[target + 1]; ++k)
      if (is(in_.source[k]) && is_alive(in_.tie[k])) use(in_.tie[k], in_.source[k]);
    if (more_to_.empty()) return;
    for (std::uint32_t const e : more_to_[target]) {
      Index const source = more_[e - layer_->ties()].source;
      if (is(source) && is_alive(e)) use(e, source);
    }
  }
  template <class Use>
  void for_each_source(Index target, Use const& use) const {
    for_each_source(
        target, [](Index) { return true; }, use);
  }
  /// In units of the layer.
  [[nodiscard]] std::uint32_t weight_of(std::uint32_t tie) const noexcept {
    return tie >= layer_->ties() ? one_ : layer_->weighted() ? layer_->weight[tie] : 1;
  }
  /// Of a tie that there is, as decayed up to `step`: above 0.
  [[nodiscard]] Strength strength(std::uint32_t tie, std::int32_t step) const noexcept {
    std::int32_t const since = since_[tie];
    return decayed(since == 0 ? full_strength : strength_[tie], step - since);
  }
  /// True if ties may begin after the first step.
  [[nodiscard]] bool may_begin() const noexcept { return visits_ || !dated_.empty(); }
  /// Whether `target` observes `source` now.
  [[nodiscard]] bool has(Index source, Index target) const;
  /// Weight of all ties of a target that there are now, in units of the layer.
  [[nodiscard]] std::uint64_t in_weight(Index target) const noexcept { return in_weight_[target]; }

  /// Begins the end of a step: nothing has moved yet.
  void open() noexcept { moves_.clear(); }
  /// A tie is used for `policies` >= 1.
  void use(std::uint32_t tie, Index source, Index target, int policies, std::int32_t step);
  /// `target` observes `source` from now on, with weight 1; nothing if it does already.
  void add(Index source, Index target, std::int32_t step);
  /// Ends what is too weak, then ends and begins what is dated for step + 1.
  void close(std::int32_t step);
  /// Of the step, in their order.
  [[nodiscard]] std::span<TieMove const> moves() const noexcept { return moves_; }

 private:
  struct More {
    Index source, target;
  };
  struct Dated {
    std::int32_t step;  ///< in whose decisions it holds, or no longer holds
    std::uint32_t tie;
    bool begins;
  };
  [[nodiscard]] bool is_alive(std::uint32_t tie) const noexcept { return since_[tie] != gone; }
  [[nodiscard]] Strength decayed(Strength then, std::int32_t age) const noexcept {
    if (age <= 0 || !decays()) return then;
    return std::max<Strength>(part_of(then, decays_.back().power[static_cast<std::size_t>(age) - 1]), 1);
  }
  [[nodiscard]] bool decays() const noexcept { return !decays_.back().power.empty(); }
  /// use(decay, steps) of each that takes something in steps from + 1 … to, in so many of them.
  template <class Use>
  void for_each_decay(std::int32_t from, std::int32_t to, Use const& use) const noexcept {
    for (std::size_t k = 0; k < decays_.size(); ++k) {
      std::int32_t const first = std::max(from + 1, decays_[k].first);
      std::int32_t const last = k + 1 < decays_.size() ? std::min(to, decays_[k + 1].first - 1) : to;
      if (first <= last) use(decays_[k], static_cast<std::size_t>(last - first + 1));
    }
  }
  void set(std::uint32_t tie, Strength strength, std::int32_t step);
  [[nodiscard]] std::int32_t step_below_floor(Strength strength, std::int32_t since) const;
  void end(std::uint32_t tie, Index source, std::int32_t step);
  void end_weak(std::int32_t step);
  [[nodiscard]] Index source_of(std::uint32_t tie) const;
  void rest_on(NetworkLayer const& layer);

  void find_weak(std::uint32_t tie, std::int32_t from);
  void take_numbers(DynamicsSpec const& spec, std::int32_t step);

  static constexpr std::int16_t gone = -1;

  std::int32_t steps_, ahead_;
  /// What steps from `first` on take, until the next one does.
  struct Decay {
    std::int32_t first;
    std::vector<std::uint64_t> power;  ///< 2^64 (1 - decay)^k for k >= 1 at [k - 1]; empty: nothing
    std::vector<double> share;         ///< (1 - decay)^k for k >= 0
  };
  std::vector<Decay> decays_;  // by first step; the last is in force
  std::uint64_t lack_ = 0;     // 2^64 (1 - reinforce)
  bool reinforces_ = false;
  bool visits_;
  Strength floor_ = 0;
  NetworkLayer const* layer_ = nullptr;
  std::uint32_t one_ = 1;  // weight 1 in units of the layer
  InRows in_;
  std::vector<Dated> dated_;  // by step
  std::size_t next_dated_ = 0;
  std::vector<Strength> strength_;   // at the end of step since_; of those that never changed: not kept
  std::vector<std::int16_t> since_;  // 0: it never changed; gone
  std::int32_t first_weak_ = 0;      // step at whose end ties that never changed fall below the floor
  std::vector<More> more_;           // that have begun
  std::vector<std::vector<std::uint32_t>> more_of_, more_to_;  // by source, by target; empty until one has
  std::vector<std::vector<std::uint32_t>> weak_;  // by step: changed ties that may fall below the floor in it
  std::vector<std::uint64_t> in_weight_;
  std::vector<TieMove> moves_;
};

}  // namespace hansa
