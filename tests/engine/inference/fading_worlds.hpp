/// Worlds at random whose adoptions fade, and histories simulated in them.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "five_cities.hpp"

namespace hansa::test {

inline constexpr char half_life[] = "policies.led.mechanisms.imitation.exposure.half_life";

/// Cities at random on a network, whose adoptions fade with a half-life of 2.
inline std::string fading(std::string const& fit, std::string const& exposure = "network: chance, half_life: 2",
                          int cities = 300) {
  return fmt::format(
      "hansa: 1\ntime: {{start: 2000, end: 2019}}\nseed: 11\ncities: {{generate: {}, coordinates: globe}}\n"
      "networks: {{chance: {{erdos_renyi: {{degree: 6}}}}, near: {{within: {{km: 2500}}}}, far: {{nearest: {{k: 12}}, "
      "weight: {{decay_km: 900}}}}}}\n"
      "policies:\n  led:\n    baseline: -4.5\n    adopters: {{random: 20}}\n    mechanisms:\n"
      "      imitation: {{exposure: {{{}}}, strength: 5}}\nfit: {{{}}}\n",
      cities, exposure, fit);
}

/// A scenario, its question and simulated histories.
struct Simulated {
  std::unique_ptr<Question> question;
  FitQuestion fit;
  std::vector<std::vector<ObservedHistory>> histories;
};

inline FitQuestion posed(Question const& question) {
  Complaints complaints;
  FitQuestion fit = pose_fit(question.scenario, question.world, standard_catalogue(), complaints, Scored::simulated);
  complaints.throw_if_any();
  return fit;
}

inline Simulated simulated(std::string const& yaml, int count = 1) {
  Simulated made{ask({yaml, {}}), {}, {}};
  made.fit = posed(*made.question);
  for (History const& each : run_many(*made.question, 0, count, 1, Lanes::fast)) {
    made.histories.emplace_back();
    for (PolicyHistory const& policy : each.policies)
      made.histories.back().push_back(simulated_history(policy, made.fit.model.clock));
  }
  return made;
}

inline std::string profile(std::string const& path) {
  return "profile: [" + path + "]";
}

}  // namespace hansa::test
