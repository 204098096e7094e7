/// Rows of adopters files whose policy may be a slip of one in the scenario.
#include "world/policy_names.hpp"

#include <doctest/doctest.h>

#include "engine/world/support.hpp"

using namespace hansa;
using namespace hansa::test;

namespace {

std::string told(std::initializer_list<std::string> policies, std::string const& text) {
  Scenario scenario;
  for (std::string const& name : policies) {
    PolicySpec& policy = scenario.policies.emplace_back();
    policy.name = name;
    policy.adopters.source = file("a.csv");
  }
  Complaints complaints;
  warn_of_policy_names(scenario, {{"a.csv", table(text, "a.csv")}}, complaints);
  CHECK(complaints.empty());
  return warnings(complaints);
}

}  // namespace

TEST_CASE("names that are near to a policy are counted and told once") {
  CHECK(told({"bike_share"}, "city,policy\na,bikeshare\nb,bike_share\nc,bikeshare\nd,Bike_share\n") ==
        "a.csv:5:2: 1 row is of 'Bike_share', a policy that the scenario does not have, did you mean 'bike_share'? the "
        "row is not read\n"
        "a.csv:2:2: 2 rows are of 'bikeshare', a policy that the scenario does not have, did you mean 'bike_share'? "
        "they are not read; this is the first\n");
  for (std::string const slip : {"led ", "led\u00a0", "LED", "leds", "l-e-d"}) {
    CAPTURE(slip);
    CHECK(told({"brt", "led"}, "city,policy\na," + slip + "\n") ==
          "a.csv:2:2: 1 row is of '" + slip +
              "', a policy that the scenario does not have, did you mean 'led'? the row is not read\n");
  }
}

TEST_CASE("nothing is said of other policies, blank ones, and files without the column") {
  CHECK(told({"led", "leds"}, "city,policy\na,led\nb,leds\nc,congestion_charge\nd,\n") == "");
  CHECK(told({"ban_1"}, "city,policy\na,ban_2\nb,ban_10\nc,ban\n") == "");
  CHECK(told({"_"}, "city,policy\na,-\nb,zero\n") == "");
  CHECK(told({"led"}, "city,year\na,2000\n") == "");
}
