/// Ties that live by use, and visits, against enumerated laws of one city.
#include <doctest/doctest.h>

#include "two_policies.hpp"

namespace hansa::exact {

namespace {

std::string const looking = ", mechanisms: {m: {exposure: {network: ties}, strength: 2}}";

/// The tiny world in which ties have dynamics; b observes a (1) and d (3). p is adopted before by a alone, q by nobody.
test::Texts world(std::string const& dynamics, std::string const& p, std::string const& q) {
  test::Texts texts = two_policies(p, q);
  std::string const ties = "ties: {file: ties.csv";
  texts.yaml.insert(texts.yaml.find(ties) + ties.size(), ", dynamics: {" + dynamics + "}");
  std::string const nobody_before = "adopters: []";
  texts.yaml.replace(texts.yaml.find(nobody_before), nobody_before.size(), "adopters: [a]");
  return texts;
}

double softplus(double eta) {
  return std::log1p(std::exp(eta));
}

/// Of p alone; d, which b observes too, never adopts it.
std::string const at_risk_is_b = ", at_risk: {cities: [b]}";
std::string const still = "baseline: -60";

Steps p_alone(std::function<double(std::int32_t)> const& chance) {
  return [=](bool has_p, bool, std::int32_t t) -> Step { return {0, has_p ? 1 : chance(t), 0}; };
}

}  // namespace

TEST_CASE("exposure falls as ties that nobody uses decay, and is nothing when they are gone") {
  // A quarter of the weight that b observes is a's: 1/4, 1/4 (1 - decay), 1/4 (1 - decay)^2; the floor ends it.
  for (auto const& [dynamics, strength] : {std::pair<std::string, std::vector<double>>{"decay: 0.5", {1, 0.5, 0.25}},
                                           {"decay: 0.5, floor: 0.3", {1, 0.5, 0}},
                                           {"decay: 0.2, reinforce: 1", {1, 0.8, 0.64}}}) {
    check_fit(world(dynamics, "baseline: -1" + looking + at_risk_is_b, still),
              law_of(p_alone([&, of = strength](std::int32_t t) {
                double const s = of[static_cast<std::size_t>(t - first_label)];
                return chance_of(softplus(-1 + 2 * 0.25 * s));
              })),
              of_city_b);
  }
}

TEST_CASE("a tie that one policy uses is stronger for another") {
  // Both p and q were a's before; when b adopts p the tie is restored in full, and q's exposure with it.
  test::Texts texts =
      world("decay: 0.5, reinforce: 1", "baseline: -0.5" + at_risk_is_b, "baseline: -1" + looking + at_risk_is_b);
  std::size_t const second = texts.yaml.rfind("adopters: []");
  texts.yaml.replace(second, 12, "adopters: [a]");
  // Since the last use, or the start: none, one, two steps.
  std::map<test::Outcome, double> law;
  double const hp = softplus(-0.5);
  std::function<void(std::int32_t, std::int32_t, std::int32_t, double, double)> const go =
      [&](std::int32_t t, std::int32_t p, std::int32_t q, double strength, double chance) {
        if (t > last_label) {
          law[{p, q}] += chance;
          return;
        }
        double const of_p = p != never ? 0 : chance_of(hp),
                     of_q = q != never ? 0 : chance_of(softplus(-1 + 2 * 0.25 * strength));
        for (int const adopts_p : {0, 1}) {
          for (int const adopts_q : {0, 1}) {
            double const share = (adopts_p != 0 ? of_p : 1 - of_p) * (adopts_q != 0 ? of_q : 1 - of_q);
            double const next = adopts_p + adopts_q > 0 ? 1 : strength / 2;
            if (share > 0) go(t + 1, adopts_p != 0 ? t : p, adopts_q != 0 ? t : q, next, chance * share);
          }
        }
      };
  go(first_label, never, never, 1, 1);
  check_fit(texts, law, of_city_b);
}

TEST_CASE("who visits sees more: each other city with the same chance, or by what it has adopted") {
  // b observes a and d. c alone has p before: only by a visit can b see it. In a step b visits with chance 1 - e^-rate
  // one of four cities, itself among them, and again if it is itself, 32 times at most.
  double const rate = 0.7;
  for (auto const& [prestige, weight] : {std::pair{0.0, 1.0}, {1.0, 2.0}}) {
    test::Texts texts = world(fmt::format("visits: {{rate: {}, prestige: {}}}", rate, prestige),
                              "baseline: -1" + looking + at_risk_is_b, still);
    std::string const before = "adopters: [a]";
    texts.yaml.replace(texts.yaml.find(before), before.size(), "adopters: [c]");
    double const own = 1 / (3 + weight);  // while b has nothing
    double const meets = (1 - std::exp(-rate)) * (weight / (3 + weight)) * (1 - std::pow(own, 32)) / (1 - own);
    // Not tied to c, or tied: then c has 1 of the weight 5.
    std::map<test::Outcome, double> law;
    std::function<void(std::int32_t, bool, double)> const go = [&](std::int32_t t, bool tied, double chance) {
      if (t > last_label) {
        law[{never, never}] += chance;
        return;
      }
      double const adopts = chance_of(softplus(-1 + (tied ? 2 * 0.2 : 0)));
      law[{t, never}] += chance * adopts;
      double const left = chance * (1 - adopts);
      if (tied) return go(t + 1, true, left);
      go(t + 1, true, left * meets);
      go(t + 1, false, left * (1 - meets));
    };
    go(first_label, false, 1);
    check_fit(texts, law, of_city_b);
  }
}

TEST_CASE("dynamics without decay and visits change nothing") {
  for (std::string const dynamics : {"decay: 0", "reinforce: 1, floor: 0.9", "visits: {rate: 0}"}) {
    auto const with = test::ask(world(dynamics, "baseline: -1" + looking, "baseline: -0.5" + looking));
    test::Texts without = world("decay: 0", "baseline: -1" + looking, "baseline: -0.5" + looking);
    std::string const living = ", dynamics: {decay: 0}";
    without.yaml.erase(without.yaml.find(living), living.size());
    auto const base = test::ask(without);
    for (std::int64_t r = 0; r < 50; ++r) {
      History const a = test::run_one(*with, r, Lanes::full), b = test::run_one(*base, r, Lanes::full);
      for (std::size_t p = 0; p < 2; ++p) {
        CHECK(a.policies[p].adoption_time == b.policies[p].adoption_time);
        CHECK(a.policies[p].adoptions_by_mechanism == b.policies[p].adoptions_by_mechanism);
      }
    }
  }
}

TEST_CASE("dynamics without decay change nothing, whatever looks along the ties, and when") {
  auto const mechanism = [](std::string const& kind) { return ", mechanisms: {m: {" + kind + "}}"; };
  std::vector<std::string> const policies{
      "baseline: -1" + mechanism("exposure: {network: ties, source_weight: votes}, strength: 2"),
      "baseline: -1" + mechanism("competition: {network: ties, only: {larger: votes}, normalize: weight}, strength: 1"),
      "baseline: -1" + mechanism("exposure: {pool: {network: ties}, half_life: 2}, strength: 3"),
      "baseline: -1" + mechanism("exposure: {pool: {network: ties}, shape: {power: 2}}, strength: 3"),
      "baseline: -2" + mechanism("log_adopters: {pool: {network: ties}}, strength: 2"),
      "baseline: -2" + mechanism("scale: {pool: {network: ties}, progress_ratio: 0.5}, strength: 2"),
      "baseline: -2" + mechanism("learning: {network: ties}, strength: 2") + ", merit: {mean: 1}",
      "rule: additive, baseline: -2" + mechanism("exposure: {network: ties, transmission: 0.2}"),
      "rule: cascade" + mechanism("exposure: {network: ties}, strength: 0.3")};
  for (std::string const& policy : policies) {
    for (std::string const timing : {"", ", ties: lagged"}) {
      CAPTURE(policy + timing);
      test::Texts texts = world("reinforce: 1", policy, "baseline: -0.5");
      std::string const ties = "ties: {file: ties.csv", living = ", dynamics: {reinforce: 1}";
      texts.yaml.insert(texts.yaml.find(ties) + ties.size(), timing);
      auto const with = test::ask(texts);
      texts.yaml.erase(texts.yaml.find(living), living.size());
      auto const without = test::ask(texts);
      std::int64_t adopters = 0;
      for (std::int64_t r = 0; r < 100; ++r) {
        History const a = test::run_one(*with, r, Lanes::full), b = test::run_one(*without, r, Lanes::full);
        CHECK(a.policies[0].adoption_time == b.policies[0].adoption_time);
        adopters += a.policies[0].adopters.back();
      }
      CHECK(adopters > 120);  // others than the first
    }
  }
}

TEST_CASE("an attempt succeeds with the chance that the strength of its tie leaves") {
  // a adopts at label 2, by a seed; its tie to b has lost half of itself twice when it acts, in the decisions of 3.
  for (auto const& [timing, left] : {std::pair<std::string, double>{"", 0.25}, {", ties: lagged", 0.5}}) {
    test::Texts texts = world("decay: 0.5",
                              "rule: cascade"
                              ", mechanisms: {m: {exposure: {network: ties}, strength: 0.8}}",
                              still);
    std::string const ties = "ties: {file: ties.csv", before = "adopters: [a]";
    texts.yaml.insert(texts.yaml.find(ties) + ties.size(), timing);
    texts.yaml.replace(texts.yaml.find(before), before.size(), "adopters: []");
    texts.yaml += "interventions: [{at: 2, seed: {policy: p, cities: [a]}}]\n";
    double const chance = 0.8 * left;
    check_fit(texts, {{{3, never}, chance}, {{never, never}, 1 - chance}}, of_city_b);
  }
}

TEST_CASE("a contagion along a tie that nobody uses passes with ever smaller parts of its chance") {
  check_fit(
      world("decay: 0.5",
            "rule: additive, mechanisms: {m: {exposure: {network: ties, transmission: 0.3}}}" + at_risk_is_b, still),
      law_of(p_alone([](std::int32_t t) { return 0.3 * std::pow(0.5, t - first_label); })), of_city_b);
}

TEST_CASE("decisions see lagged ties as they were in the step before") {
  std::vector<double> const strength{1, 1, 0.5};
  test::Texts texts = world("decay: 0.5", "baseline: -1" + looking + at_risk_is_b, still);
  std::string const ties = "ties: {file: ties.csv";
  texts.yaml.insert(texts.yaml.find(ties) + ties.size(), ", ties: lagged");
  check_fit(texts, law_of(p_alone([&](std::int32_t t) {
              double const s = strength[static_cast<std::size_t>(t - first_label)];
              return chance_of(softplus(-1 + 2 * 0.25 * s));
            })),
            of_city_b);
}

TEST_CASE("ties decay otherwise while their dynamics are set") {
  // At the ends of 1 and 2: by a half, then by a tenth.
  std::vector<double> const strength{1, 0.5, 0.45};
  test::Texts texts = world("decay: 0.5", "baseline: -1" + looking + at_risk_is_b, still);
  texts.yaml += "interventions: [{at: 2, set: {networks.ties.dynamics.decay: 0.1}}]\n";
  check_fit(texts, law_of(p_alone([&](std::int32_t t) {
              double const s = strength[static_cast<std::size_t>(t - first_label)];
              return chance_of(softplus(-1 + 2 * 0.25 * s));
            })),
            of_city_b);
}

}  // namespace hansa::exact
