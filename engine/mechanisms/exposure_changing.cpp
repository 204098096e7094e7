/// Exposure along ties that come and go, and influence that fades: 64-bit sums, and who has adopted since when.
/// An adoption of step t counts in full in the decisions of t + 1, and by 2^(-1 / half_life) in those of t + 2. In each
/// step the sums are multiplied once, then the step's adopters are added and its leavers taken away, then the ties of
/// the next step put in force. What a leaver or an ending tie still weighs is known to about one unit of 2^-60 of the
/// largest sum for each step that it counted: so sums stop at 0, and are 0 where no adopter is left.
#include <algorithm>
#include <limits>

#include "mechanisms/exposure_ages.hpp"
#include "mechanisms/exposure_network.hpp"

namespace hansa {

namespace {

class ChangingExposure final : public TermOf<ChangingExposure> {
 public:
  ChangingExposure(ObservedTies ties, Normalize normalize, ShapeFunction shape, Fading fading,
                   TermContext const& context)
      : ties_(std::move(ties)),
        normalize_(normalize),
        shape_(shape),
        fading_(fading),
        earlier_(context),
        lives_(context.lives(ties_.layer())) {
    if (!ties_.redrawn()) fixed_raise_ = raise_of(ties_.layer());
  }

  std::unique_ptr<Kept> keep() const override {
    auto sums = std::make_unique<Sums>();
    sums->layer = &ties_.layer();
    return sums;
  }

  void reset(Kept& kept, Outset const& outset) const override {
    auto& sums = static_cast<Sums&>(kept);
    sums.raise = fixed_raise_;
    sums.living = outset.living_ties(ties_.layer());
    if (ties_.redrawn()) {
      sums.layer = &ties_.of(outset, sums.own);
      sums.raise = raise_of(*sums.layer);
    }
    std::size_t const cities = sums.layer->in_degree.size();
    sums.of.assign(cities, 0);
    sums.since.assign(cities, not_adopted);
    if (fades()) sums.adopters.assign(cities, 0);
    if (normalize_ == Normalize::share) sums.below = sums.layer->in_weight;
    sums.unit = normalize_ == Normalize::weight ? ties_.unit(*sums.layer) : WeightUnit{};
    sums.step = 0;
    sums.next_change = 0;
    sums.exposed = 0;
    sums.faded = true;
    sums.fell = false;
  }

  void apply(Kept& kept, std::span<Event const> events, Touched& touched) const override {
    auto& sums = static_cast<Sums&>(kept);
    fade(sums, touched);
    NetworkLayer const& layer = *sums.layer;
    std::int32_t const in_force = std::max(sums.step, 1);
    for (Event const& event : events) {
      std::int32_t& since = sums.since[event.city];
      if (event.sign > 0) since = sums.step - (sums.step == 0 ? earlier_.age(event) : 0);
      Fading::AtAge const worth = fading_.at_age(std::int64_t{sums.step} - since);
      auto const push = [&](Index target, std::uint64_t value) {
        add(sums, target, worth(value), event.sign);
        touched.add(target);
      };
      if (sums.living != nullptr) {
        sums.living->for_each_target(event.city, [&](std::uint32_t tie, Index target, std::uint32_t weight) {
          push(target, living_part(sums, weight, sums.living->strength(tie, sums.step)));
        });
      }
      for (std::uint32_t e = layer.first[event.city]; sums.living == nullptr && e < layer.first[event.city + 1]; ++e) {
        if (layer.dated() && (layer.from[e] > in_force || layer.until[e] < in_force)) continue;
        push(layer.target[e], whole(sums, layer.weighted() ? layer.weight[e] : 1));
      }
      if (event.sign < 0) since = not_adopted;
    }
  }

  void advance(Kept& kept, Moment moment, Touched& touched) const override {
    auto& sums = static_cast<Sums&>(kept);
    fade(sums, touched);
    if (sums.living != nullptr) follow_ties(sums, moment.step, touched);
    std::vector<TieChange> const& changes = sums.layer->changes;
    for (; sums.living == nullptr && sums.next_change < changes.size() &&
           changes[sums.next_change].step <= moment.step + 1;
         ++sums.next_change) {
      TieChange const& change = changes[sums.next_change];
      if (normalize_ == Normalize::share) sums.below[change.target] += signed_of(change.weight, change.sign);
      if (sums.since[change.source] != not_adopted) {
        Fading::AtAge const worth = fading_.at_age(std::int64_t{moment.step} - sums.since[change.source]);
        add(sums, change.target, worth(whole(sums, change.weight)), change.sign);
      }
      touched.add(change.target);
    }
    if (sums.fell && fades()) stop_at_zero(sums);
    sums.step = moment.step + 1;
    sums.faded = !fades();
  }
  std::size_t bytes_per_city() const noexcept override {
    return sizeof(std::uint64_t) + sizeof(std::int32_t) + (fades() ? sizeof(std::uint32_t) : 0) +
           (normalize_ == Normalize::share ? sizeof(std::uint64_t) : 0);
  }

  template <class Lane>
  void evaluate(Kept const& kept, std::span<Index const> cities, Lane* m) const {
    auto const& sums = static_cast<Sums const&>(kept);
    double const lowered = 1 / static_cast<double>(std::uint64_t{1} << sums.raise);
    for (std::size_t k = 0; k < cities.size(); ++k) {
      double const sum = static_cast<double>(sums.of[cities[k]]) * lowered;
      double exposure = 0;
      if (normalize_ != Normalize::share) exposure = sums.unit(sum);
      if (normalize_ == Normalize::share && sums.below[cities[k]] != 0)
        exposure = sum / static_cast<double>(sums.below[cities[k]]);
      m[k] = static_cast<Lane>(shape_(exposure));
    }
  }

 private:
  struct Sums final : Kept {
    std::vector<std::uint64_t> of;        // raised by so many bits
    std::vector<std::uint64_t> below;     // share: weight of all ties in force
    std::vector<std::uint32_t> adopters;  // fading: adopted sources of ties in force
    std::vector<std::int32_t> since;      // per source: step of its adoption
    NetworkLayer own;                     // of a replicate
    NetworkLayer const* layer = nullptr;
    LivingTies const* living = nullptr;
    WeightUnit unit;
    int raise = 0;
    std::int32_t step = 0;  // whose events come next
    std::size_t next_change = 0;
    Index exposed = 0;  // by the last fading
    bool faded = true;  // in this step
    bool fell = false;  // something was subtracted in this step
  };

  /// Visits may tie a city to all others, each with weight 1.
  [[nodiscard]] int raise_of(NetworkLayer const& layer) const {
    if (!fades()) return 0;
    std::uint64_t const now = largest_row(layer, normalize_ != Normalize::count);
    return spare_bits(lives_ ? now + layer.in_degree.size() * LivingTies::one(layer) : now);
  }
  [[nodiscard]] std::uint64_t whole(Sums const& sums, std::uint32_t weight) const noexcept {
    return std::uint64_t{normalize_ == Normalize::count ? 1 : weight} << sums.raise;
  }
  [[nodiscard]] static std::uint64_t signed_of(std::uint64_t value, std::int8_t sign) noexcept {
    return sign > 0 ? value : 0 - value;
  }

  void add(Sums& sums, Index city, std::uint64_t value, std::int8_t sign) const noexcept {
    sums.of[city] += signed_of(value, sign);
    if (fades()) sums.adopters[city] += sign > 0 ? 1u : ~0u;
    sums.fell = sums.fell || sign < 0;
  }

  /// Whether sums change by themselves: with the age of adoptions, or the strength of ties.
  [[nodiscard]] bool fades() const noexcept { return fading_.fades() || lives_; }
  [[nodiscard]] std::uint64_t faded(Sums const& sums, std::uint64_t sum) const noexcept {
    std::uint64_t const aged = fading_.fades() ? fading_.later(sum) : sum;
    return sums.living != nullptr && normalize_ != Normalize::count ? sums.living->later(aged) : aged;
  }
  /// What a tie of some strength brings; a tie that there is counts one, where sources are counted.
  [[nodiscard]] std::uint64_t living_part(Sums const& sums, std::uint32_t weight, Strength strength) const noexcept {
    std::uint64_t const all = whole(sums, weight);
    if (normalize_ == Normalize::count) return strength > 0 ? all : 0;
    return strength >= full_strength ? all : part_of(all, strength << 1);
  }

  /// Ties that gained strength, began or ended at the end of `step`.
  void follow_ties(Sums& sums, std::int32_t step, Touched& touched) const {
    for (TieMove const& move : sums.living->moves()) {
      bool const begins = move.before == 0, ends = move.after == 0;
      if (normalize_ == Normalize::share && (begins || ends)) {
        sums.below[move.target] += signed_of(move.weight, begins ? +1 : -1);
        touched.add(move.target);
      }
      if (sums.since[move.source] == not_adopted) continue;
      Fading::AtAge const worth = fading_.at_age(std::int64_t{step} - sums.since[move.source]);
      std::uint64_t const before = worth(living_part(sums, move.weight, move.before)),
                          after = worth(living_part(sums, move.weight, move.after));
      sums.of[move.target] += after - before;
      if (begins || ends) sums.adopters[move.target] += begins ? 1u : ~0u;
      sums.fell = sums.fell || ends;
      touched.add(move.target);
    }
  }

  /// Once a step, before its events.
  void fade(Sums& sums, Touched& touched) const {
    if (sums.faded) return;
    sums.faded = true;
    bool const most = 2 * std::size_t{sums.exposed} > sums.of.size();
    bool fell = false;
    sums.exposed = 0;
    for (Index i = 0; i < sums.of.size(); ++i) {
      if (sums.of[i] == 0) continue;
      ++sums.exposed;
      std::uint64_t const later = faded(sums, sums.of[i]);
      if (later == sums.of[i]) continue;
      if (!most) touched.add(i);
      fell = true;
      sums.of[i] = later;
    }
    touched.everybody = touched.everybody || (most && fell);
  }

  /// All rows: those from which nothing was taken are neither negative nor without adopters.
  static void stop_at_zero(Sums& sums) noexcept {
    for (std::size_t i = 0; i < sums.of.size(); ++i) {
      bool const negative = (sums.of[i] >> 63) != 0;
      if (negative || sums.adopters[i] == 0) sums.of[i] = 0;
    }
    sums.fell = false;
  }

  ObservedTies ties_;
  Normalize normalize_;
  ShapeFunction shape_;
  Fading fading_;
  EarlierAdoptions earlier_;
  bool lives_;  // ties have a strength
  int fixed_raise_ = 0;
};

}  // namespace

std::unique_ptr<Term> make_changing_exposure(ObservedTies ties, Normalize normalize, ShapeFunction shape, Fading fading,
                                             TermContext const& context) {
  return std::make_unique<ChangingExposure>(std::move(ties), normalize, shape, fading, context);
}

}  // namespace hansa
