/// Tests of scenario/read_calibrate: what a section `calibrate` becomes, and what is said of its mistakes.
#include "support.hpp"

using namespace hansa;
using namespace hansa::testing;

namespace {

constexpr std::string_view policies =
    "{led: {baseline: -5, adopters: {file: a.csv}, mechanisms: {peers: {exposure: {pool: all}}, cheap: {scale: "
    "{progress_ratio: 0.8}}}}}";

Checked checked_with(std::string const& keys) {
  return check_with("calibrate: {" + keys + "},", policies);
}

std::string told_of_calibrate(std::string const& keys) {
  return lines(checked_with(keys).errors);
}

std::string of_prior(std::string const& prior) {
  return told_of_calibrate("parameters: {" + prior + "}");
}

CalibrateSpec read(std::string const& keys) {
  Checked const checked = checked_with(keys);
  CHECK(lines(checked.errors) == "");
  REQUIRE(checked.scenario.calibrate);
  return *checked.scenario.calibrate;
}

constexpr char const* one_prior = "parameters: {policies.led.baseline: {normal: [-5, 1]}}";

}  // namespace

TEST_CASE("a calibration is read with its defaults") {
  CalibrateSpec const spec = read(one_prior);
  CHECK(spec.particles == 1000);
  CHECK(spec.generations == 8);
  CHECK(spec.replicates == 4);
  CHECK(spec.quantile == 0.5);
  CHECK_FALSE(spec.tolerance);
  CHECK(spec.acceptance == 0.01);
  CHECK(spec.hypotheses.empty());
  REQUIRE(spec.summaries.size() == 4);
  CHECK(spec.summaries[3].of == SummarySpec::Of::moran);
  REQUIRE(spec.parameters.size() == 1);
  CHECK(spec.parameters[0].keys == std::vector<std::string>{"policies", "led", "baseline"});
  CHECK_FALSE(check_with("", policies).scenario.calibrate);
}

TEST_CASE("summaries, hypotheses and numbers are read") {
  CalibrateSpec const spec = read(
      "parameters: {policies.led.mechanisms.peers.strength: {values: [0, 1]}}, summaries: [curve, "
      "{curve_by_group: region}], hypotheses: {none: [cheap], all: [peers, cheap]}, particles: 50, quantile: "
      "0.25, tolerance: 0.1, acceptance: 0.2");
  REQUIRE(spec.summaries.size() == 2);
  CHECK(spec.summaries[1].of == SummarySpec::Of::curve_by_group);
  CHECK(spec.summaries[1].by->name == "region");
  REQUIRE(spec.hypotheses.size() == 2);
  CHECK(spec.hypotheses[0].name == "all");
  CHECK(spec.hypotheses[0].mechanisms.size() == 2);
  CHECK(spec.particles == 50);
  CHECK(*spec.tolerance == 0.1);
}

TEST_CASE("what is no prior of a policy's number is refused with place and mend") {
  CHECK(told_of_calibrate("particles: 20") == "s.yaml:1:2: 'parameters' is missing in 'calibrate', a map was expected");
  CHECK(told_of_calibrate("parameters: {}") ==
        "s.yaml:1:14: 'parameters' is empty, at least one path with its prior was expected");
  std::string const expected =
      "cannot be calibrated, a number of a policy was expected, as in policies.P.mechanisms.M.strength";
  CHECK(of_prior("policies.led.baselin: {uniform: [0, 1]}") ==
        "s.yaml:1:27: 'policies.led.baselin' " + expected + "; did you mean 'baseline'?");
  CHECK(of_prior("policy.led.baseline: {uniform: [0, 1]}") ==
        "s.yaml:1:27: 'policy.led.baseline' " + expected + "; did you mean 'policies'?");
  CHECK(of_prior("seed: {uniform: [0, 1]}") == "s.yaml:1:27: 'seed' " + expected);
  CHECK(of_prior("policies.led.adopters.random: {integer: [1, 5]}") ==
        "s.yaml:1:27: 'policies.led.adopters.random' " + expected);
  CHECK(of_prior("policies.led.mechanisms.peer.strength: {uniform: [0, 1]}") ==
        "s.yaml:1:27: the path 'policies.led.mechanisms.peer.strength' leads to an unknown mechanism 'peer', one of "
        "cheap, peers was expected; did you mean 'peers'?");
  CHECK(of_prior("policies.led.baseline: {values: [-5, low]}") ==
        "s.yaml:1:64: the prior has the word 'low', numbers were expected; models that differ by more are compared as "
        "'hypotheses'");
  CHECK(of_prior("policies.led.baseline: {uniform: [1, 0]}") ==
        "s.yaml:1:60: 'uniform' goes from 1 to 0, which is empty, the first end was expected below the last");
  CHECK(of_prior("policies.led.mechanisms.cheap.scale.progress_ratio: {uniform: [0.5, 2]}") != "");
}

TEST_CASE("summaries, hypotheses and numbers that cannot be are refused with place and mend") {
  auto const told_beside = [](std::string const& keys) {
    return told_of_calibrate(std::string(one_prior) + ", " + keys);
  };
  CHECK(told_beside("summaries: []") == "s.yaml:1:70: 'summaries' is empty, at least one was expected");
  CHECK(told_beside("summaries: [curv]") ==
        "s.yaml:1:82: item 1 of 'summaries' is 'curv', curve, curve_by_group, exposure_at_adoption or moran was "
        "expected; did you mean 'curve'?");
  CHECK(told_beside("summaries: [curve, curve]") ==
        "s.yaml:1:89: 'curve' is given twice, it stands already at s.yaml:1:82");
  CHECK(told_beside("summaries: [{moran: roads}]") == "s.yaml:1:90: unknown network 'roads', none is defined");
  CHECK(told_beside("hypotheses: {}") == "s.yaml:1:70: 'hypotheses' is empty, at least one was expected");
  CHECK(told_beside("hypotheses: {a: [peer]}") ==
        "s.yaml:1:87: unknown mechanism 'peer', one of cheap, peers was expected; did you mean 'peers'?");
  CHECK(told_beside("tolerance: 0") == "s.yaml:1:81: 'tolerance' is '0', a number above 0 was expected");
  CHECK(told_beside("quantile: 1") == "s.yaml:1:80: 'quantile' is '1', a number above 0 and below 1 was expected");
  CHECK(told_of_calibrate(
            "parameters: {policies.led.mechanisms.peers.strength: {uniform: [0, 1]}}, hypotheses: {a: [cheap]}") ==
        "s.yaml:1:27: 'policies.led.mechanisms.peers.strength' acts under none of the hypotheses, leave it out, or "
        "name 'peers' in one of them");
}
