/// Tests of scenario/read_selector.
#include "support.hpp"

using namespace hansa;
using namespace hansa::testing;

namespace {

Checked check_selector(std::string const& text) {
  return check_with("networks: {sister: {file: t.csv}}, collaborations: {properties: {c:\n{members: " + text + "}}},");
}

Selector good_selector(std::string const& text) {
  Checked const checked = check_selector(text);
  CHECK(lines(checked.errors) == "");
  return checked.scenario.collaborations.properties.at(0).members.value();
}

std::string selector_complaint(std::string const& text) {
  Checked const checked = check_selector(text);
  REQUIRE(checked.errors.size() == 1);
  return checked.errors[0];
}

}  // namespace

TEST_CASE("selectors of all forms") {
  using Form = Selector::Form;
  CHECK(good_selector("all").form == Form::all);
  Selector const ids = good_selector("[bogota-col, 12]");
  CHECK(ids.form == Form::ids);
  REQUIRE(ids.names.size() == 2);
  CHECK(ids.names[1].name == "12");
  Selector const where =
      good_selector("{where: {region: [Africa, Asia], income: low, population: {min: 5, max: 10}, x: {max: 3}}}");
  CHECK(where.form == Form::where);
  REQUIRE(where.conditions.size() == 4);
  CHECK(where.conditions[0].values[1].name == "Asia");
  CHECK(where.conditions[1].values[0].name == "low");
  CHECK(where.conditions[2].lowest == 5);
  CHECK(where.conditions[2].highest == 10);
  CHECK_FALSE(where.conditions[3].lowest);
  Selector const top = good_selector("{top: 20, by: population, among: {members: c40}}");
  CHECK(top.form == Form::top);
  CHECK(top.count == 20);
  CHECK(top.by.name == "population");
  REQUIRE(top.parts.size() == 1);
  CHECK(top.parts[0].form == Form::members);
  CHECK(top.parts[0].names[0].name == "c40");
  CHECK_FALSE(top.centrality);
  Selector const central = good_selector("{top: 3, by: {centrality: betweenness, network: sister}}");
  CHECK(central.centrality == Centrality::betweenness);
  CHECK(central.by.name == "sister");
  CHECK(good_selector("{top: 3, by: {centrality: degree, network: sister}}").centrality == Centrality::degree);
  Selector const random = good_selector("{random: 5}");
  CHECK(random.form == Form::random);
  CHECK(random.parts.empty());
  Selector const neighbours = good_selector("{neighbours: [a], network: sister}");
  CHECK(neighbours.form == Form::neighbours);
  CHECK(neighbours.names[0].name == "sister");
  CHECK(neighbours.parts[0].form == Form::ids);
  CHECK(good_selector("{or: [all, {members: a}]}").parts.size() == 2);
  CHECK(good_selector("{and: [all]}").form == Form::all_of);
  Selector const none = good_selector("{not: {where: {income: high}}}");
  CHECK(none.form == Form::none_of);
  CHECK(none.parts[0].form == Form::where);
}

TEST_CASE("mistakes in selectors") {
  constexpr char const* forms =
      "a selection of cities (all, a list of ids, or a map with one of where, top, random, members, neighbours, or, "
      "and, not) was expected";
  CHECK(selector_complaint("none") == std::string("s.yaml:2:11: 'members' is 'none', ") + forms);
  CHECK(selector_complaint("") == std::string("s.yaml:2:11: 'members' is empty, ") + forms);
  CHECK(selector_complaint("{not: 5}") == std::string("s.yaml:2:17: 'not' is '5', ") + forms);
  CHECK(selector_complaint("[[a]]") == "s.yaml:2:12: item 1 of 'members' is a list, the id of a city was expected");
  CHECK(selector_complaint("{tops: 5}") ==
        "s.yaml:2:12: unknown key 'tops', one of where, top, random, members, neighbours, or, and, not, … was "
        "expected; did you mean 'top'?");
  CHECK(selector_complaint("{top: 5}") == "s.yaml:2:12: 'by' is missing beside 'top'");
  CHECK(selector_complaint("{top: -5, by: a}") ==
        "s.yaml:2:17: 'top' is '-5', a whole number from 0 to 1000000000 was expected");
  CHECK(selector_complaint("{top: 5, by: {centrality: degree}}") ==
        "s.yaml:2:20: 'network' is missing in 'by', the name of a network was expected");
  CHECK(selector_complaint("{top: 5, by: {network: sister}}") ==
        "s.yaml:2:20: 'centrality' is missing in 'by', one of degree, strength, eigenvector, pagerank, betweenness was "
        "expected");
  CHECK(selector_complaint("{top: 5, by: {centrality: degre, network: sister}}") ==
        "s.yaml:2:37: 'centrality' is 'degre', one of degree, strength, eigenvector, pagerank, betweenness was "
        "expected; did you mean 'degree'?");
  CHECK(selector_complaint("{top: 5, by: {centrality: degree, network: sistre}}") ==
        "s.yaml:2:54: unknown network 'sistre', sister was expected; did you mean 'sister'?");
  CHECK(selector_complaint("{top: 5, by: [a]}") ==
        "s.yaml:2:24: 'by' is a list, the name of an attribute, or {centrality: C, network: N} was expected");
  CHECK(selector_complaint("{random: 5, by: a}") == "s.yaml:2:23: 'by' cannot stand beside 'random', it goes with top");
  CHECK(selector_complaint("{members: a, among: all}") ==
        "s.yaml:2:24: 'among' cannot stand beside 'members', it goes with top and random");
  CHECK(selector_complaint("{neighbours: all}") == "s.yaml:2:12: 'network' is missing beside 'neighbours'");
  CHECK(selector_complaint("{neighbours: all, network: sistre}") ==
        "s.yaml:2:38: unknown network 'sistre', sister was expected; did you mean 'sister'?");
  CHECK(selector_complaint("{members: a, where: {b: c}}") ==
        "s.yaml:2:24: 'where' cannot stand beside 'members', only one of them was expected");
  CHECK(selector_complaint("{or: []}") == "s.yaml:2:16: 'or' is empty, at least one selection of cities was expected");
  CHECK(selector_complaint("{or: all}") == "s.yaml:2:16: 'or' is 'all', a list of selections of cities was expected");
  CHECK(selector_complaint("{where: {x: {min: 3, max: 2}}}") ==
        "s.yaml:2:23: the range of 'x' is empty, min was expected to be at most max");
  CHECK(selector_complaint("{where: {x: {}}}") == "s.yaml:2:23: the range of 'x' has no end, min or max was expected");
  CHECK(selector_complaint("{where: {x: {least: 3}}}") ==
        "s.yaml:2:24: unknown key 'least', one of min, max was expected");
  CHECK(selector_complaint("{where: {x: []}}") ==
        "s.yaml:2:23: 'x' is empty, at least one text or number was expected");
  CHECK(selector_complaint("{where: {x: [a, [b]]}}") ==
        "s.yaml:2:27: item 2 of 'x' is a list, a text or a number was expected");
}
