/// Tests of calibration/calibrate: posteriors that are known, whatever the threads, stopped and resumed.
#include "calibration/calibrate.hpp"

#include <array>
#include <cmath>
#include <fstream>
#include <iterator>

#include "calibration/posterior.hpp"
#include "engine/calibration/worlds.hpp"
#include "io/fit_file.hpp"

using namespace hansa;
using hansa::test::OwnFolder;

namespace {

constexpr int cities = 12, adopters = 4, given = 3;

/// One step, in which each of 12 cities that have not adopted before decides alone: how many adopt is binomial.
std::string one_step(std::string const& policy, std::string const& calibrate) {
  return "hansa: 1\ntime: {start: 2000, end: 2000}\nseed: 3\ncities: {generate: 15}\npolicies:\n  led:\n" + policy +
         "    adopters: {file: adopters.csv}\ncalibrate:\n  summaries: [curve]\n" + calibrate;
}

void write_adopters(OwnFolder const& folder) {
  std::string text = "city,year\n";
  for (int i = 0; i < given; ++i) text += "c" + std::to_string(i) + ",1999\n";
  for (int i = given; i < given + adopters; ++i) text += "c" + std::to_string(i) + ",2000\n";
  folder.write("adopters.csv", text);
}

double logistic(double eta) {
  return 1 / (1 + std::exp(-eta));
}

/// Up to the number of ways.
double likelihood(double p) {
  return std::pow(p, adopters) * std::pow(1 - p, cities - adopters);
}

Question question(OwnFolder const& folder, std::string const& yaml, std::vector<std::string> const& settings = {}) {
  return parse_question(yaml, folder.path() / "s.yaml", {.settings = settings});
}

constexpr char const* ties = R"(hansa: 1
time: {start: 2000, end: 2007}
seed: 11
cities: {generate: 60}
networks: {near: {erdos_renyi: {degree: 5}}}
policies:
  led:
    baseline: -3
    adopters: {file: adopters.csv}
    mechanisms:
      imitation: {exposure: {network: near}, strength: 2}
      crowd: {log_adopters: {pool: all}, strength: 0.3}
calibrate:
  particles: 40
  generations: 3
  replicates: 2
  hypotheses: {crowd: [crowd], ties: [imitation]}
  parameters:
    policies.led.baseline: {normal: [-3, 1]}
    policies.led.mechanisms.imitation.strength: {uniform: [0, 4]}
    policies.led.mechanisms.crowd.strength: {uniform: [0, 1]}
)";

void write_ties(OwnFolder const& folder) {
  std::string text = "city,year\n";
  for (int i = 0; i < 40; ++i) text += "c" + std::to_string(i) + "," + std::to_string(2000 + i / 5) + "\n";
  folder.write("adopters.csv", text);
}

void check_same(Calibration const& a, Calibration const& b) {
  CHECK(a.posterior.weight == b.posterior.weight);
  CHECK(a.posterior.z == b.posterior.z);
  CHECK(a.posterior.distance == b.posterior.distance);
  CHECK(a.posterior.hypothesis == b.posterior.hypothesis);
  REQUIRE(a.generations.size() == b.generations.size());
  for (std::size_t g = 0; g < a.generations.size(); ++g) {
    CHECK(a.generations[g].proposals == b.generations[g].proposals);
    CHECK(a.generations[g].tolerance == b.generations[g].tolerance);
  }
}

std::string bytes_in(std::filesystem::path const& file) {
  std::ifstream in(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

}  // namespace

TEST_CASE("of a binomial count and listed values the posterior is the one of Bayes' formula") {
  OwnFolder const folder;
  write_adopters(folder);
  std::array<double, 5> const values = {-2.5, -1.5, -0.5, 0.5, 1.5};
  Question const asked =
      question(folder, one_step("    baseline: -1\n",
                                "  particles: 1500\n  generations: 12\n  replicates: 2\n  acceptance: "
                                "0.001\n  parameters: {policies.led.baseline: {values: [-2.5, -1.5, "
                                "-0.5, 0.5, 1.5]}}\n"));
  Calibration const found = calibrate(asked, {});
  CHECK(found.end == CalibrationEnd::settled);
  CHECK(found.generations.back().tolerance == 0);
  double sum = 0;
  for (double const each : values) sum += likelihood(logistic(each));
  for (double const each : values) {
    double const exact = likelihood(logistic(each)) / sum;
    double weight = 0;
    for (std::size_t i = 0; i < found.values.size(); ++i)
      if (found.values[i] == each) weight += found.posterior.weight[i];
    // Four standard errors of a share in so many independent draws: a false alarm in one of 3,000 seeds.
    double const bound = 4 * std::sqrt(exact * (1 - exact) / found.generations.back().effective);
    CAPTURE(each);
    CHECK(std::fabs(weight - exact) < bound);
  }
}

TEST_CASE("of a binomial count and a beta prior the posterior is beta") {
  OwnFolder const folder;
  write_adopters(folder);
  Question const asked =
      question(folder, one_step("    rule: linear\n    baseline: 0.3\n",
                                "  particles: 1000\n  generations: 12\n  acceptance: 0.001\n  parameters: "
                                "{policies.led.baseline: {beta: [2, 2, 0, 1]}}\n"));
  Calibration const found = calibrate(asked, {});
  REQUIRE(found.generations.back().tolerance == 0);
  PosteriorOf const told = posterior_table(found).at(0);
  double const a = 2 + adopters, b = 2 + cities - adopters, sd = std::sqrt(a * b / ((a + b) * (a + b) * (a + b + 1)));
  double const error = sd / std::sqrt(found.generations.back().effective);
  CHECK(std::fabs(told.mean - a / (a + b)) < 4 * error);
  CHECK(std::fabs(told.sd - sd) < 4 * error);  // that of the standard deviation is smaller
  CHECK(told.low < told.median);
  CHECK(told.median < told.high);
}

TEST_CASE("the probability of a hypothesis is its marginal likelihood over that of all") {
  OwnFolder const folder;
  write_adopters(folder);
  Question const asked = question(
      folder, one_step("    baseline: -1\n    mechanisms: {crowd: {log_adopters: {pool: all}, strength: 0.6}}\n",
                       "  particles: 1500\n  generations: 12\n  acceptance: 0.001\n  hypotheses: {alone: [], crowd: "
                       "[crowd]}\n  parameters: {policies.led.baseline: {values: [-2, -1]}}\n"));
  Calibration const found = calibrate(asked, {});
  REQUIRE(found.generations.back().tolerance == 0);
  double alone = 0, crowd = 0;
  for (double const b : {-2.0, -1.0}) {
    alone += likelihood(logistic(b));
    crowd += likelihood(logistic(b + 0.6 * std::log(1 + given)));
  }
  double const exact = crowd / (alone + crowd);
  double const told = found.generations.back().hypotheses.at(1);
  CHECK(found.hypotheses == std::vector<std::string>{"alone", "crowd"});
  CHECK(std::fabs(told - exact) < 4 * std::sqrt(exact * (1 - exact) / found.generations.back().effective));
}

TEST_CASE("results do not depend on the number of threads") {
  OwnFolder const folder;
  write_ties(folder);
  Question const asked = question(folder, ties);
  Calibration const alone = calibrate(asked, {.threads = 1});
  CHECK(alone.posterior.size() == 40);
  check_same(alone, calibrate(asked, {.threads = 2}));
  check_same(alone, calibrate(asked, {.threads = 5}));
}

TEST_CASE("stopped again and again it ends with the same bytes") {
  OwnFolder const folder;
  write_ties(folder);
  Question const asked = question(folder, ties);
  FitFileOptions writing;
  writing.reproducible = Reproducible::yes;
  writing.file = folder.path() / "whole.h5";
  write_posterior(calibrate(asked, {.folder = folder.path() / "whole"}), asked, writing);
  int stops = 0;
  for (;; ++stops) {
    REQUIRE(stops < 200);
    std::stop_source source;
    CalibrateOptions options{.threads = 1 + stops % 3, .folder = folder.path() / "stopped", .stop = source.get_token()};
    options.progress = [&](Done) { source.request_stop(); };
    Calibration const found = calibrate(asked, options);
    if (found.end == CalibrationEnd::stopped) continue;
    writing.file = folder.path() / "stopped.h5";
    write_posterior(found, asked, writing);
    break;
  }
  CHECK(stops > 3);
  CHECK(bytes_in(folder.path() / "whole.h5") == bytes_in(folder.path() / "stopped.h5"));
}

TEST_CASE("what is finished is not run again, more generations go on, and damaged blocks are made anew") {
  OwnFolder const folder;
  write_ties(folder);
  std::filesystem::path const kept = folder.path() / "kept";
  Calibration const once = calibrate(question(folder, ties), {.folder = kept});
  std::size_t files = 0;
  std::filesystem::path some;
  for (auto const& each : std::filesystem::directory_iterator(kept)) {
    ++files;
    if (each.path().extension() == ".h5") some = each.path();
  }
  check_same(once, calibrate(question(folder, ties), {.folder = kept}));
  CHECK(std::distance(std::filesystem::directory_iterator(kept), {}) == static_cast<std::ptrdiff_t>(files));
  Calibration const more = calibrate(question(folder, ties, {"calibrate.generations=4"}), {.folder = kept});
  CHECK(more.generations.size() == once.generations.size() + 1);
  std::filesystem::resize_file(some, 100);
  Calibration const mended = calibrate(question(folder, ties), {.folder = kept});
  check_same(once, mended);
  CHECK(mended.problems.size() == 1);
}

TEST_CASE("a folder of another calibration is refused with what differs") {
  OwnFolder const folder;
  write_ties(folder);
  std::filesystem::path const kept = folder.path() / "kept";
  (void)calibrate(question(folder, ties), {.folder = kept});
  auto const refused = [&](std::string const& setting) {
    try {
      (void)calibrate(question(folder, ties, {setting}), {.folder = kept});
    } catch (Error const& error) {
      return error.complaints().at(0).problem;
    }
    return std::string();
  };
  CHECK(refused("calibrate.particles=41") == "the folder holds another calibration: the number of particles was other");
  CHECK(refused("policies.led.baseline=-4") == "the folder holds another calibration: the scenario was other");
  CHECK(refused("calibrate.tolerance=0.5") == "the folder holds another calibration: the tolerance was other");
  CHECK(refused("title=Other").empty());
}

TEST_CASE("histories that fail are counted and never taken") {
  OwnFolder const folder;
  write_adopters(folder);
  Question const asked =
      question(folder, one_step("    baseline: -1\n",
                                "  particles: 200\n  generations: 1\n  replicates: 1\n  parameters: "
                                "{policies.led.baseline: {normal: [0, 60]}}\n"));  // beyond 80 a run ends with an error
  Calibration const found = calibrate(asked, {});
  CHECK(found.failed > 0);
  REQUIRE(!found.failures.empty());
  CHECK(found.failures[0].why.find("80") != std::string::npos);
  for (double const each : found.values) CHECK(std::fabs(each) <= 80);
  CHECK(found.generations[0].proposals == 200 + found.generations[0].failed);
}

TEST_CASE("where nothing was observed, or nothing differs, it says so") {
  OwnFolder const folder;
  write_ties(folder);
  auto const refused = [&](std::string const& yaml, std::vector<std::string> const& settings) {
    try {
      (void)calibrate(question(folder, yaml, settings), {});
    } catch (Error const& error) {
      return error.complaints().at(0).problem + "|" + error.complaints().at(0).mend;
    }
    return std::string();
  };
  CHECK(refused(ties, {"policies.led.adopters={random: 3}"}) ==
        "no adoptions were observed after those that are given|'adopters: {file: …}' of a policy was expected, with "
        "dates after the first decision");
  std::string none(ties);
  none.erase(none.find("calibrate:"));
  CHECK(refused(none, {}) == "there is nothing to calibrate|a section 'calibrate' was expected");
  CHECK(refused(ties, {"policies.led.baseline=-3",
                       "calibrate.parameters={policies.led.frailty.period: {uniform: [0, "
                       "1e-12]}}",
                       "policies.led.mechanisms={}", "calibrate.hypotheses={none: []}", "policies.led.baseline=-60",
                       "calibrate.particles=10"})
            .starts_with("all histories under the priors are alike|"));
}
