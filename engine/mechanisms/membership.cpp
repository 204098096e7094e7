/// Memberships by date: a list of changes, made before anything runs.
#include "mechanisms/membership.hpp"

#include <algorithm>
#include <array>
#include <limits>
#include <tuple>

#include "mechanisms/pool.hpp"

namespace hansa {

namespace {

constexpr std::array<std::string_view, 2> measures{"member", "years"};
constexpr std::array membership_fields{
    Field{.name = "collaborations", .kind = Kind::collaborations, .meaning = "those that matter; default: all"},
    Field{.name = "measure",
          .kind = Kind::choice,
          .standard = "member",
          .meaning = "1 for members; or steps since joining, of the earliest of several",
          .choices = measures},
};

enum class Measure { member, years };

constexpr std::int32_t outside = std::numeric_limits<std::int32_t>::max();

/// From `label` on the city is a member since `since`, or outside.
struct Standing {
  std::int32_t label;
  Index city;
  std::int32_t since;
};

/// The standings of one city at the start (if any) and after, from its spells in all collaborations.
void add_standings(std::span<Membership const> spells, Clock const& clock, std::vector<std::int32_t>& at_start,
                   std::vector<Standing>& later) {
  std::vector<std::int32_t> turns{clock.start};
  for (Membership const& spell : spells) {
    for (std::int32_t const label : {spell.joined, spell.left}) {
      if (label > clock.start && label <= clock.end) turns.push_back(label);
    }
  }
  std::sort(turns.begin(), turns.end());
  turns.erase(std::unique(turns.begin(), turns.end()), turns.end());
  Index const city = spells.front().city;
  std::int32_t last = outside;
  for (std::int32_t const label : turns) {
    std::int32_t since = outside;
    for (Membership const& spell : spells) {
      if (spell.joined <= label && label < spell.left) since = std::min(since, spell.joined);
    }
    if (label == clock.start) {
      at_start[city] = since;
    } else if (since != last) {
      later.push_back({label, city, since});
    }
    last = since;
  }
}

class MembershipTerm final : public TermOf<MembershipTerm> {
 public:
  /// `spells`: of all collaborations that matter, by city.
  MembershipTerm(std::vector<Membership> const& spells, Measure measure, TermContext const& context)
      : measure_(measure), start_(context.clock.start), at_start_(context.world.cities.size(), outside) {
    for (std::size_t k = 0; k < spells.size();) {
      std::size_t end = k;
      while (end < spells.size() && spells[end].city == spells[k].city) ++end;
      add_standings(std::span(spells).subspan(k, end - k), context.clock, at_start_, later_);
      ever_.push_back(spells[k].city);
      k = end;
    }
    std::sort(later_.begin(), later_.end(), [](Standing const& a, Standing const& b) {
      return std::tie(a.label, a.city) < std::tie(b.label, b.city);
    });
  }

  std::unique_ptr<Kept> keep() const override { return std::make_unique<Now>(); }
  void reset(Kept& kept, Outset const&) const override {
    auto& now = static_cast<Now&>(kept);
    now.since = at_start_;
    now.label = start_;
    now.next = 0;
  }
  void apply(Kept&, std::span<Event const>, Touched&) const override {}
  void advance(Kept& kept, Moment moment, Touched& touched) const override {
    auto& now = static_cast<Now&>(kept);
    if (moment.step == 0) return;
    now.label = moment.label + 1;
    for (; now.next < later_.size() && later_[now.next].label <= now.label; ++now.next) {
      now.since[later_[now.next].city] = later_[now.next].since;
      touched.add(later_[now.next].city);
    }
    if (measure_ == Measure::member) return;
    for (Index const city : ever_) {
      if (now.since[city] != outside) touched.add(city);
    }
  }
  std::size_t bytes_per_city() const noexcept override { return sizeof(std::int32_t); }

  template <class Lane>
  void evaluate(Kept const& kept, std::span<Index const> cities, Lane* m) const {
    auto const& now = static_cast<Now const&>(kept);
    for (std::size_t k = 0; k < cities.size(); ++k) {
      std::int32_t const since = now.since[cities[k]];
      if (since == outside) {
        m[k] = 0;
      } else {
        m[k] = static_cast<Lane>(measure_ == Measure::member ? 1 : now.label - since);
      }
    }
  }

 private:
  struct Now final : Kept {
    std::vector<std::int32_t> since;  // per city
    std::int32_t label = 0;           // of the step that decides next
    std::size_t next = 0;
  };
  Measure measure_;
  std::int32_t start_;
  std::vector<std::int32_t> at_start_;
  std::vector<Standing> later_;  // by label, then city
  std::vector<Index> ever_;
};

/// Steps since joining need a date: complains of the first members that have none.
void require_dates(std::vector<Collaboration const*> const& groups, TermContext const& context, Place const& where,
                   Complaints& complaints) {
  for (Collaboration const* group : groups) {
    auto const dateless = std::find_if(group->members.begin(), group->members.end(), [&](Membership const& spell) {
      return spell.joined == std::numeric_limits<std::int32_t>::min() && spell.left > context.clock.start;
    });
    if (dateless == group->members.end()) continue;
    complaints.add(
        "city '" + context.world.cities.id[dateless->city] + "' has no date of joining '" + group->name + "'", where,
        "years of membership need all of them: give the dates, or measure: member");
  }
}

}  // namespace

constexpr Schema membership_schema{
    .name = "membership",
    .opening = "Membership: the effect of belonging to a collaboration, whatever its members do.",
    .formula = "M = 1 for members, else 0; or steps since joining",
    .source = "Lee & van de Meene 2012",
    .parameters = membership_fields,
    .observable = true,
};

std::unique_ptr<Term> make_membership(MechanismSpec const& spec, TermContext const& context, Complaints& complaints) {
  std::size_t const before = complaints.size();
  Parameters const& parameters = spec.parameters;
  auto const groups = chosen_collaborations(parameters, context.world, complaints);
  Measure const measure = parameters.text("measure") == "member" ? Measure::member : Measure::years;
  if (measure == Measure::years) require_dates(groups, context, parameters.place("measure"), complaints);
  if (complaints.size() != before) return nullptr;
  std::vector<Membership> spells;
  for (Collaboration const* group : groups) spells.insert(spells.end(), group->members.begin(), group->members.end());
  std::sort(spells.begin(), spells.end(), [](Membership const& a, Membership const& b) {
    return std::tie(a.city, a.joined, a.left) < std::tie(b.city, b.joined, b.left);
  });
  return std::make_unique<MembershipTerm>(spells, measure, context);
}

}  // namespace hansa
