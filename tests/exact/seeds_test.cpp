/// Seeds against enumerated laws, under every rule: at the first step, mid-way and at the last one, alone and two at a
/// time.
#include <algorithm>
#include <cmath>
#include <memory>

#include <doctest/doctest.h>
#include <fmt/format.h>

#include "cases.hpp"

namespace hansa::exact {

namespace {

constexpr std::array<double, cities> of_b_and_c{0, 1, 1, 0};

/// A seed with its chance per city; 0: it does not name the city.
struct Seed {
  std::int32_t at;
  std::array<double, cities> chance;
};

/// A seed comes before the decisions of its step: a city decides where it fails.
std::map<test::Outcome, double> seeded(Law law, std::vector<Seed> const& seeds) {
  auto const now = std::make_shared<std::int32_t>(0);
  Formula const eta = law.eta;
  Chance const chance = law.chance;
  law.eta = [=](View const& view) {
    *now = view.t;
    return eta(view);
  };
  law.chance = [=](int city, double felt, double highest) {
    double stays = 1 - chance(city, felt, highest);
    for (Seed const& each : seeds) {
      if (each.at == *now) stays *= 1 - each.chance[static_cast<std::size_t>(city)];
    }
    return 1 - stays;
  };
  return enumerate(law);
}

/// Probability that no tie of those who adopted in the step before passes anything on.
double no_tie_passes(View const& view) {
  double product = 1;
  for (auto const& [source, weight] : sources_of(view.city)) {
    if (view.times[static_cast<std::size_t>(source)] == view.t - 1) product *= 1 - std::min(1.0, 0.3 * weight);
  }
  return product;
}

struct SeededRule {
  std::string yaml;
  Formula eta;
  Chance chance;
};

Formula in_share(double baseline, double strength) {
  return [=](View const& view) { return baseline + strength * view.share(); };
}

std::vector<SeededRule> seeded_rules() {
  std::string const mechanism = "mechanisms: {m: {exposure: {network: ties}, strength: ";
  return {
      {"rule: logit, baseline: -0.7, " + mechanism + "0.9}}", in_share(-0.7, 0.9), logit()},
      {"rule: cloglog, baseline: -1.2, " + mechanism + "0.9}}", in_share(-1.2, 0.9), cloglog()},
      {"rule: additive, baseline: -1.6094379124341003, " + mechanism + "0.3}}", in_share(0.2, 0.3), additive()},
      {"rule: linear, baseline: 0.2, " + mechanism + "0.3}}", in_share(0.2, 0.3), linear()},
      {"rule: threshold, threshold: {uniform: [-0.25, 1.25]}, " + mechanism + "0.9}}", in_share(0, 0.9),
       threshold([](int, double x) { return std::min(1.0, std::max(0.0, (x + 0.25) / 1.5)); })},
      {"rule: cascade, " + mechanism + "0.3}}", no_tie_passes, [](int, double none, double) { return 1 - none; }},
  };
}

test::Texts seeded_world(std::string const& policy, std::string const& interventions) {
  test::Texts texts = world_with("  p: {" + policy + ", adopters: [a]}\n");
  texts.yaml += "interventions:\n" + interventions;
  return texts;
}

}  // namespace

TEST_CASE("a seed at any step, under every rule, has the enumerated law") {
  for (SeededRule const& rule : seeded_rules()) {
    for (std::int32_t const at : {first_label, 2, last_label}) {
      std::string const seed = fmt::format("  - {{at: {}, seed: {{policy: p, cities: [b, c], success: 0.4}}}}\n", at);
      check_fit(seeded_world(rule.yaml, seed), seeded({rule.eta, rule.chance, a_before, {}}, {{at, {0, 0.4, 0.4, 0}}}));
    }
  }
}

TEST_CASE("a certain seed leaves nothing to chance") {
  for (SeededRule const& rule : seeded_rules()) {
    check_fit(seeded_world(rule.yaml, "  - {at: 2, seed: {policy: p, cities: [b, c]}}\n"),
              seeded({rule.eta, rule.chance, a_before, {}}, {{2, of_b_and_c}}));
  }
}

TEST_CASE("two seeds of one city in one step are the same in either order, and have the enumerated law") {
  std::string const one = "  - {at: 2, name: one, seed: {policy: p, cities: [b, d], success: 0.3}}\n";
  std::string const two = "  - {at: 2, name: two, seed: {policy: p, cities: [b], success: 25 %}}\n";
  for (SeededRule const& rule : seeded_rules()) {
    check_fit(seeded_world(rule.yaml, one + two),
              seeded({rule.eta, rule.chance, a_before, {}}, {{2, {0, 0.3, 0, 0.3}}, {2, {0, 0.25, 0, 0}}}));
    auto const before = test::ask(seeded_world(rule.yaml, one + two));
    auto const after = test::ask(seeded_world(rule.yaml, two + one));
    for (std::int64_t r = 0; r < 200; ++r) {
      History const a = test::run_one(*before, r, Lanes::fast), b = test::run_one(*after, r, Lanes::fast);
      REQUIRE(a.policies[0].adoption_time == b.policies[0].adoption_time);
      REQUIRE(a.policies[0].adoptions_by_mechanism == b.policies[0].adoptions_by_mechanism);
      REQUIRE(a.seeds == b.seeds);
    }
  }
}

TEST_CASE("cities that are not in the world are not seeded") {
  // b enters in 2, c leaves after 2.
  for (SeededRule const& rule : seeded_rules()) {
    Law const law{rule.eta, rule.chance, a_before,
                  [](int city, std::int32_t t) { return (city != 1 || t >= 2) && (city != 2 || t <= 2); }};
    std::string const policy = rule.yaml + ", at_risk: {from: entry, until: exit}";
    for (std::int32_t const at : {first_label, 2, last_label}) {
      std::string const seed = fmt::format("  - {{at: {}, seed: {{policy: p, success: 0.5}}}}\n", at);
      check_fit(seeded_world(policy, seed), seeded(law, {{at, {0.5, 0.5, 0.5, 0.5}}}));
    }
  }
}

}  // namespace hansa::exact
