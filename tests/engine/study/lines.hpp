/// Four cities in a line, along which a policy is passed on.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "study/compare.hpp"
#include "support/question.hpp"

namespace hansa::testing {

/// b observes a, c observes b, d observes c; each tie passes the policy on with the chance `strength`, once. Clock
/// 2000 … 2009.
inline std::unique_ptr<test::Question> line(std::string const& interventions, std::string const& strength = "0.5",
                                            std::vector<std::string> const& settings = {}) {
  test::Texts texts;
  texts.files["cities.csv"] = "id,region\na,X\nb,X\nc,Y\nd,Y\n";
  texts.files["ties.csv"] = "source,target\na,b\nb,c\nc,d\n";
  texts.files["only-b.csv"] = "source,target\nb,c\n";  // for settings
  texts.yaml =
      "hansa: 1\ntime: {start: 2000, end: 2009}\nseed: 5\nreplicates: 4000\ncities: {file: cities.csv}\n"
      "networks: {next: {file: ties.csv}}\npolicies:\n  p:\n    rule: cascade\n    adopters: []\n"
      "    mechanisms: {m: {exposure: {network: next}, strength: " +
      strength + "}}\noutput: {by: [region]}\n";
  if (!interventions.empty()) texts.yaml += "interventions: [" + interventions + "]\n";
  return test::ask(texts, settings);
}

inline ComparedScenario scenario_of(std::string const& name, test::Question const& question) {
  return {name, question.scenario, question.world, question.model};
}

inline CompareOutcome compared(test::Question const& base, test::Question const& with, std::int64_t replicates,
                               int threads = 0) {
  std::vector<ComparedScenario> const both{scenario_of("base", base), scenario_of("with", with)};
  CompareOptions options;
  options.replicates = replicates;
  options.threads = threads;
  return compare(both, base.plan, options);
}

inline std::string const seed_a = "{at: 2000, name: fund, cost: 10, seed: {policy: p, cities: [a]}}";
inline std::string const seed_a_and_c = "{at: 2000, name: fund, seed: {policy: p, cities: [a, c]}}";

inline std::string const quarter_paid = "{at: 2000, name: help, subsidy: {policy: p, share: 25 %}}";

/// A share of so many replicates lies within this of its chance but for 1e-5 of all seeds.
inline double slack(double chance, std::int64_t replicates) {
  double variance = chance * (1 - chance) / static_cast<double>(replicates), root = 1;
  for (int k = 0; k < 60; ++k) root = (root + variance / root) / 2;
  return 4.5 * root + 1e-12;
}

}  // namespace hansa::testing
