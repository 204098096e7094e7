/// Shares of adopted members per collaboration, in whole numbers, and the production function over them.
#include "mechanisms/collective.hpp"

#include <algorithm>
#include <array>
#include <limits>
#include <numeric>
#include <tuple>

#include "mechanisms/pool.hpp"
#include "mechanisms/shape.hpp"
#include "world/fixed_point.hpp"

namespace hansa {

namespace {

constexpr std::array<std::string_view, 2> combinations{"max", "sum"};
constexpr std::array<std::string_view, 2> incentives{"total", "marginal"};
constexpr std::array collective_fields{
    Field{.name = "production",
          .kind = Kind::shape,
          .need = Need::required,
          .meaning = "G: what a share s of adopted members produces; step, logistic or power"},
    Field{.name = "combine",
          .kind = Kind::choice,
          .standard = "max",
          .meaning = "over several collaborations: the best one, or the sum of distinct goods",
          .choices = combinations},
    Field{.name = "incentive",
          .kind = Kind::choice,
          .standard = "total",
          .meaning = "the good itself, or what the city's own contribution would add to it (pivotality)",
          .choices = incentives},
    Field{.name = "excluding_self",
          .kind = Kind::boolean,
          .standard = "false",
          .meaning = "leave the city out of the denominator of s"},
    Field{.name = "weight",
          .kind = Kind::attribute,
          .meaning = "the attribute by which members count; default: one each"},
    Field{.name = "collaborations", .kind = Kind::collaborations, .meaning = "those that matter; default: all"},
};

enum class Incentive { total, marginal };
enum class Combine { largest, sum };
enum class Self { counted, excluded };

/// A city joins (+1) or leaves (-1) collaboration `group` at `label`.
struct Change {
  std::int32_t label;
  Index city;
  std::uint32_t group;
  std::int8_t sign;
};

class Collective final : public TermOf<Collective> {
 public:
  Collective(std::vector<Collaboration const*> const& groups, std::vector<std::uint64_t> weight,
             TermContext const& context, Parameters const& parameters)
      : groups_(groups.size()),
        collaborations_(groups),
        cities_(context.world.cities.size()),
        weight_(std::move(weight)),
        production_(parameters.shape("production")),
        combine_(parameters.text("combine") == "max" ? Combine::largest : Combine::sum),
        incentive_(parameters.text("incentive") == "total" ? Incentive::total : Incentive::marginal),
        self_(parameters.flag("excluding_self") ? Self::excluded : Self::counted) {
    for (std::uint32_t g = 0; g < groups_; ++g) add_spells(*groups[g], g, context);
    index_memberships();
    std::sort(changes_.begin(), changes_.end(), [](Change const& a, Change const& b) {
      return std::tie(a.label, a.group, a.city, a.sign) < std::tie(b.label, b.group, b.city, b.sign);
    });
  }

  std::unique_ptr<Kept> keep() const override { return std::make_unique<Shares>(); }

  void reset(Kept& kept, Outset const& outset) const override {
    auto& shares = static_cast<Shares&>(kept);
    shares.adopted.assign(groups_, 0);
    shares.total.assign(groups_, 0);
    shares.members.assign(groups_, 0);
    shares.changed.assign(groups_, 0);
    shares.city_adopted.assign(cities_, 0);
    shares.member = member_at_start_;
    shares.next_change = 0;
    shares.living.clear();
    for (Collaboration const* each : collaborations_) shares.living.push_back(outset.living_members(*each));
    for (std::size_t k = 0; k < group_of_.size(); ++k) {
      if (shares.member[k] == 0) continue;
      shares.total[group_of_[k]] += weight_[city_of_[k]];
      ++shares.members[group_of_[k]];
    }
  }

  void apply(Kept& kept, std::span<Event const> events, Touched& touched) const override {
    auto& shares = static_cast<Shares&>(kept);
    bool changed = false;
    for (Event const& event : events) {
      shares.city_adopted[event.city] = event.sign > 0 ? 1 : 0;
      for (std::uint32_t k = first_[event.city]; k < first_[event.city + 1]; ++k) {
        if (shares.member[k] == 0) continue;
        std::uint64_t& adopted = shares.adopted[group_of_[k]];
        adopted = event.sign > 0 ? adopted + weight_[event.city] : adopted - weight_[event.city];
        shares.changed[group_of_[k]] = 1;
        changed = true;
      }
    }
    if (changed) touch_changed(shares, touched);
  }

  void advance(Kept& kept, Moment moment, Touched& touched) const override {
    auto& shares = static_cast<Shares&>(kept);
    if (moment.step == 0) return;
    bool changed = false;
    while (shares.next_change < changes_.size() && changes_[shares.next_change].label <= moment.label + 1) {
      Change const& change = changes_[shares.next_change++];
      if (shares.living[change.group] != nullptr) continue;
      change_member(shares, change, touched);
      changed = true;
    }
    for (std::uint32_t g = 0; g < groups_; ++g) {
      if (shares.living[g] == nullptr) continue;
      for (MemberMove const& each : shares.living[g]->moves()) {
        if (place_of(each.city, g) == nowhere) continue;
        change_member(shares, {moment.label + 1, each.city, g, each.sign}, touched);
        changed = true;
      }
    }
    if (changed) touch_changed(shares, touched);
  }

  template <class Lane>
  void evaluate(Kept const& kept, std::span<Index const> cities, Lane* m) const {
    auto const& shares = static_cast<Shares const&>(kept);
    for (std::size_t k = 0; k < cities.size(); ++k) m[k] = static_cast<Lane>(good(shares, cities[k], nullptr));
  }

  void value_if_all(Kept const& kept, Collaboration const& collaboration, std::span<Index const> cities,
                    double* m) const override {
    auto const& shares = static_cast<Shares const&>(kept);
    for (std::size_t k = 0; k < cities.size(); ++k) m[k] = good(shares, cities[k], &collaboration);
  }

 private:
  static constexpr std::uint32_t nowhere = std::numeric_limits<std::uint32_t>::max();

  struct Shares final : Kept {
    std::vector<std::uint64_t> adopted;        // per collaboration: weight of adopted members
    std::vector<std::uint64_t> total;          // per collaboration: weight of members
    std::vector<std::int32_t> members;         // per collaboration
    std::vector<std::uint8_t> changed;         // per collaboration, scratch
    std::vector<std::uint8_t> city_adopted;    // per city
    std::vector<std::uint8_t> member;          // per (city, collaboration) that ever belong together
    std::vector<LivingMembers const*> living;  // per collaboration; null: members are those of the data
    std::size_t next_change = 0;
  };

  void change_member(Shares& shares, Change const& change, Touched& touched) const {
    std::uint32_t const k = place_of(change.city, change.group);
    shares.member[k] = change.sign > 0 ? 1 : 0;
    shares.members[change.group] += change.sign;
    std::uint64_t const w = weight_[change.city];
    std::uint64_t const a = shares.city_adopted[change.city] != 0 ? w : 0;
    shares.total[change.group] = change.sign > 0 ? shares.total[change.group] + w : shares.total[change.group] - w;
    shares.adopted[change.group] =
        change.sign > 0 ? shares.adopted[change.group] + a : shares.adopted[change.group] - a;
    shares.changed[change.group] = 1;
    touched.add(change.city);
  }

  void add_spells(Collaboration const& collaboration, std::uint32_t group, TermContext const& context) {
    Clock const& clock = context.clock;
    for (Index city = 0; collaboration.recruits && city < cities_; ++city)
      if (context.knows(city)) pairs_.emplace_back(city, group);
    for (Membership const& spell : collaboration.members) {
      if (spell.joined > clock.end || spell.left <= clock.start || !context.knows(spell.city)) continue;
      bool const listed = collaboration.recruits || (!pairs_.empty() && pairs_.back() == std::pair{spell.city, group});
      if (!listed) pairs_.emplace_back(spell.city, group);
      if (spell.joined <= clock.start) started_.emplace_back(spell.city, group);
      if (spell.joined > clock.start) changes_.push_back({spell.joined, spell.city, group, +1});
      if (spell.left <= clock.end) changes_.push_back({spell.left, spell.city, group, -1});
    }
  }

  /// Memberships by city and by collaboration, and who is a member at the start.
  void index_memberships() {
    by_group_.resize(groups_);
    std::sort(pairs_.begin(), pairs_.end());
    first_.assign(cities_ + 1, 0);
    for (auto const& [city, group] : pairs_) {
      ++first_[city + 1];
      by_group_[group].push_back(static_cast<std::uint32_t>(city_of_.size()));
      city_of_.push_back(city);
      group_of_.push_back(group);
    }
    for (Index i = 0; i < cities_; ++i) first_[i + 1] += first_[i];
    member_at_start_.assign(city_of_.size(), 0);
    for (auto const& [city, group] : started_) member_at_start_[place_of(city, group)] = 1;
  }

  /// `nowhere` where they never belong together.
  [[nodiscard]] std::uint32_t place_of(Index city, std::uint32_t group) const noexcept {
    std::uint32_t k = first_[city];
    while (k < first_[city + 1] && group_of_[k] != group) ++k;
    return k < first_[city + 1] ? k : nowhere;
  }

  void touch_changed(Shares& shares, Touched& touched) const {
    for (std::uint32_t g = 0; g < groups_; ++g) {
      if (shares.changed[g] == 0) continue;
      shares.changed[g] = 0;
      for (std::uint32_t const k : by_group_[g]) {
        if (shares.member[k] != 0) touched.add(city_of_[k]);
      }
    }
  }

  /// What the collaborations produce for (or would gain from) a city that has not adopted; `whole` (null: none) all
  /// that it can, G(1).
  [[nodiscard]] double good(Shares const& shares, Index city, Collaboration const* whole) const noexcept {
    double result = 0;
    bool first = true;
    for (std::uint32_t k = first_[city]; k < first_[city + 1]; ++k) {
      if (shares.member[k] == 0) continue;
      if (whole != nullptr && collaborations_[group_of_[k]]->hash == whole->hash) {
        result = combine_ == Combine::sum ? result + 1 : std::max(result, 1.0);
        first = false;
        continue;
      }
      std::uint64_t const own = weight_[city];
      std::uint64_t const total = shares.total[group_of_[k]];
      if (shares.members[group_of_[k]] == 1) continue;  // alone
      double const all = static_cast<double>(self_ == Self::excluded ? total - own : total);
      double const share = all == 0 ? 0 : static_cast<double>(shares.adopted[group_of_[k]]) / all;
      double value = production_(share);
      if (incentive_ == Incentive::marginal) {
        double const with = static_cast<double>(shares.adopted[group_of_[k]] + own) / all;
        value = own == 0 ? 0 : (production_(with) - value) / (static_cast<double>(own) / all);
      }
      result = combine_ == Combine::sum ? result + value : first || value > result ? value : result;
      first = false;
    }
    return result;
  }

  std::size_t groups_;
  std::vector<Collaboration const*> collaborations_;  // the same, sorted by name
  Index cities_;
  std::vector<std::uint64_t> weight_;  // per city, whole units
  ShapeFunction production_;
  Combine combine_;
  Incentive incentive_;
  Self self_;
  std::vector<std::pair<Index, std::uint32_t>> pairs_;    // (city, collaboration) that ever belong together
  std::vector<std::pair<Index, std::uint32_t>> started_;  // those that do at the start
  std::vector<std::uint32_t> first_;                      // pairs by city
  std::vector<Index> city_of_;
  std::vector<std::uint32_t> group_of_;
  std::vector<std::vector<std::uint32_t>> by_group_;  // positions of pairs by collaboration
  std::vector<std::uint8_t> member_at_start_;
  std::vector<Change> changes_;
};

/// Members' weights in whole units: the attribute, or one each. Empty after a complaint.
std::vector<std::uint64_t> member_weights(Parameters const& parameters, Cities const& cities, Complaints& complaints) {
  if (!parameters.has("weight")) return std::vector<std::uint64_t>(cities.size(), 1);
  Reference const& name = parameters.reference("weight");
  std::vector<double> const* column = require_number(cities, name, "a member's weight", complaints);
  if (column == nullptr) return {};
  for (Index i = 0; i < cities.size(); ++i) {
    if ((*column)[i] < 0) {
      complaints.add("negative weight of city '" + cities.id[i] + "'", name.where, "weights of members are 0 or more");
      return {};
    }
  }
  std::vector<std::size_t> rows(column->size() + 1);
  std::iota(rows.begin(), rows.end(), std::size_t{0});
  FixedPoint const whole = to_fixed_point(*column, rows);
  return {whole.weights.begin(), whole.weights.end()};
}

}  // namespace

constexpr Schema collective_schema{
    .name = "collective",
    .opening = "Collective action: a public good produced by the share of a collaboration's members that adopted.",
    .formula = "M = G(s); marginal: (G(s + w) - G(s)) / w",
    .source = "Oliver, Marwell & Teixeira 1985",
    .parameters = collective_fields,
    .observable = true,
};

std::unique_ptr<Term> make_collective(MechanismSpec const& spec, TermContext const& context, Complaints& complaints) {
  Parameters const& parameters = spec.parameters;
  std::size_t const before = complaints.size();
  Shape const& shape = parameters.shape("production");
  if (shape.form == Shape::Form::linear || shape.form == Shape::Form::log1p) {
    complaints.add("this production function does not go from 0 to 1", shape.where,
                   "one of {step: s}, {logistic: …}, {power: a} was expected ({power: 1} is the linear one)");
  }
  if (shape.form == Shape::Form::step && shape.a > 1) {
    complaints.add("no share of members reaches this step", shape.where, "a share above 0 and at most 1 was expected");
  }
  (void)ShapeFunction(shape).is_usable(shape, complaints);
  if (parameters.flag("excluding_self") && parameters.text("incentive") == "marginal") {
    complaints.add("'excluding_self' and a marginal incentive exclude each other", parameters.place("excluding_self"),
                   "a city's own contribution cannot count and be left out");
  }
  auto weight = member_weights(parameters, context.world.cities, complaints);
  auto const groups = chosen_collaborations(parameters, context.world, complaints);
  if (complaints.size() != before) return nullptr;
  return std::make_unique<Collective>(groups, std::move(weight), context, parameters);
}

}  // namespace hansa
