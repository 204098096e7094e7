/// Gives seeds to others, and reads off the reruns who follows.
#include "study/followers.hpp"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <limits>
#include <set>
#include <string>

#include "base/random.hpp"
#include "measures/nested_moments.hpp"
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

/// Runs of the choices: none, whole, the best connected, the most inclined, random ones; then two a group.
constexpr std::size_t none_at = 0, whole_at = 1, connected_at = 2, inclined_at = 3, random_at = 4;
constexpr std::size_t groups_at = random_at + random_choices;

constexpr Interval not_known{std::numeric_limits<double>::quiet_NaN(), std::numeric_limits<double>::quiet_NaN(),
                             std::numeric_limits<double>::quiet_NaN()};

/// Puts what came of the reruns into words and intervals.
class FollowersOf {
 public:
  FollowersOf(RerunReport const& report, std::vector<Group> const& groups, std::int64_t per_draw)
      : report_(report), groups_(groups), per_draw_(per_draw) {}

  [[nodiscard]] FollowersFound found() const {
    FollowersFound made;
    made.reruns = reruns();
    if (report_.replicates.empty()) return made;
    made.rivals = rivals();
    made.following = following();
    return made;
  }

 private:
  [[nodiscard]] Interval interval_of(std::size_t choice) const {
    RerunResult const& result = report_.results[choice];
    if (result.failed) return not_known;
    NestedMoments moments;
    for (std::size_t r = 0; r < result.followers.size(); ++r)
      moments.add(result.followers[r], per_draw_ > 0 ? report_.replicates[r] / per_draw_ : no_draw);
    return moments.interval();
  }

  [[nodiscard]] Rivals rivals() const {
    Rivals made;
    made.replicates = static_cast<std::int64_t>(report_.replicates.size());
    made.chosen = interval_of(whole_at);
    made.best_connected = interval_of(connected_at);
    made.most_inclined = interval_of(inclined_at);
    double known = 0;
    for (std::size_t k = 0; k < random_choices; ++k) {
      made.random.push_back(interval_of(random_at + k));
      double const mean = made.random.back().mean;
      known += std::isnan(mean) ? 0 : 1;
      made.beaten += mean < made.chosen.mean ? 1 : mean == made.chosen.mean ? 0.5 : 0;
    }
    made.beaten = std::isnan(made.chosen.mean) || known == 0 ? not_known.mean : made.beaten / known;
    return made;
  }

  [[nodiscard]] Following following() const {
    Following made;
    made.replicates = static_cast<std::int64_t>(report_.replicates.size());
    for (std::size_t g = 0; g < groups_.size(); ++g) {
      std::size_t const alone = groups_at + 2 * g, left_out = alone + 1;
      made.groups.push_back(groups_[g].name);
      made.alone.push_back(interval_of(alone));
      made.added.push_back(opposite(interval_of(left_out)));
      add_changed(made.changed_alone, report_.results[alone], groups_[g].cities);
      add_changed(made.changed_added, report_.results[left_out], groups_[g].cities);
    }
    return made;
  }

  [[nodiscard]] static Interval opposite(Interval const& of) {
    Interval made{-of.mean, -of.high, -of.low, of.draws};
    if (made.draws) {
      made.draws->low = -of.draws->high;
      made.draws->median = -of.draws->median;
      made.draws->high = -of.draws->low;
    }
    return made;
  }

  static void add_changed(std::vector<float>& to, RerunResult const& result, std::vector<Index> const& own) {
    std::size_t const first = to.size();
    for (std::int32_t const count : result.changed)
      to.push_back(result.failed ? std::numeric_limits<float>::quiet_NaN()
                                 : static_cast<float>(count) / static_cast<float>(result.followers.size()));
    for (Index const i : own) to[first + i] = 0;
  }

  [[nodiscard]] Reruns reruns() const {
    Reruns made;
    made.replicates = static_cast<std::int64_t>(report_.replicates.size());
    made.failed = static_cast<std::int64_t>(report_.left_out.size());
    for (std::size_t k = 0; k < report_.results.size(); ++k) {
      Reruns::Count& count = made.kinds[kind_of(k)];
      ++count.asked;
      bool const failed = report_.results[k].failed || report_.replicates.empty();
      count.made += failed ? 0 : 1;
      if (report_.results[k].failed) made.left_out.push_back({name_of(k), why(*report_.results[k].failed)});
    }
    if (report_.replicates.empty()) made.none = "every replicate failed, " + why(report_.left_out.front());
    return made;
  }

  [[nodiscard]] static std::string why(RerunFailure const& failure) {
    return "replicate " + std::to_string(failure.replicate) + ": " + failure.why;
  }

  [[nodiscard]] static std::size_t kind_of(std::size_t choice) {
    if (choice < random_at) return choice;
    return choice < groups_at ? random_at : (choice - groups_at) % 2 == 0 ? random_at + 1 : random_at + 2;
  }

  [[nodiscard]] std::string name_of(std::size_t choice) const {
    if (choice == none_at) return "no seeds";
    if (choice == whole_at) return "the cities that are funded";
    if (choice == connected_at) return "the best connected";
    if (choice == inclined_at) return "the most inclined";
    if (choice < groups_at) return "random choice " + std::to_string(choice - random_at);
    std::string const& group = groups_[(choice - groups_at) / 2].name;
    return (choice - groups_at) % 2 == 0 ? group + " alone" : "all but " + group;
  }

  RerunReport const& report_;
  std::vector<Group> const& groups_;
  std::int64_t per_draw_;
};

}  // namespace

std::optional<FollowersFound> find_followers(World const& world, Model const& without, Model const& with,
                                             PolicyId policy, RerunOptions const& options) {
  PolicyModel const& model = with.policies.at(policy.value);
  Seeds const seeds = split(without.policies.at(policy.value), model);
  std::vector<Index> const funded = cities_of(seeds.fresh);
  if (funded.empty()) return FollowersFound();
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
  auto const report = rerun(world, policy, choices, options);
  if (!report) return std::nullopt;
  return FollowersOf(*report, groups, options.per_draw).found();
}

}  // namespace hansa
