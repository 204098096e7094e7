/// Gives seeds to others, and reads off the reruns who follows.
#include "study/followers.hpp"

#include <algorithm>
#include <iterator>
#include <set>
#include <string>

#include "base/random.hpp"
#include "study/compare.hpp"
#include "world/ties_in_force.hpp"

namespace hansa {

namespace {

/// The seeds of `with`, new ones apart.
struct Seeds {
  std::vector<SeedModel> old, fresh;
};

Seeds split(PolicyModel const& without, PolicyModel const& with) {
  Seeds seeds;
  for (SeedModel const& each : with.seeds) {
    bool const old = std::any_of(without.seeds.begin(), without.seeds.end(), [&](SeedModel const& other) {
      return other.hash == each.hash && other.step == each.step && other.cities == each.cities;
    });
    (old ? seeds.old : seeds.fresh).push_back(each);
  }
  return seeds;
}

/// All seeds, sorted as a policy has them.
std::vector<SeedModel> joined(std::vector<SeedModel> seeds, std::vector<SeedModel> const& more) {
  seeds.insert(seeds.end(), more.begin(), more.end());
  std::stable_sort(seeds.begin(), seeds.end(), [](SeedModel const& a, SeedModel const& b) {
    return a.step != b.step ? a.step < b.step : a.intervention < b.intervention;
  });
  return seeds;
}

std::vector<Index> cities_of(std::vector<SeedModel> const& seeds) {
  std::set<Index> cities;
  for (SeedModel const& each : seeds) cities.insert(each.cities.begin(), each.cities.end());
  return {cities.begin(), cities.end()};
}

/// Cities that could be seeded at `step`: in the world, not adopters by data, and not seeded anyway.
std::vector<Index> candidates(PolicyModel const& policy, std::vector<SeedModel> const& old, Index cities,
                              std::int32_t step) {
  std::vector<std::uint8_t> out(cities, 0);
  for (DatedEvent const& each : policy.dated) out[each.event.city] = each.event.sign > 0 ? 1 : 0;
  for (Index const i : cities_of(old)) out[i] = 1;
  std::vector<Index> found;
  for (Index i = 0; i < cities; ++i) {
    bool const there =
        (policy.entry.empty() || policy.entry[i] <= step) && (policy.exit.empty() || policy.exit[i] >= step);
    if (there && out[i] == 0) found.push_back(i);
  }
  return found;
}

/// The fresh seeds with the first cities of `order`, as many as each had, no city twice.
std::vector<SeedModel> given_to(std::vector<SeedModel> fresh, std::vector<Index> const& order) {
  std::size_t taken = 0;
  for (SeedModel& each : fresh) {
    std::size_t const count = std::min(each.cities.size(), order.size() - taken);
    auto const first = order.begin() + static_cast<std::ptrdiff_t>(taken);
    each.cities.assign(first, first + static_cast<std::ptrdiff_t>(count));
    std::sort(each.cities.begin(), each.cities.end());
    taken += count;
  }
  return fresh;
}

/// `among`, those with the largest value first; equal ones by id.
std::vector<Index> sorted_by(std::vector<Index> among, std::vector<double> const& value) {
  std::stable_sort(among.begin(), among.end(), [&](Index a, Index b) { return value[a] > value[b]; });
  return among;
}

std::vector<double> random_values(Cities const& cities, std::size_t number) {
  std::uint64_t const key = make_key(0, 0, Purpose::selection, hash_id("random choice " + std::to_string(number)));
  std::vector<double> values;
  for (std::uint64_t const hash : cities.hash) values.push_back(draw_uniform(key, hash, 0));
  return values;
}

/// Ties in force along which others observe a city, over all networks that are not drawn anew.
std::vector<double> observers(World const& world, std::int32_t step) {
  std::vector<double> count(world.cities.size(), 0);
  for (NetworkLayer const& layer : world.networks) {
    if (layer.redrawn || !layer.group.empty()) continue;
    TiesInForce const ties(layer, step);
    for (Index i = 0; i < world.cities.size(); ++i) count[i] += static_cast<double>(ties.observers(i).size());
  }
  return count;
}

/// Σ β x at a step.
std::vector<double> inclinations(PolicyModel const& policy, Index cities, std::int32_t step) {
  std::vector<double> own = policy.attributes;
  own.resize(cities, 0);
  for (AttributeStep const& each : policy.attributes_later) {
    if (each.step <= step) own[each.city] = each.sum;
  }
  return own;
}

struct Group {
  std::string name;
  std::vector<SeedModel> alone;   ///< the fresh seeds, of this group
  std::vector<SeedModel> others;  ///< of all others
  std::vector<Index> cities;
};

std::vector<Group> groups_of(std::vector<SeedModel> const& fresh, Model const& model, Cities const& cities) {
  std::vector<Group> groups;
  std::vector<Index> const funded = cities_of(fresh);
  if (funded.size() > most_groups) {
    for (std::size_t k = 0; k < fresh.size(); ++k) {
      std::vector<SeedModel> others = fresh;
      others.erase(others.begin() + static_cast<std::ptrdiff_t>(k));
      groups.push_back({model.interventions[fresh[k].intervention].name, {fresh[k]}, others, fresh[k].cities});
    }
    return groups;
  }
  for (Index const city : funded) {
    Group group{cities.id[city], fresh, fresh, {city}};
    for (SeedModel& each : group.alone) std::erase_if(each.cities, [&](Index i) { return i != city; });
    for (SeedModel& each : group.others) std::erase_if(each.cities, [&](Index i) { return i == city; });
    groups.push_back(std::move(group));
  }
  return groups;
}

Interval interval_of(RerunResult const& result) {
  Moments moments;
  for (std::int32_t const each : result.followers) moments.add(each);
  return moments.interval();
}

/// Runs of the choices: none, whole, the best connected, the most inclined, random ones; then two a group.
constexpr std::size_t none_at = 0, whole_at = 1, connected_at = 2, inclined_at = 3, random_at = 4;

Rivals rivals_of(std::vector<RerunResult> const& results) {
  Rivals rivals;
  rivals.replicates = static_cast<std::int64_t>(results.front().followers.size());
  rivals.chosen = interval_of(results[whole_at]);
  rivals.best_connected = interval_of(results[connected_at]);
  rivals.most_inclined = interval_of(results[inclined_at]);
  for (std::size_t k = 0; k < random_choices; ++k) {
    rivals.random.push_back(interval_of(results[random_at + k]));
    double const mean = rivals.random.back().mean;
    rivals.beaten += mean < rivals.chosen.mean ? 1 : mean == rivals.chosen.mean ? 0.5 : 0;
  }
  rivals.beaten /= static_cast<double>(random_choices);
  return rivals;
}

void add_changed(std::vector<float>& to, RerunResult const& result, std::vector<Index> const& own) {
  std::size_t const first = to.size();
  for (std::int32_t const count : result.changed)
    to.push_back(static_cast<float>(count) / static_cast<float>(result.followers.size()));
  for (Index const i : own) to[first + i] = 0;
}

}  // namespace

std::optional<FollowersFound> find_followers(World const& world, Model const& without, Model const& with,
                                             PolicyId policy, RerunOptions const& options) {
  PolicyModel const& model = with.policies.at(policy.value);
  Seeds const seeds = split(without.policies.at(policy.value), model);
  FollowersFound found;
  std::vector<Index> const funded = cities_of(seeds.fresh);
  if (funded.empty()) return found;
  std::int32_t const step = seeds.fresh.front().step;
  std::vector<Index> const pool = candidates(model, seeds.old, world.cities.size(), step);
  std::vector<SeedChoice> choices{{seeds.old, none_at, {}}, {joined(seeds.old, seeds.fresh), none_at, funded}};
  auto const add_order = [&](std::vector<double> const& value) {
    std::vector<SeedModel> const given = given_to(seeds.fresh, sorted_by(pool, value));
    choices.push_back({joined(seeds.old, given), none_at, cities_of(given)});
  };
  add_order(observers(world, step));
  add_order(inclinations(model, world.cities.size(), step));
  for (std::size_t k = 0; k < random_choices; ++k) add_order(random_values(world.cities, k));
  std::vector<Group> const groups = groups_of(seeds.fresh, with, world.cities);
  for (Group const& group : groups) {
    choices.push_back({joined(seeds.old, group.alone), none_at, group.cities, true});
    choices.push_back({joined(seeds.old, group.others), whole_at, funded, true});
  }
  auto const results = rerun(world, policy, choices, options);
  if (!results) return std::nullopt;
  found.rivals = rivals_of(*results);
  Following& following = found.following.emplace();
  following.replicates = options.replicates;
  for (std::size_t g = 0; g < groups.size(); ++g) {
    RerunResult const& alone = (*results)[random_at + random_choices + 2 * g];
    RerunResult const& left_out = (*results)[random_at + random_choices + 2 * g + 1];
    following.groups.push_back(groups[g].name);
    following.alone.push_back(interval_of(alone));
    Interval const lost = interval_of(left_out);
    following.added.push_back({-lost.mean, -lost.high, -lost.low});
    add_changed(following.changed_alone, alone, groups[g].cities);
    add_changed(following.changed_added, left_out, groups[g].cities);
  }
  return found;
}

}  // namespace hansa
