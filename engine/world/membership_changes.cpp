/// Memberships that begin and end by interventions.
#include "world/membership_changes.hpp"

#include <algorithm>
#include <iterator>
#include <map>
#include <set>
#include <tuple>

#include "base/names.hpp"
#include "world/collaborations.hpp"

namespace hansa {

namespace {

using Acts = std::vector<InterventionSpec const*>;

/// What happens to one collaboration at one date.
struct Turn {
  Acts joins, leaves, ends;
};

/// "3 of the 20 cities of 'fund' are".
std::string some_of(std::size_t some, std::size_t all, InterventionSpec const& spec) {
  return std::to_string(some) + " of the " + std::to_string(all) + (all == 1 ? " city" : " cities") + " of '" +
         spec.name + "'" + (some == 1 ? " is" : " are");
}

/// Changes one collaboration at one date.
class MembershipChange {
 public:
  MembershipChange(Collaboration& collaboration, std::int32_t at, World& world, Complaints& complaints)
      : collaboration_(collaboration),
        at_(at),
        world_(world),
        complaints_(complaints),
        named_("'" + collaboration.name + "'"),
        member_(world.cities.size(), 0) {
    for (Membership const& spell : collaboration.members) {
      if (spell.joined <= at && at < spell.left) member_[spell.city] = 1;
    }
  }

  void make(Turn const& turn) {
    if (!refuses(turn)) {
      std::vector<Index> const joining = turning(turn.joins, false);
      turn_over(joining, turning(turn.leaves, true));
      if (collaboration_.recruits) depart(turn.leaves);
    }
    for (InterventionSpec const* each : turn.ends) end(*each);
  }

 private:
  void turn_over(std::vector<Index> const& joining, std::vector<Index> const& leaving) {
    if (joining.empty() && leaving.empty()) return;
    for (Index const city : joining) join(city);
    for (Membership& spell : collaboration_.members) {
      bool const leaves = std::binary_search(leaving.begin(), leaving.end(), spell.city);
      if (leaves && spell.joined <= at_ && at_ < spell.left) spell.left = at_;
    }
    tidy();
  }

  /// Whether they are members in a replicate is known to nobody yet.
  void depart(Acts const& leaves) {
    std::set<Index> all;
    for (InterventionSpec const* each : leaves) all.insert(cities_of(*each).begin(), cities_of(*each).end());
    for (Index const city : all) collaboration_.departures.push_back({at_, city});
  }

  [[nodiscard]] std::vector<Index> const& cities_of(InterventionSpec const& spec) const {
    return world_.reached.at(spec.name).cities;
  }

  /// Complains of what cannot be: to join what is dissolved, to join and to leave at once.
  bool refuses(Turn const& turn) {
    std::size_t const before = complaints_.size();
    std::int32_t const dissolved = turn.ends.empty() ? collaboration_.dissolved : at_;
    for (InterventionSpec const* each : turn.joins) {
      if (dissolved > at_) continue;
      complaints_.add("'" + each->name + "' has cities join " + named_ + " in " + std::to_string(at_) +
                          ", but it is dissolved in " + std::to_string(std::min(dissolved, collaboration_.dissolved)),
                      each->where, "an earlier step was expected");
    }
    for (InterventionSpec const* enters : turn.joins) {
      for (InterventionSpec const* leaves : turn.leaves) refuse_both(*enters, *leaves);
    }
    return complaints_.size() > before;
  }

  void refuse_both(InterventionSpec const& enters, InterventionSpec const& leaves) {
    std::vector<Index> const &in = cities_of(enters), &out = cities_of(leaves);
    std::vector<Index> both;
    std::set_intersection(in.begin(), in.end(), out.begin(), out.end(), std::back_inserter(both));
    if (both.empty()) return;
    std::string const others = both.size() == 1 ? "" : " (and " + std::to_string(both.size() - 1) + " more)";
    complaints_.add("city '" + world_.cities.id[both.front()] + "'" + others + " is to join " + named_ + " by '" +
                        enters.name + "' and to leave it by '" + leaves.name + "' in one step",
                    leaves.where, "cities that do one of them were expected");
  }

  /// The cities named by any of these that are (not) members, each once; warns of the others.
  std::vector<Index> turning(Acts const& acts, bool members) {
    std::vector<Index> all;
    for (InterventionSpec const* each : acts) {
      Reach& reach = world_.reached.at(each->name);
      std::vector<Index> fresh;
      std::size_t idle = 0, again = 0;
      for (Index const city : reach.cities) {
        if ((member_[city] != 0) != members)
          ++idle;
        else if (std::binary_search(all.begin(), all.end(), city))
          ++again;
        else
          fresh.push_back(city);
      }
      bool const may_recruit = members && collaboration_.recruits;  // who is none by the data may be one by then
      if (idle > 0 && !may_recruit) {
        std::string const standing = members     ? idle == 1 ? " no member" : " no members"
                                     : idle == 1 ? " a member"
                                                 : " members";
        complaints_.warn(some_of(idle, reach.cities.size(), *each) + standing + " of " + named_ + " in " +
                             std::to_string(at_) + (members ? "" : " already"),
                         each->where, "nothing changes for them");
      }
      if (again > 0) {
        complaints_.warn(some_of(again, reach.cities.size(), *each) + " named by another intervention of " +
                             std::to_string(at_) + (members ? " that leaves " : " that joins ") + named_ + " too",
                         each->where, "each changes once");
      }
      reach.changed = fresh.size();
      std::size_t const before = all.size();
      all.insert(all.end(), fresh.begin(), fresh.end());
      std::inplace_merge(all.begin(), all.begin() + static_cast<std::ptrdiff_t>(before), all.end());
    }
    return all;
  }

  /// A new spell, or one that begins later begins now.
  void join(Index city) {
    auto const precedes = [&](Membership const& spell, Index other) {
      return spell.city < other || (spell.city == other && spell.joined <= at_);
    };
    auto const next = std::lower_bound(collaboration_.members.begin(), collaboration_.members.end(), city, precedes);
    if (next != collaboration_.members.end() && next->city == city)
      next->joined = at_;
    else
      added_.push_back({city, at_, collaboration_.dissolved});
  }

  void tidy() {
    std::vector<Membership>& members = collaboration_.members;
    members.insert(members.end(), added_.begin(), added_.end());
    std::erase_if(members, [](Membership const& spell) { return spell.left <= spell.joined; });
    std::sort(members.begin(), members.end(), [](Membership const& a, Membership const& b) {
      return std::tie(a.city, a.joined) < std::tie(b.city, b.joined);
    });
  }

  void end(InterventionSpec const& spec) {
    Reach& reach = world_.reached.at(spec.name);
    std::vector<Membership> const before = collaboration_.members;
    for (Membership const& spell : before) {
      if (spell.joined <= at_ && at_ < spell.left) reach.cities.push_back(spell.city);
      reach.changed += spell.left > at_ ? 1 : 0;
    }
    dissolve(collaboration_, at_);
    if (reach.changed > 0 || collaboration_.recruits) return;
    complaints_.warn(
        named_ + " has no members from " + std::to_string(at_) + " on before it is dissolved by '" + spec.name + "'",
        spec.where, "nothing changes");
  }

  Collaboration& collaboration_;
  std::int32_t at_;
  World& world_;
  Complaints& complaints_;
  std::string named_;
  std::vector<std::uint8_t> member_;  // per city, before the date
  std::vector<Membership> added_;
};

/// The collaboration that an act names; null after a complaint, or if it names none.
Collaboration* find(Reference const& name, World& world, Complaints& complaints) {
  if (name.name.empty()) return nullptr;
  std::vector<std::string_view> known;
  for (Collaboration& each : world.collaborations) {
    if (each.name == name.name) return &each;
    known.push_back(each.name);
  }
  complaints.add("unknown collaboration '" + name.name + "'", name.where, expected_one_of(name.name, known));
  return nullptr;
}

}  // namespace

void change_memberships(std::span<InterventionSpec const* const> acts, World& world, Complaints& complaints) {
  std::map<std::string, Turn> turns;
  for (InterventionSpec const* each : acts) {
    auto const note = [&](Reference const& name, Acts Turn::*which) {
      if (find(name, world, complaints) != nullptr) (turns[name.name].*which).push_back(each);
    };
    if (auto const* act = std::get_if<JoinSpec>(&each->act)) note(act->collaboration, &Turn::joins);
    if (auto const* act = std::get_if<LeaveSpec>(&each->act)) note(act->collaboration, &Turn::leaves);
    if (auto const* act = std::get_if<DissolveSpec>(&each->act)) note(act->collaboration, &Turn::ends);
  }
  for (auto const& [name, turn] : turns) {
    Collaboration& collaboration = *find({name, {}}, world, complaints);
    MembershipChange(collaboration, acts.front()->at, world, complaints).make(turn);
  }
}

}  // namespace hansa
