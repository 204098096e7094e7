/// Tests of study/compare: chances known from enumeration, and what must not matter.
#include "study/compare.hpp"

#include <cmath>

#include <doctest/doctest.h>

#include "lines.hpp"
#include "study/knock_out.hpp"

using namespace hansa;
using namespace hansa::testing;

TEST_CASE("on a line of four cities, differences are those of enumeration") {
  auto const base = line(""), with = line(seed_a);
  CompareOutcome const outcome = compared(*base, *with, 4000);
  REQUIRE(outcome.failed.empty());
  Comparison const& found = outcome.comparison;
  CHECK(found.replicates == 4000);
  PolicyDifference const& p = found.what_ifs.at(0).policies.at(0);
  double const chance[] = {1, 0.5, 0.25, 0.125};
  for (std::size_t i = 0; i < 4; ++i) {
    CHECK(p.cities.chance_without[i] == 0);
    CHECK(std::fabs(p.cities.chance_with[i] - chance[i]) <= slack(chance[i], 4000));
    CHECK(p.cities.only_with[i] == p.cities.chance_with[i]);
    CHECK(p.cities.earlier[i] + p.cities.later[i] + p.cities.only_without[i] == 0);
  }
  // a gains ten years of ten; b nine where it adopts.
  CHECK(p.cities.gained[0] == 10);
  CHECK(p.cities.gained[1] == doctest::Approx(9 * p.cities.chance_with[1]));
  CHECK(p.followers.funded == std::vector<Index>{0});
  CHECK(p.followers.deadweight.mean == 0);
  CHECK(p.followers.funded_more.mean == 1);
  CHECK(p.followers.followers.mean ==
        doctest::Approx(p.cities.chance_with[1] + p.cities.chance_with[2] + p.cities.chance_with[3]));
  CHECK(p.adopters.front().mean == 1);
  CHECK(p.adopters.back().mean == doctest::Approx(1 + p.followers.followers.mean));
  CHECK(p.groups.at(0).label == "X");
  CHECK(p.groups.at(0).cities == 2);
  CHECK(p.groups.at(1).difference.mean == doctest::Approx(p.cities.chance_with[2] + p.cities.chance_with[3]));
  CHECK(found.what_ifs.at(0).cost->mean == 10);
  CHECK(found.outcomes.at(1).at(0).adopters.back().mean == doctest::Approx(p.adopters.back().mean));
  CHECK(p.luck.back().low == 1);
  CHECK(p.luck.back().high == 4);
}

TEST_CASE("without strength there is exactly no follower") {
  auto const base = line(""), with = line(seed_a);
  for (test::Question* const each : {base.get(), with.get()}) knock_out(each->model, "m");
  PolicyDifference const p = compared(*base, *with, 500).comparison.what_ifs.at(0).policies.at(0);
  CHECK(p.followers.followers.mean == 0);
  CHECK(p.followers.followers.low == 0);
  CHECK(p.followers.followers.high == 0);
  CHECK(p.followers.funded_more.mean == 1);
}

TEST_CASE("a what-if that changes nothing differs by exactly nothing") {
  auto const base = line("{at: 2000, seed: {policy: p, cities: [b], success: 0.5}}");
  auto const with = line(
      "{at: 2000, seed: {policy: p, cities: [b], success: 0.5}}, "
      "{at: 2001, name: none, seed: {policy: p, cities: [a], success: 0}}");
  PolicyDifference const p = compared(*base, *with, 500).comparison.what_ifs.at(0).policies.at(0);
  for (Interval const& each : p.adopters) CHECK((each.mean == 0 && each.low == 0 && each.high == 0));
  for (double const each : p.cities.gained) CHECK(each == 0);
  for (double const each : p.cities.earlier) CHECK(each == 0);
  CHECK(std::isnan(p.gain));
}

TEST_CASE("threads change no bit, and nor does a run in two pieces") {
  auto const base = line("{at: 2003, seed: {policy: p, cities: [b], success: 0.5}}"), with = line(seed_a);
  CompareOutcome const one = compared(*base, *with, 300, 1), three = compared(*base, *with, 300, 3);
  CHECK(one.adopters == three.adopters);
  CHECK(one.comparison.what_ifs[0].policies[0].cities.gained == three.comparison.what_ifs[0].policies[0].cities.gained);
  CHECK(one.comparison.what_ifs[0].policies[0].gain == three.comparison.what_ifs[0].policies[0].gain);
  std::vector<ComparedScenario> const both{scenario_of("base", *base), scenario_of("with", *with)};
  CompareOptions options;
  options.replicates = 75;
  options.most = 300;
  options.until = PreciseRequest{Precise::final_share, 1e-9};
  CompareOutcome const doubled = compare(both, base->plan, options);
  CHECK(doubled.asked == 300);
  CHECK(doubled.precision == Precision::missed);
  CHECK(doubled.adopters == one.adopters);
  CHECK(doubled.comparison.what_ifs[0].policies[0].gain == one.comparison.what_ifs[0].policies[0].gain);
}

TEST_CASE("replicates double until the interval is narrow, and no further") {
  auto const base = line(""), with = line(seed_a);
  std::vector<ComparedScenario> const both{scenario_of("base", *base), scenario_of("with", *with)};
  CompareOptions options;
  options.replicates = 50;
  options.until = PreciseRequest{Precise::followers, 0.2};
  CompareOutcome const found = compare(both, base->plan, options);
  CHECK(found.precision == Precision::reached);
  CHECK(found.lacking.empty());
  CHECK(widest(found.comparison, Precise::followers) <= 0.2);
  CHECK(found.asked % 50 == 0);
  options.replicates = found.asked / 2;
  options.until.reset();
  CHECK(widest(compare(both, base->plan, options).comparison, Precise::followers) > 0.2);
}

TEST_CASE("a measure that nothing has is looked at once; one that some have is made precise for these") {
  auto const base = line("", "0.01"), with = line("{at: 2000, name: fund, seed: {policy: p, cities: [b]}}", "0.01");
  std::vector<ComparedScenario> both{scenario_of("base", *base), scenario_of("with", *with)};
  CompareOptions options;
  options.replicates = 50;
  options.until = PreciseRequest{Precise::time_to_three_quarters, 1};
  CompareOutcome const found = compare(both, base->plan, options);
  CHECK(found.asked == 50);
  CHECK(found.precision == Precision::nowhere);
  CHECK(found.lacking == std::vector<ComparedPair>{{0, 0}});
  CHECK(std::isnan(widest(found.comparison, Precise::time_to_three_quarters)));
  options.until = PreciseRequest{Precise::followers, 1};
  auto const idle = line("");
  both.push_back(scenario_of("idle", *idle));
  CompareOutcome const some = compare(both, base->plan, options);
  CHECK(some.precision == Precision::reached);
  CHECK(some.lacking == std::vector<ComparedPair>{{1, 0}});
  // One replicate has a mean and no interval: that is no reason to stop.
  options.replicates = 1;
  options.until = PreciseRequest{Precise::final_adopters, 0.5};
  CompareOutcome const one = compare(both, base->plan, options);
  CHECK(one.asked > 1);
  CHECK(one.precision == Precision::reached);
}

TEST_CASE("four times the replicates halve the interval of the mean and leave luck") {
  auto const base = line("", "0.6"), with = line(seed_a, "0.6");
  Comparison const few = compared(*base, *with, 1000).comparison, many = compared(*base, *with, 4000).comparison;
  double const ratio = widest(many, Precise::final_adopters) / widest(few, Precise::final_adopters);
  CHECK(ratio == doctest::Approx(0.5).epsilon(0.1));
  Luck const &a = few.what_ifs[0].policies[0].luck.back(), &b = many.what_ifs[0].policies[0].luck.back();
  CHECK(a.low == b.low);
  CHECK(a.median == b.median);
  CHECK(a.high == b.high);
}

TEST_CASE("a mechanism that is knocked out is one without strength") {
  std::vector<std::string> const logit{
      "policies.p={baseline: -3, adopters: [a], mechanisms: {m: {exposure: {network: next}, "
      "strength: 2}, other: {exposure: {network: next}, strength: 1}}}"};
  std::vector<std::string> weak = logit;
  weak.emplace_back("policies.p.mechanisms.m.strength=0");
  auto const base = line("", "0.5", logit), without = line("", "0.5", weak), out = line("", "0.5", logit);
  CHECK(mechanisms_of(out->model) == std::vector<std::string>{"m", "other"});
  knock_out(out->model, "another");
  CHECK(compared(*base, *out, 200).comparison.what_ifs[0].policies[0].adopters.back().mean == 0);
  knock_out(out->model, "m");
  CHECK(compared(*base, *out, 200).adopters == compared(*base, *without, 200).adopters);
  CHECK(compared(*base, *out, 200).comparison.what_ifs[0].policies[0].adopters.back().mean < 0);
}

TEST_CASE("scenarios that cannot be paired are refused, with all reasons") {
  auto const base = line(""), late = line("", "0.5", {"time={start: 2000, end: 2010}", "seed=6"});
  Complaints complaints;
  std::vector<ComparedScenario> const both{scenario_of("base", *base), scenario_of("base", *late)};
  check_comparable(both, complaints);
  CHECK(complaints.size() == 3);
  std::string text;
  for (Complaint const& each : complaints.errors()) text += format(each) + "\n";
  CHECK(text.find("its time is 2000 to 2010, that of 'base' is 2000 to 2009") != std::string::npos);
  CHECK(text.find("its seed is 6, that of 'base' is 5") != std::string::npos);
  CHECK(text.find("two scenarios are called 'base'") != std::string::npos);
}

TEST_CASE("costs are those of interventions that only one of them has") {
  auto const free = line(""), paid = line(seed_a), unknown = line(seed_a_and_c);
  CHECK_FALSE(more_cost(free->model, free->model));
  CHECK(more_cost(free->model, paid->model) == 10);
  CHECK(more_cost(paid->model, free->model) == -10);
  CHECK_FALSE(more_cost(free->model, unknown->model));
  CHECK_FALSE(more_cost(paid->model, paid->model));
  // What a subsidy pays is found in the runs.
  std::vector<std::string> const cost{"policies.p.cost={amount: 8, per: once}"};
  auto const stated = line("", "0.5", cost), subsidised = line(quarter_paid, "0.5", cost);
  CHECK(more_cost(stated->model, subsidised->model) == 0);
  CHECK(more_cost(subsidised->model, subsidised->model) == 0);
  CHECK_FALSE(more_cost(free->model, line(quarter_paid)->model));
}

TEST_CASE("cities and funders pay what enumeration says") {
  std::vector<std::string> const cost{"policies.p.cost={amount: 8, per: once}"};
  auto const base = line("", "0.5", cost), with = line(seed_a + ", " + quarter_paid, "0.5", cost);
  Comparison const found = compared(*base, *with, 2000).comparison;
  PolicyDifference const& p = found.what_ifs.at(0).policies.at(0);
  // The seed of a is paid by its funder; every follower pays six and is paid two.
  double const followers = p.followers.followers.mean;
  CHECK(p.paid.spending.back().mean == doctest::Approx(6 * followers));
  CHECK(p.paid.subsidies.back().mean == doctest::Approx(2 * followers));
  CHECK(p.paid.spending.front().mean == 0);
  REQUIRE(found.what_ifs[0].cost);
  CHECK(found.what_ifs[0].cost->mean == doctest::Approx(10 + 2 * followers));
  CHECK(found.what_ifs[0].cost->high > found.what_ifs[0].cost->mean);
  CHECK(p.cost_per_follower.mean == doctest::Approx(10 / followers + 2));
  CHECK(p.cost_per_follower.low == doctest::Approx(10 / p.followers.followers.high + 2));
  CHECK(p.cost_per_adopter.high == doctest::Approx((10 + 2 * (p.adopters.back().low - 1)) / p.adopters.back().low));
  CHECK(found.outcomes[1][0].paid.subsidies.back().mean == doctest::Approx(2 * followers));
  CHECK(found.outcomes[0][0].paid.spending.back().mean == 0);
}

TEST_CASE("without the mechanism that lowers it a cost stays what it was") {
  std::string const priced =
      "policies.p={baseline: -2, adopters: [a], cost: {amount: 100, per: once}, mechanisms: {m: {exposure: {network: "
      "next}, strength: 2}";
  std::string const price = ", price: {scale: {pool: all, progress_ratio: 0.5}, strength: 1}";
  auto const base = line("", "0.5", {priced + price + "}}"}), without = line("", "0.5", {priced + "}}"}),
             out = line("", "0.5", {priced + price + "}}"});
  CHECK(compared(*base, *without, 200).comparison.outcomes[0][0].paid.spending.back().mean <
        compared(*base, *without, 200).comparison.outcomes[1][0].paid.spending.back().mean);
  knock_out(out->model, "price");
  Comparison const same = compared(*without, *out, 200).comparison;
  CHECK(same.what_ifs[0].policies[0].paid.spending.back().high == 0);
  CHECK(same.what_ifs[0].policies[0].paid.spending.back().low == 0);
  CHECK(same.outcomes[0][0].paid.spending.back().mean > 0);
}
