/// Policies that adopters leave again against enumerated laws: by every rule with a hazard, with mandates and dates.
#include <algorithm>
#include <cmath>

#include <doctest/doctest.h>
#include <fmt/format.h>

#include "cases.hpp"

namespace hansa::exact {

namespace {

constexpr double often = 0.6;  // hazard of leaving

double chance_to_leave(int, std::int32_t) {
  return -std::expm1(-often);
}

/// Without thresholds, which are kept: who has left is not as undecided as before.
std::vector<RuleOfShare> rules_with_hazards() {
  std::vector<RuleOfShare> rules = rules_of_share();
  rules.pop_back();
  return rules;
}

test::Texts left_world(std::string const& policy, std::string const& interventions = "") {
  test::Texts texts = world_with("  p: {" + policy + ", abandonment: {hazard: 0.6}, adopters: [a]}\n");
  if (!interventions.empty()) texts.yaml += "interventions:\n" + interventions;
  return texts;
}

}  // namespace

TEST_CASE("who leaves and comes again has the enumerated law under every rule with a hazard") {
  for (RuleOfShare const& rule : rules_with_hazards()) {
    check_fit(left_world(rule.yaml), enumerate({rule.eta, rule.chance, a_before, {}, chance_to_leave}),
              adoptions_and_departures);
  }
}

TEST_CASE("a log odds of leaving is a chance of leaving") {
  auto const chance = [](int, std::int32_t) { return 1 / (1 + std::exp(0.3)); };
  RuleOfShare const rule = rules_of_share().front();
  test::Texts const texts = world_with("  p: {" + rule.yaml + ", adopters: [a], abandonment: {logit: {base: -0.3}}}\n");
  check_fit(texts, enumerate({rule.eta, rule.chance, a_before, {}, chance}), adoptions_and_departures);
}

TEST_CASE("hazards of leaving that are set are those of their steps, and then the old ones again") {
  auto const chance = [](int, std::int32_t t) { return t == 2 ? -std::expm1(-1.5) : chance_to_leave(0, t); };
  auto const odds = [](int, std::int32_t t) { return 1 / (1 + std::exp(t == 1 ? 2.0 : 0.3)); };
  RuleOfShare const rule = rules_of_share().front();
  check_fit(left_world(rule.yaml, "  - {at: 2, until: 2, set: {policies.p.abandonment.hazard: 1.5}}\n"),
            enumerate({rule.eta, rule.chance, a_before, {}, chance}), adoptions_and_departures);
  test::Texts texts = world_with("  p: {" + rule.yaml + ", adopters: [a], abandonment: {logit: {base: -0.3}}}\n");
  texts.yaml += "interventions:\n  - {at: 1, until: 1, set: {policies.p.abandonment.logit.base: -2}}\n";
  check_fit(texts, enumerate({rule.eta, rule.chance, a_before, {}, odds}), adoptions_and_departures);
}

TEST_CASE("a city that is not in the world neither adopts nor leaves") {
  // b enters in 2, c leaves after 2.
  auto const in_the_world = [](int city, std::int32_t t) { return (city != 1 || t >= 2) && (city != 2 || t <= 2); };
  auto const leaves = [&](int city, std::int32_t t) { return in_the_world(city, t) ? chance_to_leave(city, t) : 0; };
  for (RuleOfShare const& rule : rules_with_hazards()) {
    Times const initial{0, 0, 0, never};
    test::Texts texts = left_world(rule.yaml + ", at_risk: {from: entry, until: exit}");
    texts.yaml.replace(texts.yaml.find("adopters: [a]"), 13, "adopters: [a, b, c]");
    check_fit(texts, enumerate({rule.eta, rule.chance, initial, in_the_world, leaves}), adoptions_and_departures);
  }
}

TEST_CASE("nobody leaves while a mandate binds, complied with or not") {
  // The first rule alone: a mandate without compliance changes no other pressure under any of them.
  for (std::int32_t const at : {first_label, 2, last_label}) {
    auto const leaves = [&](int city, std::int32_t t) {
      bool const bound = city < 2 && at <= t && t <= 2;
      return bound ? 0 : chance_to_leave(city, t);
    };
    std::string const mandate = fmt::format(
        "  - {{at: {}, until: {}, mandate: {{policy: p, compliance: 0, cities: [a, b]}}}}\n", at, std::max(at, 2));
    auto const bound_at_last = [&](int city, std::int32_t t) {
      return city < 2 && t == last_label ? 0 : chance_to_leave(city, t);
    };
    RuleOfShare const rule = rules_with_hazards().front();
    std::function<double(int, std::int32_t)> law = leaves;
    if (at == last_label) law = bound_at_last;
    check_fit(left_world(rule.yaml, mandate), enumerate({rule.eta, rule.chance, a_before, {}, law}),
              adoptions_and_departures);
  }
}

TEST_CASE("a threshold is kept: who leaves adopts again as soon as pressure is there") {
  // R = 0.2 everywhere: b follows a in 1, c follows in 1 too, d in 2; hazard 64 empties every staying power at once.
  auto const question =
      test::ask(world_with("  p: {rule: threshold, threshold: 0.2, abandonment: {hazard: 64}, adopters: [a],\n"
                           "      mechanisms: {m: {exposure: {network: ties}}}}\n"));
  History const history = test::run_one(*question, 0, Lanes::fast);
  // b and c see a and adopt in 1, when a leaves; d sees them and adopts in 2, when they leave; b sees d and adopts
  // again in 3, when d leaves.
  CHECK(adoptions_and_departures(history) == test::Outcome{0, 1, 1, 2, 1, 1, 1, 1});
  CHECK(curve_of(history) == test::Outcome{2, 1, 1});
}

}  // namespace hansa::exact
