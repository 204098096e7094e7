/// Who could leave when, counted by hand.
#include "inference/leaving_rows.hpp"

#include "inference/fit_leaving.hpp"
#include "two_policies.hpp"

namespace hansa {

namespace {

using test::says;
using test::world;
using test::Years;
using test::years_of;

}  // namespace

TEST_CASE("adopters are at risk of leaving from the step after, and cities that left of adopting again") {
  test::Texts const texts =
      world("  led: {baseline: -2, abandonment: {hazard: 0.1}, adopters: {file: led.csv}}\n",
            "city,year,left\na,2001,2003\na,2005,\nb,1990,2000\nc,2002,\n", "",
            "interventions: [{at: 2004, until: 2004, mandate: {policy: led, compliance: 0, cities: [c]}}]\n");
  test::Posed const posed = test::pose(texts);
  Design const adopting = design_of(posed.fit, {PolicyId{0}}).design;
  CHECK(years_of(adopting, 0) == Years{2000, 2001, 2004, 2005});
  CHECK(years_of(adopting, 1) == Years{2001, 2002, 2003, 2004, 2005});
  REQUIRE(left_policies(posed.fit).size() == 1);
  FittedPolicies const fitted = fit_leaving(posed.fit, PolicyId{0}, posed.fit.histories);
  Design const& leaving = fitted.observed.design;
  CHECK(years_of(leaving, 0) == Years{2002, 2003});
  CHECK(years_of(leaving, 1) == Years{2000});
  CHECK(years_of(leaving, 2) == Years{2003, 2005});
  CHECK(fitted.report.subject.name == "led.abandonment");
  REQUIRE(fitted.report.fit.estimated());
  CHECK(fitted.report.fit.coefficients[0] == doctest::Approx(-std::log(1 - 2. / 5)).epsilon(1e-9));
  CHECK(fitted.report.fit.covariance(0, 0) == doctest::Approx(0.4 / (5 * 0.6)).epsilon(1e-6));
  CHECK(fitted.observed.coefficients[0].paths == std::vector<std::string>{"policies.led.abandonment.hazard"});
}

TEST_CASE("where nobody leaves there is no hazard of leaving") {
  test::Posed const posed = test::pose(world(
      "  led: {baseline: -2, abandonment: {logit: {base: -3}}, adopters: {file: led.csv}}\n", "city,year\na,2001\n"));
  FittedPolicies const fitted = fit_leaving(posed.fit, PolicyId{0}, posed.fit.histories);
  CHECK(says(fitted.report.fit.failure, "in none of the 4 steps in which an adopter could leave did one"));
}

}  // namespace hansa
