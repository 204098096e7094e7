/// Learning whose numbers change by date, by hand on three cities.
#include <cmath>

#include <doctest/doctest.h>

#include "learning_parameters.hpp"
#include "model/phases.hpp"

using namespace hansa;
using namespace hansa::test;

namespace {

using doctest::Approx;

/// Cities that learn with other parameters from step 3 (2002) on.
struct Dated : LearningCities {
  std::vector<Phase> phases_;

  std::unique_ptr<Term> make_dated(Parameters const& before, Parameters const& after, double merit = 0.6) {
    policy().mechanisms = {{"talk", "learning", {}, 1, {}, {}}};
    phases_ = {{1, policy()}, {3, policy()}};
    phases_[0].spec.mechanisms[0].parameters = before;
    phases_[1].spec.mechanisms[0].parameters = after;
    phases_[1].spec.merit.mean = merit;
    for (CatalogueEntry const& entry : standard_catalogue())
      if (entry.schema->name == "learning")
        return entry.make(phases_[0].spec.mechanisms[0],
                          {world(), clock(), policy(), known, policies, networks, &phases_}, complaints);
    return nullptr;
  }
};

}  // namespace

TEST_CASE("a look is as precise as in its step, and merit is that of the step of the adoption") {
  Dated three;
  auto const term = three.make_dated(learning(), with("observation_sd", 0.5), 2);
  REQUIRE(term);
  Driven driven(*term);
  driven.step(2000, {adopts(a)});
  driven.step(2001, {});
  CHECK(driven.beliefs().precision[c] == Approx(2));  // 1 + 1
  CHECK(driven.beliefs().mean[c] == Approx(0.6 / 2));
  driven.step(2002, {adopts(b)});  // weight 3, of precision 4
  CHECK(driven.beliefs().precision[c] == Approx(2 + 12));
  CHECK(driven.beliefs().mean[c] == Approx((0.6 + 12 * 2) / 14));
}

TEST_CASE("an aversion to risk that changes weighs beliefs anew from the decisions of its step on") {
  Dated three;
  auto const term = three.make_dated(learning(), with("risk_aversion", 0.5));
  REQUIRE(term);
  Driven driven(*term);
  driven.step(2000, {adopts(a)});
  CHECK(driven.value(b) == Approx(0.3));
  driven.step(2001, {});  // what the decisions of 2002 see
  CHECK(driven.value(b) == Approx(0.3 - 0.5 / std::sqrt(2.0) + 0.5));
  CHECK(driven.value(a) == 0);
  CHECK(driven.touched(b));
  CHECK(own_belief(driven, b, Believed::at_first) == Approx(0));
  driven.step(2002, {});
  CHECK(!driven.touched(b));
}

TEST_CASE("what an adopter sees of its own counts by the precision of each step") {
  Dated three;
  three.policy().merit.spread = 0;
  auto const term = three.make_dated(with("own_precision", 1.0), with("own_precision", 4.0));
  REQUIRE(term);
  Driven driven(*term);
  driven.step(2000, {adopts(a)});
  CHECK(own_belief(driven, a) == Approx(0.6 / (1 + 1)));
  driven.step(2001, {});
  driven.step(2002, {});
  CHECK(own_belief(driven, a) == Approx(6 * 0.6 / (1 + 6)));
  driven.step(2003, {leaves(a)});
  CHECK(driven.beliefs().precision[a] == Approx(1 + 6));
}

TEST_CASE("openness and transferability that change") {
  Parameters const open = with("noise", "normal", with("model", "degroot"));
  Dated three;
  auto const term = three.make_dated(open, with("openness", NumberOrAttribute(0.5), open));
  REQUIRE(term);
  Driven driven(*term);
  driven.step(2000, {adopts(a)});
  CHECK(driven.value(b) == Approx(0.6));
  CHECK(driven.value(c) == Approx(0.25 * 0.6));  // of a, and of b that knew nothing
  driven.step(2001, {});
  CHECK(driven.value(c) == Approx(0.6));
  driven.step(2002, {leaves(a)});
  CHECK(driven.value(b) == Approx(0.3));  // half of what a believes, which is 0
  Dated wrong;
  CHECK(wrong.make_dated(learning(), with("openness", NumberOrAttribute(0.5))) == nullptr);
  CHECK(wrong.complaints.errors().back().problem == "'openness' is of the model degroot");
}
