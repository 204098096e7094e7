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

struct LeftRule {
  std::string yaml;
  Formula eta;
  Chance chance;
};

Formula pressed_by_share(double baseline, double strength) {
  return [=](View const& view) { return baseline + strength * view.share(); };
}

/// Probability that no tie of those who adopted in the step before passes anything on.
double nothing_passes(View const& view) {
  double product = 1;
  for (auto const& [source, weight] : sources_of(view.city)) {
    bool const fresh = std::max(view.times[static_cast<std::size_t>(source)], first_label - 1) == view.t - 1;
    if (view.adopted(source) > 0 && fresh) product *= 1 - std::min(1.0, 0.3 * weight);
  }
  return product;
}

std::vector<LeftRule> left_rules() {
  std::string const mechanism = "mechanisms: {m: {exposure: {network: ties}, strength: ";
  return {
      {"rule: logit, baseline: -0.7, " + mechanism + "0.9}}", pressed_by_share(-0.7, 0.9), logit()},
      {"rule: cloglog, baseline: -1.2, " + mechanism + "0.9}}", pressed_by_share(-1.2, 0.9), cloglog()},
      {"rule: additive, baseline: -1.6094379124341003, " + mechanism + "0.3}}", pressed_by_share(0.2, 0.3), additive()},
      {"rule: linear, baseline: 0.2, " + mechanism + "0.3}}", pressed_by_share(0.2, 0.3), linear()},
      {"rule: cascade, " + mechanism + "0.3}}", nothing_passes, [](int, double none, double) { return 1 - none; }},
  };
}

test::Texts left_world(std::string const& policy, std::string const& interventions = "") {
  test::Texts texts = world_with("  p: {" + policy + ", abandonment: {hazard: 0.6}, adopters: [a]}\n");
  if (!interventions.empty()) texts.yaml += "interventions:\n" + interventions;
  return texts;
}

}  // namespace

TEST_CASE("who leaves and comes again has the enumerated law under every rule with a hazard") {
  for (LeftRule const& rule : left_rules()) {
    check_fit(left_world(rule.yaml), enumerate({rule.eta, rule.chance, a_before, {}, chance_to_leave}),
              adoptions_and_departures);
  }
}

TEST_CASE("a log odds of leaving is a chance of leaving") {
  auto const chance = [](int, std::int32_t) { return 1 / (1 + std::exp(0.3)); };
  test::Texts texts = world_with(
      "  p: {baseline: -0.7, mechanisms: {m: {exposure: {network: ties}, strength: 0.9}}, adopters: [a], "
      "abandonment: {logit: {base: -0.3}}}\n");
  check_fit(texts, enumerate({pressed_by_share(-0.7, 0.9), logit(), a_before, {}, chance}), adoptions_and_departures);
}

TEST_CASE("a city that is not in the world neither adopts nor leaves") {
  // b enters in 2, c leaves after 2.
  auto const in_the_world = [](int city, std::int32_t t) { return (city != 1 || t >= 2) && (city != 2 || t <= 2); };
  auto const leaves = [&](int city, std::int32_t t) { return in_the_world(city, t) ? chance_to_leave(city, t) : 0; };
  for (LeftRule const& rule : left_rules()) {
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
    LeftRule const rule = left_rules().front();
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
