/// Worlds in which other policies, laws, budgets and fading ties bear on decisions, large enough to be estimated from.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "support/question.hpp"

namespace hansa::test {

/// Each with its name: `cities` cities in ten countries, each observing its six nearest, for fifteen years.
inline std::vector<std::pair<std::string, Texts>> hindered_worlds(int cities) {
  std::string table = "id,country,size,lat,lon\n";
  for (int i = 0; i < cities; ++i)
    table += fmt::format("c{:04},F{},{},{},{}\n", i, i % 10, 1 + i % 4, (i * 37) % 120 - 60, (i * 53) % 300 - 150);
  auto const world = [&](std::string const& lines, std::string const& above = "", std::string const& of_cities = "",
                         std::string const& of_ties = "") {
    return Texts{"hansa: 1\ntime: {start: 1, end: 15}\nseed: 11\ncities: {file: cities.csv" + of_cities +
                     "}\nnetworks: {near: {nearest: {k: 6}" + of_ties + "}}\noutput: {events: true}\n" + above +
                     "policies:\n" + lines,
                 {{"cities.csv", table}}};
  };
  std::string const see = "{see: {exposure: {network: near}, strength: 1.5}}";
  std::string const p = "  p: {baseline: -2.5, mechanisms: " + see, q = "  q: {baseline: -2, mechanisms: " + see;
  return {
      {"requires", world(p + ", requires: [q]}\n" + q + "}\n")},
      {"pre-emption and mandate",
       world("  p: {baseline: -2.5, mechanisms: {see: {exposure: {network: near}, strength: 1.5}, ban: {national: "
             "{kind: preempt, enact: {share: 0.4}}}}}\n  q: {baseline: -2, mechanisms: {see: {exposure: {network: "
             "near}, strength: 1.5}, must: {national: {kind: mandate, enact: {share: 0.5}, compliance: 0.5}}}}\n",
             "interventions: [{at: 5, seed: {policy: p, cities: {random: 10}}}, {at: 6, until: 9, mandate: {policy: p, "
             "compliance: 0.5, cities: {where: {size: 1}}}}]\n")},
      {"attention", world(p + "}\n" + q + "}\n", "", ", attention: 1")},
      {"exclusion", world(p + ", excludes: [q]}\n" + q + ", excludes: [p]}\n")},
      {"living ties", world(p + "}\n" + q + "}\n", "", "", ", dynamics: {decay: 0.15, reinforce: 0.5}")},
      {"budgets", world(p + ", cost: {amount: 3}}\n" + q + ", cost: {amount: 2}}\n",
                        "resources: {initial: {attribute: size}, income: 0.3}\n")},
      {"queue", world(p + ", cost: {amount: 4}, when_unaffordable: queue}\n",
                      "resources: {initial: {attribute: size}, income: 0.3}\n")},
      {"abandonment", world(p + ", abandonment: {hazard: 0.1}}\n" + q + ", abandonment: {logit: {base: -2}}}\n")},
      {"beliefs",
       world("  p:\n    baseline: -2.5\n    merit: {performance: {attribute: size}, spread: 0}\n"
             "    abandonment: {logit: {base: 0.5, own_belief: 0.7}}\n    mechanisms: {lessons: {learning: {network: "
             "near, noise: none, own_precision: 1}, strength: 0.8}}\n")},
  };
}

}  // namespace hansa::test
