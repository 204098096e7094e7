/// Compiling interventions by hand: dates as steps, whom they reach, and what is warned of.
#include "model/interventions.hpp"

#include <cmath>

#include <doctest/doctest.h>

#include "base/random.hpp"
#include "world/reach.hpp"

using namespace hansa;

namespace {

/// Cities a, b, c, d; clock 2000 … 2009; b enters in 2005, c leaves after 2003; d has adopted before.
struct ActedUpon {
  World world;
  Scenario scenario;
  Complaints complaints;

  ActedUpon() {
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
  template <class Act>
  void last(std::string const& name, std::int32_t at, std::int32_t until, Act act) {
    InterventionSpec& spec = scenario.interventions.emplace_back();
    spec.name = name;
    spec.where = {"s.yaml", static_cast<int>(scenario.interventions.size()), 1};
    spec.at = at;
    spec.until = until;
    act.policy = {"led", {}};
    act.cities.where = spec.where;
    spec.act = std::move(act);
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
  ActedUpon four;
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
  ActedUpon four;
  four.seed("s", 2004);
  Model const model = four.compiled();
  CHECK(model.policies[0].seeds[0].cities == Chosen{0, 3});
  CHECK(four.warnings() == std::vector<std::string>{"s.yaml:1:1: 2 of the 4 cities of 's' cannot adopt 'led' in 2004, "
                                                    "at_risk of the policy leaves them out: they are not seeded",
                                                    "s.yaml:1:1: 1 of the 4 cities of 's' has adopted 'led' before, as "
                                                    "the data say, who has adopted is not seeded again"});
}

TEST_CASE("cities of several seeds are counted, whatever the order") {
  ActedUpon four;
  four.seed("one", 2004, of({"a"}));
  four.seed("two", 2002, of({"a", "c"}));
  (void)four.compiled();
  CHECK(
      four.warnings() ==
      std::vector<std::string>{
          "s.yaml:1:1: 1 of the 1 city of 'one' is seeded by 'two' too, each adopts once, by the first that succeeds"});
}

TEST_CASE("cities are chosen on the date, by the intervention's own name") {
  ActedUpon four;
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
  ActedUpon four;
  Selector none;
  none.form = Selector::Form::none_of;
  none.parts.emplace_back();
  four.seed("s", 2001, none);
  CHECK(four.compiled().policies[0].seeds.at(0).cities.empty());
  CHECK(four.warnings() == std::vector<std::string>{"s.yaml:1:1: no city is selected, check the conditions"});
}

TEST_CASE("pushes and mandates are sums by date; what changes nothing is only told") {
  ActedUpon four;
  four.scenario.policies[0].at_risk = {};
  four.last("a", 2001, 2002, PushSpec{{}, 0.5, of({"a", "d"}), {}});
  four.last("b", 2002, 2009, PushSpec{{}, 1, of({"a"}), {}});
  four.last("c", 2000, 2009, PushSpec{{}, 0, of({"b"}), {}});
  four.last("d", 2004, 2004, MandateSpec{{}, 0.5, of({"b"}), {}});
  four.last("e", 2004, 2009, MandateSpec{{}, 1, of({"b"}), {}});
  four.last("f", 2004, 2009, MandateSpec{{}, 0, of({"c"}), {}});
  Model const model = four.compiled();
  PolicyModel const& policy = model.policies[0];
  REQUIRE(policy.pushes.size() == 5);
  CHECK(policy.pushes[0].step == 2);
  CHECK(policy.pushes[0].city == 0);
  CHECK(policy.pushes[0].sum == 0.5);
  CHECK(policy.pushes[2].sum == 1.5);  // of a in 2002
  CHECK(policy.pushes[3].step == 4);
  CHECK(policy.pushes[3].sum == 1);
  CHECK(policy.pushes[4].sum == 0);  // of d from 2003 on
  REQUIRE(policy.mandated.size() == 2);
  CHECK(policy.mandated[0].step == 5);
  CHECK(policy.mandated[0].city == 1);
  CHECK(policy.mandated[0].sum == 64);  // never more
  CHECK(policy.mandated[1].step == 6);
  CHECK(policy.mandated[1].sum == 64);  // of the other alone
  CHECK(policy.mandates.empty());
  REQUIRE(model.interventions.size() == 6);
  CHECK(model.interventions[1].label == 2002);
  CHECK(model.interventions[1].until == 2009);
  CHECK(model.interventions[0].cities == 2);
  CHECK(four.warnings().empty());
}

TEST_CASE("a mandate adds the hazard of its compliance, or is kept as it is where there are no hazards") {
  ActedUpon four;
  four.scenario.policies[0].at_risk = {};
  four.last("m", 2001, 2003, MandateSpec{{}, 0.25, of({"a", "c"}), {}});
  CHECK(four.compiled().policies[0].mandated.at(0).sum == doctest::Approx(-std::log1p(-0.25)).epsilon(1e-15));
  four.scenario.policies[0].rule = Rule::threshold;
  Model const model = four.compiled();
  CHECK(model.policies[0].mandated.empty());
  MandateModel const& mandate = model.policies[0].mandates.at(0);
  CHECK(mandate.hash == hash_id("m"));
  CHECK(mandate.from == 2);
  CHECK(mandate.until == 4);
  CHECK(mandate.compliance == 0.25);
  CHECK(mandate.cities == Chosen{0, 2});
}

TEST_CASE("cities that are not in the world in any of the steps are counted") {
  // b enters in 2005, c leaves after 2003.
  ActedUpon four;
  four.last("m", 2003, 2004, MandateSpec{{}, 0.25, {}, {}});
  four.last("p", 2004, 2005, PushSpec{{}, 1, of({"b", "c"}), {}});
  Model const model = four.compiled();
  CHECK(model.interventions[0].cities == 3);
  CHECK(model.interventions[1].cities == 1);
  CHECK(four.warnings() ==
        std::vector<std::string>{"s.yaml:1:1: 1 of the 4 cities of 'm' cannot adopt 'led' from 2003 to 2004, at_risk "
                                 "of the policy leaves them out: nothing presses on them",
                                 "s.yaml:2:1: 1 of the 2 cities of 'p' cannot adopt 'led' from 2004 to 2005, at_risk "
                                 "of the policy leaves them out: nothing presses on them"});
}

TEST_CASE("the campaigns for a mechanism, in order of name, without those that change nothing") {
  ActedUpon four;
  four.last("a", 2001, 2002, CampaignSpec{{}, {"near", {}}, 2, of({"a"}), {}});
  four.last("b", 2001, 2002, CampaignSpec{{}, {"near", {}}, 1, {}, {}});
  four.last("c", 2001, 2002, CampaignSpec{{}, {"far", {}}, 3, {}, {}});
  four.last("d", 2005, 2009, CampaignSpec{{}, {"near", {}}, 0, {}, {}});
  find_reached(four.scenario, {}, four.world, four.complaints);
  std::vector<Spell> const spells = campaigns_for(four.scenario, four.world, "led", "near");
  REQUIRE(spells.size() == 2);
  CHECK(spells[0].from == 2);
  CHECK(spells[0].until == 3);
  CHECK(spells[0].amount == 2);
  CHECK(spells[0].cities.size() == 1);
  CHECK(spells[1].amount == 0);
  CHECK(campaigns_for(four.scenario, four.world, "other", "near").empty());
}
