/// What seeds must not change, and what they must.
#include <algorithm>

#include <doctest/doctest.h>
#include <fmt/format.h>

#include "io/yaml.hpp"
#include "worlds.hpp"

namespace hansa::metamorphic {

namespace {

/// A section `interventions` in YAML, in the place of what the scenario has.
std::unique_ptr<test::Question> with_interventions(test::Texts const& texts, std::string const& yaml) {
  return test::ask(texts, {}, [&](ScenarioDraft& draft) {
    std::erase_if(draft.root.entries, [](Node::Entry const& each) { return each.key == "interventions"; });
    draft.root.entries.push_back({"interventions", {}, parse_yaml("x: " + yaml, "seeds").root.entries.at(0).value});
  });
}

/// A policy's own steps begin after what its data have happen.
std::int32_t first_step(test::Question const& question, std::size_t p) {
  std::int32_t const start = question.scenario.clock.start;
  return std::max(start, question.scenario.policies[p].adopters.until.value_or(start - 1) + 1);
}

}  // namespace

TEST_CASE("a seed that never succeeds changes no bit") {
  for_worlds(40, {"interventions"}, [](test::Texts const& texts, test::Question const& base) {
    std::string seeds;
    for (std::size_t p = 0; p < base.model.policies.size(); ++p) {
      for (std::int32_t const at : {first_step(base, p), base.model.clock.end}) {
        if (first_step(base, p) > base.model.clock.end) continue;
        seeds += fmt::format("{}{{at: {}, name: n{}, seed: {{policy: {}, success: 0}}}}", seeds.empty() ? "" : ", ", at,
                             seeds.size(), base.model.policies[p].name);
      }
    }
    auto const other = with_interventions(texts, "[" + seeds + "]");
    CHECK(digest(base.world) == digest(other->world));
    for (Lanes const lanes : {Lanes::fast, Lanes::full}) check_same(base, *other, lanes, Depth::everything);
  });
}

TEST_CASE("the order of interventions changes no bit") {
  int seeded = 0, several = 0;
  for_worlds(200, {}, [&](test::Texts const& texts, test::Question const& base) {
    several += base.model.interventions.size() > 1;
    if (base.model.interventions.size() < 2) return;
    auto const other = test::ask(texts, {}, [](ScenarioDraft& draft) {
      Node& list = *draft.root.find("interventions");
      std::reverse(list.items.begin(), list.items.end());
    });
    check_same(base, *other, Lanes::fast, Depth::everything);
    for (std::int64_t r = 0; r < replicates; ++r) {
      auto const before = test::run_one(base, r, Lanes::fast).seeds;
      CHECK(before == test::run_one(*other, r, Lanes::fast).seeds);
      for (SeedCounts const& each : before) seeded += each.seeded;
    }
  });
  CHECK(several > 20);
  CHECK(seeded > 100);
}

TEST_CASE("neither threads nor shards nor company change what seeds do") {
  int worlds = 0;
  for_worlds(60, {}, [&](test::Texts const&, test::Question const& base) {
    if (base.model.interventions.empty()) return;
    ++worlds;
    std::vector<History> const all = test::run_many(base, 0, 8, 1, Lanes::fast);
    std::vector<History> const shared = test::run_many(base, 0, 8, 3, Lanes::fast);
    std::vector<History> const shard = test::run_many(base, 5, 3, 2, Lanes::fast);
    for (std::size_t r = 0; r < 8; ++r) {
      History const alone = test::run_one(base, static_cast<std::int64_t>(r), Lanes::fast);
      for (History const* other : {&shared[r], r < 5 ? &alone : &shard[r - 5], &alone}) {
        CHECK(all[r].seeds == other->seeds);
        for (std::size_t p = 0; p < all[r].policies.size(); ++p) {
          CHECK(all[r].policies[p].adoption_time == other->policies[p].adoption_time);
          CHECK(all[r].policies[p].adoptions_by_mechanism == other->policies[p].adoptions_by_mechanism);
        }
      }
    }
  });
  CHECK(worlds > 10);
}

TEST_CASE("a seed changes nothing before its step, and a larger chance reaches the same cities and more") {
  test::Texts const texts{
      "hansa: 1\ntime: {start: 1, end: 20}\nseed: 3\ncities: {generate: 300}\n"
      "networks: {net: {erdos_renyi: {degree: 4}}}\n"
      "policies: {p: {baseline: -4, mechanisms: {m: {exposure: {network: net}, strength: 3}}}}\n",
      {}};
  auto const with = [&](double chance) {
    return with_interventions(texts, fmt::format("[{{at: 8, name: fund, seed: {{policy: p, cities: {{random: 60}}, "
                                                 "success: {}}}}}]",
                                                 chance));
  };
  auto const none = test::ask(texts), few = with(0.3), many = with(0.8);
  int earlier = 0;
  for (std::int64_t r = 0; r < 20; ++r) {
    auto const a = test::run_one(*none, r, Lanes::full), b = test::run_one(*few, r, Lanes::full),
               c = test::run_one(*many, r, Lanes::full);
    CHECK(b.seeds[0].adopters == c.seeds[0].adopters);
    CHECK(b.seeds[0].seeded < c.seeds[0].seeded);
    CHECK(c.seeds[0].seeded + c.seeds[0].failed + c.seeds[0].adopters == 60);
    for (std::size_t t = 0; t < 7; ++t) CHECK(a.policies[0].adopters[t] == c.policies[0].adopters[t]);
    for (std::size_t i = 0; i < 300; ++i) {
      REQUIRE(late(b.policies[0].adoption_time[i]) <= late(a.policies[0].adoption_time[i]));
      REQUIRE(late(c.policies[0].adoption_time[i]) <= late(b.policies[0].adoption_time[i]));
      earlier += late(c.policies[0].adoption_time[i]) < late(b.policies[0].adoption_time[i]);
    }
  }
  CHECK(earlier > 400);
}

}  // namespace hansa::metamorphic
