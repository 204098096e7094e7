/// Budgets, and cities that queue, against enumerated laws of one city.
#include <doctest/doctest.h>

#include "two_policies.hpp"

namespace hansa::exact {

namespace {

Steady const first{"baseline: -0.4, cost: {amount: 1}", std::log1p(std::exp(-0.4))};
Steady const second{"rule: cloglog, baseline: -0.7, cost: {amount: 1}", std::exp(-0.7)};

std::string resources(std::string const& text) {
  return "resources: {" + text + "}\n";
}

/// q alone matters; p is never adopted.
std::string const idle = "baseline: -60";

/// Chance of adopting q in each step by itself, p never.
Steps alone(std::function<double(std::int32_t)> const& chance) {
  return [=](bool, bool has_q, std::int32_t t) -> Step {
    double const q = has_q ? 1 : chance(t);
    return {0, 0, q};
  };
}

}  // namespace

TEST_CASE("a city that cannot pay is not at risk, and has lost nothing when it can") {
  for (auto const& [p, q] : pairs_of_rules()) {
    double const h = q.hazard;
    // After one step it has 1, after two 2: what costs 2 can be had from the third step on.
    check_fit(two_policies(idle, q.yaml + ", cost: {amount: 2}", "", resources("income: 1")),
              law_of(alone([=](std::int32_t t) { return t - first_label < 2 ? 0 : chance_of(h); })), of_city_b);
    // Enough from the start; and a debt that growth eats up: -1, -0.5, -0.25, …, with 0.25 a step.
    check_fit(two_policies(idle, q.yaml + ", cost: {amount: 2}", "", resources("initial: 2")),
              law_of(alone([=](std::int32_t) { return chance_of(h); })), of_city_b);
    check_fit(
        two_policies(idle, q.yaml + ", cost: {amount: 0.25}", "", resources("initial: -1, growth: -0.5, income: 0.5")),
        law_of(alone([=](std::int32_t t) { return t - first_label < 2 ? 0 : chance_of(h); })), of_city_b);
  }
}

TEST_CASE("a city that queues adopts as soon as it can pay") {
  for (auto const& [p, q] : pairs_of_rules()) {
    double const h = q.hazard;
    check_fit(two_policies(idle, q.yaml + ", cost: {amount: 2}, when_unaffordable: queue", "", resources("income: 1")),
              law_of(alone([=](std::int32_t t) {
                int const waited = t - first_label;
                return waited < 2 ? 0 : waited == 2 ? chance_of(3 * h) : chance_of(h);
              })),
              of_city_b);
  }
  std::string const threshold = "rule: threshold, threshold: 0, cost: {amount: 2}, when_unaffordable: queue";
  check_fit(two_policies(idle, threshold, "", resources("income: 1")),
            law_of(alone([](std::int32_t t) { return t - first_label < 2 ? 0 : 1; })), of_city_b);
}

TEST_CASE("with money for one, policies are competing risks") {
  double const hp = first.hazard, hq = second.hazard, all = hp + hq;
  auto const once = [=](bool has_p, bool has_q, std::int32_t) -> Step {
    if (has_p || has_q) return {0, has_p ? 1.0 : 0.0, has_q ? 1.0 : 0.0};
    return {0, hp / all * chance_of(all), hq / all * chance_of(all)};
  };
  check_fit(two_policies(first.yaml, second.yaml, "", resources("initial: 1")), law_of(once), of_city_b);
  // Who queues waits for ever.
  check_fit(two_policies(first.yaml + ", when_unaffordable: queue", second.yaml, "", resources("initial: 1")),
            law_of(once), of_city_b);
  auto const with_income = [=](bool has_p, bool has_q, std::int32_t t) -> Step {
    double const p = chance_of(hp), q = chance_of(hq);
    if (has_p && has_q) return {1, 0, 0};
    if (has_p) return {q, 1 - q, 0};
    if (has_q) return {p, 0, 1 - p};
    if (t > first_label) return {p * q, p * (1 - q), (1 - p) * q};  // it has saved enough for both
    return {0, hp / all * chance_of(all), hq / all * chance_of(all)};
  };
  check_fit(two_policies(first.yaml, second.yaml, "", resources("initial: 1, income: 1")), law_of(with_income),
            of_city_b);
}

TEST_CASE("money for two limits nobody, and running costs make poor") {
  double const hp = first.hazard, hq = second.hazard;
  auto const free = [=](double of_p, double of_q) {
    return law_of(after_one(of_p, of_q, [=](std::int32_t) {
      return Step{chance_of(of_p) * chance_of(of_q), chance_of(of_p) * std::exp(-of_q),
                  std::exp(-of_p) * chance_of(of_q)};
    }));
  };
  check_fit(two_policies(first.yaml, second.yaml, "", resources("initial: 2")), free(hp, hq), of_city_b);
  // p is adopted at once and costs 2 in every step: of 3, 1 is left for q in the first step and in the second.
  double const q = chance_of(hq);
  auto const steps = [=](bool, bool has_q, std::int32_t t) -> Step {
    if (has_q) return {1, 0, 0};
    return t - first_label < 2 ? Step{q, 1 - q, 0} : Step{0, 1, 0};
  };
  check_fit(two_policies("rule: threshold, threshold: 0, cost: {amount: 2, per: step}", second.yaml, "",
                         resources("initial: 3")),
            law_of(steps), of_city_b);
}

TEST_CASE("a mandate and a seed do not ask for the budget, and a fee is paid from it") {
  double const h = second.hazard;
  std::string const mandate = "interventions: [{at: 2, until: 2, mandate: {policy: q, compliance: 0.5}}]\n";
  check_fit(two_policies(idle, second.yaml, "", resources("initial: 0") + mandate),
            law_of(alone([](std::int32_t t) { return t == 2 ? 0.5 : 0; })), of_city_b);
  std::string const seed = "interventions: [{at: 2, seed: {policy: q, success: 0.4}}]\n";
  check_fit(two_policies(idle, second.yaml, "", resources("initial: 0") + seed),
            law_of(alone([](std::int32_t t) { return t == 2 ? 0.4 : 0; })), of_city_b);
  // 1.5 at the start, 1 after the first step, 0.5 after the second.
  test::Texts texts = two_policies(idle, second.yaml, "", resources("initial: 1.5"));
  std::string const clubs = "collaborations: {file: clubs.csv";
  std::size_t const at = texts.yaml.find(clubs);
  REQUIRE(at != std::string::npos);
  texts.yaml.insert(at + clubs.size(), ", properties: {everybody: {members: all, fee: {amount: 0.5}}}");
  check_fit(texts, law_of(alone([=](std::int32_t t) { return t - first_label < 2 ? chance_of(h) : 0; })), of_city_b);
}

TEST_CASE("a tie that is used brings both its cities money for another policy") {
  // b observes a, which had p before: in the step in which b adopts p, both gain 1, and can pay q from the next on.
  double const hp = std::log1p(std::exp(-0.4)), hq = second.hazard;
  test::Texts const texts =
      two_policies("baseline: -0.4", second.yaml, "", resources("returns: {network: ties, per_tie: 1}"));
  test::Texts seeded = texts;
  std::string const nobody_before = "adopters: []";
  seeded.yaml.replace(seeded.yaml.find(nobody_before), nobody_before.size(), "adopters: [a]");
  auto const steps = [=](bool has_p, bool has_q, std::int32_t) -> Step {
    if (has_p) return has_q ? Step{1, 0, 0} : Step{chance_of(hq), 1 - chance_of(hq), 0};
    return {0, chance_of(hp), 0};
  };
  // Of b; c observes others too.
  check_fit(seeded, law_of(steps), of_city_b);
}

}  // namespace hansa::exact
