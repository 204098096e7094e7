/// Scenarios that are simulated, and fitted to what came of it.
#pragma once

#include <cmath>
#include <memory>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "inference/fit_leaving.hpp"
#include "mechanisms/catalogue.hpp"
#include "support/question.hpp"

namespace hansa::test {

/// A scenario with what a fit of its own simulations asks.
struct SimulatedFit {
  std::unique_ptr<Question> question;
  FitQuestion fit;
  Truth truth;
};

inline SimulatedFit simulated_fit(Texts const& texts) {
  SimulatedFit made{ask(texts), {}, {}};
  Complaints complaints;
  made.fit =
      pose_fit(made.question->scenario, made.question->world, standard_catalogue(), complaints, Scored::simulated);
  complaints.throw_if_any();
  made.truth = truth_of(made.question->scenario, made.question->world, made.question->model);
  add_leaving_truth(made.truth, made.question->scenario);
  return made;
}

inline std::vector<ObservedHistory> histories_of(SimulatedFit const& of, History const& history) {
  std::vector<ObservedHistory> found;
  for (PolicyHistory const& each : history.policies)
    found.push_back(simulated_history(each, of.question->scenario.clock));
  return found;
}

inline std::vector<std::vector<ObservedHistory>> histories_of(SimulatedFit const& of, std::vector<History> const& all) {
  std::vector<std::vector<ObservedHistory>> found;
  for (History const& each : all) found.push_back(histories_of(of, each));
  return found;
}

/// Whether fits find what was simulated: means of the estimates within 4 standard errors of it and 0.3 standard
/// deviations, and 95 % intervals that hold it as often as they should, less 4 standard errors (false alarms: 1e-4 a
/// coefficient).
inline void check_recoveries(Recoveries const& found, std::int64_t histories) {
  CHECK(found.fitted >= static_cast<std::size_t>(histories * 95 / 100));
  CHECK_FALSE(found.terms.empty());
  auto const n = static_cast<double>(found.fitted);
  for (Recovery const& each : found.terms) {
    CAPTURE(each.name);
    CAPTURE(each.mean);
    CAPTURE(each.truth);
    double const off = std::fabs(each.mean - each.truth) / each.deviation;
    CHECK(off < 4 / std::sqrt(n) + 0.1);
    CHECK(each.coverage > 0.95 - 4 * std::sqrt(0.95 * 0.05 / n));
    CHECK(each.mean_error / each.deviation == doctest::Approx(1).epsilon(4 / std::sqrt(2 * n)));
  }
}

inline void check_found_again(Texts const& texts, std::int64_t histories, int threads = 1) {
  SimulatedFit const of = simulated_fit(texts);
  auto const kept = histories_of(of, run_many(*of.question, 0, histories, threads, Lanes::fast));
  for (std::vector<PolicyId> const& policies : fits_of(of.fit))
    check_recoveries(recoveries_of(fit_histories(of.fit, policies, kept, of.truth, threads)), histories);
  for (PolicyId const policy : left_policies(of.fit))
    check_recoveries(recoveries_of(fit_leaving_histories(of.fit, policy, kept, of.truth, threads)), histories);
}

}  // namespace hansa::test
