/// Collective action by hand on three cities.
#include "mechanisms/collective.hpp"

#include <doctest/doctest.h>

#include "three_cities.hpp"

using namespace hansa;
using namespace hansa::test;

namespace {

Parameters collective(Shape production, std::string const& incentive = "total", std::string const& combine = "max",
                      bool excluding_self = false) {
  Parameters p;
  p.set("production", production, {});
  p.set("combine", combine, {});
  p.set("incentive", incentive, {});
  p.set("excluding_self", excluding_self, {});
  return p;
}

constexpr Shape::Form power = Shape::Form::power;

}  // namespace

TEST_CASE("the share of members, the city itself among them") {
  ThreeCities three;
  auto const term = three.make("collective", collective({power, 2, 0, {}}));
  Driven driven(*term);
  CHECK(driven.value(b) == 0);
  driven.step(2000, {adopts(a)});
  CHECK(driven.value(b) == 0.25);  // (1/2)²
  CHECK(driven.value(c) == 0);     // no member yet
  driven.step(2001, {});           // c joins for 2002
  CHECK(driven.value(b) == doctest::Approx(1.0 / 9).epsilon(1e-14));
  CHECK(driven.value(c) == doctest::Approx(1.0 / 9).epsilon(1e-14));
  CHECK(driven.touched(b));
  driven.step(2002, {leaves(a)});
  CHECK(driven.value(c) == 0);
}

TEST_CASE("leaving the city out of the denominator") {
  ThreeCities three;
  auto const term = three.make("collective", collective({power, 1, 0, {}}, "total", "max", true));
  Driven driven(*term);
  driven.step(2001, {adopts(a)});
  CHECK(driven.value(b) == 0.5);
}

TEST_CASE("members count by an attribute") {
  ThreeCities three;
  Parameters parameters = collective({power, 1, 0, {}});
  parameters.set("weight", Reference{"size", {}}, {});
  auto const term = three.make("collective", parameters);
  Driven driven(*term);
  driven.step(2001, {adopts(b)});
  CHECK(driven.value(a) == doctest::Approx(2.0 / 6).epsilon(1e-14));
}

TEST_CASE("the marginal incentive is what the city itself would add") {
  ThreeCities three;
  auto const term = three.make("collective", collective({power, 2, 0, {}}, "marginal"));
  Driven driven(*term);
  driven.step(2001, {adopts(a)});
  CHECK(driven.value(b) == doctest::Approx((4.0 / 9 - 1.0 / 9) * 3).epsilon(1e-14));
}

TEST_CASE("the best of several collaborations, or their sum; alone there is none") {
  ThreeCities three;
  three.world().collaborations = {{"club", 1, {{a}, {b}}}, {"league", 2, {{a}, {b}, {c}}}, {"solo", 3, {{b}}}};
  auto const best = three.make("collective", collective({power, 1, 0, {}}));
  auto const sum = three.make("collective", collective({power, 1, 0, {}}, "total", "sum"));
  Parameters chosen = collective({power, 1, 0, {}}, "total", "sum");
  chosen.set("collaborations", std::vector<Reference>{{"league", {}}}, {});
  auto const one = three.make("collective", chosen);
  Driven of_best(*best);
  Driven of_sum(*sum);
  Driven of_one(*one);
  for (Driven* each : {&of_best, &of_sum, &of_one}) each->step(2000, {adopts(a)});
  CHECK(of_best.value(b) == 0.5);
  CHECK(of_sum.value(b) == doctest::Approx(0.5 + 1.0 / 3).epsilon(1e-14));
  CHECK(of_one.value(b) == doctest::Approx(1.0 / 3).epsilon(1e-14));
  CHECK(of_best.value(c) == doctest::Approx(1.0 / 3).epsilon(1e-14));
}

TEST_CASE("members of weight 0 are company all the same") {
  ThreeCities three;
  three.world().cities.numbers["size"] = {1, 0, 0};
  Parameters parameters = collective({power, 1, 0, {}}, "marginal");
  parameters.set("weight", Reference{"size", {}}, {});
  auto const term = three.make("collective", parameters);
  Driven driven(*term);
  driven.step(2001, {});
  CHECK(driven.value(a) == 1);  // pivotal: [G(1) - G(0)] / 1
  CHECK(driven.value(b) == 0);
  Parameters others = collective({power, 1, 0, {}}, "total", "max", true);
  others.set("weight", Reference{"size", {}}, {});
  auto const without = three.make("collective", others);
  Driven alone(*without);
  alone.step(2001, {adopts(b)});
  CHECK(alone.value(a) == 0);  // nobody else weighs anything
}

TEST_CASE("what cannot be collective action") {
  ThreeCities three;
  CHECK(three.make("collective", collective({power, 1, 0, {}}, "marginal", "max", true)) == nullptr);
  CHECK(three.make("collective", collective({Shape::Form::log1p, 0, 0, {}})) == nullptr);
  Parameters unknown = collective({power, 1, 0, {}});
  unknown.set("collaborations", std::vector<Reference>{{"leage", {}}}, {});
  CHECK(three.make("collective", unknown) == nullptr);
  CHECK(three.make("collective", collective({Shape::Form::step, 1.5, 0, {}})) == nullptr);
  CHECK(three.make("collective", collective({Shape::Form::logistic, 1000, 10, {}})) == nullptr);
  Parameters none = collective({power, 1, 0, {}});
  none.set("collaborations", std::vector<Reference>{}, {});
  CHECK(three.make("collective", none) == nullptr);
  CHECK(three.complaints.size() == 6);
}

TEST_CASE("who joins within the run counts from then on, and not where the run follows nobody") {
  ThreeCities three;
  RecruitingClub club(three);
  auto const term = three.make("collective", collective({power, 1, 0, {}}));
  Driven driven(*term), by_data(*term);
  driven.begin(club.outset());
  by_data.begin({});
  club.advance(2001);
  for (Driven* each : {&driven, &by_data}) each->step(2000, {adopts(a)});
  CHECK(driven.value(b) == doctest::Approx(1.0 / 3).epsilon(1e-14));
  CHECK(driven.value(c) == doctest::Approx(1.0 / 3).epsilon(1e-14));
  CHECK(driven.touched(c));
  CHECK(by_data.value(b) == 0.5);
  club.advance(2002);
  for (Driven* each : {&driven, &by_data}) each->step(2001, {});
  CHECK(driven.value(c) == by_data.value(c));  // by the data it joins for 2002
}

TEST_CASE("a collaboration at its most gives its members 1, and others nothing") {
  ThreeCities three;
  three.world().collaborations.push_back({"league", 2, {{a}, {b}, {c}}});
  auto const best = three.make("collective", collective({power, 2, 0, {}})),
             sum = three.make("collective", collective({power, 2, 0, {}}, "total", "sum")),
             marginal = three.make("collective", collective({power, 2, 0, {}}, "marginal"));
  auto const at_most = [&](Driven const& driven, Index city, std::size_t club) {
    double m = 0;
    driven.term().value_if_all(driven.kept(), three.world().collaborations[club], std::span(&city, 1), &m);
    return m;
  };
  Driven of_best(*best), of_sum(*sum), of_margin(*marginal);
  for (Driven* each : {&of_best, &of_sum, &of_margin}) each->step(1999, {adopts(a)});
  CHECK(of_best.value(b) == 0.25);
  CHECK(at_most(of_best, b, 0) == 1);
  CHECK(at_most(of_sum, b, 0) == doctest::Approx(1 + 1.0 / 9).epsilon(1e-14));
  CHECK(at_most(of_best, c, 0) == doctest::Approx(1.0 / 9).epsilon(1e-14));  // no member of the club before 2002
  CHECK(at_most(of_margin, b, 0) == doctest::Approx(1).epsilon(1e-14));
}
