/// Exposure along ties with dynamics, by hand, where only some sources count or they are weighed.
#include <cmath>

#include <doctest/doctest.h>

#include "exposure_parameters.hpp"
#include "three_cities.hpp"

using namespace hansa;
using namespace hansa::test;

namespace {

/// The three cities with ties that lose half of their strength in each step.
struct Fading3 {
  ThreeCities three;
  std::vector<LivingTies> living;

  explicit Fading3(double floor = 0) {
    NetworkSpec& spec = three.networks.emplace_back();
    spec.name = "ties";
    spec.dynamics = DynamicsSpec{0.5, 0, floor, {}, {}};
    living.emplace_back(*spec.dynamics, 6);
    living[0].begin(three.world().networks[0]);
  }
  [[nodiscard]] Outset outset() const {
    Outset made;
    made.living = living;
    return made;
  }
  /// Ends a step of the ties, then of the term.
  void step(Driven& driven, std::int32_t label, std::vector<Event> const& events) {
    living[0].open();
    if (label >= 2000) living[0].close(label - 2000 + 1);
    driven.step(label, events);
  }
};

}  // namespace

TEST_CASE("sources are weighed by an attribute and by the strength that is left") {
  for (auto const& [normalize, unit] : {std::pair<std::string, double>{"share", 7}, {"weight", 1}}) {
    CAPTURE(normalize);
    Fading3 world;
    auto const term = world.three.make("exposure", weighed(on_ties(normalize), "size"));
    REQUIRE(term != nullptr);
    Driven driven(*term);
    driven.begin(world.outset());
    world.step(driven, 1999, {});
    CHECK(driven.value(c) == 0);
    world.step(driven, 2000, {adopts(b)});
    CHECK(driven.value(c) == doctest::Approx(3 * 2 * 0.5 / unit));  // of 1 · 1 + 3 · 2
    CHECK(driven.touched(c));
    CHECK(driven.value(b) == 0);
    world.step(driven, 2001, {adopts(a)});
    CHECK(driven.value(c) == doctest::Approx((3 * 2 + 1) * 0.25 / unit));
    CHECK(driven.value(b) == doctest::Approx(0.25));  // a alone, of weight 1
    world.step(driven, 2002, {leaves(b)});
    CHECK(driven.value(c) == doctest::Approx(1 * 0.125 / unit));
  }
}

TEST_CASE("sources that do not compare as asked count neither above nor below, and ties that are gone do not") {
  Fading3 world(0.2);
  world.three.world().cities.numbers["rank"] = {5, 1, 3};
  auto const term = world.three.make("exposure", only(on_ties(), "larger", "rank"));
  REQUIRE(term != nullptr);
  Driven driven(*term);
  driven.begin(world.outset());
  world.step(driven, 1999, {adopts(b)});
  CHECK(driven.value(c) == 0);  // b is smaller
  world.step(driven, 2000, {adopts(a)});
  CHECK(driven.value(c) == doctest::Approx(0.5));  // a is all that counts
  world.step(driven, 2001, {});
  CHECK(driven.value(c) == doctest::Approx(0.25));
  world.step(driven, 2002, {});  // below the floor
  CHECK(driven.value(c) == 0);
  CHECK(driven.value(b) == 0);
}

TEST_CASE("a contagion passes along a tie with a part of its chance") {
  Fading3 world;
  world.three.policy().rule = Rule::additive;
  auto const term = world.three.make("exposure", with(on_ties(), "transmission", 0.2));
  REQUIRE(term != nullptr);
  Driven driven(*term);
  driven.begin(world.outset());
  world.step(driven, 1999, {});
  CHECK(driven.value(c) == 0);
  world.step(driven, 2000, {adopts(a), adopts(b)});
  CHECK(driven.value(c) == doctest::Approx(-std::log(1 - 0.2 * 0.5) - std::log(1 - 0.2 * 3 * 0.5)));
  CHECK(driven.value(b) == doctest::Approx(-std::log(1 - 0.2 * 0.5)));
  world.step(driven, 2001, {});
  CHECK(driven.value(c) == doctest::Approx(-std::log(1 - 0.2 * 0.25) - std::log(1 - 0.2 * 3 * 0.25)));
  CHECK(world.three.make("exposure", with(on_ties(), "transmission", 0.4)) == nullptr);  // 0.4 · 3
  CHECK(world.three.complaints.errors().back().problem.find("times a weight in network 'ties'") != std::string::npos);
}

TEST_CASE("a chance is held against ties that there may be") {
  Fading3 world;
  world.three.policy().rule = Rule::additive;
  world.three.world().networks[0] =
      make_layer("ties", {{0, 1, 0.01}, {0, 2, 0.01}, {1, 2, 0.3}}, 3, {}, world.three.complaints);
  CHECK(world.three.make("exposure", with(on_ties(), "transmission", 5.0)) == nullptr);  // 5 · 0.3, of b
  world.three.known = {1, 0, 1};
  CHECK(world.three.make("exposure", with(on_ties(), "transmission", 5.0)) != nullptr);  // b is no source
  world.three.networks[0].dynamics->visits = VisitsSpec{};
  CHECK(world.three.make("exposure", with(on_ties(), "transmission", 5.0)) ==
        nullptr);  // visits begin ties of weight 1
  CHECK(world.three.make("exposure", with(on_ties(), "transmission", 0.9)) != nullptr);
}

TEST_CASE("influence that fades does so beside the strength of its tie") {
  Fading3 world;
  auto const term = world.three.make("exposure", fading(weighed(on_ties("weight"), "size"), 1));
  REQUIRE(term != nullptr);
  Driven driven(*term);
  driven.begin(world.outset());
  world.step(driven, 1999, {});
  world.step(driven, 2000, {adopts(b)});
  CHECK(driven.value(c) == doctest::Approx(6 * 0.5));
  world.step(driven, 2001, {});
  CHECK(driven.value(c) == doctest::Approx(6 * 0.25 * 0.5));
}

TEST_CASE("a pool of in-neighbours holds those whose ties are there, whatever their strength") {
  Fading3 world(0.2);
  auto const share = world.three.make("exposure", in_pool(Pool::Of::network, "ties"));
  auto const fresh = world.three.make("exposure", fading(in_pool(Pool::Of::network, "ties", "count"), 1));
  REQUIRE(share != nullptr);
  REQUIRE(fresh != nullptr);
  for (bool const fades : {false, true}) {
    Fading3 own(0.2);
    Driven driven(fades ? *fresh : *share);
    driven.begin(own.outset());
    own.step(driven, 1999, {});
    CHECK(driven.value(c) == 0);
    own.step(driven, 2000, {adopts(b)});
    CHECK(driven.value(c) == doctest::Approx(fades ? 1 : 0.5));
    own.step(driven, 2001, {});
    CHECK(driven.value(c) == doctest::Approx(0.5));
    own.step(driven, 2002, {adopts(a)});  // all ties are gone
    CHECK(driven.value(c) == 0);
    CHECK(driven.value(b) == 0);
  }
}

TEST_CASE("ties of sources of which nothing is known count neither above nor below, whatever they weigh") {
  Fading3 world(0.2);
  world.three.world().networks[0] =
      make_layer("ties", {{0, 1, 0.5}, {0, 2, 0.25}, {1, 2, 1}}, 3, {}, world.three.complaints);
  world.living[0].begin(world.three.world().networks[0]);
  world.three.known = {0, 1, 1};
  auto const term = world.three.make("exposure", on_ties());
  REQUIRE(term != nullptr);
  Driven driven(*term);
  driven.begin(world.outset());
  world.step(driven, 1999, {adopts(a)});
  world.step(driven, 2000, {adopts(b)});
  CHECK(driven.value(b) == 0);
  CHECK(driven.value(c) == doctest::Approx(0.5));  // b alone
  world.step(driven, 2001, {});
  CHECK(driven.value(c) == doctest::Approx(0.25));
  world.step(driven, 2002, {});  // all ties are below the floor
  CHECK(driven.value(c) == 0);
}

TEST_CASE("sources that are counted fade to the last digits, however small the weights of their ties are") {
  Fading3 world;
  world.three.world().networks[0].unit = 1e-9;
  auto const term = world.three.make("exposure", fading(on_ties("count"), 1.1));
  REQUIRE(term != nullptr);
  Driven driven(*term);
  driven.begin(world.outset());
  world.step(driven, 1999, {adopts(a)});
  for (std::int32_t label = 2000; label < 2003; ++label) world.step(driven, label, {});
  world.step(driven, 2003, {adopts(b)});
  CHECK(driven.value(c) == doctest::Approx(1 + std::exp2(-4 / 1.1)).epsilon(1e-14));
}
