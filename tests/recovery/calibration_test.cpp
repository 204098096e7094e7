/// Simulation-based calibration of profile-likelihood intervals.
///
/// Parameters are drawn, a history is simulated from them and fitted, and the signed root of the deviance at what was
/// drawn is turned into a rank, Φ(root). With intervals that hold the truth as often as they say, at every level and on
/// either side, ranks are uniform: what the ranks of posterior draws are in Talts, Betancourt, Simpson, Vehtari &
/// Gelman (2018, arXiv:1804.06788). Per coefficient: a chi-square test of 20 classes of the rank, another of the
/// two-sided p-value, each with a false alarm of 1e-4, and the coverage of five levels within 4 binomial errors (6e-5
/// each).
#include <algorithm>
#include <array>
#include <cmath>
#include <random>
#include <string>
#include <vector>

#include <doctest/doctest.h>
#include <fmt/format.h>

#include "base/chi_square.hpp"
#include "base/flat_math.hpp"
#include "base/parallel.hpp"
#include "cells.hpp"
#include "inference/fit_scenario.hpp"
#include "run/replicate.hpp"
#include "signed_root.hpp"

namespace hansa::test {

namespace {

constexpr std::array levels{0.5, 0.8, 0.9, 0.95, 0.99};

/// Drawn for each history: normal, the standard deviation of cities log-normal.
struct Drawn {
  double baseline, size, neighbours, city_sd;
};

Drawn draw(std::uint64_t number) {
  std::mt19937_64 bits(number);
  auto const normal = [&] { return flat::inverse_normal((static_cast<double>(bits() >> 11) + 0.5) * 0x1p-53); };
  return {-2.6 + 0.3 * normal(), 0.3 + 0.3 * normal(), 1 + 0.7 * normal(), flat::exp(0.2 * normal())};
}

Question calibration_question(Frailty frailty) {
  std::string policies;
  for (int p = 1; p <= (frailty == Frailty::city ? 4 : 1); ++p) {
    policies += fmt::format(
        "p{}: {{rule: cloglog, baseline: -2.6, attributes: {{size: 0.3}}, adopters: {{random: 120}}, at_risk: "
        "{{cities: "
        "{{top: {}, by: population}}}}, {}mechanisms: {{neighbours: {{exposure: {{network: nearby}}}}}}}}, ",
        p, frailty == Frailty::city ? 160 : 456, frailty == Frailty::city ? "frailty: {city: 1}, " : "");
  }
  return read_question(
      fmt::format("{}/scenarios/bag-ordinances.yaml", HANSA_SOURCE_DIR),
      {.settings = {"time={start: 2001, end: 2006}", "seed=1804", fmt::format("policies={{{}}}", policies),
                    frailty == Frailty::city ? "fit={pooled: true}" : "fit={intervals: profile}"}});
}

/// What a replicate does with the parameters that were drawn for it.
std::vector<ObservedHistory> simulate_from(Question const& question, Drawn const& drawn, std::int64_t replicate) {
  Scenario scenario = *question.scenario;
  for (PolicySpec& policy : scenario.policies) {
    policy.baseline = drawn.baseline;
    policy.attributes.at(0).effect = drawn.size;
    policy.mechanisms.at(0).strength = drawn.neighbours;
    if (policy.frailty.city > 0) policy.frailty.city = drawn.city_sd;
  }
  Complaints complaints;
  Model const model = compile(scenario, *question.world, standard_catalogue(), complaints);
  complaints.throw_if_any();
  Recorder recorder(model, *question.world, question.plan);
  Replicate state(model, *question.world, Lanes::fast);
  recorder.begin(replicate);
  state.run(replicate, recorder);
  History const history = recorder.finish();
  std::vector<ObservedHistory> made;
  for (PolicyHistory const& each : history.policies) made.push_back(simulated_history(each, model.clock));
  return made;
}

double truth_of(Drawn const& drawn, std::string const& name) {
  if (name == "size") return drawn.size;
  return name == "neighbours" ? drawn.neighbours : drawn.baseline;
}

/// The limits that a fit reports hold the truth exactly where the root says so.
void compare_limits(Design const& design, EventHistoryOptions options, std::vector<double> const& truth,
                    std::vector<double> const& roots) {
  options.intervals = Intervals::profile;
  for (double const level : levels) {
    options.level = level;
    EventHistoryFit const fit = fit_event_history(design, options);
    double const z = flat::inverse_normal(0.5 + level / 2);
    for (std::size_t k = 0; k < truth.size(); ++k) {
      auto const at = static_cast<Eigen::Index>(k);
      CHECK((fit.lower[at] <= truth[k] && truth[k] <= fit.upper[at]) == (std::abs(roots[k]) <= z));
    }
  }
}

/// Chance of a chi-square as large as that of 20 classes of equal chance.
double uniformity(std::vector<double> const& shares) {
  std::array<double, 20> seen{};
  for (double const share : shares) ++seen.at(std::min<std::size_t>(static_cast<std::size_t>(share * 20), 19));
  double const expected = static_cast<double>(shares.size()) / 20;
  double sum = 0;
  for (double const each : seen) sum += (each - expected) * (each - expected) / expected;
  return flat::chi_square_tail(sum, 19);
}

void judge(std::string const& name, std::vector<double> const& roots) {
  CAPTURE(name);
  auto const n = static_cast<double>(roots.size());
  std::vector<double> ranks, p_values;
  for (double const root : roots) {
    ranks.push_back(1 - flat::normal_tail(root));
    p_values.push_back(2 * flat::normal_tail(std::abs(root)));
  }
  double const rank = uniformity(ranks), p_value = uniformity(p_values);
  std::string told = fmt::format("| {} | {} | {:.3f} | {:.3f}", name, roots.size(), rank, p_value);
  CHECK(rank > 1e-4);
  CHECK(p_value > 1e-4);
  for (double const level : levels) {
    double held = 0;
    for (double const root : roots) held += std::abs(root) <= flat::inverse_normal(0.5 + level / 2) ? 1 : 0;
    told += fmt::format(" | {:.1f}", 100 * held / n);
    CAPTURE(level);
    CHECK(std::abs(held / n - level) < 4 * std::sqrt(level * (1 - level) / n));
  }
  fmt::print("{} |\n", told);
}

void calibrate(Frailty frailty, std::size_t count, std::size_t compared) {
  Question const question = calibration_question(frailty);
  Complaints complaints;
  FitQuestion const fit =
      pose_fit(*question.scenario, *question.world, standard_catalogue(), complaints, Scored::simulated);
  complaints.throw_if_any();
  std::vector<PolicyId> const policies = fits_of(fit).front();
  EventHistoryOptions options = options_of(fit, policies);
  options.intervals = Intervals::wald;
  std::vector<std::vector<double>> roots(count);
  std::vector<std::string> names;
  auto const see = [&](std::size_t r, bool limits) {
    Drawn const drawn = draw(r);
    auto const history = simulate_from(question, drawn, static_cast<std::int64_t>(r));
    Design const design = design_of(fit, policies, history).design;
    EventHistoryFit const found = fit_event_history(design, options);
    if (!found.estimated()) return;
    std::vector<double> truth;
    std::vector<std::size_t> columns;
    for (std::size_t k = 0; k < design.columns(); ++k) {
      truth.push_back(truth_of(drawn, design.names[k]));
      columns.push_back(k);
    }
    roots[r] = signed_roots(design, options, found, truth, columns);
    if (limits) compare_limits(design, options, truth, roots[r]);
    if (limits) names = design.names;
  };
  for (std::size_t r = 0; r < compared; ++r) see(r, true);
  parallel_for(count - compared, 0, [&](std::size_t r) { see(r + compared, false); });
  fmt::print("| coefficient | histories | p of ranks | p of p-values | 50 % | 80 % | 90 % | 95 % | 99 % |\n");
  for (std::size_t k = 0; k < names.size(); ++k) {
    std::vector<double> own;
    for (std::vector<double> const& each : roots) {
      if (!each.empty()) own.push_back(each[k]);
    }
    CHECK(own.size() == count);  // a history without estimates
    judge(names[k], own);
  }
}

}  // namespace

TEST_CASE("profile intervals are calibrated at every level") {
  calibrate(Frailty::none, 2000, 40);
}

TEST_CASE("profile intervals are calibrated where cities differ") {
  calibrate(Frailty::city, 500, 4);
}

}  // namespace hansa::test
