/// Tests of run/fitted_groups: groups that decide without an estimate are named, and no others.
#include "run/fitted_groups.hpp"

#include <string>

#include <doctest/doctest.h>

#include "support/question.hpp"

namespace {

using namespace hansa;
using Why = UnestimatedGroup::Why;

/// A has the reference, B an estimate, F no event, G no row; e has no country and f of country H is an adopter.
std::unique_ptr<test::Question> world(std::string const& policy, std::vector<std::string> const& settings = {}) {
  return test::ask({"hansa: 1\ntime: {start: 2000, end: 2006}\ncities: {file: c.csv}\npolicies:\n  led:\n"
                    "    baseline: -2\n    adopters: {file: a.csv, until: 2000}\n" +
                        policy +
                        (policy.find("B: 0.5") != std::string::npos || policy.find("2002: 0.5") != std::string::npos
                             ? "sources: {policies.led.attributes.country.B: fitted, "
                               "policies.led.trend.periods.2002: fitted}\n"
                             : ""),
                    {{"c.csv", "id,country\na,A\nb,B\nc,F\nd,G\ne,\nf,H\ng,A\n"}, {"a.csv", "city,year\nf,2000\n"}}},
                   settings);
}

std::string warnings(test::Question const& question, Estimates const& fit) {
  Complaints complaints;
  warn_of_groups({fit}, question.scenario, question.world, question.model, {"fit.h5", 0, 0}, complaints);
  std::string text;
  for (Complaint const& each : complaints.warnings()) text += (text.empty() ? "" : "\n") + format(each);
  return text;
}

Estimates countries() {
  Estimates fit{.name = "led",
                .terms = {"country_B"},
                .paths = {{"policies.led.attributes.country.B"}},
                .values = {0.5},
                .covariance = {1},
                .link = "logit"};
  fit.groups = {{"policies.led.attributes.country.A", Why::reference},
                {"policies.led.attributes.country.F", Why::no_event}};
  return fit;
}

TEST_CASE("countries without an estimate that decide are named") {
  CHECK(warnings(*world("    attributes: {country: {B: 0.5}}\n"), countries()) ==
        "fit.h5: policy 'led' has no estimate of country F (no event in the fit), G (not in the fit), cities without a "
        "country (1 of them): they decide with the effect of A, the reference, say an effect with --set "
        "policies.led.attributes.country.GROUP=NUMBER where they have another");
  std::string const told = warnings(*world("    attributes: {country: {B: 0.5, F: -2}}\n"), countries());
  CHECK(told.find("F (") == std::string::npos);
  CHECK(told.find("G (") != std::string::npos);
  CHECK(warnings(*world("    attributes: {country: {B: 0.5, F: -2, G: 0}}\n    at_risk: {cities: [a, b, c, d]}\n"),
                 countries())
            .empty());
  Estimates none = countries();
  none.groups.clear();
  CHECK(warnings(*world("    attributes: {country: {B: 0.5}}\n"), none).empty());
}

TEST_CASE("periods without an estimate that decide are named, together where they follow one another") {
  Estimates fit{.name = "led",
                .terms = {"period_2002"},
                .paths = {{"policies.led.trend.periods.2002"}},
                .values = {0.5},
                .covariance = {1},
                .link = "logit"};
  fit.groups = {{"policies.led.trend.periods.2001", Why::reference},
                {"policies.led.trend.periods.2003", Why::no_event}};
  CHECK(warnings(*world("    trend: {periods: {2002: 0.5}}\n"), fit)
            .starts_with("fit.h5: policy 'led' has no estimate of 2003 (no event in the fit), 2004 to 2006 (not in the "
                         "fit): they decide with the effect of 2001, the reference"));
  CHECK(warnings(*world("    trend: {periods: {2002: 0.5, 2003: 1, 2004: 1, 2005: 1, 2006: 1}}\n"), fit).empty());
  // A trend by periods of the scenario itself has no reference: the others have none by will.
  fit.groups.erase(fit.groups.begin());
  CHECK(warnings(*world("    trend: {periods: {2002: 0.5, 2003: 0.25}}\n"), fit) ==
        "fit.h5: policy 'led' has no estimate of the trend in 2003 (0.25), which had no event in the fit: the effects "
        "are those that the scenario says");
}

TEST_CASE("what a setting pushed aside is not warned of") {
  auto const question = world("    trend: none\nsources: {}\n");
  Estimates fit{.name = "led",
                .terms = {"period_2002"},
                .paths = {{"policies.led.trend.periods.2002"}},
                .values = {0.5},
                .covariance = {1},
                .link = "logit"};
  fit.groups = {{"policies.led.trend.periods.2001", Why::reference}};
  CHECK(warnings(*question, fit).empty());
}

}  // namespace
