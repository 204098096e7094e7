/// Mandates by hand: hazards of interventions and laws, their sum, its cap and its parts.
#include "run/mandates.hpp"

#include <doctest/doctest.h>

#include "engine/run/timed_law.hpp"

using namespace hansa;
using namespace hansa::test;

namespace {

std::vector<Index> changed_by(Mandates<double>& mandates, std::int32_t step) {
  std::vector<Index> cities;
  mandates.advance(step, [&](Index city) { cities.push_back(city); });
  return cities;
}

}  // namespace

TEST_CASE("interventions alone are as they are dated") {
  PolicyModel policy;
  policy.mandated = {{2, 1, 0.5}, {3, 1, 0}};
  Clock const clock{2000, 2005, "year"};
  Mandates<double> mandates(policy, clock, 4, 3);
  REQUIRE(mandates.data() != nullptr);
  mandates.begin({});
  CHECK(changed_by(mandates, 0).empty());
  CHECK(changed_by(mandates, 1) == std::vector<Index>{1});
  CHECK((mandates[1] == 0.5 && mandates.data()[1] == 0.5 && mandates.part_of_interventions(1) == 1));
  CHECK(changed_by(mandates, 2) == std::vector<Index>{1});
  CHECK(mandates[1] == 0);
  Mandates<double> const none(PolicyModel{}, clock, 4, 3);
  CHECK((none.empty() && none.data() == nullptr && none[2] == 0));
}

TEST_CASE("laws add to them from when they are in force on, up to the cap, each with its part") {
  PolicyModel policy;
  policy.mandated = {{1, 0, 0.5}, {3, 0, 0}};
  policy.laws.push_back(timed_law("a", Force::mandate, {2, 1, 9}, 6, 1.5));
  policy.laws.push_back(timed_law("b", Force::mandate, {9, 2, 9}, 7, 63));
  Clock const clock{2000, 2005, "year"};
  Mandates<double> mandates(policy, clock, 4, 3);
  for (int replicate = 0; replicate < 2; ++replicate) {
    mandates.begin({});
    CHECK(changed_by(mandates, 0) == std::vector<Index>{0, 1});
    CHECK((mandates[0] == 0.5 && mandates[1] == 1.5 && mandates[2] == 0));
    CHECK(changed_by(mandates, 1) == std::vector<Index>{0, 1});
    CHECK((mandates[0] == 2 && mandates[1] == 64));
    CHECK((mandates.part_of_interventions(0) == 0.25 && mandates.part_of_law(0, 0) == 0.75));
    CHECK(mandates.part_of_law(0, 1) == doctest::Approx(1.5 / 64.5));
    CHECK(mandates.part_of_law(1, 1) == doctest::Approx(63 / 64.5));
    CHECK(changed_by(mandates, 2) == std::vector<Index>{0});
    CHECK((mandates[0] == 1.5 && mandates.part_of_interventions(0) == 0));
  }
}

TEST_CASE("under rule threshold there is no hazard, and laws are in force all the same") {
  PolicyModel policy;
  policy.rule = Rule::threshold;
  policy.laws.push_back(timed_law("a", Force::mandate, {1, 1, 1}, 6, 0.5));
  Clock const clock{2000, 2005, "year"};
  Mandates<double> mandates(policy, clock, 4, 3);
  mandates.begin({});
  CHECK(changed_by(mandates, 0) == std::vector<Index>{0, 1, 2});
  CHECK((mandates.data() == nullptr && mandates[0] == 0 && mandates.laws().reach(2)));
}
