/// Exposure along ties that come and go, and influence that fades: 64-bit sums, and who has adopted since when.
/// An adoption of step t counts in full in the decisions of t + 1, and by 2^(-1 / half_life) in those of t + 2. In each
/// step the sums fade, then the step's adopters are added and its leavers taken away, then the ties of the next step
/// put in force. A sum is kept as of the step in which somebody last changed it: how much of it is left is a power that
/// is known beforehand, so that steps in which nobody does cost nothing. What a leaver or an ending tie still weighs is
/// known to about one unit of 2^-60 of the largest sum for each change since it counted: so sums stop at 0, and are 0
/// where no adopter is left.
#include <algorithm>
#include <array>

#include "mechanisms/exposure_ages.hpp"
#include "mechanisms/exposure_network.hpp"

namespace hansa {

namespace {

constexpr std::size_t most_asked = 256;  // values that are asked of a term in one call

class ChangingExposure final : public TermOf<ChangingExposure> {
 public:
  ChangingExposure(ObservedTies ties, Normalize normalize, ShapeFunction shape, Fading fading,
                   TermContext const& context)
      : ties_(std::move(ties)),
        normalize_(normalize),
        shape_(shape),
        fading_(fading),
        earlier_(context),
        lives_(context.lives(ties_.layer())),
        left_(fading, drifts() ? context.clock.steps() : 0) {
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
    sums.rows.assign(cities, {});
    sums.since.assign(cities, not_adopted);
    if (normalize_ == Normalize::share) sums.below = sums.layer->in_weight;
    sums.unit = normalize_ == Normalize::weight ? ties_.unit(*sums.layer) : WeightUnit{};
    sums.lowered = 1 / static_cast<double>(std::uint64_t{1} << sums.raise);
    sums.step = 0;
    sums.next_change = 0;
    sums.fallen.clear();
    sums.exposed = 0;
  }

  void apply(Kept& kept, std::span<Event const> events, Touched& touched) const override {
    auto& sums = static_cast<Sums&>(kept);
    if (sums.living != nullptr) sums.aging = sums.living->aging(sums.step);
    for (std::size_t k = 0; k < events.size(); ++k) {
      Event const& event = events[k];
      std::int32_t& since = sums.since[event.city];
      if (event.sign > 0) since = sums.step - (sums.step == 0 ? earlier_.age(event) : 0);
      Fading::AtAge const worth = fading_.at_age(std::int64_t{sums.step} - since);
      if (sums.living != nullptr) {
        if (k + 1 < events.size()) sums.living->prefetch(events[k + 1].city);
        push_along_living(sums, event, worth, touched);
      } else {
        push_along(sums, event, worth, touched);
      }
      if (event.sign < 0) since = not_adopted;
    }
  }

  void advance(Kept& kept, Moment moment, Touched& touched) const override {
    auto& sums = static_cast<Sums&>(kept);
    if (sums.living != nullptr) {
      sums.aging = sums.living->aging(sums.step);
      follow_ties(sums, touched);
    }
    std::vector<TieChange> const& changes = sums.layer->changes;
    for (; sums.living == nullptr && sums.next_change < changes.size() &&
           changes[sums.next_change].step <= moment.step + 1;
         ++sums.next_change) {
      TieChange const& change = changes[sums.next_change];
      follow_weight(sums, change.target, change.weight, change.sign);
      if (sums.since[change.source] != not_adopted) {
        Fading::AtAge const worth = fading_.at_age(std::int64_t{moment.step} - sums.since[change.source]);
        add(sums, change.target, worth(whole(sums, change.weight)), change.sign);
      }
      touched.add(change.target);
    }
    stop_at_zero(sums);
    sums.step = moment.step + 1;
  }

  bool drifts() const noexcept override { return fading_.fades() || lives_; }

  void find_starts(Kept const& kept, std::span<Index const> cities, DriftStart* starts) const override {
    auto const& sums = static_cast<Sums const&>(kept);
    for (std::size_t k = 0; k < cities.size(); ++k) {
      Row const& row = sums.rows[cities[k]];
      starts[k] = {exposure(sums, row.sum, below(sums, cities[k])), row.at};
    }
  }
  void drift(Kept const& kept, DriftStart const& from, std::int32_t since, std::span<float> m) const override {
    drift_of(static_cast<Sums const&>(kept), from, since, m);
  }
  void drift(Kept const& kept, DriftStart const& from, std::int32_t since, std::span<double> m) const override {
    drift_of(static_cast<Sums const&>(kept), from, since, m);
  }

  void touch_drifting(Kept& kept, Touched& touched) const override {
    auto& sums = static_cast<Sums&>(kept);
    bool const most = 2 * std::size_t{sums.exposed} > sums.rows.size();
    sums.exposed = 0;
    for (Index i = 0; i < sums.rows.size(); ++i) {
      if (sums.rows[i].sum == 0) continue;
      ++sums.exposed;
      if (!most) touched.add(i);
    }
    touched.everybody = touched.everybody || (most && sums.exposed > 0);
  }

  std::size_t bytes_per_city() const noexcept override {
    return sizeof(Row) + sizeof(std::int32_t) + (normalize_ == Normalize::share ? sizeof(std::uint64_t) : 0);
  }

  template <class Lane>
  void evaluate(Kept const& kept, std::span<Index const> cities, Lane* m) const {
    auto const& sums = static_cast<Sums const&>(kept);
    std::array<double, most_asked> now;
    for (std::size_t k = 0; k < cities.size(); ++k) {
      now[k] = exposure(sums, sums.rows[cities[k]].sum, below(sums, cities[k]));
    }
    if (drifts()) fade(sums, cities, now.data());
    if (shape_.is_linear()) {
      for (std::size_t k = 0; k < cities.size(); ++k) m[k] = static_cast<Lane>(now[k]);
    } else {
      for (std::size_t k = 0; k < cities.size(); ++k) m[k] = static_cast<Lane>(shape_(now[k]));
    }
  }

 private:
  /// What is left, by age, of what fades.
  struct Left {
    Left(Fading const& fading, std::int32_t steps) : share(static_cast<std::size_t>(steps) + 1, 1.0) {
      for (std::size_t age = 1; age < share.size(); ++age) {
        auto const left = fading.at_age(static_cast<std::int64_t>(age))(std::uint64_t{1} << 63);
        share[age] = std::min(share[age - 1], static_cast<double>(left) * 0x1p-63);
      }
    }
    std::vector<double> share;
  };
  /// What a city saw at the end of step `at`, when that was last changed.
  struct Row {
    std::uint64_t sum = 0;  // raised by so many bits
    std::int32_t at = 0;
    std::uint32_t adopters = 0;  // where sums drift: adopted sources of ties in force
  };
  struct Sums final : Kept {
    std::vector<Row> rows;
    std::vector<std::uint64_t> below;  // share: weight of all ties in force
    std::vector<std::int32_t> since;   // per source: step of its adoption
    std::vector<Index> fallen;         // from whose rows something was subtracted in this step
    NetworkLayer own;                  // of a replicate
    NetworkLayer const* layer = nullptr;
    LivingTies const* living = nullptr;
    LivingTies::Aging aging;  // to `step`
    WeightUnit unit;
    int raise = 0;
    double lowered = 1;
    std::int32_t step = 0;  // whose events come next
    std::size_t next_change = 0;
    Index exposed = 0;  // when those who drift were last touched
  };

  /// Visits may tie a city to all others, each with weight 1.
  [[nodiscard]] int raise_of(NetworkLayer const& layer) const {
    if (!drifts()) return 0;
    bool const counts = normalize_ == Normalize::count;
    std::uint64_t const now = largest_row(layer, !counts), visit = counts ? 1 : LivingTies::one(layer);
    return spare_bits(lives_ ? now + layer.in_degree.size() * visit : now);
  }
  [[nodiscard]] std::uint64_t whole(Sums const& sums, std::uint32_t weight) const noexcept {
    return std::uint64_t{normalize_ == Normalize::count ? 1 : weight} << sums.raise;
  }
  [[nodiscard]] static std::uint64_t signed_of(std::uint64_t value, std::int8_t sign) noexcept {
    return sign > 0 ? value : 0 - value;
  }
  [[nodiscard]] std::uint64_t below(Sums const& sums, Index city) const noexcept {
    return normalize_ == Normalize::share ? sums.below[city] : 0;
  }
  [[nodiscard]] double exposure(Sums const& sums, std::uint64_t raised, std::uint64_t below) const noexcept {
    auto const number = [](std::uint64_t of) { return static_cast<double>(static_cast<std::int64_t>(of)); };
    double const sum = number(raised) * sums.lowered;  // below 2^63
    if (normalize_ != Normalize::share) return sums.unit(sum);
    return below != 0 ? sum / number(below) : 0;
  }

  /// A row before it is changed in this step.
  Row& changing(Sums& sums, Index city) const {
    Row& row = sums.rows[city];
    if (!drifts() || row.at == sums.step) return row;
    if (row.sum != 0) row.sum = faded(sums, row.sum, row.at);
    row.at = sums.step;
    return row;
  }
  void add(Sums& sums, Index city, std::uint64_t value, std::int8_t sign) const {
    Row& row = changing(sums, city);
    row.sum += signed_of(value, sign);
    if (!drifts()) return;
    row.adopters += sign > 0 ? 1u : ~0u;
    if (sign < 0) sums.fallen.push_back(city);
  }
  void follow_weight(Sums& sums, Index city, std::uint32_t weight, std::int8_t sign) const {
    if (normalize_ != Normalize::share) return;
    changing(sums, city);
    sums.below[city] += signed_of(weight, sign);
  }

  [[nodiscard]] bool follows_strength(Sums const& sums) const noexcept {
    return sums.living != nullptr && normalize_ != Normalize::count;
  }
  /// A sum of the end of step `at` at that of this one: with the age of adoptions and the strength of ties.
  [[nodiscard]] std::uint64_t faded(Sums const& sums, std::uint64_t sum, std::int32_t at) const noexcept {
    if (fading_.fades()) sum = fading_.at_age(std::int64_t{sums.step} - at)(sum);
    return follows_strength(sums) ? sums.aging(sum, at) : sum;
  }
  /// What cities saw when that was last changed, at the end of the step before the next one.
  void fade(Sums const& sums, std::span<Index const> cities, double* seen) const noexcept {
    std::int32_t const last = std::max(sums.step, 1) - 1;
    double const* const aged = left_.share.data();
    if (!follows_strength(sums)) {
      for (std::size_t k = 0; k < cities.size(); ++k) seen[k] *= aged[last - sums.rows[cities[k]].at];
      return;
    }
    LivingTies::Aging const aging = sums.living->aging(last);
    for (std::size_t k = 0; k < cities.size(); ++k) {
      std::int32_t const at = sums.rows[cities[k]].at;
      seen[k] *= aged[last - at] * aging.share(at);
    }
  }
  template <class Lane>
  void drift_of(Sums const& sums, DriftStart const& from, std::int32_t since, std::span<Lane> m) const {
    std::array<double, most_asked> shares;
    double const* share = left_.share.data() + (since - from.at);
    if (follows_strength(sums)) {
      double const* const of_ties = fading_.fades() ? nullptr : sums.living->shares_left(from.at, since);
      if (of_ties == nullptr) {
        std::copy_n(share, m.size(), shares.begin());
        sums.living->leave(from.at, since, std::span(shares).first(m.size()));
      }
      share = of_ties != nullptr ? of_ties : shares.data();
    }
    if (shape_.is_linear()) {
      for (std::size_t k = 0; k < m.size(); ++k) m[k] = static_cast<Lane>(from.value * share[k]);
    } else {
      for (std::size_t k = 0; k < m.size(); ++k) m[k] = static_cast<Lane>(shape_(from.value * share[k]));
    }
  }

  /// What a tie of some strength brings; a tie that there is counts one, where sources are counted.
  [[nodiscard]] std::uint64_t living_part(Sums const& sums, std::uint32_t weight, Strength strength) const noexcept {
    std::uint64_t const all = whole(sums, weight);
    if (normalize_ == Normalize::count) return strength > 0 ? all : 0;
    return strength >= full_strength ? all : part_of(all, strength << 1);
  }

  void push_along(Sums& sums, Event const& event, Fading::AtAge const& worth, Touched& touched) const {
    NetworkLayer const& layer = *sums.layer;
    std::int32_t const in_force = std::max(sums.step, 1);
    for (std::uint32_t e = layer.first[event.city]; e < layer.first[event.city + 1]; ++e) {
      if (layer.dated() && (layer.from[e] > in_force || layer.until[e] < in_force)) continue;
      add(sums, layer.target[e], worth(whole(sums, layer.weighted() ? layer.weight[e] : 1)), event.sign);
      touched.add(layer.target[e]);
    }
  }
  /// Most ties were never used, and count alike. What does not change lies in variables of its own: bytes that are
  /// written might be anything else's.
  void push_along_living(Sums& sums, Event const& event, Fading::AtAge const& worth, Touched& touched) const {
    Row* const rows = sums.rows.data();
    std::int32_t const step = sums.step;
    bool const falls = event.sign < 0, fades = fading_.fades(), follows = follows_strength(sums);
    LivingTies::Aging const aging = sums.aging;
    Touched reached = touched;
    Strength known = 0;
    std::uint32_t known_weight = 0;
    std::uint64_t value = 0;
    sums.living->for_each_strength(event.city, step, [&](Index target, std::uint32_t weight, Strength strength) {
      if (strength != known || weight != known_weight) {
        value = signed_of(worth(living_part(sums, weight, strength)), event.sign);
        known = strength;
        known_weight = weight;
      }
      Row& row = rows[target];
      if (row.at != step && row.sum != 0) {
        std::uint64_t const aged = fades ? fading_.at_age(std::int64_t{step} - row.at)(row.sum) : row.sum;
        row.sum = follows ? aging(aged, row.at) : aged;
      }
      row.at = step;
      row.sum += value;
      row.adopters += falls ? ~0u : 1u;
      if (falls) sums.fallen.push_back(target);
      reached.add(target);
    });
    touched = reached;
  }

  /// Ties that gained strength, began or ended at the end of the step.
  void follow_ties(Sums& sums, Touched& touched) const {
    for (TieMove const& move : sums.living->moves()) {
      bool const begins = move.before == 0, ends = move.after == 0;
      if (begins || ends) {
        follow_weight(sums, move.target, move.weight, begins ? +1 : -1);
        if (normalize_ == Normalize::share) touched.add(move.target);
      }
      if (sums.since[move.source] == not_adopted) continue;
      Fading::AtAge const worth = fading_.at_age(std::int64_t{sums.step} - sums.since[move.source]);
      Row& row = changing(sums, move.target);
      row.sum += worth(living_part(sums, move.weight, move.after)) - worth(living_part(sums, move.weight, move.before));
      if (begins || ends) row.adopters += begins ? 1u : ~0u;
      if (ends) sums.fallen.push_back(move.target);
      touched.add(move.target);
    }
  }

  /// Rows from which something was taken are neither negative nor without adopters.
  static void stop_at_zero(Sums& sums) noexcept {
    for (Index const city : sums.fallen) {
      Row& row = sums.rows[city];
      if ((row.sum >> 63) != 0 || row.adopters == 0) row.sum = 0;
    }
    sums.fallen.clear();
  }

  ObservedTies ties_;
  Normalize normalize_;
  ShapeFunction shape_;
  Fading fading_;
  EarlierAdoptions earlier_;
  bool lives_;  // ties have a strength
  Left left_;
  int fixed_raise_ = 0;
};

}  // namespace

std::unique_ptr<Term> make_changing_exposure(ObservedTies ties, Normalize normalize, ShapeFunction shape, Fading fading,
                                             TermContext const& context) {
  return std::make_unique<ChangingExposure>(std::move(ties), normalize, shape, fading, context);
}

}  // namespace hansa
