/// Compliance by hand: who is bound, when, and by which draw.
#include "run/compliance.hpp"

#include <algorithm>

#include <doctest/doctest.h>

#include "base/random.hpp"
#include "engine/run/timed_law.hpp"

using namespace hansa;

namespace {

using Chosen = std::vector<Index>;

struct Many {
  World world;
  Model model;
  RecordPlan plan;

  Many() {
    for (int i = 0; i < 200; ++i) {
      world.cities.id.push_back("c" + std::to_string(i));
      world.cities.hash.push_back(hash_id(world.cities.id.back()));
    }
    model.seed = 9;
    model.clock = {1, 6, "year"};
    model.mechanisms = {"baseline", "attributes", "trend", "frailty", "intervention", "data"};
    model.policies.emplace_back();
  }
  void mandate(std::string const& name, std::int32_t from, std::int32_t until, double compliance, Chosen cities) {
    model.policies[0].mandates.push_back({hash_id(name), from, until, compliance, std::move(cities)});
  }
  Chosen complying(std::int32_t step, std::int64_t replicate = 0) {
    Compliance compliance(model, world.cities, PolicyId{0});
    Recorder recorder(model, world, plan);
    recorder.begin(replicate);
    compliance.begin(replicate);
    LawsInForce laws(model.policies[0], Force::mandate, model.clock, 200);
    laws.begin({});
    for (std::int32_t before = 0; before < step; ++before) laws.advance(before, [](std::size_t, Index) {});
    auto const found = compliance.comply(step, laws, [](Index city) { return city != 5; });
    Chosen const result(found.begin(), found.end());
    compliance.tell(result, step, recorder);
    auto const& table = recorder.finish().policies[0].adoptions_by_mechanism;
    attributed = table.at(4 * 6 + static_cast<std::size_t>(step) - 1);
    to_law = model.mechanisms.size() > 6 ? table.at(6 * 6 + static_cast<std::size_t>(step) - 1) : 0;
    Chosen const all{0, 5, 199};
    Chosen rest;
    for (Index const city : all) {
      if (!std::binary_search(result.begin(), result.end(), city)) rest.push_back(city);
    }
    auto const others = compliance.others(all);
    CHECK(std::equal(others.begin(), others.end(), rest.begin(), rest.end()));
    return result;
  }
  double attributed = 0, to_law = 0;
};

Chosen everybody() {
  Chosen all(200);
  for (Index i = 0; i < 200; ++i) all[i] = i;
  return all;
}

}  // namespace

TEST_CASE("all comply with certainty, in the steps in which it is in force, but for who is not at risk") {
  Many many;
  many.mandate("m", 2, 4, 1, {1, 5, 7});
  for (std::int32_t const step : {2, 4}) {
    CHECK(many.complying(step) == Chosen{1, 7});
    CHECK(many.attributed == 2);
  }
  for (std::int32_t const step : {1, 5}) {
    CHECK(many.complying(step).empty());
    CHECK(many.attributed == 0);
  }
}

TEST_CASE("the draw is of the intervention, the city, the step and the replicate alone") {
  Many many;
  many.mandate("m", 1, 6, 0.3, everybody());
  std::uint64_t const key = make_key(9, 3, Purpose::compliance, hash_id("m"));
  Chosen expected;
  for (Index i = 0; i < 200; ++i) {
    if (i != 5 && draw_uniform(key, many.world.cities.hash[i], 2) < 0.3) expected.push_back(i);
  }
  CHECK(expected.size() > 30);
  CHECK(many.complying(2, 3) == expected);
  CHECK(many.complying(3, 3) != expected);
  CHECK(many.complying(2, 4) != expected);
  // A further mandate adds cities, each once; a stricter one has the same comply, and more.
  many.mandate("n", 1, 6, 0.3, everybody());
  Chosen const two = many.complying(2, 3);
  CHECK(two.size() > expected.size());
  CHECK(std::includes(two.begin(), two.end(), expected.begin(), expected.end()));
  CHECK(many.attributed == static_cast<double>(two.size()));
  many.model.policies[0].mandates.pop_back();
  many.model.policies[0].mandates[0].compliance = 0.6;
  Chosen const stricter = many.complying(2, 3);
  CHECK(stricter.size() > expected.size() + 20);
  CHECK(std::includes(stricter.begin(), stricter.end(), expected.begin(), expected.end()));
}

TEST_CASE("laws are complied with from when they are in force on, by draws of their own, after interventions") {
  Many many;
  many.model.policies[0].rule = Rule::threshold;
  many.model.mechanisms.push_back("law");
  std::vector<std::int32_t> from(200, 3);
  from[1] = 2;
  many.model.policies[0].laws.push_back(
      hansa::test::timed_law("policies.p.mechanisms.law", Force::mandate, from, 6, 1));
  CHECK(many.complying(1).empty());
  CHECK(many.complying(2) == Chosen{1});
  CHECK((many.attributed == 0 && many.to_law == 1));
  CHECK(many.complying(3).size() == 199);  // all but who is not at risk
  many.mandate("m", 3, 3, 1, {1, 7});
  CHECK(many.complying(3).size() == 199);
  CHECK((many.attributed == 2 && many.to_law == 197));
  for (double& chance : many.model.policies[0].laws[0].pressure) chance = 0.5;
  many.model.policies[0].mandates.clear();
  Chosen const half = many.complying(4);
  CHECK((half.size() > 70 && half.size() < 130));
  std::uint64_t const key = make_key(9, 0, Purpose::compliance, hash_id("policies.p.mechanisms.law"));
  for (Index city = 0; city < 200; ++city) {
    bool const complies = city != 5 && draw_uniform(key, many.world.cities.hash[city], 4) < 0.5;
    CHECK(std::binary_search(half.begin(), half.end(), city) == complies);
  }
}
