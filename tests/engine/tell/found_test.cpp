/// What `check` says of a sound question.
#include "tell/found.hpp"

#include <doctest/doctest.h>

#include "asked.hpp"

using namespace hansa;

namespace {

struct Sound {
  Scenario scenario;
  World world;
  Model model;

  Sound() {
    scenario.title = "Sound";
    scenario.clock = {2000, 2004, "year"};
    scenario.replicates = 9;
    scenario.policies.resize(1);
    scenario.policies[0].name = "led";
    scenario.policies[0].rule = Rule::cloglog;
    scenario.policies[0].mechanisms.resize(2);
    scenario.policies[0].mechanisms[0].name = "imitation";
    scenario.policies[0].mechanisms[0].kind = "exposure";
    scenario.policies[0].mechanisms[1].name = "scale";
    scenario.policies[0].mechanisms[1].kind = "scale";
    world.cities.id = {"a", "b", "c"};
    world.networks.resize(1);
    world.networks[0].name = "sister";
    world.networks[0].first = {0, 1, 2, 2};
    world.collaborations.resize(1);
    world.collaborations[0].name = "c40";
    world.collaborations[0].members = {{0, 1990, 2000}, {0, 2002, 2010}, {2, 1990, 2000}};
    model.policies.resize(1);
    model.policies[0].dated = {{0, 1999, {1, 0, 1}}};
  }
};

}  // namespace

TEST_CASE("each thing has a line, and a city that joined twice is one city") {
  Sound const sound;
  CHECK(found_words(sound.scenario, sound.world, sound.model) == R"(Sound: no mistakes found
  cities             3
  time               2000 to 2004, in steps of a year
  replicates         9
  network sister     2 ties
  collaboration c40  2 cities
  policy led         rule cloglog; imitation (exposure), scale; 1 given by data
)");
}

TEST_CASE("networks that are dated, drawn anew, or complete groups are told so") {
  Sound sound;
  NetworkLayer& layer = sound.world.networks[0];
  layer.from = layer.until = {1, 2};
  CHECK(found_words(sound.scenario, sound.world, sound.model).find("2 dated ties\n") != std::string::npos);
  layer.from = layer.until = {};
  layer.redrawn = true;
  CHECK(found_words(sound.scenario, sound.world, sound.model).find("2 ties, drawn anew in each replicate\n") !=
        std::string::npos);
  layer.group = {1, -1, 0};
  CHECK(found_words(sound.scenario, sound.world, sound.model).find("2 complete groups\n") != std::string::npos);
}

TEST_CASE("the tree has the same") {
  Sound const sound;
  Node const tree = found_tree(sound.scenario, sound.world, sound.model);
  CHECK(tree.find("networks")->items.at(0).find("ties")->text == "2");
  CHECK(tree.find("collaborations")->items.at(0).find("cities")->text == "2");
  CHECK(tree.find("policies")->items.at(0).find("mechanisms")->items.at(0).find("kind")->text == "exposure");
}

TEST_CASE("interventions tell whom they reach, and what they cost") {
  Sound sound;
  sound.scenario.currency = "EUR";
  sound.scenario.interventions.resize(2);
  std::get<SeedSpec>(sound.scenario.interventions[0].act).success = 0.9;
  sound.model.policies[0].name = "led";
  sound.model.interventions = {{"fund", "seed", PolicyId{0}, 2001, 2500000.5, 20},
                               {"one", "seed", PolicyId{0}, 2004, {}, 1}};
  std::string const text = found_words(sound.scenario, sound.world, sound.model);
  CHECK(
      text.ends_with("  intervention fund  seeds 20 cities with led in 2001, with chance 0.9 each; costs 2500000.5 "
                     "EUR\n  intervention one   seeds 1 city with led in 2004\n"));
  Node const tree = found_tree(sound.scenario, sound.world, sound.model);
  auto const& items = tree.find("interventions")->items;
  REQUIRE(items.size() == 2);
  CHECK(items[0].find("name")->text == "fund");
  CHECK(items[0].find("kind")->text == "seed");
  CHECK(items[0].find("at")->text == "2001");
  CHECK(items[0].find("cities")->text == "20");
  CHECK(items[0].find("cost")->text == "2500000.5");
  CHECK(items[1].find("cost")->form == Node::Form::null);
  CHECK(items[1].find("changes")->form == Node::Form::null);
  CHECK(items[1].find("changed")->form == Node::Form::null);
}

TEST_CASE("interventions tell what they change in collaborations and networks") {
  Sound sound;
  auto& acts = sound.scenario.interventions;
  acts.resize(5);
  acts[0].act = JoinSpec{{"c40", {}}, {}};
  acts[1].act = LeaveSpec{{"c40", {}}, {}};
  acts[2].act = DissolveSpec{{"c40", {}}};
  acts[3].act = AddTiesSpec{{"net", {}}, {}, {}, {}, 1};
  acts[4].act = RemoveTiesSpec{{"net", {}}, {}, {}, {}};
  sound.model.interventions = {{"a", "join", {}, 2001, 7.0, 3},
                               {"b", "leave", {}, 2002, {}, 2},
                               {"c", "dissolve", {}, 2003, {}, 9},
                               {"d", "add_ties", {}, 2004, {}, 4},
                               {"e", "remove_ties", {}, 2005, {}, 5}};
  std::size_t count = 3;
  for (InterventionModel const& each : sound.model.interventions)
    sound.world.reached[each.name].changed = each.name == "b" ? 1 : count++;
  std::string const text = found_words(sound.scenario, sound.world, sound.model);
  CHECK(
      text.ends_with("  intervention a     3 cities join c40 in 2001; costs 7\n"
                     "  intervention b     1 city leaves c40 in 2002\n"
                     "  intervention c     c40 is dissolved in 2003, with 9 members\n"
                     "  intervention d     5 ties are added to net in 2004\n"
                     "  intervention e     6 ties are removed from net in 2005\n"));
  auto const items = found_tree(sound.scenario, sound.world, sound.model).find("interventions")->items;
  CHECK(items[0].find("policy")->form == Node::Form::null);
  CHECK(items[0].find("changes")->text == "c40");
  CHECK(items[0].find("changed")->text == "3");
  CHECK(items[4].find("kind")->text == "remove_ties");
  CHECK(items[4].find("changes")->text == "net");
  CHECK(items[4].find("changed")->text == "6");
}

TEST_CASE("numbers that are set are told with what they are instead of") {
  Sound sound;
  auto& specs = sound.scenario.interventions;
  sound.scenario.policies.resize(1);
  sound.scenario.policies[0].name = "led";
  sound.scenario.policies[0].baseline = -5;
  specs.resize(1);
  specs[0].act = SetSpec{{{{"policies.led.baseline", {}}, {"led", {}}, {NumberAt::Of::baseline}, -4.5},
                          {{"policies.led.frailty.city", {}}, {"led", {}}, {NumberAt::Of::frailty, {}, "city"}, 1}},
                         {}};
  sound.model.policies[0].name = "led";
  sound.model.interventions = {{"s", "set", PolicyId{0}, 2001, 5.0, 20, 2003}};
  CHECK(
      found_words(sound.scenario, sound.world, sound.model)
          .ends_with("  intervention s     sets policies.led.baseline to -4.5 instead of -5, policies.led.frailty.city "
                     "to 1 instead of 0 from 2001 to 2003; costs 5\n"));
  Node const item = found_tree(sound.scenario, sound.world, sound.model).find("interventions")->items.at(0);
  CHECK(item.find("policy")->text == "led");
  REQUIRE(item.find("sets")->items.size() == 2);
  CHECK(item.find("sets")->items[0].find("path")->text == "policies.led.baseline");
  CHECK(item.find("sets")->items[0].find("number")->text == "-4.5");
  CHECK(item.find("sets")->items[0].find("instead_of")->text == "-5");
}

TEST_CASE("what lasts is told with its end") {
  Sound sound;
  auto& specs = sound.scenario.interventions;
  specs.resize(3);
  specs[0].act = CampaignSpec{{"led", {}}, {"near", {}}, 2, {}, {}};
  specs[1].act = MandateSpec{{"led", {}}, 0.4, {}, {}};
  specs[2].act = PushSpec{{"led", {}}, -0.5, {}, {}};
  sound.model.policies[0].name = "led";
  sound.model.interventions = {{"c", "campaign", PolicyId{0}, 2001, {}, 20, 2003},
                               {"m", "mandate", PolicyId{0}, 2002, 7, 1, 2004},
                               {"p", "push", PolicyId{0}, 2004, {}, 2, 2004}};
  std::string const text = found_words(sound.scenario, sound.world, sound.model);
  CHECK(
      text.ends_with("  intervention c     multiplies near of led by 2 for 20 cities from 2001 to 2003\n"
                     "  intervention m     mandates led for 1 city from 2002 to 2004, complied with at chance 0.4 a "
                     "step; costs 7\n"
                     "  intervention p     pushes 2 cities towards led by -0.5 from 2004 to 2004\n"));
  Node const tree = found_tree(sound.scenario, sound.world, sound.model);
  CHECK(tree.find("interventions")->items.at(0).find("until")->text == "2003");
}

TEST_CASE("costs and subsidies are found") {
  auto const found = [](std::string const& policy, std::string const& act, auto const& use) {
    test::Asked const asked = test::asked_about("{p: {baseline: -3" + policy + "}}", "currency: EUR\n" + act);
    use(found_words(*asked.scenario, *asked.world, asked.model),
        found_tree(*asked.scenario, *asked.world, asked.model).find("policies")->items.at(0));
  };
  auto const says = [](std::string const& text, std::string const& words) { return text.find(words) != text.npos; };
  std::string const scale = ", mechanisms: {s: {scale: {pool: all, progress_ratio: 0.9}}}";
  std::string const fund = "interventions: [{at: 2001, name: f, subsidy: {policy: p, share: 0.3, budget: 99}}]";
  found(", cost: {amount: 5000, per: step}" + scale, fund, [&](std::string const& text, Node const& policy) {
    CHECK(says(text, "; costs 5000 EUR in every step\n"));
    CHECK(says(text, "pays 30 % of what p costs 30 cities from 2001 to 2009, up to 99 in all\n"));
    CHECK(policy.find("cost")->find("per")->text == "step");
    CHECK(policy.find("cost")->find("most")->text == "5000");
  });
  found(", cost: {amount: {attribute: x}}", "", [&](std::string const& text, Node const& policy) {
    CHECK(says(text, " EUR once\n"));
    CHECK(policy.find("cost")->find("least")->text != policy.find("cost")->find("most")->text);
  });
  found("", "", [&](std::string const& text, Node const& policy) {
    CHECK_FALSE(says(text, "; costs"));
    CHECK(policy.find("cost")->form == Node::Form::null);
  });
}
