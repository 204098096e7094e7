/// Economies of scale by hand on three cities.
#include "mechanisms/scale.hpp"

#include <doctest/doctest.h>

#include "three_cities.hpp"

using namespace hansa;
using namespace hansa::test;

namespace {

Parameters experience(Pool pool, double progress_ratio) {
  Parameters p;
  p.set("pool", std::move(pool), {});
  p.set("progress_ratio", progress_ratio, {});
  return p;
}

Parameters sharing(double fixed, double variable) {
  Parameters p;
  p.set("pool", Pool{}, {});
  p.set("shared.fixed", fixed, {});
  p.set("shared.variable", variable, {});
  return p;
}

}  // namespace

TEST_CASE("a doubling of experience lowers the cost to the progress ratio") {
  ThreeCities three;
  auto const term = three.make("scale", experience({}, 0.8));
  Driven driven(*term);
  CHECK(driven.value(c) == 0);
  driven.step(2000, {adopts(a)});
  CHECK(driven.value(c) == doctest::Approx(-std::log(0.8)).epsilon(1e-14));
  driven.step(2001, {leaves(a)});  // what was learned stays
  CHECK(driven.value(c) == doctest::Approx(-std::log(0.8)).epsilon(1e-14));
  CHECK_FALSE(driven.touched(c));
  driven.step(2002, {adopts(a), adopts(b)});
  CHECK(driven.value(c) == doctest::Approx(-2 * std::log(0.8)).epsilon(1e-14));  // 1 + N = 4
}

TEST_CASE("outside the pool there is no experience") {
  ThreeCities three;
  auto const country = three.make("scale", experience({Pool::Of::country, {}}, 0.5));
  Driven driven(*country);
  driven.step(2000, {adopts(a)});
  CHECK(driven.value(b) == doctest::Approx(std::log(2.0)).epsilon(1e-14));
  CHECK(driven.value(c) == 0);
}

TEST_CASE("members bring their experience into a collaboration, and take it away") {
  ThreeCities three;
  three.world().collaborations[0].members = {{a, 2000, 2003}, {b}, {c, 2002}};
  auto const term = three.make("scale", experience({Pool::Of::collaboration, {"club", {}}}, 0.5));
  Driven driven(*term);
  driven.step(2000, {adopts(c)});
  CHECK(driven.value(b) == 0);
  driven.step(2001, {});
  CHECK(driven.value(b) == doctest::Approx(std::log(2.0)).epsilon(1e-14));
  driven.step(2002, {adopts(a)});  // a leaves at 2003, the step that decides
  CHECK(driven.value(b) == doctest::Approx(std::log(2.0)).epsilon(1e-14));
}

TEST_CASE("a fixed cost is shared by those who have adopted now") {
  ThreeCities three;
  auto const term = three.make("scale", sharing(900, 100));
  Driven driven(*term);
  CHECK(driven.value(c) == 0);
  driven.step(2000, {adopts(a), adopts(b)});
  CHECK(driven.value(c) == doctest::Approx(std::log(1000.0 / 400.0)).epsilon(1e-14));
  driven.step(2001, {leaves(a)});
  CHECK(driven.value(c) == doctest::Approx(std::log(1000.0 / 550.0)).epsilon(1e-14));
}

TEST_CASE("what cannot be scale") {
  ThreeCities three;
  Parameters both = sharing(1, 1);
  both.set("progress_ratio", 0.8, {});
  CHECK(three.make("scale", both) == nullptr);
  CHECK(three.make("scale", sharing(0, 0)) == nullptr);
  Parameters none;
  none.set("pool", Pool{}, {});
  CHECK(three.make("scale", none) == nullptr);
  REQUIRE(three.complaints.size() == 3);
  CHECK(three.complaints.errors()[0].problem == "scale takes only one of 'progress_ratio' and 'shared'");
  CHECK(three.complaints.errors()[2].problem == "scale needs one of 'progress_ratio' and 'shared'");
}

TEST_CASE("what an adopter pays leaves its own adoption out, and keeps its earlier ones") {
  ThreeCities three;
  auto const term = three.make("scale", experience({}, 0.5));
  Driven driven(*term);
  driven.step(2000, {adopts(a)});
  CHECK(driven.value_of_adopter(a) == 0);
  driven.step(2001, {leaves(a), adopts(b)});
  driven.step(2002, {adopts(a)});
  CHECK(driven.value_of_adopter(a) == doctest::Approx(std::log(3.0)).epsilon(1e-14));  // b's, and its own first
  CHECK(driven.value_of_adopter(b) == doctest::Approx(std::log(3.0)).epsilon(1e-14));
  CHECK(driven.value(c) == doctest::Approx(std::log(4.0)).epsilon(1e-14));
  auto const shared = three.make("scale", sharing(900, 100));
  Driven together(*shared);
  together.step(2000, {adopts(a), adopts(b)});
  CHECK(together.value_of_adopter(a) == doctest::Approx(std::log(1000.0 / 550.0)).epsilon(1e-14));
}

TEST_CASE("a shared cost stands alone") {
  ThreeCities three;
  three.policy().cost.emplace().amount = 5.0;
  CHECK(three.make("scale", sharing(9, 1)) == nullptr);
  REQUIRE(three.complaints.size() == 1);
  CHECK(three.complaints.errors()[0].problem == "'shared' beside the 'cost' of the policy");
  CHECK(three.make("scale", experience({}, 0.5)) != nullptr);
}
