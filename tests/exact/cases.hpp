/// One test per law: simulated frequencies against an enumerated law, at a stated family-wise level.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "tiny.hpp"

namespace hansa::exact {

inline constexpr Times a_before{0, never, never, never};
inline constexpr Times nobody{never, never, never, never};
inline constexpr std::int64_t replicates = 40000;  ///< of which each case counts outcomes

/// Simulates the replicates and compares what is read of them with the law. Family-wise level 1e-6 over all cases of
/// the program that are checked here (Bonferroni); seeds are fixed.
void check_fit(test::Texts const& texts, std::map<test::Outcome, double> const& law,
               Reading const& reading = adoption_times);

/// The same on the tiny world with these policies, and with a file adoptions.csv unless that is empty.
void check_law(std::string const& policies, std::map<test::Outcome, double> const& law,
               Reading const& reading = adoption_times, std::string const& adoptions = "");

/// Of rules whose pressure is a hazard, or a probability.
[[nodiscard]] Chance additive();
[[nodiscard]] Chance linear();

/// A policy on the share of its sources that adopted, under one rule: YAML, pressure and chance.
struct RuleOfShare {
  std::string yaml;
  Formula eta;
  Chance chance;
};
/// One for each rule, that of thresholds last.
[[nodiscard]] std::vector<RuleOfShare> rules_of_share();

/// R of law F drawn given that it lies above the first pressure: nobody adopts in his first step.
[[nodiscard]] Chance settled(std::function<double(int, double)> const& distribution);

/// ∫ f(u) φ(u) du by the trapezoidal rule, which converges geometrically here.
[[nodiscard]] double over_normal(std::function<double(double)> const& f);

[[nodiscard]] double normal_below(double x, double mean, double sd);

/// Number of ways in which k of n adopt.
[[nodiscard]] double ways(int k, int n);

/// Numbers of adopters of the first policy, step by step.
[[nodiscard]] test::Outcome curve_of(History const& history);

}  // namespace hansa::exact
