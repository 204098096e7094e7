/// Fading influence, and ties that come and go, by hand on three cities.
#include <doctest/doctest.h>

#include "exposure_parameters.hpp"
#include "mechanisms/exposure_network.hpp"
#include "three_cities.hpp"
#include "world/redraw.hpp"

using namespace hansa;
using namespace hansa::test;

namespace {

/// b observes a in 2000 and 2001; c observes a (1) always, and b (3) from 2002 on.
NetworkLayer dated_ties() {
  Complaints complaints;
  NetworkLayer layer = make_layer("ties", {{0, 1, 1}, {0, 2, 1}, {1, 2, 3}}, 3, {}, complaints);
  layer.from = {1, 1, 3};
  layer.until = {2, 6, 6};
  layer.in_weight = {0, 1, 1};
  layer.in_degree = {0, 1, 1};
  layer.changes = {{3, a, b, 1, -1}, {3, b, c, 3, +1}};
  return layer;
}

}  // namespace

TEST_CASE("influence counts in full in the next step, then fades by half in each half-life") {
  ThreeCities three;
  auto const term = three.make("exposure", fading(on_ties(), 1));
  REQUIRE(term);
  Driven driven(*term);
  driven.step(1999, {});
  driven.step(2000, {adopts(a)});
  CHECK(driven.value(b) == 1);
  CHECK(driven.value(c) == 0.25);
  driven.step(2001, {adopts(b)});  // a's influence is one step old
  CHECK(driven.value(b) == 0.5);
  CHECK(driven.value(c) == 3.5 / 4);
  CHECK((driven.touched(c) && !driven.touched(b)));
  driven.touch_drifting();
  CHECK(driven.touched(b));
  CHECK(driven.value(b) == 0.5);
  driven.step(2002, {leaves(a)});
  CHECK(driven.value(b) == 0);
  CHECK(driven.value(c) == 1.5 / 4);
  driven.step(2003, {adopts(a)});  // fresh again
  CHECK(driven.value(b) == 1);
  CHECK(driven.value(c) == (1 + 0.75) / 4);
}

TEST_CASE("what a city will see while nothing touches it is known, and what it saw until something did") {
  ThreeCities three;
  auto const term = three.make("exposure", fading(on_ties(), 1));
  Driven driven(*term);
  driven.step(2000, {adopts(a)});  // step 1
  auto const course = [&](DriftStart const& from, std::int32_t since, std::size_t n) {
    std::vector<double> m(n);
    term->drift(driven.kept(), from, since, std::span(m));
    std::vector<float> single(n);
    term->drift(driven.kept(), from, since, std::span(single));
    for (std::size_t k = 0; k < n; ++k) CHECK(single[k] == static_cast<float>(m[k]));
    return m;
  };
  auto const start = [&](Index city) {
    DriftStart found;
    term->find_starts(driven.kept(), std::span(&city, 1), &found);
    return found;
  };
  CHECK(term->drifts());
  CHECK(course(start(b), 1, 3) == std::vector<double>{1, 0.5, 0.25});
  CHECK(course(start(c), 3, 2) == std::vector<double>{0.0625, 0.03125});
  CHECK(course(start(a), 1, 2) == std::vector<double>{0, 0});
  DriftStart const before = start(c);
  driven.step(2002, {adopts(b)});  // step 3 touches c
  CHECK(course(before, 1, 2) == std::vector<double>{0.25, 0.125});
  CHECK(course(before, 2, 1) == std::vector<double>{0.125});
  CHECK(course(start(c), 3, 2) == std::vector<double>{(3 + 0.25) / 4, (1.5 + 0.125) / 4});
  CHECK(course(start(b), 1, 3) == std::vector<double>{1, 0.5, 0.25});
}

TEST_CASE("sums and numbers fade too, and shapes follow") {
  ThreeCities three;
  auto const weight = three.make("exposure", fading(on_ties("weight"), 2));
  auto const count = three.make("exposure", fading(on_ties("count"), 2));
  auto const step = three.make("exposure", fading(on_ties("share", {Shape::Form::step, 0.5, 0, {}}), 2));
  Driven by_weight(*weight), by_count(*count), stepped(*step);
  for (Driven* each : {&by_weight, &by_count, &stepped}) {
    each->step(1999, {});
    each->step(2000, {adopts(b)});
    each->step(2001, {});
    each->step(2002, {});
  }
  CHECK(by_weight.value(c) == doctest::Approx(1.5).epsilon(1e-14));
  CHECK(by_count.value(c) == doctest::Approx(0.5).epsilon(1e-14));
  CHECK(stepped.value(c) == 0);  // 3/8
}

TEST_CASE("nothing is left of a row whose adopters have all left") {
  ThreeCities three;
  auto const term = three.make("exposure", fading(on_ties(), 3.7));
  Driven driven(*term);
  driven.step(1999, {});
  driven.step(2000, {adopts(a)});
  driven.step(2001, {});
  driven.step(2002, {});
  driven.step(2003, {leaves(a)});
  CHECK(driven.value(b) == 0);
  CHECK(driven.value(c) == 0);
  driven.step(2004, {});
  CHECK_FALSE(driven.touched(b));
}

TEST_CASE("what a leaver takes with it leaves the share of the others as it is") {
  for (double const half_life : {0.7, 1.1, 1.7, 2.3, 3.1, 3.7, 5.3, 7.9}) {
    CAPTURE(half_life);
    ThreeCities three;
    auto const term = three.make("exposure", fading(on_ties(), half_life));
    Driven driven(*term);
    driven.step(1999, {});
    driven.step(2000, {adopts(b)});
    driven.step(2001, {});
    driven.step(2002, {});
    driven.step(2003, {});
    driven.step(2004, {leaves(b), adopts(a)});
    CHECK(driven.value(c) == 0.25);
  }
}

TEST_CASE("initial adopters have faded by their age") {
  ThreeCities three;
  PolicyRecords records;
  records.observed = {{a, 1997, {}, 1997, {}, {}}, {b, 1990, {}, 1990, 1995, {}}, {b, 1998, {}, 1998, {}, {}}};
  three.world().records.push_back(records);
  for (Parameters const& parameters : {fading(on_ties(), 1), fading(in_pool(Pool::Of::all, "", "count"), 1)}) {
    auto const term = three.make("exposure", parameters);
    Driven driven(*term);
    Event const again{b, 1, +1};
    driven.step(1999, {adopts(a), adopts(b), leaves(b), again});
    bool const ties = parameters.has("network");
    CHECK(driven.value(c) == (ties ? (0.25 + 3 * 0.5) / 4 : 0.75));  // two years before 1999, and one
    driven.step(2000, {});
    CHECK(driven.value(c) == (ties ? (0.125 + 3 * 0.25) / 4 : 0.375));
  }
}

TEST_CASE("ties count in the steps in which they hold, above and below") {
  ThreeCities three;
  three.world().networks[0] = dated_ties();
  auto const term = three.make("exposure", on_ties());
  auto const sum = three.make("exposure", on_ties("weight"));
  auto const pooled = three.make("exposure", in_pool(Pool::Of::network, "ties"));
  Driven share(*term), weight(*sum), count(*pooled);
  for (Driven* each : {&share, &weight, &count}) each->step(1999, {adopts(b)});
  CHECK(share.value(c) == 0);  // does not observe b yet
  for (Driven* each : {&share, &weight, &count}) {
    each->step(2000, {adopts(a)});
    CHECK(each->value(b) == 1);
    CHECK(each->value(c) == 1);
  }
  for (Driven* each : {&share, &weight, &count}) {
    each->step(2001, {});  // decides 2002
    CHECK(each->touched(b));
    CHECK(each->touched(c));
    CHECK(each->value(b) == 0);
  }
  CHECK(share.value(c) == 1);
  CHECK(weight.value(c) == 4);
  for (Driven* each : {&share, &weight, &count}) each->step(2002, {leaves(a)});
  CHECK(share.value(c) == 0.75);
  CHECK(weight.value(c) == 3);
  CHECK(count.value(c) == 0.5);
}

TEST_CASE("a tie that begins brings what is left of its source's influence, and takes it away") {
  ThreeCities three;
  three.world().networks[0] = dated_ties();
  auto const term = three.make("exposure", fading(on_ties("weight"), 1));
  Driven driven(*term);
  driven.step(1999, {});
  driven.step(2000, {adopts(a), adopts(b)});
  CHECK(driven.value(b) == 1);
  CHECK(driven.value(c) == 1);
  driven.step(2001, {});
  CHECK(driven.value(b) == 0);
  CHECK(driven.value(c) == 0.5 + 3 * 0.5);
}

TEST_CASE("each replicate sees the ties drawn for it") {
  ThreeCities three;
  NetworkSpec spec;
  spec.name = "ties";
  spec.ties = ErdosRenyiTies{.degree = {}, .probability = 0.5, .ties = {}};
  spec.directed = true;
  spec.redraw = Redrawing::replicate;
  World& world = three.world();
  Complaints complaints;
  world.networks[0] = draw_network(spec, world.cities, 7, 0, complaints);
  world.redrawn = {spec};
  auto const drawn = three.make("exposure", on_ties());
  auto const faded = three.make("exposure", fading(on_ties(), 1));
  auto const pooled = three.make("exposure", in_pool(Pool::Of::network, "ties"));
  auto const chosen = three.make("exposure", only(on_ties(), "smaller", "size"));
  Redraw redraw(world);
  Driven of_drawn(*drawn), of_faded(*faded), of_pooled(*pooled), of_chosen(*chosen);
  int different = 0;
  for (std::int64_t replicate = 0; replicate < 20; ++replicate) {
    redraw.draw(7, replicate);
    ThreeCities alone;
    alone.world().networks[0] = draw_network(spec, world.cities, 7, replicate, complaints);
    alone.world().networks[0].redrawn = false;
    different += alone.world().networks[0].in_degree != world.networks[0].in_degree;
    auto const fixed = alone.make("exposure", on_ties());
    auto const fixed_chosen = alone.make("exposure", only(on_ties(), "smaller", "size"));
    Driven expected(*fixed), expected_chosen(*fixed_chosen);
    for (Driven* each : {&of_drawn, &of_faded, &of_pooled, &of_chosen}) each->begin({7, replicate, &redraw});
    for (Driven* each : {&of_drawn, &of_faded, &of_pooled, &of_chosen, &expected, &expected_chosen}) {
      each->step(2000, {adopts(b)});
    }
    for (Index city : {a, c}) {
      CHECK(of_drawn.value(city) == expected.value(city));
      CHECK(of_faded.value(city) == expected.value(city));
      CHECK(of_pooled.value(city) == expected.value(city));
      CHECK(of_chosen.value(city) == expected_chosen.value(city));
    }
  }
  CHECK(different > 5);
}
