/// Selectors, each by hand.
#include "world/select.hpp"

#include <doctest/doctest.h>

#include "engine/world/support.hpp"

using namespace hansa;
using namespace hansa::test;

namespace {

using Form = Selector::Form;

Selector selector(Form form) {
  Selector one;
  one.form = form;
  one.where = here;
  return one;
}

Selector named(Form form, std::vector<std::string> const& names, std::vector<Selector> parts = {}) {
  Selector one = selector(form);
  for (std::string const& name : names) one.names.push_back(reference(name));
  one.parts = std::move(parts);
  return one;
}

Selector counted(Form form, std::size_t count, std::string by = "", std::vector<Selector> parts = {}) {
  Selector one = selector(form);
  one.count = count;
  one.by = reference(std::move(by));
  one.parts = std::move(parts);
  return one;
}

Selector parts(Form form, std::vector<Selector> inside) {
  Selector one = selector(form);
  one.parts = std::move(inside);
  return one;
}

Condition values(std::string attribute, std::vector<std::string> const& wanted) {
  Condition condition{reference(std::move(attribute)), {}, {}, {}};
  for (std::string const& value : wanted) condition.values.push_back(reference(value));
  return condition;
}

Condition range(std::string attribute, std::optional<double> lowest, std::optional<double> highest) {
  return {reference(std::move(attribute)), {}, lowest, highest};
}

Selector where(std::vector<Condition> conditions) {
  Selector one = selector(Form::where);
  one.conditions = std::move(conditions);
  return one;
}

struct Asked {
  Complaints complaints;
  World world;
  Asked() {
    world.cities = cities(
        "id,region,size\n"
        "a,X,5\nb,X,5\nc,Y,7\nd,Y,\ne,,1\nf,X,5\n",
        complaints);
    world.start = 2004;
    world.networks.push_back(make_layer("near", {{0, 1, 1}, {2, 0, 1}, {3, 4, 1}}, 6, here, complaints));
    world.collaborations.push_back({"c40", 0, {{0, 2000, 2005}, {1}, {2, 2004, 2010}}});
  }
  /// The ids, run together.
  std::string operator()(Selector const& one, std::int32_t at = 2004, std::string_view key = "led") {
    std::string text;
    for (Index city : select(one, world, at, key, complaints)) text += world.cities.id[city];
    return text;
  }
};

}  // namespace

TEST_CASE("all, ids, where") {
  Asked ask;
  CHECK(ask(selector(Form::all)) == "abcdef");
  CHECK(ask(named(Form::ids, {"e", "a"})) == "ae");
  CHECK(ask(where({values("region", {"Y"})})) == "cd");
  CHECK(ask(where({values("region", {"X", "Y"}), range("size", 5, 6)})) == "abf");
  CHECK(ask(where({range("size", {}, 5)})) == "abef");
  CHECK(ask(where({values("size", {"7", "1.0"})})) == "ce");
  CHECK(mistakes(ask.complaints) == "");
}

TEST_CASE("top: largest first, ties by id, missing values never") {
  Asked ask;
  CHECK(ask(counted(Form::top, 1, "size")) == "c");
  CHECK(ask(counted(Form::top, 3, "size")) == "abc");
  CHECK(ask(counted(Form::top, 5, "size")) == "abcef");
  CHECK(ask(counted(Form::top, 1, "size", {where({values("region", {"X"})})})) == "a");
  CHECK(mistakes(ask.complaints) == "");
  CHECK(ask(counted(Form::top, 6, "size")) == "");
  CHECK(ask(counted(Form::top, 1, "region")) == "");
  CHECK(mistakes(ask.complaints) ==
        "s.yaml:5:3: 6 cities are wanted, but there are 5 to choose from, a number up to that was expected\n"
        "s.yaml:7:3: attribute 'region' is text (top), an attribute of numbers was expected; see cities.csv:2\n");
}

TEST_CASE("random: k + 1 contain k, keyed by name and city, whatever the other cities") {
  Asked ask;
  ask.world.cities = generated(400);
  ask.world.networks.clear();
  ask.world.collaborations.clear();
  std::vector<Index> const ten = select(counted(Form::random, 10), ask.world, 0, "led", ask.complaints);
  std::vector<Index> const eleven = select(counted(Form::random, 11), ask.world, 0, "led", ask.complaints);
  CHECK(ten.size() == 10);
  CHECK(eleven.size() == 11);
  CHECK(std::includes(eleven.begin(), eleven.end(), ten.begin(), ten.end()));
  CHECK(select(counted(Form::random, 10), ask.world, 0, "brt", ask.complaints) != ten);
  World smaller;
  smaller.cities = generated(200);
  std::vector<Index> const hundred = select(counted(Form::random, 100), ask.world, 0, "led", ask.complaints);
  std::vector<std::string> kept;
  for (Index i : hundred) {
    if (smaller.cities.find(ask.world.cities.id[i])) kept.push_back(ask.world.cities.id[i]);
  }
  std::vector<std::string> chosen;
  for (Index i : select(counted(Form::random, kept.size()), smaller, 0, "led", ask.complaints)) {
    chosen.push_back(smaller.cities.id[i]);
  }
  CHECK(kept == chosen);
  // Over 200 names the first city is among 100 of 400 in a quarter: bounds at 5 standard deviations, rate below 1e-6.
  int times = 0;
  for (int name = 0; name < 200; ++name) {
    times += select(counted(Form::random, 100), ask.world, 0, std::to_string(name), ask.complaints).front() == 0;
  }
  CHECK(std::abs(times - 50) < 31);
}

TEST_CASE("members at a date, neighbours in either direction") {
  Asked ask;
  CHECK(ask(named(Form::members, {"c40"}), 2003) == "ab");
  CHECK(ask(named(Form::members, {"c40"}), 2004) == "abc");
  CHECK(ask(named(Form::members, {"c40"}), 2005) == "bc");
  CHECK(ask(named(Form::members, {"c40"}), 2010) == "b");
  CHECK(ask(named(Form::neighbours, {"near"}, {named(Form::ids, {"a"})})) == "bc");
  CHECK(ask(named(Form::neighbours, {"near"}, {named(Form::ids, {"a", "b", "e"})})) == "cd");
  CHECK(mistakes(ask.complaints) == "");
}

TEST_CASE("neighbours are those of the first step, by ties that are the same in all replicates") {
  Asked ask;
  Selector const of_a = named(Form::neighbours, {"seen"}, {named(Form::ids, {"a"})});
  ask.world.networks.push_back(make_layer("seen", {{0, 1, 1, 1, 1}, {0, 2, 1, 2, for_ever}, {3, 0, 1, 2, 2}, {0, 4, 1}},
                                          6, here, ask.complaints));
  CHECK(ask(of_a) == "be");
  NetworkLayer& layer = ask.world.networks.back();
  layer.timing = TieTiming::lagged;
  CHECK(ask(of_a) == "cde");
  CHECK(mistakes(ask.complaints) == "");
  layer.redrawn = true;
  (void)ask(of_a);
  layer.group.assign(6, 0);
  (void)ask(of_a);
  CHECK(mistakes(ask.complaints) ==
        "s.yaml:7:3: network 'seen' is complete groups, which are never stored as ties, choose by the attribute: "
        "{where: {ATTRIBUTE: VALUE}}\n"
        "s.yaml:7:3: network 'seen' is drawn anew in each replicate, but a set of cities only once, leave out "
        "'redraw: replicate'\n");
}

TEST_CASE("and, or, not") {
  Asked ask;
  Selector const x = where({values("region", {"X"})});
  Selector const large = where({range("size", 5, {})});
  CHECK(ask(parts(Form::any_of, {x, named(Form::ids, {"e"})})) == "abef");
  CHECK(ask(parts(Form::all_of, {large, parts(Form::none_of, {x})})) == "c");
  CHECK(ask(parts(Form::none_of, {x})) == "cde");
  CHECK(ask(parts(Form::none_of, {x, large})) == "de");
  CHECK(mistakes(ask.complaints) == "");
}

TEST_CASE("what is unknown is told with the nearest name") {
  Asked ask;
  (void)ask(named(Form::ids, {"aa"}));
  (void)ask(named(Form::members, {"c4o"}));
  (void)ask(named(Form::neighbours, {"naer"}, {named(Form::ids, {"a"})}));
  (void)ask(where({values("regoin", {"X"})}));
  (void)ask(where({range("region", 1, {}), values("size", {"big"})}));
  (void)ask(counted(Form::random, 7));
  CHECK(mistakes(ask.complaints) ==
        "s.yaml:5:3: 7 cities are wanted, but there are 6 to choose from, a number up to that was expected\n"
        "s.yaml:7:3: attribute 'region' is text and has no range, a value or a list of values was expected\n"
        "s.yaml:7:3: attribute 'size' is numeric, 'big' is not, a number was expected\n"
        "s.yaml:7:3: unknown attribute 'regoin', one of region, size was expected; did you mean 'region'?\n"
        "s.yaml:7:3: unknown city 'aa', an id of a city was expected; did you mean 'a'?\n"
        "s.yaml:7:3: unknown collaboration 'c4o', c40 was expected; did you mean 'c40'?\n"
        "s.yaml:7:3: unknown network 'naer', near was expected; did you mean 'near'?\n");
  CHECK(warnings(ask.complaints) == "");
}

TEST_CASE("an empty selection and a value that no city has are warned of") {
  Asked ask;
  CHECK(ask(where({values("region", {"Z"})})) == "");
  CHECK(warnings(ask.complaints) ==
        "s.yaml:7:3: no city has 'region' 'Z', one of X, Y was expected\n"
        "s.yaml:5:3: no city is selected, check the conditions\n");
}

namespace {

Selector central(Centrality kind, std::size_t count, std::string network = "seen", std::vector<Selector> parts = {}) {
  Selector one = counted(Form::top, count, std::move(network), std::move(parts));
  one.centrality = kind;
  return one;
}

}  // namespace

TEST_CASE("top by centrality: ties by id, among some, by the ties of the date") {
  Asked ask;
  // a is observed by c and d, b by a; from 2006 on f by b, d and e.
  ask.world.networks.push_back(make_layer(
      "seen", {{0, 2, 1}, {0, 3, 1}, {1, 0, 5}, {5, 1, 1, 3, for_ever}, {5, 3, 1, 3, for_ever}, {5, 4, 1, 3, for_ever}},
      6, here, ask.complaints));
  CHECK(ask(central(Centrality::degree, 1)) == "a");
  CHECK(ask(central(Centrality::degree, 2)) == "ab");
  CHECK(ask(central(Centrality::strength, 1)) == "b");
  CHECK(ask(central(Centrality::degree, 1), 2005) == "a");
  CHECK(ask(central(Centrality::degree, 1), 2006) == "f");
  CHECK(ask(central(Centrality::betweenness, 1)) == "a");
  CHECK(ask(central(Centrality::pagerank, 1)) == "b");
  CHECK(ask(central(Centrality::degree, 1, "seen", {named(Form::ids, {"b", "c"})})) == "b");
  CHECK(mistakes(ask.complaints) == "");
  CHECK(warnings(ask.complaints) == "");
}

TEST_CASE("top by centrality: cities that nobody observes are taken by id, with a warning") {
  Asked ask;
  ask.world.networks.push_back(make_layer("seen", {{5, 0, 1}, {4, 0, 1}}, 6, here, ask.complaints));
  CHECK(ask(central(Centrality::degree, 4)) == "abef");
  CHECK(ask(central(Centrality::pagerank, 3)) == "aef");
  std::string const rest =
      " cities that are most central in network 'seen' are not central at all there, and taken in order of their ids, "
      "fewer cities were expected, or another network\n";
  CHECK(warnings(ask.complaints) == "s.yaml:5:3: 2 of the 4" + rest + "s.yaml:5:3: 1 of the 3" + rest);
  CHECK(mistakes(ask.complaints) == "");
}

TEST_CASE("top by centrality: networks that cannot be looked at, and scores that there are not") {
  Asked ask;
  ask.world.networks.push_back(make_layer("seen", {{5, 0, 1}, {4, 5, 1}}, 6, here, ask.complaints));
  CHECK(ask(central(Centrality::eigenvector, 1)) == "");
  CHECK(ask(central(Centrality::degree, 7)) == "");
  CHECK(ask(central(Centrality::degree, 1, "sene")) == "");
  ask.world.networks.back().redrawn = true;
  CHECK(ask(central(Centrality::degree, 1)) == "");
  ask.world.networks.back().group.assign(6, 0);
  CHECK(ask(central(Centrality::degree, 1)) == "");
  CHECK(mistakes(ask.complaints) ==
        "s.yaml:5:3: 7 cities are wanted, but there are 6 to choose from, a number up to that was expected\n"
        "s.yaml:7:3: network 'seen' is complete groups, which are never stored as ties, choose by the attribute: "
        "{where: {ATTRIBUTE: VALUE}}\n"
        "s.yaml:7:3: network 'seen' is drawn anew in each replicate, but a set of cities only once, leave out "
        "'redraw: replicate'\n"
        "s.yaml:7:3: no ties of network 'seen' lead in a circle, so that the eigenvector centrality of all is 0, "
        "degree, strength, pagerank or betweenness was expected\n"
        "s.yaml:7:3: unknown network 'sene', one of near, seen was expected; did you mean 'seen'?\n");
  CHECK(warnings(ask.complaints) == "");
}
