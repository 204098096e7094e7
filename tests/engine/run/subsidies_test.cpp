/// Subsidies by hand: what is paid to whom, when budgets end, and what prices do to decisions.
#include "run/subsidies.hpp"

#include <cmath>

#include <doctest/doctest.h>

#include "support/question.hpp"

namespace hansa {

namespace {

/// Cities a … d, clock 1 … 4. By data a has the policy before the first step, b and c adopt in 2, d in 3.
test::Texts funded(std::string const& policy, std::string const& interventions) {
  test::Texts texts;
  texts.yaml =
      "hansa: 1\ntime: {start: 1, end: 4}\nreplicates: 1\ncities: {file: cities.csv}\n"
      "policies:\n  p: {baseline: -30, adopters: {file: p.csv, until: 3}, " +
      policy + "}\ninterventions: [" + interventions + "]\n";
  texts.files["cities.csv"] = "id,price\na,100\nb,200\nc,0\nd,400\n";
  texts.files["p.csv"] = "city,year\na,0\nb,2\nc,2\nd,3\n";
  return texts;
}

History play(test::Texts const& texts, std::int64_t replicate = 0) {
  return test::run_one(*test::ask(texts), replicate, Lanes::fast);
}

PolicyHistory first(test::Texts const& texts) {
  return play(texts).policies.at(0);
}

void check_close(std::vector<double> const& found, std::vector<double> const& expected) {
  REQUIRE(found.size() == expected.size());
  for (std::size_t t = 0; t < found.size(); ++t) {
    CAPTURE(t);
    CHECK(found[t] == doctest::Approx(expected[t]).epsilon(1e-14));
  }
}

/// A policy that cities decide on by its price alone: e^η = c_ref / c_net at step 1, where a has it.
test::Texts decided(std::string const& rule, std::string const& mechanisms, std::string const& cost,
                    std::string const& interventions) {
  test::Texts texts;
  texts.yaml = "hansa: 1\ntime: {start: 1, end: 3}\nreplicates: 1\ncities: {file: cities.csv}\npolicies:\n  p: {" +
               rule + ", adopters: [a], mechanisms: {" + mechanisms + "}" + cost + "}\ninterventions: [" +
               interventions + "]\n";
  texts.files["cities.csv"] = "id\na\nb\nc\nd\n";
  return texts;
}

}  // namespace

TEST_CASE("a share of the cost is paid in the steps in force, for the cities named") {
  PolicyHistory const history = first(funded(
      "cost: {amount: {attribute: price}}", "{at: 2, until: 2, subsidy: {policy: p, share: 30 %, cities: [a, b, c]}}"));
  check_close(history.spending, {0, 140, 400, 0});
  check_close(history.subsidies, {0, 60, 0, 0});
  check_close(history.unit_cost, {175, (70 + 140 + 0 + 400) / 4.0, 175, 175});
}

TEST_CASE("an amount is paid of each payment, and never more than 99 % of it") {
  PolicyHistory const history =
      first(funded("cost: {amount: {attribute: price}}", "{at: 1, subsidy: {policy: p, amount: 250}}"));
  check_close(history.spending, {0, 2, 150, 0});  // b pays 1 % of 200, c nothing of nothing
  check_close(history.subsidies, {0, 198, 250, 0});
  check_close(history.unit_cost, std::vector<double>(4, (1 + 2 + 0 + 150) / 4.0));
}

TEST_CASE("per step every adopter among its cities is subsidised while it lasts") {
  PolicyHistory const history = first(
      funded("cost: {amount: 100, per: step}", "{at: 2, until: 3, subsidy: {policy: p, amount: 30, cities: [a, b]}}"));
  check_close(history.spending, {100, 300 - 60, 400 - 60, 400});
  check_close(history.subsidies, {0, 60, 60, 0});
}

TEST_CASE("several add up, and share what bounds them") {
  History const history = play(funded("cost: {amount: 100}",
                                      "{at: 1, name: y, subsidy: {policy: p, share: 0.6}},"
                                      "{at: 3, name: x, subsidy: {policy: p, amount: 50}}"));
  check_close(history.policies[0].spending, {0, 80, 1, 0});
  check_close(history.policies[0].subsidies, {0, 120, 99, 0});
  REQUIRE(history.subsidies.size() == 2);
  CHECK(history.subsidies[0].paid == doctest::Approx(99 * 50 / 110.0).epsilon(1e-14));
  CHECK(history.subsidies[1].paid == doctest::Approx(120 + 99 * 60 / 110.0).epsilon(1e-14));
  CHECK(history.subsidies[0].spent == never);
}

TEST_CASE("a budget ends after the step in which it is spent: all of that step still have it") {
  auto const with = [](std::string const& budget) {
    return play(funded("cost: {amount: 100}", "{at: 1, subsidy: {policy: p, share: 0.3, budget: " + budget + "}}"));
  };
  History const small = with("30");
  check_close(small.policies[0].subsidies, {0, 60, 0, 0});
  CHECK(small.subsidies[0].spent == 2);
  CHECK(small.subsidies[0].paid == 60);
  History const exact = with("90");
  check_close(exact.policies[0].subsidies, {0, 60, 30, 0});
  CHECK(exact.subsidies[0].spent == 3);
  History const large = with("90.001");
  CHECK(large.subsidies[0].spent == never);
  check_close(with("0.0001").policies[0].spending, {0, 140, 100, 0});
}

TEST_CASE("payments that add up to the budget within rounding spend it") {
  History const history = play(
      funded("cost: {amount: 0.1, per: step}", "{at: 1, subsidy: {policy: p, share: 0.1, cities: [a], budget: 0.03}}"));
  CHECK(history.subsidies[0].paid == doctest::Approx(0.03).epsilon(1e-14));
  CHECK(history.subsidies[0].spent == 3);
  check_close(history.policies[0].subsidies, {0.01, 0.01, 0.01, 0});
}

TEST_CASE("budgets of one replicate are not those of the next") {
  auto const question =
      test::ask(funded("cost: {amount: 100}", "{at: 1, subsidy: {policy: p, share: 0.3, budget: 30}}"));
  for (History const& each : test::run_many(*question, 0, 3, 1, Lanes::fast))
    check_close(each.policies[0].subsidies, {0, 60, 0, 0});
}

TEST_CASE("seeded cities pay nothing for adopting, and get nothing for it") {
  test::Texts const once =
      decided("baseline: -30", "", ", cost: {amount: 100}",
              "{at: 2, seed: {policy: p, cities: [b, c]}}, {at: 1, subsidy: {policy: p, share: 0.5}}");
  CHECK(first(once).subsidies == std::vector<double>{0, 0, 0});
  test::Texts const step =
      decided("baseline: -30", "", ", cost: {amount: 100, per: step}",
              "{at: 2, seed: {policy: p, cities: [b, c]}}, {at: 1, subsidy: {policy: p, share: 0.5}}");
  CHECK(first(step).subsidies == std::vector<double>{50, 150, 150});
}

TEST_CASE("under rule cascade subsidies change who pays") {
  test::Texts texts = decided("rule: cascade", "m: {exposure: {network: n}}", ", cost: {amount: 100}",
                              "{at: 2, subsidy: {policy: p, share: 0.25, budget: 20}}");
  texts.yaml.insert(texts.yaml.find("policies"), "networks: {n: {file: ties.csv}}\n");
  texts.files["ties.csv"] = "source,target\na,b\nb,c\nc,d\n";
  PolicyHistory const history = first(texts);
  CHECK(history.spending == std::vector<double>{100, 75, 100});
  CHECK(history.subsidies == std::vector<double>{0, 25, 0});
}

TEST_CASE("mechanisms of the kind scale see the net price, and have the credit") {
  // Thresholds of 1: with θ = 1 a city adopts where ln(c_ref / c_net) >= 1.
  std::string const rule = "rule: threshold, threshold: 1", price = "s: {scale: {pool: all, progress_ratio: 1}}";
  auto const adopters = [&](std::string const& mechanisms, std::string const& cost, std::string const& act) {
    return first(decided(rule, mechanisms, cost, act)).adopters;
  };
  using Counts = std::vector<std::int32_t>;
  CHECK(adopters(price, "", "{at: 2, until: 2, subsidy: {policy: p, share: 0.63}}") == Counts{1, 1, 1});
  CHECK(adopters(price, "", "{at: 2, until: 2, subsidy: {policy: p, share: 0.64, cities: [b]}}") == Counts{1, 2, 2});
  CHECK(adopters(price, ", cost: {amount: 100}", "{at: 3, subsidy: {policy: p, amount: 63}}") == Counts{1, 1, 1});
  CHECK(adopters(price, ", cost: {amount: 100}", "{at: 3, subsidy: {policy: p, amount: 64}}") == Counts{1, 1, 4});
  // Experience of one adoption halves the cost: an amount of 14 of 50 then makes it 36.
  std::string const halves = "s: {scale: {pool: all, progress_ratio: 0.5}}";
  CHECK(adopters(halves, ", cost: {amount: 100}", "{at: 1, subsidy: {policy: p, amount: 13}}") == Counts{1, 1, 1});
  CHECK(adopters(halves, ", cost: {amount: 100}", "{at: 1, subsidy: {policy: p, amount: 14}}") == Counts{4, 4, 4});
  // Two mechanisms of strength 1 share the cut: it enters once.
  std::string const two = price + ", t: {scale: {pool: all, progress_ratio: 1}}";
  CHECK(adopters(two, "", "{at: 1, subsidy: {policy: p, share: 0.63}}") == Counts{1, 1, 1});
  CHECK(adopters(two, "", "{at: 1, subsidy: {policy: p, share: 0.64}}") == Counts{4, 4, 4});
  auto const question = test::ask(decided(rule, two, "", "{at: 1, subsidy: {policy: p, share: 0.64}}"));
  PolicyHistory const history = test::run_one(*question, 0, Lanes::fast).policies[0];
  CHECK(history.adoptions_by_mechanism[6 * 3] == doctest::Approx(1.5).epsilon(1e-14));
  CHECK(history.adoptions_by_mechanism[7 * 3] == doctest::Approx(1.5).epsilon(1e-14));
}

TEST_CASE("a budget that ends takes its part of the pressure away") {
  // In step 1 the share of 0.64 makes b and c adopt, and spends the budget; d is late, and pays the whole price.
  test::Texts texts =
      decided("rule: threshold, threshold: 1, at_risk: {from: entry}", "s: {scale: {pool: all, progress_ratio: 1}}",
              ", cost: {amount: 100}", "{at: 1, subsidy: {policy: p, share: 0.64, budget: 128}}");
  texts.files["cities.csv"] = "id,entry\na,\nb,\nc,\nd,2\n";
  History const history = play(texts);
  CHECK(history.policies[0].adopters == std::vector<std::int32_t>{3, 3, 3});
  CHECK(history.subsidies[0].spent == 1);
  texts.yaml.replace(texts.yaml.find("budget: 128"), 11, "budget: 129");
  CHECK(play(texts).policies[0].adopters == std::vector<std::int32_t>{3, 4, 4});
}

TEST_CASE("what the reference cost of a city becomes is seen by an amount at once") {
  test::Texts texts = decided("rule: threshold, threshold: 1", "s: {scale: {pool: all, progress_ratio: 1}}",
                              ", cost: {amount: {attribute: price}}", "{at: 1, subsidy: {policy: p, amount: 64}}");
  texts.yaml.replace(texts.yaml.find("{file: cities.csv}"), 18, "{file: cities.csv, panel: panel.csv}");
  texts.files["cities.csv"] = "id,price\na,200\nb,200\nc,200\nd,200\n";
  texts.files["panel.csv"] = "city,year,price\nb,2,100\nc,3,101.5\n";
  CHECK(first(texts).adopters == std::vector<std::int32_t>{1, 2, 2});
}

TEST_CASE("subsidies that cannot be, and such that change no decision") {
  auto const says = [](std::string const& policy, std::string const& act) {
    std::string text;
    try {
      auto const question = test::ask(funded(policy, act));
      for (Complaint const& each : question->warnings) text += each.problem + "\n";
    } catch (Error const& error) {
      for (Complaint const& each : error.complaints()) text += each.problem + "\n";
    }
    return text;
  };
  std::string const priced = "cost: {amount: 9}", scaled = "mechanisms: {s: {scale: {pool: all, progress_ratio: 1}}}";
  CHECK(says(priced + ", " + scaled, "{at: 1, name: x, subsidy: {policy: p, share: 0.1, budget: 7}}") == "");
  CHECK(says(scaled, "{at: 1, name: x, subsidy: {policy: p, share: 0.1}}") == "");
  CHECK(says(priced, "{at: 1, name: x, subsidy: {policy: p, share: 0.1}}") ==
        "'x' changes no decision on 'p', only who pays\n");
  CHECK(says("trend: none", "{at: 1, name: x, subsidy: {policy: p, share: 0.1}}") ==
        "'x' changes no decision on 'p'\n");
  std::string const unpriced = "'x' has an amount or a budget, and what 'p' costs is not stated\n";
  CHECK(says(scaled, "{at: 1, name: x, subsidy: {policy: p, amount: 1}}") == unpriced);
  CHECK(says(scaled, "{at: 1, name: x, subsidy: {policy: p, share: 0.1, budget: 1}}") == unpriced);
}

}  // namespace hansa
