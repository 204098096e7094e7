/// Tests of inference/summaries, as a calibration asks for them: by hand on a line of cities.
#include "inference/summaries.hpp"

#include <algorithm>
#include <cmath>

#include "calibration/calibrate.hpp"
#include "engine/calibration/worlds.hpp"

namespace hansa::summarised {

using test::OwnFolder;

namespace {

// a - b - c - d in a line, e alone; a is given, b adopts in 2001, d in 2002 and leaves in 2003.
constexpr char const* line = R"(hansa: 1
time: {start: 2001, end: 2004}
cities: {file: cities.csv}
networks: {road: {file: ties.csv, directed: false}, all: {same: region}}
policies:
  led:
    baseline: -1
    adopters: {file: adopters.csv}
calibrate:
  parameters: {policies.led.baseline: {uniform: [-2, 0]}}
)";

struct Line {
  OwnFolder folder;
  Line() {
    folder.write("cities.csv", "id,region\na,N\nb,N\nc,S\nd,S\ne,S\n");
    folder.write("ties.csv", "source,target\na,b\nb,c\nc,d\n");
    folder.write("adopters.csv", "city,year,left\na,2000,\nb,2001,\nd,2002,2003\ne,2003,\n");
  }
  [[nodiscard]] Question ask(std::vector<std::string> const& settings = {}) const {
    return parse_question(line, folder.path() / "s.yaml", {.settings = settings});
  }
};

double number(Summaries const& summaries, std::vector<double> const& row, std::string const& name) {
  auto const found = std::find(summaries.names().begin(), summaries.names().end(), name);
  REQUIRE(found != summaries.names().end());
  return row[static_cast<std::size_t>(found - summaries.names().begin())];
}

std::string complaint(Line const& there, std::string const& setting) {
  try {
    (void)summaries_of(there.ask({setting}));
  } catch (Error const& error) {
    return error.complaints().at(0).problem;
  }
  return {};
}

}  // namespace

TEST_CASE("curves, exposures and Moran's I of a line are those by hand") {
  Line const there;
  Question const asked = there.ask();
  Summaries const summaries = summaries_of(asked);
  std::vector<double> const row = summaries.observed();
  auto const told = [&](char const* name) { return number(summaries, row, name); };
  CHECK(told("led.curve.2001") == doctest::Approx(2.0 / 5));
  CHECK(told("led.curve.2002") == doctest::Approx(3.0 / 5));
  CHECK(told("led.curve.2003") == doctest::Approx(3.0 / 5));
  CHECK(told("led.curve_by_group.region.S.2002") == doctest::Approx(1.0 / 3));
  CHECK(told("led.curve_by_group.region.N.2001") == doctest::Approx(1));
  // b saw a (of a and c), d did not see c adopt, e sees nobody.
  CHECK(told("led.exposure_at_adoption.road.mean") == doctest::Approx(0.25));
  CHECK(told("led.exposure_at_adoption.road.sd") == doctest::Approx(0.25));
  // In 2003 a, b and e have it: deviations .4 .4 -.6 -.6 .4; lags of a, b, c, d: .4, -.1, -.1, -.6.
  double const products = 0.16 - 0.04 + 0.06 + 0.36, squares = 3 * 0.16 + 2 * 0.36;
  CHECK(told("led.moran.road.adopted") == doctest::Approx(5.0 / 4 * products / squares));
  // Steps 1 (b), 2 (d), 3 (e): no tie between them.
  CHECK(told("led.moran.road.time") == 0);
  CHECK(std::none_of(summaries.names().begin(), summaries.names().end(),
                     [](std::string const& name) { return name.find(".all.") != std::string::npos; }));
  CHECK(summaries.part_names().size() == 4);
  CHECK(summaries.parts().size() == summaries.size());
}

TEST_CASE("a simulated history that is the observed one has its summaries") {
  Line const there;
  there.folder.write("adopters.csv", "city,year\na,2000\nb,2001\nd,2002\ne,2003\n");
  Question const asked = there.ask();
  Summaries const summaries = summaries_of(asked);
  History history;
  history.policies.resize(1);
  history.policies[0].adoption_time = {2000, 2001, never, 2002, 2003};
  std::vector<double> row(summaries.size());
  summaries.simulated(history, row);
  CHECK(row == summaries.observed());
}

TEST_CASE("cities of unknown status are counted nowhere, and what comes after the last observation is not compared") {
  Line const there;
  Question const asked = there.ask({"policies.led.adopters={file: adopters.csv, coverage: [a, b, d]}"});
  Summaries const summaries = summaries_of(asked);
  std::vector<double> const row = summaries.observed();
  CHECK(number(summaries, row, "led.curve.2002") == doctest::Approx(3.0 / 4));  // c is unknown
  CHECK(number(summaries, row, "led.exposure_at_adoption.road.mean") == doctest::Approx(1));
  CHECK(std::none_of(summaries.names().begin(), summaries.names().end(),
                     [](std::string const& name) { return name.ends_with("2004"); }));
}

TEST_CASE("attributes and networks that cannot be used are refused") {
  Line const there;
  CHECK(complaint(there, "calibrate.summaries=[{moran: all}]") == "network 'all' has groups, and no ties");
  CHECK(complaint(there, "calibrate.summaries=[{curve_by_group: regoin}]") ==
        "unknown attribute 'regoin' (curve_by_group)");
  CHECK(complaint(there, "calibrate.summaries=[{exposure_at_adoption: rood}]") == "unknown network 'rood'");
  CHECK(complaint(there, "networks.road={erdos_renyi: {degree: 2}, redraw: replicate}").empty());
  CHECK(complaint(there, "calibrate.summaries=[moran]").empty());
}

}  // namespace hansa::summarised
