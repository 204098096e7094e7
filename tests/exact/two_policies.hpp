/// Laws of two policies that press alike in every step, as a city of the tiny world adopts them.
#pragma once

#include <cmath>
#include <functional>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include <doctest/doctest.h>
#include <fmt/format.h>

#include "cases.hpp"

namespace hansa::exact {

/// A policy that presses alike in every step, and its hazard.
struct Steady {
  std::string yaml;
  double hazard;
};

inline std::vector<std::pair<Steady, Steady>> pairs_of_rules() {
  double const softplus = std::log1p(std::exp(-0.4));
  return {{{"baseline: -0.4", softplus}, {"rule: cloglog, baseline: -0.7", std::exp(-0.7)}},
          {{"rule: additive, baseline: -0.5", std::exp(-0.5)}, {"rule: linear, baseline: 0.35", -std::log(0.65)}},
          {{"rule: linear, baseline: 0.5", std::log(2.0)}, {"baseline: -0.4", softplus}}};
}

/// Labels at which city b adopts p and q.
inline test::Outcome of_city_b(History const& history) {
  return {history.policies[0].adoption_time[1], history.policies[1].adoption_time[1]};
}

inline test::Texts two_policies(std::string const& p, std::string const& q, std::string const& of_cities = "",
                                std::string const& rest = "") {
  test::Texts texts = world_with(fmt::format("  p: {{{}, adopters: []}}\n  q: {{{}, adopters: []}}\n", p, q));
  std::string const file = "cities: {file: cities.csv";
  std::size_t const at = texts.yaml.find(file);
  REQUIRE(at != std::string::npos);
  texts.yaml.insert(at + file.size(), of_cities);
  texts.yaml += rest;
  return texts;
}

/// What a step does to a city that has p or not, and q or not: chance of having both, p alone, q alone afterwards.
struct Step {
  double both, p, q;
};
using Steps = std::function<Step(bool has_p, bool has_q, std::int32_t t)>;

inline std::map<test::Outcome, double> law_of(Steps const& steps) {
  std::map<test::Outcome, double> law;
  std::function<void(std::int32_t, std::int32_t, std::int32_t, double)> const go = [&](std::int32_t t, std::int32_t p,
                                                                                       std::int32_t q, double chance) {
    if (!(chance > 0)) return;
    if (t > last_label) {
      law[{p, q}] += chance;
      return;
    }
    bool const has_p = p != never, has_q = q != never;
    Step const step = steps(has_p, has_q, t);
    go(t + 1, has_p ? p : t, has_q ? q : t, chance * step.both);
    go(t + 1, has_p ? p : t, q, chance * step.p);
    go(t + 1, p, has_q ? q : t, chance * step.q);
    go(t + 1, p, q, chance * (1 - step.both - step.p - step.q));
  };
  go(first_label, never, never, 1);
  return law;
}

inline double chance_of(double hazard) {
  return -std::expm1(-hazard);
}

/// A city that has one of two decides on the other alone; one that has both on nothing. The rest is `both_open`.
inline Steps after_one(double p, double q, std::function<Step(std::int32_t)> both_open) {
  return [=](bool has_p, bool has_q, std::int32_t t) -> Step {
    if (has_p && has_q) return {1, 0, 0};
    if (has_p) return {chance_of(q), 1 - chance_of(q), 0};
    if (has_q) return {chance_of(p), 0, 1 - chance_of(p)};
    return both_open(t);
  };
}

}  // namespace hansa::exact
