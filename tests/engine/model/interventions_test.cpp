/// Compiling seeds by hand: dates as steps, whom they reach, and what is warned of.
#include "model/interventions.hpp"

#include <cmath>

#include <doctest/doctest.h>

#include "base/random.hpp"
#include "world/reach.hpp"

using namespace hansa;

namespace {

/// Cities a, b, c, d; clock 2000 … 2009; b enters in 2005, c leaves after 2003; d has adopted before.
struct Four {
  World world;
  Scenario scenario;
  Complaints complaints;

  Four() {
    world.cities.id = {"a", "b", "c", "d"};
    for (std::string const& id : world.cities.id) world.cities.hash.push_back(hash_id(id));
    world.cities.numbers["size"] = {1, 2, 3, 4};
    world.cities.numbers["entry"] = {std::nan(""), 2005, std::nan(""), std::nan("")};
    world.cities.numbers["exit"] = {std::nan(""), std::nan(""), 2003, std::nan("")};
    world.records.push_back({"led", {}, {3}, {1, 1, 1, 1}, {1, 1, 1, 1}});
    scenario.clock = {2000, 2009, "year"};
    PolicySpec& policy = scenario.policies.emplace_back();
    policy.name = "led";
    policy.baseline = -2;
    policy.at_risk.from = Reference{"entry", {}};
    policy.at_risk.until = Reference{"exit", {}};
  }
  void seed(std::string const& name, std::int32_t at, Selector cities = {}) {
    InterventionSpec& spec = scenario.interventions.emplace_back();
    spec.name = name;
    spec.where = {"s.yaml", static_cast<int>(scenario.interventions.size()), 1};
    spec.at = at;
    spec.verb = "seed";
    cities.where = spec.where;
    spec.act = SeedSpec{{"led", {}}, 0.5, std::move(cities), {}};
  }
  Model compiled() {
    world.start = scenario.clock.start;
    find_reached(scenario, {}, world, complaints);
    return compile(scenario, world, {}, complaints);
  }
  std::vector<std::string> warnings() const {
    std::vector<std::string> texts;
    for (Complaint const& each : complaints.warnings()) texts.push_back(format(each));
    return texts;
  }
};

Selector of(std::vector<std::string> const& ids) {
  Selector selector;
  selector.form = Selector::Form::ids;
  for (std::string const& id : ids) selector.names.push_back({id, {}});
  return selector;
}

using Chosen = std::vector<Index>;

}  // namespace

TEST_CASE("seeds go to their policy by date, without cities that are not in the world then") {
  Four four;
  four.seed("a", 2005, of({"a", "b"}));
  four.seed("z", 2000, of({"c"}));
  Model const model = four.compiled();
  REQUIRE(model.policies[0].seeds.size() == 2);
  SeedModel const& first = model.policies[0].seeds[0];
  CHECK(first.intervention == 1);
  CHECK(first.hash == hash_id("z"));
  CHECK(first.step == 1);
  CHECK(first.success == 0.5);
  CHECK(first.cities == Chosen{2});
  CHECK(model.policies[0].seeds[1].cities == Chosen{0, 1});
  CHECK(model.policies[0].seeds[1].step == 6);
  CHECK(model.interventions.at(0).name == "a");
  CHECK(model.interventions[0].label == 2005);
  CHECK(model.interventions[0].cities == 2);
  CHECK(four.warnings().empty());
}

TEST_CASE("whoever cannot be seeded is counted") {
  Four four;
  four.seed("s", 2004);
  Model const model = four.compiled();
  CHECK(model.policies[0].seeds[0].cities == Chosen{0, 3});
  CHECK(four.warnings() == std::vector<std::string>{"s.yaml:1:1: 2 of the 4 cities of 's' cannot adopt 'led' in 2004, "
                                                    "at_risk of the policy leaves them out: they are not seeded",
                                                    "s.yaml:1:1: 1 of the 4 cities of 's' has adopted 'led' before, as "
                                                    "the data say, who has adopted is not seeded again"});
}

TEST_CASE("cities of several seeds are counted, whatever the order") {
  Four four;
  four.seed("one", 2004, of({"a"}));
  four.seed("two", 2002, of({"a", "c"}));
  (void)four.compiled();
  CHECK(
      four.warnings() ==
      std::vector<std::string>{
          "s.yaml:1:1: 1 of the 1 city of 'one' is seeded by 'two' too, each adopts once, by the first that succeeds"});
}

TEST_CASE("cities are chosen on the date, by the intervention's own name") {
  Four four;
  Selector random;
  random.form = Selector::Form::random;
  random.count = 2;
  four.world.cities.later_numbers["size"] = {{2003, 0, 9}};
  Selector top;
  top.form = Selector::Form::top;
  top.count = 1;
  top.by = {"size", {}};
  four.seed("x", 2001, random);
  four.seed("y", 2001, random);
  four.seed("top-1", 2003, top);
  four.scenario.policies[0].at_risk = {};
  Model const model = four.compiled();
  CHECK(four.complaints.empty());
  CHECK(model.policies[0].seeds.at(2).cities == Chosen{0});
  random.count = 9;
  std::get<SeedSpec>(four.scenario.interventions[0].act).cities = random;
  (void)four.compiled();
  CHECK(four.complaints.size() == 1);  // more than there are
}

TEST_CASE("an empty selection is a warning, and seeds nobody") {
  Four four;
  Selector none;
  none.form = Selector::Form::none_of;
  none.parts.emplace_back();
  four.seed("s", 2001, none);
  CHECK(four.compiled().policies[0].seeds.at(0).cities.empty());
  CHECK(four.warnings() == std::vector<std::string>{"s.yaml:1:1: no city is selected, check the conditions"});
}
