/// Simulates, summarises, calibrates.
#include "recovery/latent/latent.hpp"

#include <fmt/format.h>

#include "base/parallel.hpp"
#include "calibration/calibrate.hpp"
#include "hansa.hpp"
#include "run/replicate.hpp"

namespace hansa::test {

namespace {

/// Strengths and baselines were searched so that mean curves are alike. The adopters of the file only make the data
/// tell of all steps: histories that are calibrated are simulated.
constexpr char const* world = R"(hansa: 1
time: {{start: 1, end: 20}}
seed: 5
cities: {{generate: 200, coordinates: square}}
networks: {{contacts: {{nearest: {{k: 6, on: [x, y]}}}}}}
policies:
  led:
    baseline: {}
    trend: {{linear: {}}}
    merit: {{mean: 1, spread: 1.4}}
    mechanisms:
      imitation: {{exposure: {{network: contacts}}, strength: {}}}
      lessons: {{learning: {{network: contacts, observation_sd: 0.3, prior: {{precision: 5}}}}, strength: {}}}
)";

constexpr char const* calibrated = R"(    adopters: {{file: {}}}
calibrate:
  particles: {}
  generations: {}
  replicates: 1
  summaries: [{}]
  hypotheses: {{imitation: [imitation], learning: [lessons]}}
  parameters:
    policies.led.baseline: {{uniform: [-5.5, -3]}}
    policies.led.trend.linear: {{normal: [0, 0.06]}}
    policies.led.mechanisms.imitation.strength: {{uniform: [0, 8]}}
    policies.led.mechanisms.lessons.strength: {{uniform: [0, 8]}}
)";

std::string policy_text(Truth truth) {
  return truth == Truth::imitation ? fmt::format(fmt::runtime(world), -4.0, 0.0, 4.3, 0.0)
                                   : fmt::format(fmt::runtime(world), -4.168, 0.0645, 0.0, 5.88);
}

}  // namespace

std::vector<double> mean_curve(Truth truth, std::int64_t histories) {
  Question const question = parse_question(policy_text(truth), "world.yaml", {.replicates = histories});
  std::vector<double> curve(20, 0.0);
  run(question, [&](History const& history) {
    for (std::size_t t = 0; t < curve.size(); ++t)
      curve[t] += history.policies[0].adopters[t] / static_cast<double>(histories);
  });
  return curve;
}

Picked pick(std::string const& summaries, int histories, int particles, int generations) {
  std::string const file = std::string(HANSA_SOURCE_DIR) + "/tests/recovery/latent/until_20.csv";
  std::string const section = fmt::format(fmt::runtime(calibrated), file, particles, generations, summaries);
  std::vector<Question> asked;
  for (Truth const truth : {Truth::imitation, Truth::learning})
    asked.push_back(parse_question(policy_text(truth) + section, "world.yaml"));
  std::vector<double> right(static_cast<std::size_t>(histories));
  parallel_for(right.size(), 0, [&](std::size_t k) {
    Question const& truth = asked[k % 2];
    Summaries const compared = summaries_of(truth);
    Replicate replicate(truth.model, *truth.world, Lanes::fast);
    Recorder recorder(truth.model, *truth.world, compared.plan());
    auto const number = static_cast<std::int64_t>(k);
    recorder.begin(number);
    replicate.run(number, recorder);
    std::vector<double> observed(compared.size());
    compared.simulated(recorder.finish(), observed);
    Calibration const found = calibrate(asked[0], {.threads = 1, .observed = observed});
    right[k] = found.generations.back().hypotheses.at(k % 2);
  });
  Picked picked;
  for (double const each : right) {
    picked.right += each > 0.5 ? 1 : 0;
    picked.certain += each / histories;
  }
  return picked;
}

}  // namespace hansa::test
