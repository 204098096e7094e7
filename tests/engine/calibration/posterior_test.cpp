/// Tests of calibration/posterior: what a calibration leaves, and how runs take it.
#include "calibration/posterior.hpp"

#include <cmath>
#include <set>

#include "engine/calibration/worlds.hpp"
#include "io/posterior_file.hpp"
#include "run/draw_estimates.hpp"
#include "world/input_digests.hpp"

using namespace hansa;
using hansa::test::OwnFolder;

namespace {

constexpr char const* two_policies = R"(hansa: 1
time: {start: 2000, end: 2005}
seed: 11
replicates: 40
cities: {generate: 40}
networks: {near: {erdos_renyi: {degree: 5}}}
policies:
  led:
    baseline: -3
    adopters: {file: adopters.csv}
    mechanisms:
      imitation: {exposure: {network: near}, strength: 2}
      crowd: {log_adopters: {pool: all}, strength: 0.3}
  tram:
    rule: cloglog
    baseline: -4
calibrate:
  particles: 60
  generations: 2
  hypotheses: {ties: [imitation]}
  parameters:
    policies.led.baseline: {normal: [-3, 1]}
    policies.led.mechanisms.imitation.strength: {integer: [0, 4]}
    policies.tram.baseline: {uniform: [-5, -3]}
)";

struct Made {
  OwnFolder folder;
  Question question;
  Calibration found;
  std::filesystem::path file;

  Made() {
    std::string text = "city,year,policy\n";
    for (int i = 0; i < 20; ++i) text += "c" + std::to_string(i) + "," + std::to_string(2000 + i / 4) + ",led\n";
    folder.write("adopters.csv", text);
    question = parse_question(two_policies, folder.path() / "s.yaml");
    found = calibrate(question, {});
    file = folder.path() / "posterior.h5";
    FitFileOptions options;
    options.file = file;
    options.scenario_text = resolved_text(question);
    options.inputs = input_digests(*question.world);
    write_posterior(found, question, options);
  }
};

}  // namespace

TEST_CASE("the file of a posterior is read back as estimates with particles") {
  Made const made;
  FitFile const file = read_fit_file(made.file);
  std::vector<Estimates> const estimates = posterior_estimates(made.found, made.question);
  REQUIRE(file.fits.size() == 2);
  for (std::size_t k = 0; k < 2; ++k) {
    CHECK(file.fits[k].estimates.name == estimates[k].name);
    CHECK(file.fits[k].estimates.link == estimates[k].link);
    CHECK(file.fits[k].estimates.paths == estimates[k].paths);
    CHECK(file.fits[k].estimates.values == estimates[k].values);
    CHECK(file.fits[k].estimates.particles == estimates[k].particles);
    CHECK(file.fits[k].estimates.weights == estimates[k].weights);
  }
  CHECK(estimates[0].name == "led");
  CHECK(estimates[0].terms ==
        std::vector<std::string>{"baseline", "mechanisms.imitation.strength", "mechanisms.crowd.strength"});
  CHECK(estimates[0].values[2] == 0);  // the hypothesis leaves it out
  CHECK(estimates[0].values[1] == std::floor(estimates[0].values[1]));
  CHECK(estimates[1].link == "cloglog");
  CHECK(calibration_in_file(made.file) == made.found.name);
  CHECK(calibration_in_file(made.folder.path() / "adopters.csv").empty());
}

TEST_CASE("a draw is a particle, the same of all policies, as often as its weight says") {
  Made const made;
  std::vector<Estimates> const estimates = posterior_estimates(made.found, made.question);
  EstimateDraws const led(estimates[0], 5), tram(estimates[1], 5);
  std::size_t const size = made.found.posterior.size();
  std::vector<double> share(size, 0.0);
  constexpr int draws = 20000;
  for (int r = 0; r < draws; ++r) {
    std::vector<double> const a = led.draw(r).values, b = tram.draw(r).values;
    std::size_t i = 0;
    while (i < size && made.found.values[3 * i] != a[0]) ++i;
    REQUIRE(i < size);
    CHECK(made.found.values[3 * i + 1] == a[1]);
    CHECK(a[2] == 0);
    CHECK(made.found.values[3 * i + 2] == b[0]);
    share[i] += 1.0 / draws;
  }
  for (std::size_t i = 0; i < size; ++i) {
    double const exact = made.found.posterior.weight[i];
    CHECK(std::fabs(share[i] - exact) < 5 * std::sqrt(exact / draws) + 1e-9);  // false alarm: one of 30,000
  }
}

TEST_CASE("runs take medians, or a draw in each replicate") {
  Made const made;
  std::vector<Estimates> const estimates = posterior_estimates(made.found, made.question);
  Question const taken = parse_question(two_policies, made.folder.path() / "s.yaml", {.from = made.file});
  CHECK(taken.warnings.empty());
  CHECK(taken.scenario->policies[0].mechanisms[0].name == "crowd");
  CHECK(taken.scenario->policies[0].mechanisms[0].strength == 0);
  CHECK(taken.scenario->policies[0].mechanisms[1].strength == estimates[0].values[1]);
  Question const drawn = parse_question(two_policies, made.folder.path() / "s.yaml",
                                        {.from = made.file, .estimates = EstimatesAre::drawn});
  REQUIRE(drawn.drawn != nullptr);
  std::set<std::int32_t> ends;
  Outcome const outcome = run(drawn, [&](History const& each) {
    CHECK(each.failure.empty());
    ends.insert(each.policies[0].adopters.back());
  });
  CHECK(outcome.report.finished == 40);
  CHECK(outcome.redrawn == 0);
  CHECK(ends.size() > 3);
}
