/// Rows of five cities, counted by hand.
#include "inference/build_design.hpp"

#include <cmath>

#include <doctest/doctest.h>

#include "five_cities.hpp"

namespace hansa {

namespace {

using test::check_close, test::column;

Design design(std::string const& led, std::vector<std::string> const& settings = {},
              std::string const& yaml = test::five_cities) {
  test::Posed const posed = test::pose(test::five_texts(led, yaml), settings);
  return design_of(posed.fit, fits_of(posed.fit).at(0)).design;
}

std::vector<double> logs(std::vector<double> const& of) {
  std::vector<double> values;
  for (double const x : of) values.push_back(std::log1p(x));
  return values;
}

std::vector<std::int32_t> years_in(Design const& design, Index city) {
  std::vector<std::int32_t> years;
  for (std::size_t k = 0; k < design.rows(); ++k) {
    if (design.city[k] == city) years.push_back(design.period[k]);
  }
  return years;
}

/// b had it before; d adopts in 2001, a in 2003; c and e never.
constexpr char led[] = "city,year\nb,1995\nd,2001\na,2003\n";

}  // namespace

TEST_CASE("a city has a row for every step in which it could adopt") {
  Design const found = design(led);
  CHECK(found.city == std::vector<Index>{0, 0, 0, 0, 2, 2, 2, 2, 2, 2, 3, 3, 4, 4, 4, 4, 4, 4});
  CHECK(found.period == std::vector<std::int32_t>{2000, 2001, 2002, 2003, 2000, 2001, 2002, 2003, 2004, 2005, 2000,
                                                  2001, 2000, 2001, 2002, 2003, 2004, 2005});
  CHECK(found.event == std::vector<std::uint8_t>{0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0});
  CHECK(found.spell == std::vector<std::int32_t>(18, -1));
  CHECK(found.country == std::vector<std::int32_t>{0, 0, 0, 0, 1, 1, 1, 1, 1, 1, 1, 1, -1, -1, -1, -1, -1, -1});
  CHECK(found.names == std::vector<std::string>{"baseline", "region_north", "size", "trend_1", "trend_2", "imitation",
                                                "imitation_by_size", "pool"});
}

TEST_CASE("covariates are those of the end of the step before") {
  Design const found = design(led);
  check_close(column(found, "region_north"), {1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0});
  check_close(column(found, "trend_2"), {0, 1, 4, 9, 0, 1, 4, 9, 16, 25, 0, 1, 0, 1, 4, 9, 16, 25});
  // a observes b, c, d, of whom b had it, and d from 2001; c observes d.
  std::vector<double> const imitation{1. / 3, 1. / 3, 2. / 3, 2. / 3, 0, 0, 1, 1, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0};
  check_close(column(found, "imitation"), imitation);
  std::vector<double> by_size = imitation;
  std::vector<double> const size = column(found, "size");
  for (std::size_t k = 0; k < size.size(); ++k) by_size[k] *= size[k];
  check_close(column(found, "imitation_by_size"), by_size);
  check_close(column(found, "pool"), logs({1, 1, 2, 2, 1, 1, 2, 2, 3, 3, 1, 1, 1, 1, 2, 2, 3, 3}));
}

TEST_CASE("a window takes rows, not knowledge of what was before") {
  Design const found = design(led, {"fit.from=2002", "fit.until=2003"});
  CHECK(found.city == std::vector<Index>{0, 0, 2, 2, 4, 4});
  CHECK(found.event == std::vector<std::uint8_t>{0, 1, 0, 0, 0, 0});
  check_close(column(found, "imitation"), {2. / 3, 2. / 3, 1, 1, 0, 0});
}

TEST_CASE("cities beyond coverage leave the risk set, and those of unknown status the shares") {
  std::string yaml = test::five_cities;
  yaml.replace(yaml.find("{file: led.csv}"), 15, "{file: led.csv, coverage: [a, d]}");
  test::Posed const posed = test::pose(test::five_texts(led, yaml));
  ObservedDesign const found = design_of(posed.fit, {PolicyId{0}});
  CHECK(found.design.city == std::vector<Index>{0, 0, 0, 0, 3, 3});
  // b is named, so that its adoption counts; c is not, and leaves numerator and denominator.
  check_close(column(found.design, "imitation"), {0.5, 0.5, 1, 1, 0, 0});
  CHECK(found.counts.uncovered == 3);
  CHECK(found.counts.unknown_sources == 2);
}

TEST_CASE("an interval is a spell of rows, in which the city itself has not adopted") {
  Design const found = design("city,year,after\nb,1995,\nd,2003,1999\na,2004,2003\n");
  // d: 2000 … 2003, its middle is 2001, from which the others see it.
  std::vector<Index> const d(4, 3);
  CHECK(std::vector<Index>(found.city.begin() + 11, found.city.begin() + 15) == d);
  CHECK(std::vector<std::int32_t>(found.spell.begin() + 11, found.spell.begin() + 15) ==
        std::vector<std::int32_t>{0, 0, 0, 0});
  CHECK(std::vector<std::uint8_t>(found.event.begin() + 11, found.event.begin() + 15) ==
        std::vector<std::uint8_t>{0, 0, 0, 1});
  std::vector<double> const pool = column(found, "pool");
  check_close(std::vector<double>(pool.begin() + 11, pool.begin() + 15), logs({1, 1, 1, 1}));
  check_close(std::vector<double>(pool.begin(), pool.begin() + 5), logs({1, 1, 2, 2, 2}));
  CHECK(found.event[4] == 1);
}

TEST_CASE("an interval that ends beyond the window is censored at its beginning") {
  test::Posed const posed = test::pose(test::five_texts("city,year,after\nb,1995,\nd,2005,2001\n"), {"fit.until=2004"});
  ObservedDesign const found = design_of(posed.fit, {PolicyId{0}});
  std::vector<std::int32_t> years;
  for (std::size_t k = 0; k < found.design.rows(); ++k) {
    if (found.design.city[k] == 3) years.push_back(found.design.period[k]);
  }
  CHECK(years == std::vector<std::int32_t>{2000, 2001});
  CHECK(found.counts.cut_intervals == 1);
  CHECK(std::count(found.design.event.begin(), found.design.event.end(), 1) == 0);
}

TEST_CASE("an interval whose middle is after the end of time is censored at its beginning") {
  test::Posed const posed = test::pose(test::five_texts("city,year,after\nb,1995,\nd,2015,2001\n"));
  ObservedDesign const found = design_of(posed.fit, {PolicyId{0}});
  CHECK(years_in(found.design, 3) == std::vector<std::int32_t>{2000, 2001});
  CHECK(found.counts.cut_intervals == 1);
  CHECK(std::count(found.design.event.begin(), found.design.event.end(), 1) == 0);
}

TEST_CASE("intervals that the first scored decision divides are counted") {
  // d: 2000 to 2005 with the middle 2002; a: 2000 to 2003 with the middle 2001.
  std::string const divided = "city,year,after\nb,1995,\nd,2005,1999\na,2003,1999\n";
  test::Posed const posed = test::pose(test::five_texts(divided), {"fit.from=2002"});
  ObservedDesign const found = design_of(posed.fit, {PolicyId{0}});
  CHECK(years_in(found.design, 3) == std::vector<std::int32_t>{2002, 2003, 2004, 2005});
  CHECK(years_in(found.design, 0).empty());
  CHECK(found.counts.intervals == 1);
  CHECK(found.counts.early_intervals == 1);
  CHECK(found.counts.given_intervals == 1);
  DesignCounts const whole =
      design_of(test::pose(test::five_texts(divided), {"fit.from=2000"}).fit, {PolicyId{0}}).counts;
  CHECK(whole.intervals == 2);
  CHECK(whole.early_intervals == 0);
  CHECK(whole.given_intervals == 0);
  test::Posed const before = test::pose(test::five_texts("city,year,after\nd,2004,1997\na,2000,1990\n"));
  DesignCounts const counts = design_of(before.fit, {PolicyId{0}}).counts;
  CHECK(counts.early_intervals == 1);
  CHECK(counts.given_intervals == 1);
}

TEST_CASE("a city that comes again has its interval after it left") {
  Design const found = design("city,year,after,left\nb,1995,,\nd,2000,,2001\nd,2005,2002,\n");
  CHECK(years_in(found, 3) == std::vector<std::int32_t>{2000, 2002, 2003, 2004, 2005});
  std::vector<std::uint8_t> events;
  std::vector<std::int32_t> spells;
  for (std::size_t k = 0; k < found.rows(); ++k) {
    if (found.city[k] != 3) continue;
    events.push_back(found.event[k]);
    spells.push_back(found.spell[k]);
  }
  CHECK(events == std::vector<std::uint8_t>{1, 0, 0, 0, 1});
  CHECK(spells == std::vector<std::int32_t>{-1, -1, 0, 0, 0});
}

TEST_CASE("a city that gave up is at risk again the step after") {
  Design const found = design("city,year,left\nb,1995,2002\nd,2001,\n");
  std::vector<std::int32_t> years;
  for (std::size_t k = 0; k < found.rows(); ++k) {
    if (found.city[k] == 1) years.push_back(found.period[k]);
  }
  CHECK(years == std::vector<std::int32_t>{2003, 2004, 2005});
}

TEST_CASE("fixed effects lose the groups in which nothing happened") {
  test::Posed const posed = test::pose(test::five_texts(led), {"fit.fixed_effects=[country, period]"});
  ObservedDesign const found = design_of(posed.fit, {PolicyId{0}});
  // Only 2001 and 2003 have adoptions; e has no country.
  CHECK(found.design.city == std::vector<Index>{0, 0, 2, 2, 3});
  CHECK(found.counts.no_country == 6);
  CHECK(found.counts.lost_groups.size() == 4);
  CHECK(found.counts.references == std::vector<std::string>{"X", "2001"});
  check_close(column(found.design, "country_Y"), {0, 0, 1, 1, 1});
  check_close(column(found.design, "period_2003"), {0, 1, 0, 1, 0});
}

TEST_CASE("a period in which only cities without a country adopted has no event") {
  test::Posed const posed =
      test::pose(test::five_texts("city,year\nb,1995\nd,2001\ne,2002\n"), {"fit.fixed_effects=[country, period]"});
  ObservedDesign const found = design_of(posed.fit, {PolicyId{0}});
  CHECK(found.design.period == std::vector<std::int32_t>{2001, 2001});
  CHECK(found.design.city == std::vector<Index>{2, 3});
  CHECK(found.counts.no_country == 3);
  CHECK(found.counts.references == std::vector<std::string>{"Y", "2001"});
}

TEST_CASE("pooled policies share all but their baselines") {
  std::string yaml = test::five_cities;
  yaml +=
      "  bike:\n    baseline: -3\n    attributes: {size: 0.5}\n    adopters: {file: led.csv}\n    mechanisms:\n"
      "      pool: {log_adopters: {pool: all}, strength: 0.2}\n";
  test::Posed const posed = test::pose(test::five_texts(led, yaml), {"fit.pooled=true"});
  REQUIRE(fits_of(posed.fit).size() == 1);
  ObservedDesign const found = design_of(posed.fit, fits_of(posed.fit)[0]);
  CHECK(found.design.rows() == 36);
  std::vector<double> const bike = column(found.design, "baseline_bike");
  std::vector<double> const own = column(found.design, "baseline_led");
  for (std::size_t k = 0; k < 36; ++k) {
    CHECK(bike[k] + own[k] == 1);
    CHECK(bike[k] == (k < 18 ? 1 : 0));
  }
  std::size_t const size = static_cast<std::size_t>(
      std::find(found.design.names.begin(), found.design.names.end(), "size") - found.design.names.begin());
  CHECK(found.coefficients[size].paths ==
        std::vector<std::string>{"policies.bike.attributes.size", "policies.led.attributes.size"});
}

TEST_CASE("columns can be chosen") {
  Design const whole = design(led);
  Design const part = with_columns(whole, {0, 5});
  CHECK(part.names == std::vector<std::string>{"baseline", "imitation"});
  CHECK(column(part, "imitation") == column(whole, "imitation"));
  CHECK(part.log_linear == 2);
}

}  // namespace hansa
