/// Networks that each replicate draws anew.
#include "world/redraw.hpp"

#include <doctest/doctest.h>

#include "engine/world/support.hpp"

using namespace hansa;
using namespace hansa::test;

namespace {

NetworkSpec spec_of(std::string name, decltype(NetworkSpec::ties) ties, Redrawing redraw = Redrawing::replicate) {
  NetworkSpec spec;
  spec.name = std::move(name);
  spec.where = here;
  spec.ties = std::move(ties);
  spec.directed = false;
  spec.redraw = redraw;
  return spec;
}

/// Every kind of random ties among 200 cities.
Scenario scenario() {
  Scenario s;
  s.clock = decade;
  s.seed = 3;
  s.cities.file = file("c.csv");
  s.networks = {spec_of("once", ErdosRenyiTies{6, {}, {}}, Redrawing::scenario),
                spec_of("er", ErdosRenyiTies{6, {}, {}}),
                spec_of("ws", WattsStrogatzTies{6, 0.3}),
                spec_of("ba", BarabasiAlbertTies{3}),
                spec_of("sb", StochasticBlockTies{reference("g"), {{"A", {{"A", 0.05}, {"B", 0.02}}}}}),
                spec_of("cf", ConfigurationTies{reference("d")})};
  return s;
}

Tables tables() {
  std::string text = "id,g,d\n";
  for (int i = 0; i < 200; ++i)
    text += "c" + std::to_string(i) + (i % 3 == 0 ? ",A," : ",B,") + std::to_string(i % 5) + "\n";
  return {{"c.csv", table(text)}};
}

}  // namespace

TEST_CASE("replicates draw their own ties, the first of them the scenario's, and each the same again") {
  Complaints complaints;
  World const world = build_world(scenario(), tables(), complaints);
  CHECK(mistakes(complaints) == "");
  CHECK(world.redrawn.size() == 5);
  CHECK(world.redrawn.front().name == "ba");
  Redraw one(world), two(world);
  one.draw(3, 0);
  two.draw(3, 1);
  for (NetworkLayer const& layer : world.networks) {
    CAPTURE(layer.name);
    CHECK(layer.redrawn == (layer.name != "once"));
    CHECK(stored(one.of(layer)) == stored(layer));
    CHECK(one.of(layer).name == layer.name);
    if (layer.redrawn)
      CHECK(stored(two.of(layer)) != stored(layer));
    else
      CHECK(&two.of(layer) == &layer);
  }
  one.draw(3, 1);
  for (NetworkLayer const& layer : world.networks) CHECK(stored(one.of(layer)) == stored(two.of(layer)));
}

TEST_CASE("draws do not depend on the order of rows, other networks or threads, but on the name and the seed") {
  Complaints complaints;
  Scenario const s = scenario();
  World const world = build_world(s, tables(), complaints, 1);
  Tables other = tables();
  other["c.csv"] = shuffled(other["c.csv"], 4);
  Scenario alone = s;
  for (NetworkSpec const& spec : s.networks) {
    CAPTURE(spec.name);
    alone.networks = {spec};
    World const again = build_world(alone, other, complaints, 3);
    CHECK(stored(again.networks[0]) == stored(*world.network(spec.name)));
    NetworkSpec renamed = spec;
    renamed.name = "another";
    CHECK(stored(draw_network(renamed, world.cities, 3, 0, complaints)) != stored(*world.network(spec.name)));
    CHECK(stored(draw_network(spec, world.cities, 4, 0, complaints)) != stored(*world.network(spec.name)));
  }
}

TEST_CASE("weights are given to every draw; ties that are not random are the same in all") {
  Complaints complaints;
  World const world = build_world(scenario(), tables(), complaints);
  NetworkSpec spec = spec_of("ws", WattsStrogatzTies{4, 0.5});
  spec.weight = SourceWeight{reference("d")};
  NetworkLayer const draw = draw_network(spec, world.cities, 3, 7, complaints);
  std::vector<double> const& d = *world.cities.number("d");
  CHECK(draw.ties() > 500);
  for (StoredTie const& tie : stored(draw)) CHECK(tie.weight * draw.unit == d[tie.source]);
  NetworkSpec const near = spec_of("near", NearestTies{2, {reference("d")}}, Redrawing::scenario);
  CHECK(stored(draw_network(near, world.cities, 3, 0, complaints)) ==
        stored(draw_network(near, world.cities, 3, 9, complaints)));
}

TEST_CASE("complete groups are kept as groups") {
  Complaints complaints;
  World const world = build_world(scenario(), tables(), complaints);
  NetworkLayer const same =
      draw_network(spec_of("same", SameTies{reference("g")}, Redrawing::scenario), world.cities, 3, 0, complaints);
  CHECK(same.ties() == 0);
  CHECK(same.group == world.cities.text("g")->code);
  CHECK(same.first.size() == 201);
  (void)draw_network(spec_of("same", SameTies{reference("d")}, Redrawing::scenario), world.cities, 3, 0, complaints);
  CHECK(mistakes(complaints) ==
        "s.yaml:7:3: attribute 'd' is numeric (same), a text attribute was expected (bins make one of numbers)\n");
}
