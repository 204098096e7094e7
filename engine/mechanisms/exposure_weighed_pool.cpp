/// Exposure in a pool whose members fade, weigh or are left out: sums over the members in the order of what they are
/// compared by, so that whoever a city sees is a range of that order.
#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <tuple>

#include "mechanisms/exposure_ages.hpp"
#include "mechanisms/exposure_pool.hpp"
#include "world/fixed_point.hpp"

namespace hansa {

namespace {

/// Who is in which group (-1: none), and who is a member when.
struct Grouping {
  struct Change {
    std::int32_t step;
    Index city;
    std::int8_t sign;
  };
  std::vector<std::int32_t> group;
  std::vector<std::uint8_t> member;  // at the first step
  std::vector<Change> changes;       // by step, then city
  Collaboration const* collaboration = nullptr;
};

/// What each member weighs, in whole numbers.
struct Weights {
  std::vector<std::uint64_t> whole;  // per city
  WeightUnit unit;
};

/// Positions in the order of the pool: a city sees [from, until) without [cut_from, cut_until).
struct View {
  std::uint32_t from = 0, until = 0, cut_from = 0, cut_until = 0;
};

class PoolOrder {
 public:
  PoolOrder(std::vector<std::int32_t> const& group, TieChoice const& choice) : views_(group.size()) {
    std::vector<double> x(group.size(), 0);
    if (choice.compared) x = choice.compared->start();
    for (Index i = 0; i < group.size(); ++i) {
      if (group[i] >= 0 && !std::isnan(x[i])) cities_.push_back(i);
    }
    std::sort(cities_.begin(), cities_.end(),
              [&](Index a, Index b) { return std::tie(group[a], x[a], a) < std::tie(group[b], x[b], b); });
    std::uint32_t const n = static_cast<std::uint32_t>(cities_.size());
    for (std::uint32_t begin = 0, end = 0; begin < n; begin = end) {
      while (end < n && group[cities_[end]] == group[cities_[begin]]) ++end;
      for (std::uint32_t low = begin, high = begin; low < end; low = high) {
        while (high < end && x[cities_[high]] == x[cities_[low]]) ++high;
        for (std::uint32_t at = low; at < high; ++at) {
          views_[cities_[at]] = view(choice.only, at, {begin, end, low, high});
        }
      }
    }
  }
  /// By group, then by what is compared.
  [[nodiscard]] std::vector<Index> const& cities() const noexcept { return cities_; }
  [[nodiscard]] View const& of(Index city) const noexcept { return views_[city]; }

 private:
  /// The group is [from, until), those of the same value [cut_from, cut_until).
  static View view(Only only, std::uint32_t at, View const& range) noexcept {
    auto const [begin, end, low, high] = range;
    switch (only) {
      case Only::all:
        return {begin, end, at, at + 1};
      case Only::larger:
        return {high, end, 0, 0};
      case Only::smaller:
        return {begin, low, 0, 0};
      case Only::same:
        return {low, high, at, at + 1};
      case Only::different:
        return range;
    }
    return {};
  }
  std::vector<Index> cities_;
  std::vector<View> views_;
};

class WeighedPoolExposure final : public TermOf<WeighedPoolExposure> {
 public:
  WeighedPoolExposure(Grouping grouping, Weights weights, TieChoice const& choice, Normalize normalize,
                      ShapeFunction shape, Fading fading, TermContext const& context)
      : grouping_(std::move(grouping)),
        weights_(std::move(weights)),
        order_(grouping_.group, choice),
        normalize_(normalize),
        shape_(shape),
        fading_(fading),
        earlier_(context) {
    std::uint64_t const all = std::accumulate(weights_.whole.begin(), weights_.whole.end(), std::uint64_t{0});
    raise_ = fading_.fades() ? spare_bits(all) : 0;
    for (std::int32_t age = 0; age <= context.clock.steps() && fading_.fades(); ++age) {
      at_age_.push_back(fading_.at_age(age));
    }
    groups_ = 1 + std::max(0, *std::max_element(grouping_.group.begin(), grouping_.group.end()));
  }

  std::unique_ptr<Kept> keep() const override { return std::make_unique<Sums>(); }

  void reset(Kept& kept, Outset const& outset) const override {
    auto& sums = static_cast<Sums&>(kept);
    if (grouping_.collaboration != nullptr) sums.living = outset.living_members(*grouping_.collaboration);
    std::size_t const n = order_.cities().size();
    sums.since.assign(grouping_.group.size(), not_adopted);
    sums.member = grouping_.member;
    sums.top.assign(n + 1, 0);
    sums.bottom.assign(n + 1, 0);
    sums.changed.assign(static_cast<std::size_t>(groups_), 0);
    sums.step = 0;
    sums.next_change = 0;
    add_up_members(sums);
  }

  void apply(Kept& kept, std::span<Event const> events, Touched&) const override {
    auto& sums = static_cast<Sums&>(kept);
    for (Event const& event : events) {
      sums.since[event.city] = event.sign > 0 ? sums.step - (sums.step == 0 ? earlier_.age(event) : 0) : not_adopted;
      note(sums, event.city);
    }
  }

  void advance(Kept& kept, Moment moment, Touched& touched) const override {
    auto& sums = static_cast<Sums&>(kept);
    if (change_members(sums, moment.step, touched)) add_up_members(sums);
    if (fading_.fades() && moment.step > 0) {
      for (Index const city : order_.cities()) {
        if (sums.since[city] != not_adopted && sums.member[city] != 0) note(sums, city);
      }
    }
    if (sums.noted) add_up_adopters(sums, moment.step, touched);
    sums.step = moment.step + 1;
  }
  std::size_t bytes_per_city() const noexcept override { return 2 * sizeof(std::uint64_t) + sizeof(std::int32_t) + 1; }

  template <class Lane>
  void evaluate(Kept const& kept, std::span<Index const> cities, Lane* m) const {
    auto const& sums = static_cast<Sums const&>(kept);
    double const lowered = 1 / static_cast<double>(std::uint64_t{1} << raise_);
    for (std::size_t k = 0; k < cities.size(); ++k) {
      View const& view = order_.of(cities[k]);
      double const top = static_cast<double>(seen(sums.top, view)) * lowered;
      std::uint64_t const bottom = normalize_ == Normalize::share ? seen(sums.bottom, view) : 1;
      double const exposure = normalize_ != Normalize::share ? weights_.unit(top)
                              : bottom == 0                  ? 0
                                                             : top / static_cast<double>(bottom);
      m[k] = static_cast<Lane>(sums.member[cities[k]] != 0 ? shape_(exposure) : 0);
    }
  }

 private:
  struct Sums final : Kept {
    std::vector<std::int32_t> since;    // per city: step of its adoption
    std::vector<std::uint8_t> member;   // per city
    std::vector<std::uint64_t> top;     // adopters up to a position of the order
    std::vector<std::uint64_t> bottom;  // members up to it
    std::vector<std::uint8_t> changed;  // per group, in this step
    bool noted = false;
    std::int32_t step = 0;  // whose events come next
    std::size_t next_change = 0;
    LivingMembers const* living = nullptr;  // null: members are those of the data
  };

  /// Brings members to the decisions of step + 1; true where some change.
  bool change_members(Sums& sums, std::int32_t step, Touched& touched) const {
    auto const change = [&](Index city, std::int8_t sign) {
      sums.member[city] = sign > 0 ? 1 : 0;
      note(sums, city);
      touched.add(city);
    };
    if (sums.living != nullptr) {
      if (step == 0) return false;
      for (MemberMove const& each : sums.living->moves()) change(each.city, each.sign);
      return !sums.living->moves().empty();
    }
    std::vector<Grouping::Change> const& changes = grouping_.changes;
    std::size_t const before = sums.next_change;
    for (; sums.next_change < changes.size() && changes[sums.next_change].step <= step + 1; ++sums.next_change)
      change(changes[sums.next_change].city, changes[sums.next_change].sign);
    return sums.next_change > before;
  }

  static std::uint64_t seen(std::vector<std::uint64_t> const& sums, View const& view) noexcept {
    return (sums[view.until] - sums[view.from]) - (sums[view.cut_until] - sums[view.cut_from]);
  }
  void note(Sums& sums, Index city) const noexcept {
    if (grouping_.group[city] < 0) return;
    sums.changed[static_cast<std::size_t>(grouping_.group[city])] = 1;
    sums.noted = true;
  }
  void add_up_members(Sums& sums) const noexcept {
    std::vector<Index> const& cities = order_.cities();
    for (std::size_t k = 0; k < cities.size(); ++k) {
      sums.bottom[k + 1] = sums.bottom[k] + (sums.member[cities[k]] != 0 ? weights_.whole[cities[k]] : 0);
    }
  }
  void add_up_adopters(Sums& sums, std::int32_t step, Touched& touched) const {
    std::vector<Index> const& cities = order_.cities();
    for (std::size_t k = 0; k < cities.size(); ++k) {
      Index const city = cities[k];
      bool const counts = sums.since[city] != not_adopted && sums.member[city] != 0;
      sums.top[k + 1] = sums.top[k] + (counts ? worth(city, step - sums.since[city]) : 0);
      if (groups_ > 1 && sums.changed[static_cast<std::size_t>(grouping_.group[city])] != 0) touched.add(city);
    }
    touched.everybody = touched.everybody || groups_ == 1;
    std::fill(sums.changed.begin(), sums.changed.end(), std::uint8_t{0});
    sums.noted = false;
  }
  [[nodiscard]] std::uint64_t worth(Index city, std::int64_t age) const noexcept {
    std::uint64_t const whole = weights_.whole[city] << raise_;
    auto const at = static_cast<std::size_t>(age);
    return at < at_age_.size() ? at_age_[at](whole) : fading_.at_age(age)(whole);
  }

  Grouping grouping_;
  Weights weights_;
  PoolOrder order_;
  Normalize normalize_;
  ShapeFunction shape_;
  Fading fading_;
  EarlierAdoptions earlier_;
  int raise_ = 0;
  std::int32_t groups_ = 1;
  std::vector<Fading::AtAge> at_age_;
};

Grouping members_over_time(Collaboration const& collaboration, Index cities, Clock const& clock) {
  Grouping grouping;
  grouping.collaboration = &collaboration;
  grouping.group.assign(cities, collaboration.recruits ? 0 : -1);
  grouping.member.assign(cities, 0);
  for (Membership const& spell : collaboration.members) {
    if (spell.joined > clock.end || spell.left <= clock.start) continue;
    grouping.group[spell.city] = 0;
    if (spell.joined <= clock.start) grouping.member[spell.city] = 1;
    if (spell.joined > clock.start) grouping.changes.push_back({spell.joined - clock.start + 1, spell.city, +1});
    if (spell.left <= clock.end) grouping.changes.push_back({spell.left - clock.start + 1, spell.city, -1});
  }
  std::sort(grouping.changes.begin(), grouping.changes.end(), [](auto const& a, auto const& b) {
    return std::tie(a.step, a.city, a.sign) < std::tie(b.step, b.city, b.sign);
  });
  return grouping;
}

std::optional<Grouping> grouping_of(Pool const& pool, NetworkLayer const* groups, TermContext const& context,
                                    Complaints& complaints) {
  Index const cities = context.world.cities.size();
  Grouping grouping;
  if (groups != nullptr) {
    grouping.group = groups->group;
  } else if (pool.of == Pool::Of::collaboration) {
    Collaboration const* found = find_collaboration(context.world, pool.name, complaints);
    if (found == nullptr) return std::nullopt;
    return members_over_time(*found, cities, context.clock);
  } else if (pool.of == Pool::Of::all) {
    grouping.group.assign(cities, 0);
  } else {
    Reference name = pool.name;
    if (pool.of == Pool::Of::country) name.name = "country";
    TextColumn const* column = require_text(context.world.cities, name, "a pool", complaints);
    if (column == nullptr) return std::nullopt;
    grouping.group = column->code;
  }
  for (std::int32_t const group : grouping.group) grouping.member.push_back(group >= 0 ? 1 : 0);
  return grouping;
}

/// One each, the attribute, or what contagion from a source comes to.
std::optional<Weights> weights_of(TieChoice const& choice, Cities const& cities, Complaints& complaints) {
  if (!choice.weight && !choice.transmission) return Weights{std::vector<std::uint64_t>(cities.size(), 1), {}};
  std::vector<double> weight(cities.size(), 1.0);
  if (choice.weight) weight = choice.weight->start();
  if (choice.transmission) {
    for (Index i = 0; i < cities.size(); ++i) {
      double const chance = *choice.transmission * weight[i];
      if (!(chance < 1)) {
        complaints.add("transmission " + std::to_string(*choice.transmission) + " from city '" + cities.id[i] +
                           "', of weight " + std::to_string(weight[i]) + ", is no chance",
                       choice.where, "a product below 1 was expected");
        return std::nullopt;
      }
      weight[i] = as_hazard(chance);
    }
    bool const even = std::all_of(weight.begin(), weight.end(), [&](double w) { return w == weight.front(); });
    if (even) return Weights{std::vector<std::uint64_t>(cities.size(), 1), {weight.front(), 1}};
  }
  std::vector<std::size_t> rows(weight.size() + 1);
  std::iota(rows.begin(), rows.end(), std::size_t{0});
  FixedPoint const whole = to_fixed_point(weight, rows);
  std::size_t vanished = 0;
  for (Index i = 0; i < cities.size(); ++i) vanished += whole.weights[i] == 0 && weight[i] > 0 ? 1 : 0;
  if (vanished > 0) {
    complaints.warn("the weights of " + std::to_string(vanished) + " cities in the pool round to 0", choice.where,
                    "they are so small beside the largest");
  }
  return Weights{{whole.weights.begin(), whole.weights.end()}, WeightUnit::of(whole.unit)};
}

}  // namespace

std::unique_ptr<Term> make_weighed_pool_exposure(Pool const& pool, NetworkLayer const* groups, TieChoice choice,
                                                 Normalize normalize, ShapeFunction shape, Fading fading,
                                                 TermContext const& context, Complaints& complaints) {
  std::optional<Grouping> grouping = grouping_of(pool, groups, context, complaints);
  std::optional<Weights> weights = weights_of(choice, context.world.cities, complaints);
  if (!grouping || !weights) return nullptr;
  for (Index i = 0; i < context.world.cities.size(); ++i) {
    if (!context.knows(i)) grouping->group[i] = -1;
  }
  return std::make_unique<WeighedPoolExposure>(std::move(*grouping), std::move(*weights), choice, normalize, shape,
                                               fading, context);
}

}  // namespace hansa
