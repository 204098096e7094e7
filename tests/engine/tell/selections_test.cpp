/// Whom sets of cities hold, in words and as a tree.
#include "tell/selections.hpp"

#include <doctest/doctest.h>
#include <fmt/format.h>

using namespace hansa;

namespace {

std::string as_it_is(std::string_view text) {
  return std::string(text);
}

std::string in_capitals(std::string_view text) {
  std::string capitals(text);
  for (char& c : capitals) c = c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
  return capitals;
}

Selector at(int line) {
  Selector one;
  one.where = {"s.yaml", line, 7};
  return one;
}

struct Posed {
  Scenario scenario;
  World world;

  explicit Posed(int cities = 3) {
    for (int i = 0; i < cities; ++i) world.cities.id.push_back(fmt::format("city{:03}", i));
    world.collaborations.push_back({"club", 0, {{0}, {2}}});
    world.collaborations.push_back({"read", 0, {{1}}});
    scenario.collaborations.properties = {{"club", {}, at(9), {}}, {"read", {}, {}, 2030}};
    scenario.policies.resize(2);
    world.records.resize(2);
    scenario.policies[0].name = "led";
    scenario.policies[0].adopters.source = at(20);
    world.records[0].initial = {1};
    scenario.policies[0].at_risk.cities = at(12);
    world.records[0].eligible.assign(world.cities.id.size(), 1);
    scenario.policies[1].name = "tram";
    scenario.policies[1].adopters.source = FileRef{"a.csv", "a.csv", {"s.yaml", 30, 1}};
    scenario.policies[1].adopters.coverage = at(31);
    world.records[1].covered.assign(world.cities.id.size(), 0);
    world.records[1].eligible.assign(world.cities.id.size(), 1);
  }
};

}  // namespace

TEST_CASE("sets that are written down are listed by place, others not") {
  Posed const asked;
  std::vector<Selection> const found = selections_of(asked.scenario, asked.world);
  CHECK(selection_words(found, asked.world.cities, as_it_is) == R"(Sets of cities
  collaborations.properties.club.members (s.yaml:9:7): 2 cities
    city000, city002
  policies.led.at_risk.cities (s.yaml:12:7): 3 cities
    city000, city001, city002
  policies.led.adopters (s.yaml:20:7): 1 city
    city001
  policies.tram.adopters.coverage (s.yaml:31:7): 0 cities
)");
  CHECK(selection_words({}, asked.world.cities, as_it_is) == "No set of cities is described.\n");
}

TEST_CASE("whom interventions reach is listed by their names") {
  Posed asked;
  asked.scenario.interventions.resize(2);
  asked.scenario.interventions[0].name = "fund";
  asked.scenario.interventions[0].act = PushSpec{{"led", {}}, 1, at(40), {}};
  asked.scenario.interventions[1].name = "law";
  asked.scenario.interventions[1].act = MandateSpec{{"led", {}}, 1, at(39), {}};
  asked.world.reached = {{0, 2}, {1}};
  std::vector<Selection> const found = selections_of(asked.scenario, asked.world);
  REQUIRE(found.size() == 6);
  CHECK(found[4].label == "interventions.law.cities");
  CHECK(found[4].cities == std::vector<Index>{1});
  CHECK(found[5].label == "interventions.fund.cities");
  CHECK(found[5].where.line == 40);
  CHECK(found[5].cities == std::vector<Index>{0, 2});
}

TEST_CASE("further sets join, and what is shown is made safe") {
  Posed const asked;
  std::vector<Selection> const one{{"interventions.fund", {"--set", 0, 0}, {0, 2}}};
  CHECK(selection_words(one, asked.world.cities, in_capitals) ==
        "Sets of cities\n  INTERVENTIONS.FUND (--SET): 2 CITIES\n    CITY000, CITY002\n");
}

TEST_CASE("fifty are named, the rest is counted; a tree has all") {
  Posed const asked(120);
  std::vector<Selection> found = selections_of(asked.scenario, asked.world);
  REQUIRE(found.size() == 4);
  std::string const text = selection_words({&found[1], 1}, asked.world.cities, as_it_is);
  CHECK(text.find("120 cities\n    city000, city001,") != std::string::npos);
  CHECK(text.find("city048, city049") != std::string::npos);
  CHECK(text.ends_with("\n    and 70 more\n"));
  CHECK(text.find("city050") == std::string::npos);
  found[1].cities.resize(50);
  CHECK(selection_words({&found[1], 1}, asked.world.cities, as_it_is).ends_with("city048, city049\n"));
  Node const tree = selection_tree(selections_of(asked.scenario, asked.world), asked.world.cities);
  REQUIRE(tree.items.size() == 4);
  CHECK(tree.items[1].find("set")->text == "policies.led.at_risk.cities");
  CHECK(tree.items[1].find("place")->text == "s.yaml:12:7");
  CHECK(tree.items[1].find("count")->text == "120");
  CHECK(tree.items[1].find("cities")->items.size() == 120);
  CHECK(tree.items[1].find("cities")->items.back().text == "city119");
}

TEST_CASE("centralities are found however deep") {
  Posed asked;
  CHECK(centralities_in(asked.scenario).empty());
  Selector inner = at(1);
  inner.centrality = Centrality::pagerank;
  Selector outer = at(1);
  outer.parts = {inner};
  asked.scenario.policies[1].adopters.coverage = outer;
  inner.centrality = Centrality::degree;
  asked.scenario.policies[0].adopters.source = inner;
  CHECK(centralities_in(asked.scenario) == std::set<Centrality>{Centrality::degree, Centrality::pagerank});
}
