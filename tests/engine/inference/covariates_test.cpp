/// Covariates by name, and what they count where little is known.
#include "inference/covariates.hpp"

#include <cmath>

#include <doctest/doctest.h>

#include "five_cities.hpp"

namespace hansa {

namespace {

using test::check_close, test::column;

std::string scenario_with(std::string const& mechanisms) {
  return "hansa: 1\ntime: {start: 2000, end: 2002}\ncities: {file: cities.csv}\n"
         "networks: {sister: {file: ties.csv, directed: true}}\ncollaborations: {file: members.csv}\n"
         "policies:\n  led:\n    baseline: -2\n    adopters: {file: led.csv, coverage: [a, d, e]}\n"
         "    mechanisms:\n" +
         mechanisms;
}

/// M of one mechanism for a, d and e in 2000, 2001 and 2002: b had the policy, d adopts in 2001; of c nothing is known.
std::vector<double> values_of(std::string const& mechanism) {
  test::Texts texts = test::five_texts("city,year\nb,1995\nd,2001\n", scenario_with("      m: " + mechanism + "\n"));
  texts.files["members.csv"] =
      "city,collaboration,joined\na,club,1990\nb,club,1990\nc,club,1990\nc,two,1990\ne,two,1990\n";
  test::Posed const posed = test::pose(texts);
  Design const design = design_of(posed.fit, {PolicyId{0}}).design;
  CHECK(design.city == std::vector<Index>{0, 0, 0, 3, 3, 4, 4, 4});
  return column(design, "m");
}

}  // namespace

TEST_CASE("a source of unknown status counts neither above nor below") {
  // a observes b, c, d.
  check_close(values_of("{exposure: {network: sister}}"), {0.5, 0.5, 1, 0, 0, 0, 0, 0});
  check_close(values_of("{exposure: {network: sister, normalize: weight}}"), {1, 1, 2, 0, 0, 0, 0, 0});
  check_close(values_of("{exposure: {network: sister, only: {larger: size}}}"), {0.5, 0.5, 1, 0, 0, 0, 0, 0});
  check_close(values_of("{exposure: {pool: {network: sister}}}"), {0.5, 0.5, 1, 0, 0, 0, 0, 0});
  check_close(values_of("{competition: {network: sister}}"), {0.5, 0.5, 1, 0, 0, 0, 0, 0});
}

TEST_CASE("pools are without cities of unknown status") {
  check_close(values_of("{exposure: {pool: all}}"), {1. / 3, 1. / 3, 2. / 3, 1. / 3, 1. / 3, 1. / 3, 1. / 3, 2. / 3});
  // North is a and c, south b, d and e.
  check_close(values_of("{exposure: {pool: {same: region}}}"), {0, 0, 0, 0.5, 0.5, 0.5, 0.5, 1});
  check_close(values_of("{exposure: {pool: {collaboration: club}}}"), {1, 1, 1, 0, 0, 0, 0, 0});
  check_close(values_of("{exposure: {pool: all, source_weight: size}}"),
              {2. / 11, 2. / 11, 6. / 11, 2. / 8, 2. / 8, 2. / 7, 2. / 7, 6. / 7});
  double const two = std::log1p(1.0), three = std::log1p(2.0);
  check_close(values_of("{log_adopters: {pool: all}}"), {two, two, three, two, two, two, two, three});
}

TEST_CASE("members of unknown status are no members") {
  check_close(values_of("{collective: {production: {power: 1}, collaborations: [club]}}"),
              {0.5, 0.5, 0.5, 0, 0, 0, 0, 0});
  // e would be alone in the other one.
  check_close(values_of("{collective: {production: {power: 1}, collaborations: [two]}}"), std::vector<double>(8, 0.0));
}

TEST_CASE("each coefficient knows its path and what the scenario says") {
  test::Posed const posed = test::pose(test::five_texts("city,year\nb,1995\n"));
  Covariates const covariates(*posed.fit.scenario, *posed.fit.world, posed.fit.model, PolicyId{0});
  std::vector<std::string> told;
  for (CovariateName const& each : covariates.names()) {
    told.push_back(each.name + " " + each.path + " " + std::to_string(each.value).substr(0, 4) + " " + each.mechanism);
  }
  CHECK(told == std::vector<std::string>{
                    "baseline policies.led.baseline -2.0 ",
                    "region_north policies.led.attributes.region.north 1.00 ",
                    "size policies.led.attributes.size 0.50 ",
                    "trend_1 policies.led.trend.polynomial[0] 0.10 ",
                    "trend_2 policies.led.trend.polynomial[1] 0.01 ",
                    "imitation policies.led.mechanisms.imitation.strength 2.00 imitation",
                    "imitation_by_size policies.led.mechanisms.imitation.strength_by.size 0.30 imitation",
                    "pool policies.led.mechanisms.pool.strength 0.20 pool",
                });
  CHECK(covariates.log_linear() == 5);
}

TEST_CASE("trends of other forms") {
  auto const trend = [](std::string const& form, std::string const& name) {
    test::Texts texts = test::five_texts("city,year\nb,1995\nd,2001\na,2003\n");
    std::string const old = "trend: {polynomial: [0.1, 0.01]}";
    texts.yaml.replace(texts.yaml.find(old), old.size(), "trend: " + form);
    test::Posed const posed = test::pose(texts, {"fit.from=2001", "fit.until=2003"});
    Design const design = design_of(posed.fit, {PolicyId{0}}).design;
    std::vector<double> const all = column(design, name);
    std::vector<double> values;
    for (std::size_t k = 0; k < all.size(); ++k) {
      if (design.city[k] == 2) values.push_back(all[k]);
    }
    return values;
  };
  check_close(trend("{log_time: 0.1}", "trend_1"), {std::log(6), std::log(7), std::log(8)});
  check_close(trend("{periods: {2003: 1}}", "period_2003"), {0, 0, 1});
  CHECK(trend("{periods: {2002: 1}}", "period_2002").empty());  // nobody adopts in 2002: it leaves the sample
  check_close(trend("{spline: {knots: [2000, 2001, 2003], coefficients: [1, 1]}}", "trend_1"), {1, 2, 3});
  // (t-2000)³ - (t-2001)³₊ 3/2 + (t-2003)³₊ 1/2, over 9
  check_close(trend("{spline: {knots: [2000, 2001, 2003], coefficients: [1, 1]}}", "trend_2"),
              {1. / 9, 6.5 / 9, 15. / 9});
}

}  // namespace hansa
