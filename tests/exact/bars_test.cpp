/// Policies that require, exclude or compete with each other in a step, against the laws of competing risks.
#include <cmath>

#include <doctest/doctest.h>

#include "two_policies.hpp"

namespace hansa::exact {

TEST_CASE("with attention for one, policies are competing risks") {
  for (auto const& [p, q] : pairs_of_rules()) {
    double const all = p.hazard + q.hazard;
    check_fit(two_policies(p.yaml, q.yaml, ", attention: 1"),
              law_of(after_one(p.hazard, q.hazard,
                               [=, hp = p.hazard, hq = q.hazard](std::int32_t) {
                                 return Step{0, hp / all * chance_of(all), hq / all * chance_of(all)};
                               })),
              of_city_b);
  }
}

TEST_CASE("attention for two is none, and an attribute gives each city its own") {
  auto const free = [](double p, double q) {
    return law_of(after_one(p, q, [=](std::int32_t) {
      return Step{chance_of(p) * chance_of(q), chance_of(p) * std::exp(-q), std::exp(-p) * chance_of(q)};
    }));
  };
  auto const [p, q] = pairs_of_rules().front();
  check_fit(two_policies(p.yaml, q.yaml, ", attention: 2"), free(p.hazard, q.hazard), of_city_b);
  // City b has one vote, c has two.
  double const all = p.hazard + q.hazard, hp = p.hazard, hq = q.hazard;
  test::Texts const texts = two_policies(p.yaml, q.yaml, ", attention: {attribute: votes}");
  check_fit(texts,
            law_of(after_one(hp, hq,
                             [=](std::int32_t) {
                               return Step{0, hp / all * chance_of(all), hq / all * chance_of(all)};
                             })),
            of_city_b);
  check_fit(texts, free(hp, hq), [](History const& history) {
    return test::Outcome{history.policies[0].adoption_time[2], history.policies[1].adoption_time[2]};
  });
}

TEST_CASE("what excludes another comes before it in the step or never") {
  for (auto const& [p, q] : pairs_of_rules()) {
    double const hp = p.hazard, hq = q.hazard, all = hp + hq;
    Steps const one_way = [=](bool has_p, bool has_q, std::int32_t) -> Step {
      if (has_p && has_q) return {1, 0, 0};
      if (has_p) return {chance_of(hq), 1 - chance_of(hq), 0};
      if (has_q) return {0, 0, 1};
      double const q_first = hq / all * chance_of(all), p_alone = chance_of(hp) * std::exp(-hq);
      return {chance_of(all) - q_first - p_alone, p_alone, q_first};
    };
    check_fit(two_policies(p.yaml + ", excludes: [q]", q.yaml), law_of(one_way), of_city_b);
    Steps const mutual = [=](bool has_p, bool has_q, std::int32_t) -> Step {
      if (has_p || has_q) return {0, has_p ? 1.0 : 0.0, has_q ? 1.0 : 0.0};
      return {0, hp / all * chance_of(all), hq / all * chance_of(all)};
    };
    check_fit(two_policies(p.yaml + ", excludes: [q]", q.yaml + ", excludes: [p]"), law_of(mutual), of_city_b);
  }
}

TEST_CASE("what requires another waits, and has lost nothing") {
  for (auto const& [p, q] : pairs_of_rules()) {
    double const hp = p.hazard, hq = q.hazard;
    Steps const steps = [=](bool has_p, bool has_q, std::int32_t) -> Step {
      if (has_p && has_q) return {1, 0, 0};
      if (has_q) return {chance_of(hp), 0, 1 - chance_of(hp)};
      return {0, 0, chance_of(hq)};
    };
    check_fit(two_policies(p.yaml + ", requires: [q]", q.yaml), law_of(steps), of_city_b);
  }
}

TEST_CASE("a threshold that is reached comes first, and a mandate needs no attention and no requirement") {
  Steady const q = pairs_of_rules().front().first;
  double const hq = q.hazard;
  Steps const first = [=](bool, bool has_q, std::int32_t t) -> Step {
    if (has_q) return {1, 0, 0};
    return t == first_label ? Step{0, 1, 0} : Step{chance_of(hq), 1 - chance_of(hq), 0};
  };
  check_fit(two_policies("rule: threshold, threshold: 0", q.yaml, ", attention: 1"), law_of(first), of_city_b);

  std::string const mandate = "interventions: [{at: 2, until: 2, mandate: {policy: p, compliance: 0.5}}]\n";
  Steps const lawful = [=](bool has_p, bool has_q, std::int32_t t) -> Step {
    double const by_law = t == 2 ? 0.5 : 0;
    if (has_p) return has_q ? Step{1, 0, 0} : Step{chance_of(hq), 1 - chance_of(hq), 0};
    double const p = has_q ? 1 - (1 - by_law) * std::exp(-std::exp(-0.5)) : by_law;
    if (has_q) return {p, 0, 1 - p};
    return {p * chance_of(hq), p * (1 - chance_of(hq)), (1 - p) * chance_of(hq)};
  };
  check_fit(two_policies("rule: additive, baseline: -0.5, requires: [q]", q.yaml, "", mandate), law_of(lawful),
            of_city_b);
}

TEST_CASE("a seed takes attention, and is refused where its policy is excluded") {
  auto const [p, q] = pairs_of_rules().front();
  double const hp = p.hazard, hq = q.hazard, all = hp + hq;
  std::string const seed = "interventions: [{at: 2, seed: {policy: p, cities: [b], success: 0.4}}]\n";
  Steps const limited = after_one(hp, hq, [=](std::int32_t t) {
    double const seeded = t == 2 ? 0.4 : 0, open = (1 - seeded) * chance_of(all) / all;
    return Step{0, seeded + open * hp, open * hq};
  });
  Steps const steps = [=](bool has_p, bool has_q, std::int32_t t) -> Step {
    if (!has_q || has_p || t != 2) return limited(has_p, has_q, t);
    double const chance = 0.4 + 0.6 * chance_of(hp);
    return {chance, 0, 1 - chance};
  };
  check_fit(two_policies(p.yaml, q.yaml, ", attention: 1", seed), law_of(steps), of_city_b);

  auto const question =
      test::ask(two_policies("baseline: -9, excludes: [q]", "rule: threshold, threshold: 0", "", seed));
  for (std::int64_t r = 0; r < 20; ++r) {
    History const history = test::run_one(*question, r, Lanes::full);
    CHECK(history.seeds.at(0) == SeedCounts{0, 0, 0, 1});
    CHECK(history.policies[0].adoption_time[1] == never);
  }
}

TEST_CASE("synergy adds its strength from the step after on") {
  double const hq = std::log1p(std::exp(-0.4)), alone = std::log1p(std::exp(-1.0)),
               together = std::log1p(std::exp(0.8));
  Steps const steps = [=](bool has_p, bool has_q, std::int32_t) -> Step {
    if (has_p) return has_q ? Step{1, 0, 0} : Step{chance_of(hq), 1 - chance_of(hq), 0};
    double const p = chance_of(has_q ? together : alone);
    if (has_q) return {p, 0, 1 - p};
    return {p * chance_of(hq), p * (1 - chance_of(hq)), (1 - p) * chance_of(hq)};
  };
  check_fit(two_policies("baseline: -1, mechanisms: {both: {synergy: {policy: q}, strength: 1.8}}", "baseline: -0.4"),
            law_of(steps), of_city_b);
}

}  // namespace hansa::exact
