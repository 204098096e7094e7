/// Corners of the step loop that random worlds meet rarely, by hand.
#include <doctest/doctest.h>
#include <fmt/format.h>

#include "record/history.hpp"
#include "reference/agreement.hpp"
#include "support/dice.hpp"
#include "support/random_texts.hpp"

namespace hansa::reference {

namespace {

/// a adopts in step 1; b observes a and would adopt in step 2 if it were at risk then.
test::Texts two_cities(std::string const& at_risk, std::string const& entry, std::string const& exit) {
  return {
      "hansa: 1\ntime: {start: 1, end: 4}\ncities: {file: cities.csv}\nnetworks: {n: {file: n.csv}}\n"
      "policies:\n  p: {rule: threshold, threshold: {attribute: bar}, at_risk: {" +
          at_risk + "}, mechanisms: {m: {exposure: {network: n}}}}\n",
      {{"cities.csv", "id,bar,entry,exit\na,0,,\nb,0.5," + entry + "," + exit + "\n"},
       {"n.csv", "source,target\na,b\n"}}};
}

std::int32_t time_of_b(test::Texts const& texts) {
  auto const question = test::ask(texts);
  return test::adoption_times(*question, test::run_one(*question, 0, Lanes::full), "p").at("b");
}

}  // namespace

TEST_CASE("a city whose pressure changes in its last step decides no more") {
  CHECK(time_of_b(two_cities("until: exit", "", "1")) == never);
  CHECK(time_of_b(two_cities("until: exit", "", "2")) == 2);
  CHECK(time_of_b(two_cities("until: exit", "", "")) == 2);
}

TEST_CASE("a city that enters sees what happened before") {
  CHECK(time_of_b(two_cities("from: entry", "2", "")) == 2);
  CHECK(time_of_b(two_cities("from: entry", "4", "")) == 4);
  CHECK(time_of_b(two_cities("from: entry", "5", "")) == never);
  CHECK(time_of_b(two_cities("from: entry, until: exit", "3", "2")) == never);
}

TEST_CASE("engine and reference agree beyond one batch of cities") {
  Tally full, fast;
  for (std::uint64_t number = 1; number <= 6; ++number) {
    CAPTURE(number);
    auto const question = test::ask(test::random_texts(number, 700));
    CHECK(disagreement(*question, 0, Lanes::full, full) == "");
    CHECK(disagreement(*question, 0, Lanes::fast, fast) == "");
  }
  CHECK(full.adoptions > 2000);
  CHECK(fast.mismatches <= 1);
}

TEST_CASE("engine and reference agree where the cities fill no list") {
  constexpr int cities = 70000;
  test::Dice dice(1);
  std::string rows = "id,size,entry,exit\n", ties = "source,target\n";
  for (int i = 0; i < cities; ++i) {
    rows +=
        fmt::format("c{},{},{},{}\n", i, dice.decimal(-1, 1), dice.chance(20) ? "3" : "", dice.chance(20) ? "4" : "");
    for (int k = 0; k < 3; ++k) ties += fmt::format("c{},c{}\n", dice.between(0, cities - 1), i);
  }
  auto const question =
      test::ask({"hansa: 1\ntime: {start: 1, end: 6}\ncities: {file: cities.csv}\n"
                 "networks: {n: {file: n.csv}}\npolicies:\n"
                 "  p: {baseline: -4, attributes: {size: 0.5}, at_risk: {from: entry, until: exit}, "
                 "mechanisms: {m: {exposure: {network: n}, strength: 3}}}\n"
                 "interventions: [{at: 3, seed: {policy: p, cities: {random: 9000}, success: 0.5}}]\n",
                 {{"cities.csv", rows}, {"n.csv", ties}}});
  Tally full, fast;
  CHECK(disagreement(*question, 0, Lanes::full, full) == "");
  CHECK(disagreement(*question, 0, Lanes::fast, fast) == "");
  CHECK(full.adoptions > 5000);
  CHECK(full.seeds.seeded > 3000);
  CHECK(fast.mismatches <= 3);
}

}  // namespace hansa::reference
