/// What is refused beside hindrances, with the place and the mend.
#include "inference/unfit_scenarios.hpp"

#include "two_policies.hpp"

namespace hansa {

namespace {

using test::complaints_about;
using test::plain;
using test::says;
using test::tram;
using test::world;

}  // namespace

TEST_CASE("what nobody can know together is refused, with the place and the mend") {
  std::string const budgets = "resources: {initial: 5, income: 1}\n";
  CHECK(says(complaints_about(
                 world(plain + ", cost: {amount: 3}, when_unaffordable: queue}\n" + tram + ", cost: {amount: 1}}\n",
                       "city,year\na,2002\n", "city,year\n", budgets)),
             "cities wait for money for 'led', which others spend in the same step"));
  CHECK(says(complaints_about(world(plain + ", cost: {amount: 3}, reinvention: {probability: 0.5, gain: 0, cost: 1}}\n",
                                    "city,year\na,2002\n", "", budgets)),
             "who adapts 'led' pays more for it"));
  CHECK(says(complaints_about(
                 world(plain + ", cost: {amount: 3}}\n", "city,year\na,2002\n", "",
                       budgets + "interventions: [{at: 2001, seed: {policy: led, success: 0.5, cities: [a]}}]\n")),
             "succeeds by chance"));
  CHECK(says(complaints_about(
                 world(plain + ", excludes: [tram]}\n" + tram + "}\nfit: {policies: [led]}\n", "city,year\na,2002\n")),
             "'tram' is left out, name all of them in fit.policies"));
  CHECK(says(
      complaints_about(world(plain + ", excludes: [tram]}\n" + tram + ", rule: cloglog}\n", "city,year\na,2002\n")),
      "'led' and 'tram' have different rules"));
  for (std::string const fit : {"penalty: firth", "fixed_effects: [country]", "imputations: 5"})
    CHECK(says(complaints_about(
                   world(plain + ", excludes: [tram]}\n" + tram + "}\nfit: {" + fit + "}\n", "city,year\na,2002\n")),
               "fitted together, for which there is no"));
  CHECK(says(complaints_about(world(plain + ", excludes: [tram]}\n" + tram + "}\n", "city,year,after\na,2004,2000\n")),
             "known as an interval are not fitted beside policies that compete"));
  test::Texts visited = world(plain + "}\n", "city,year\na,2002\n");
  visited.yaml.replace(visited.yaml.find("directed: true}"), 15, "directed: true, dynamics: {visits: {rate: 0.1}}}");
  CHECK(says(complaints_about(visited), "visits begin ties of 'sister' by chance"));
}

}  // namespace hansa
