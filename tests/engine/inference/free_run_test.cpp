/// Simulated continuations, against chances worked out by hand.
#include "inference/free_run.hpp"

#include <cmath>

#include <doctest/doctest.h>

#include "five_cities.hpp"

namespace hansa {

namespace {

constexpr std::int64_t replicates = 4000;

/// Within 4.5 standard errors: a false alarm in 150,000.
bool is_share(std::int64_t count, double chance) {
  auto const n = static_cast<double>(replicates);
  return std::fabs(static_cast<double>(count) - n * chance) < 4.5 * std::sqrt(n * chance * (1 - chance));
}

/// d adopted in 1999; b observes a, a observes b, c, d, and c observes d. Until 2001 nobody else adopts.
test::Posed chain(std::vector<std::string> const& settings = {}) {
  std::string const yaml =
      "hansa: 1\ntime: {start: 2000, end: 2003}\ncities: {file: cities.csv}\n"
      "networks: {sister: {file: ties.csv, directed: true}}\npolicies:\n  led:\n    baseline: -2\n"
      "    adopters: {file: led.csv}\n    mechanisms:\n      imitation: {exposure: {network: sister}, strength: 1}\n"
      "fit: {until: 2001}\n";
  return test::pose(test::five_texts("city,year\nd,1999\na,2003\n", yaml), settings);
}

std::vector<std::int64_t> run(test::Posed const& posed, FreeRunOrder order) {
  order.policies = {PolicyId{0}};
  order.first = 3;
  order.replicates = replicates;
  return free_adoptions(posed.fit, order);
}

double logit(double p) {
  return std::log(p / (1 - p));
}

}  // namespace

TEST_CASE("cities follow whom they observe in the simulation, not in the data") {
  // Chance 0.1 without exposure, 0.9 with a whole one.
  FreeRunOrder order;
  order.coefficients = {{"baseline", logit(0.1)}, {"imitation", logit(0.9) - logit(0.1)}};
  auto const counts = run(chain(), order);
  CHECK(counts[3] == 0);             // d has adopted
  CHECK(is_share(counts[4], 0.19));  // e observes nobody
  CHECK(is_share(counts[2], 0.99));  // c observes d throughout
  // a: a third of its sources in 2002; in 2003 more if c or b adopted before, which they do independently.
  double const third = 1 / (1 + std::exp(-logit(0.1) - (logit(0.9) - logit(0.1)) / 3));
  double const two = 1 / (1 + std::exp(-logit(0.1) - 2 * (logit(0.9) - logit(0.1)) / 3));
  double const then = 0.9 * 0.1 * 0.9 + (0.9 * 0.9 + 0.1 * 0.1) * two + 0.1 * 0.9 * third;
  CHECK(is_share(counts[0], third + (1 - third) * then));
  CHECK(is_share(counts[1], 0.1 + 0.9 * (third * 0.9 + (1 - third) * 0.1)));
}

TEST_CASE("a coefficient that is left out is 0, and threads change nothing") {
  FreeRunOrder order;
  order.coefficients = {{"baseline", logit(0.3)}};
  auto const counts = run(chain(), order);
  for (Index const city : {0u, 1u, 2u, 4u}) CHECK(is_share(counts[city], 1 - 0.7 * 0.7));
  order.threads = 1;
  CHECK(run(chain(), order) == counts);
}

TEST_CASE("nobody adopts who is barred, or cannot decide") {
  FreeRunOrder order;
  order.coefficients = {{"baseline", 40}};
  order.barred = {0, 1, 0, 0, 0};
  auto const counts = run(chain({"policies.led.at_risk={cities: {where: {region: south}}}"}), order);
  CHECK(counts == std::vector<std::int64_t>{0, 0, 0, 0, replicates});
}

TEST_CASE("fixed effects of countries and the link count") {
  FreeRunOrder order;
  order.link = FitLink::cloglog;
  order.coefficients = {{"baseline", std::log(0.1)}, {"country_Y", std::log(5.0)}};
  auto const counts = run(chain({"fit.fixed_effects=[country]"}), order);
  CHECK(is_share(counts[0], 1 - std::exp(-0.2)));  // X
  CHECK(is_share(counts[2], 1 - std::exp(-1.0)));  // Y
}

TEST_CASE("who waits for money decides meanwhile, and adopts once it can pay") {
  // Budgets of 0 gain 1 at the end of each step: 3 are there in the decisions of 2003, the fourth step.
  auto const posed = [](std::string const& affording) {
    std::string const yaml =
        "hansa: 1\ntime: {start: 2000, end: 2003}\ncities: {file: cities.csv}\n"
        "resources: {initial: 0, income: 1}\npolicies:\n  led: {baseline: -2, adopters: {file: led.csv}, cost: "
        "{amount: 3}" +
        affording + "}\nfit: {until: 2001}\n";
    return test::pose(test::five_texts("city,year\nd,1999\n", yaml));
  };
  FreeRunOrder order;
  order.coefficients = {{"baseline", logit(0.1)}};
  auto const waiting = run(posed(", when_unaffordable: queue"), order), stopping = run(posed(""), order);
  for (Index const city : {0u, 1u, 2u, 4u}) {
    CHECK(is_share(waiting[city], 1 - std::pow(0.9, 4)));
    CHECK(is_share(stopping[city], 0.1));
  }
  CHECK(waiting[3] == 0);
}

}  // namespace hansa
