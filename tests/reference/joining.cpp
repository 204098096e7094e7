/// Cities that join collaborations within the run, city by city.
#include <cmath>

#include "base/flat_math.hpp"
#include "base/random.hpp"
#include "reference/facts.hpp"

namespace hansa::reference {

void Facts::found() {
  for (CollaborationProperties const& each : scenario_.collaborations.properties) {
    if (!each.recruit) continue;
    Members& members = joining_[each.name];
    members.used.assign(cities(), 0.0);
    members.times_left.assign(cities(), 0);
    members.since[scenario_.clock.start] = {};
    for (Membership const& spell : world_.collaboration(each.name)->members)
      if (spell.joined <= scenario_.clock.start && scenario_.clock.start < spell.left)
        members.since[scenario_.clock.start][spell.city] = spell.joined;
  }
}

/// The weight of those that a city observes who are members, of all that it observes.
double Facts::share_of_members(std::string const& network, Index city, std::int32_t t,
                               std::map<Index, std::int32_t> const& members) const {
  double above = 0, below = 0;
  for (TieFact const& tie : ties(network, city, t)) {
    below += static_cast<double>(tie.units);
    if (members.count(tie.source) > 0) above += static_cast<double>(tie.units) * tie.strength;
  }
  return below > 0 ? above / below : 0;
}

void Facts::recruit(std::int32_t t) {
  std::int32_t const next = t + 1;
  for (CollaborationProperties const& each : scenario_.collaborations.properties) {
    if (!each.recruit) continue;
    Collaboration const& data = *world_.collaboration(each.name);
    Members& members = joining_.at(each.name);
    std::map<Index, std::int32_t> const now = members.since[t];
    std::map<Index, std::int32_t> then = now;
    auto const leave = [&](Index city) {
      if (then.erase(city) == 0) return;
      members.times_left[city] += 1;
      members.used[city] = 0;
    };
    std::vector<Index> joining;
    std::uint64_t const key =
        make_key(scenario_.seed, static_cast<std::uint64_t>(replicate_), Purpose::recruit, hash_id(each.name));
    for (Index city = 0; city < cities(); ++city) {
      if (now.count(city) > 0) continue;
      members.used[city] +=
          each.recruit->base + each.recruit->share * share_of_members(each.recruit->network.name, city, next, now);
      double const u =
          draw_uniform(key, hash_id(world_.cities.id[city]), static_cast<std::uint32_t>(members.times_left[city]));
      if (members.used[city] > 0 && members.used[city] >= -flat::log1p(-u)) joining.push_back(city);
    }
    for (Membership const& spell : data.members)
      if (spell.left == next) leave(spell.city);
    for (Membership const& spell : data.members)
      if (spell.joined == next) then.emplace(spell.city, next);
    for (Departure const& departure : data.departures)
      if (departure.label == next) leave(departure.city);
    for (Index const city : joining) then.emplace(city, next);
    if (data.dissolved <= next) then.clear();
    joined_ += static_cast<int>(joining.size());
    members.since[next] = then;
  }
}

}  // namespace hansa::reference
