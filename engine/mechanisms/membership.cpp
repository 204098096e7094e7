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

/// Standings of all cities by date, from the spells of some collaborations.
struct Schedule {
  std::vector<std::int32_t> at_start;  // per city: since when
  std::vector<Standing> later;         // by label, then city
  std::vector<Index> ever;             // who is a member at some step, ascending

  Schedule(std::vector<Collaboration const*> const& groups, TermContext const& context)
      : at_start(context.world.cities.size(), outside) {
    std::vector<Membership> spells;
    for (Collaboration const* group : groups) spells.insert(spells.end(), group->members.begin(), group->members.end());
    std::sort(spells.begin(), spells.end(), [](Membership const& a, Membership const& b) {
      return std::tie(a.city, a.joined, a.left) < std::tie(b.city, b.joined, b.left);
    });
    for (std::size_t k = 0; k < spells.size();) {
      std::size_t end = k;
      while (end < spells.size() && spells[end].city == spells[k].city) ++end;
      add_standings(std::span(spells).subspan(k, end - k), context.clock, at_start, later);
      ever.push_back(spells[k].city);
      k = end;
    }
    std::sort(later.begin(), later.end(), [](Standing const& a, Standing const& b) {
      return std::tie(a.label, a.city) < std::tie(b.label, b.city);
    });
  }
};

class MembershipTerm final : public TermOf<MembershipTerm> {
 public:
  /// `groups`: those that matter.
  MembershipTerm(std::vector<Collaboration const*> const& groups, Measure measure, TermContext const& context)
      : measure_(measure), start_(context.clock.start), data_(groups, context), dated_({}, context) {
    std::vector<Collaboration const*> dated;
    for (Collaboration const* group : groups) (group->recruits ? recruiting_ : dated).push_back(group);
    if (!recruiting_.empty()) dated_ = Schedule(dated, context);
  }

  std::unique_ptr<Kept> keep() const override { return std::make_unique<Now>(); }
  void reset(Kept& kept, Outset const& outset) const override {
    auto& now = static_cast<Now&>(kept);
    now.since = data_.at_start;
    now.label = start_;
    now.next = 0;
    now.living.clear();
    for (Collaboration const* group : recruiting_)
      if (LivingMembers const* const living = outset.living_members(*group)) now.living.push_back(living);
    now.dated = now.living.empty() ? &data_ : &dated_;
    if (!now.living.empty()) now.beside = dated_.at_start;
  }
  void apply(Kept&, std::span<Event const>, Touched&) const override {}
  void advance(Kept& kept, Moment moment, Touched& touched) const override {
    auto& now = static_cast<Now&>(kept);
    if (moment.step == 0) return;
    now.label = moment.label + 1;
    bool const lives = !now.living.empty();
    std::vector<Standing> const& later = now.dated->later;
    for (; now.next < later.size() && later[now.next].label <= now.label; ++now.next) {
      Standing const& standing = later[now.next];
      (lives ? now.beside : now.since)[standing.city] = standing.since;
      if (lives) stand(now, standing.city);
      touched.add(standing.city);
    }
    for (LivingMembers const* living : now.living) {
      for (MemberMove const& each : living->moves()) {
        stand(now, each.city);
        touched.add(each.city);
      }
    }
    if (measure_ == Measure::member) return;
    if (lives) {
      for (Index city = 0; city < now.since.size(); ++city)
        if (now.since[city] != outside) touched.add(city);
      return;
    }
    for (Index const city : data_.ever) {
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
    std::vector<std::int32_t> since;  // per city, of all collaborations
    std::int32_t label = 0;           // of the step that decides next
    std::size_t next = 0;
    Schedule const* dated = nullptr;           // of those whose members are the data's
    std::vector<LivingMembers const*> living;  // of the others, as the replicate has them
    std::vector<std::int32_t> beside;          // per city, of those of the data; only beside others
  };
  /// Of the earliest of several.
  static void stand(Now& now, Index city) {
    std::int32_t since = now.beside[city];
    for (LivingMembers const* living : now.living) since = std::min(since, living->since(city));
    now.since[city] = since;
  }

  Measure measure_;
  std::int32_t start_;
  Schedule data_;                                 // of all collaborations, as the data have them
  Schedule dated_;                                // of those that do not recruit; only beside those that do
  std::vector<Collaboration const*> recruiting_;  // sorted by name
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
  return std::make_unique<MembershipTerm>(groups, measure, context);
}

}  // namespace hansa
