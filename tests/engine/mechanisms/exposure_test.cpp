/// Exposure by hand on three cities.
#include "mechanisms/exposure.hpp"

#include <doctest/doctest.h>

#include "three_cities.hpp"

using namespace hansa;
using namespace hansa::test;

namespace {

Parameters exposure(Value where, std::string const& key, std::string const& normalize = "share", Shape shape = {}) {
  Parameters p;
  p.set(key, std::move(where), {});
  p.set("normalize", normalize, {});
  p.set("shape", shape, {});
  return p;
}

Parameters on_ties(std::string const& normalize = "share", Shape shape = {}) {
  return exposure(Reference{"ties", {}}, "network", normalize, shape);
}

Parameters in_pool(Pool::Of of, std::string const& name = "", std::string const& normalize = "share") {
  return exposure(Pool{of, {name, {}}}, "pool", normalize);
}

}  // namespace

TEST_CASE("share of the observed weight") {
  ThreeCities three;
  auto const term = three.make("exposure", on_ties());
  REQUIRE(term);
  Driven driven(*term);
  CHECK(driven.value(a) == 0);  // observes nobody
  CHECK(driven.value(c) == 0);
  driven.step(2000, {adopts(a)});
  CHECK(driven.value(b) == 1);
  CHECK(driven.value(c) == 0.25);
  CHECK(driven.touched(b));
  CHECK(driven.touched(c));
  CHECK_FALSE(driven.touched(a));
  driven.step(2001, {adopts(b)});
  CHECK(driven.value(c) == 1);
  driven.step(2002, {leaves(a)});
  CHECK(driven.value(b) == 0);
  CHECK(driven.value(c) == 0.75);
}

TEST_CASE("sum of weights and number of sources") {
  ThreeCities three;
  auto const weight = three.make("exposure", on_ties("weight"));
  auto const count = three.make("exposure", on_ties("count"));
  Driven by_weight(*weight);
  Driven by_count(*count);
  for (Driven* each : {&by_weight, &by_count}) each->step(2000, {adopts(a), adopts(b)});
  CHECK(by_weight.value(c) == 4);
  CHECK(by_count.value(c) == 2);
  CHECK(by_count.value(b) == 1);
}

TEST_CASE("decimal weights give decimal sums") {
  ThreeCities three;
  Complaints complaints;
  three.world().networks[0] = make_layer("ties", {{0, 2, 0.1}, {1, 2, 0.2}}, 3, {}, complaints);
  auto const term = three.make("exposure", on_ties("weight"));
  Driven driven(*term);
  driven.step(2000, {adopts(a), adopts(b)});
  CHECK(driven.value(c) == 0.3);
}

TEST_CASE("shapes") {
  ThreeCities three;
  struct Case {
    Shape shape;
    double quarter;
  };
  double const low = 1 / (1 + std::exp(3.0));
  double const high = 1 / (1 + std::exp(-7.0));
  double const middle = 1 / (1 + std::exp(0.5));
  for (Case const& each :
       {Case{{Shape::Form::log1p, 0, 0, {}}, std::log(1.25)}, Case{{Shape::Form::power, 0.5, 0, {}}, 0.5},
        Case{{Shape::Form::step, 0.25, 0, {}}, 1}, Case{{Shape::Form::step, 0.26, 0, {}}, 0},
        Case{{Shape::Form::logistic, 0.3, 10, {}}, (middle - low) / (high - low)}}) {
    auto const term = three.make("exposure", on_ties("share", each.shape));
    Driven driven(*term);
    CHECK(driven.value(c) == 0);
    driven.step(2000, {adopts(a)});
    CHECK(driven.value(c) == doctest::Approx(each.quarter).epsilon(1e-14));
    driven.step(2001, {adopts(b)});
    if (each.shape.form != Shape::Form::log1p) CHECK(driven.value(c) == 1);
  }
}

TEST_CASE("a number of sources may be a step; a share stays below one") {
  ThreeCities three;
  auto const term = three.make("exposure", on_ties("count", {Shape::Form::step, 2, 0, {}}));
  REQUIRE(term);
  Driven driven(*term);
  driven.step(2000, {adopts(a)});
  CHECK(driven.value(c) == 0);
  driven.step(2001, {adopts(b)});
  CHECK(driven.value(c) == 1);
  CHECK(three.make("exposure", on_ties("share", {Shape::Form::step, 2, 0, {}})) == nullptr);
  CHECK(three.make("exposure", on_ties("share", {Shape::Form::logistic, 0.5, 1e-17, {}})) == nullptr);
  CHECK(three.complaints.size() == 2);
}

TEST_CASE("pools count others, mean field") {
  ThreeCities three;
  auto const all = three.make("exposure", in_pool(Pool::Of::all));
  auto const country = three.make("exposure", in_pool(Pool::Of::country));
  auto const number = three.make("exposure", in_pool(Pool::Of::all, "", "count"));
  Driven of_all(*all);
  Driven of_country(*country);
  Driven of_number(*number);
  for (Driven* each : {&of_all, &of_country, &of_number}) each->step(2000, {adopts(a)});
  CHECK(of_all.value(b) == 0.5);
  CHECK(of_all.value(c) == 0.5);
  CHECK(of_all.touched(c));
  CHECK(of_country.value(b) == 1);
  CHECK(of_country.value(c) == 0);  // alone in Y
  CHECK_FALSE(of_country.touched(c));
  CHECK(of_number.value(c) == 1);
}

TEST_CASE("a pool of in-neighbours counts each once") {
  ThreeCities three;
  auto const term = three.make("exposure", in_pool(Pool::Of::network, "ties"));
  Driven driven(*term);
  driven.step(2000, {adopts(a)});
  CHECK(driven.value(c) == 0.5);  // one of two, whatever the weights
  CHECK(driven.value(a) == 0);
}

TEST_CASE("a collaboration as a pool has the members of the step that decides") {
  ThreeCities three;
  auto const term = three.make("exposure", in_pool(Pool::Of::collaboration, "club"));
  Driven driven(*term);
  driven.step(2000, {adopts(a)});  // decides 2001: c is outside
  CHECK(driven.value(b) == 1);
  CHECK(driven.value(c) == 0);
  driven.step(2001, {});  // decides 2002: c has joined
  CHECK(driven.touched(c));
  CHECK(driven.touched(b));
  CHECK(driven.value(b) == 0.5);
  CHECK(driven.value(c) == 0.5);
}

TEST_CASE("what cannot be exposure") {
  ThreeCities three;
  Parameters both = on_ties();
  both.set("pool", Pool{}, {});
  CHECK(three.make("exposure", both) == nullptr);
  CHECK(three.make("exposure", exposure(Reference{"tie", {}}, "network")) == nullptr);
  CHECK(three.make("exposure", in_pool(Pool::Of::collaboration, "clubs")) == nullptr);
  CHECK(three.make("exposure", in_pool(Pool::Of::attribute, "countri")) == nullptr);
  REQUIRE(three.complaints.size() == 4);
  CHECK(three.complaints.errors()[1].problem == "unknown network 'tie'");
  CHECK(three.complaints.errors()[2].problem == "unknown collaboration 'clubs'");
}
