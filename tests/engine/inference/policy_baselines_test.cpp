/// Random effects of policies: closed forms, equal policies, few policies, and the same fit told by baselines.
#include "inference/policy_baselines.hpp"

#include <cmath>

#include <doctest/doctest.h>

#include "inference/fit_report.hpp"
#include "inference/group_intercept.hpp"
#include "made_rows.hpp"

namespace hansa {

namespace {

/// Decisions on policies whose baselines differ by known shifts: a column of ones and a covariate.
Design decisions(std::vector<double> const& shifts, std::size_t rows, std::uint64_t seed) {
  test::Uniform uniform(seed);
  std::vector<std::vector<double>> x;
  std::vector<int> event;
  std::vector<Index> policy;
  for (Index p = 0; p < shifts.size(); ++p) {
    for (std::size_t r = 0; r < rows; ++r) {
      x.push_back({1, uniform.normal()});
      event.push_back(uniform() < 1 / (1 + std::exp(1.5 - shifts[p] - 0.5 * x.back()[1])) ? 1 : 0);
      policy.push_back(p);
    }
  }
  Design design = test::rows_of(x, event);
  design.policy = policy;
  design.names = {"baseline", "rich"};
  return design;
}

EventHistoryOptions random_effects(std::vector<ErrorCluster> clusters = {}) {
  EventHistoryOptions options;
  options.clusters = std::move(clusters);
  options.policy_intercept = true;
  return options;
}

NamedPolicies named(std::size_t count) {
  NamedPolicies policies;
  for (Index p = 0; p < count; ++p) {
    policies.policy.push_back(p);
    policies.name.push_back(std::string(1, static_cast<char>('a' + p)));
  }
  return policies;
}

}  // namespace

TEST_CASE("policies of one probit row each have the chance of a normal sum") {
  // ∫ Φ(β + σz) φ(z) dz = Φ(β / √(1 + σ²))
  Design design = test::rows_of({{1}, {1}, {1}}, {1, 0, 1});
  design.policy = {0, 1, 2};
  for (double const sd : {0.3, 1.0, 2.0}) {
    GroupIntercept intercept(make_sample(design, FitLink::probit, design.x), design.policy, 60);
    Eigen::VectorXd const at = (Eigen::VectorXd(2) << 0.4, std::log(sd)).finished();
    double const yes = 0.5 * std::erfc(-0.4 / std::sqrt(1 + sd * sd) / std::sqrt(2.));
    CHECK(intercept(at).value == doctest::Approx(2 * std::log(yes) + std::log(1 - yes)).epsilon(1e-7));
  }
}

TEST_CASE("equal policies have standard deviation 0, and that is said") {
  Design const once = decisions({0}, 200, 3);
  Design twice = once;
  twice.x.conservativeResize(400, Eigen::NoChange);
  twice.x.bottomRows(200) = once.x;
  for (std::size_t r = 0; r < 200; ++r) {
    twice.event.push_back(once.event[r]);
    twice.spell.push_back(-1);
    twice.policy.push_back(1);
    twice.city.push_back(once.city[r]);
    twice.period.push_back(0);
  }
  EventHistoryOptions plain;
  plain.clusters.clear();
  EventHistoryFit const without = fit_event_history(twice, plain);
  EventHistoryFit const fit = fit_event_history(twice, random_effects());
  REQUIRE(fit.estimated());
  CHECK(*fit.policy_sd == 0);
  CHECK(fit.coefficients == without.coefficients);
  CHECK(fit.parameters == 3);
  REQUIRE(fit.notes.size() == 1);
  CHECK(fit.notes[0].find("any difference between policies") != std::string::npos);
  std::optional<InterceptReport> const report = intercept_report(fit, 0.95, named(2));
  REQUIRE(report);
  CHECK_FALSE(report->error);
  CHECK_FALSE(report->interval);
  REQUIRE(report->test);
  CHECK(report->test->statistic == 0);
  CHECK(report->test->p == 1);
  REQUIRE(report->effects.size() == 2);
  CHECK(report->effects[0].effect == 0);
  CHECK(report->effects[1].error == 0);
}

TEST_CASE("what policies differ by is found, and shrunk") {
  std::vector<double> const shifts = {-1.2, -0.5, 0.1, 0.3, 0.6, 1.1};
  Design const design = decisions(shifts, 400, 5);
  EventHistoryFit const fit = fit_event_history(design, random_effects({ErrorCluster::city}));
  REQUIRE(fit.estimated());
  CHECK(fit.information == Information::observed);
  CHECK(fit.clustered.size() == 0);
  CHECK(fit.notes.size() == 1);  // there are no clusters
  REQUIRE(fit.policy_effects.size() == 6);
  EventHistoryFit own = fit_event_history(with_policy_baselines(design, named(6)), {});
  REQUIRE(own.estimated());
  double const centre = fit.coefficients[0];
  for (Eigen::Index p = 0; p < 6; ++p) {
    PolicyEffect const& each = fit.policy_effects[static_cast<std::size_t>(p)];
    double const alone = own.coefficients[p] - centre;
    CHECK(std::fabs(each.effect) < std::fabs(alone));                        // nearer to the common baseline
    CHECK(std::fabs(each.effect - alone) < 0.15 * std::fabs(alone) + 0.02);  // though not by much
  }
  InterceptReport const report = *intercept_report(fit, 0.95, named(6));
  CHECK(report.of == InterceptReport::Of::policies);
  CHECK(report.test->p < 1e-10);
  CHECK(report.interval->first < *fit.policy_sd);
  CHECK(report.interval->second > 0.75);  // the deviation of the shifts is 0.8
}

TEST_CASE("the same fit is told by a baseline for each policy") {
  Design const design = decisions({-0.8, 0, 0.2, 0.9}, 150, 8);
  EventHistoryFit const fit = fit_event_history(design, random_effects());
  REQUIRE(fit.estimated());
  NamedPolicies const policies = named(5);  // of the fifth no row tells
  EventHistoryFit const about = with_policy_baselines(fit, policies);
  CHECK(about.names ==
        std::vector<std::string>{"baseline_a", "baseline_b", "baseline_c", "baseline_d", "baseline_e", "rich"});
  CHECK_FALSE(about.policy_sd);
  CHECK(about.coefficients[4] == fit.coefficients[0]);
  CHECK(about.coefficients[5] == fit.coefficients[1]);
  CHECK(about.coefficients[1] == doctest::Approx(fit.coefficients[0] + fit.policy_effects[1].effect));
  CHECK(about.covariance(5, 5) == doctest::Approx(fit.covariance(1, 1)));
  CHECK(about.covariance(4, 4) == doctest::Approx(fit.covariance(0, 0) + *fit.policy_sd * *fit.policy_sd));
  // a policy's own baseline is known better than the common one, of which there are four drawn
  CHECK(about.covariance(1, 1) < fit.covariance(0, 0));
  PolicyBaselines const all = policy_baselines(fit, policies);
  CHECK(all.names.back() == "policy_sd");
  CHECK(all.values[all.values.size() - 1] == *fit.policy_sd);
  Eigen::Index const last = all.values.size() - 1;
  CHECK(all.covariance(last, last) == doctest::Approx(fit.covariance(2, 2) * *fit.policy_sd * *fit.policy_sd));
  Design const own = with_policy_baselines(design, policies);
  CHECK(own.names == about.names);
  Eigen::VectorXd const eta = linear_predictors(own, about.coefficients);
  CHECK(eta[200] == doctest::Approx(linear_predictors(design, fit.coefficients)[200] + fit.policy_effects[1].effect));
  // without random effects nothing changes
  EventHistoryFit const plain = fit_event_history(design, {});
  CHECK(with_policy_baselines(plain, policies).names == plain.names);
}

TEST_CASE("the error of a policy's own baseline is all but that of its own decisions, where there are many") {
  Design const design = decisions({-1, -0.3, 0.4, 1.2}, 3000, 9);
  EventHistoryFit const fit = fit_event_history(design, random_effects());
  EventHistoryFit const about = with_policy_baselines(fit, named(4));
  EventHistoryOptions plain;
  plain.clusters.clear();
  EventHistoryFit const own = fit_event_history(with_policy_baselines(design, named(4)), plain);
  for (Eigen::Index p = 0; p < 4; ++p)
    CHECK(std::sqrt(about.covariance(p, p)) == doctest::Approx(std::sqrt(own.covariance(p, p))).epsilon(0.02));
}

TEST_CASE("what random effects of policies do not go with is said") {
  Design const design = decisions({0, 1}, 50, 2);
  EventHistoryOptions options = random_effects();
  options.city_intercept = true;
  CHECK(fit_event_history(design, options).failure.find("crossed") != std::string::npos);
  options = random_effects();
  options.penalty = Penalty::firth;
  CHECK(fit_event_history(design, options).failure.find("Firth") != std::string::npos);
  CHECK(fit_event_history(decisions({0}, 50, 2), random_effects()).failure.find("two policies at least") !=
        std::string::npos);
}

TEST_CASE("few policies are warned of, and the null model has random effects too") {
  Design const design = decisions({-0.7, 0, 0.9}, 200, 4);
  FitSubject subject;
  subject.policies = {"a", "b", "c"};
  subject.policy_numbers = {0, 1, 2};
  subject.effects = {1};
  EventHistoryOptions const options = random_effects();
  EventHistoryFit const fit = fit_event_history(design, options);
  FitReport const report = report_of(design, fit, options, subject);
  REQUIRE(report.intercept);
  CHECK(report.warnings.front().find("3 policies") == 0);
  Design const bare = [&] {
    Design made = design;
    made.x = design.x.leftCols(1);
    made.names = {"baseline"};
    return made;
  }();
  CHECK(fit.null_log_likelihood == doctest::Approx(fit_event_history(bare, options).log_likelihood).epsilon(1e-10));
  REQUIRE(report.likelihood_ratio);
  CHECK(report.likelihood_ratio->degrees == 1);
  REQUIRE(report.effects.size() == 1);
  CHECK(report.effects[0].column == 1);
  CHECK(report.effects[0].effect > 0);
  REQUIRE(report.roc);
}

TEST_CASE("profiles of the standard deviation end where the likelihood has fallen") {
  Design const design = decisions({-0.7, 0, 0.9, 0.2, 0.4}, 150, 11);
  EventHistoryOptions options = random_effects();
  options.intervals = Intervals::profile;
  EventHistoryFit const fit = fit_event_history(design, options);
  REQUIRE(fit.sd_profile);
  CHECK(fit.sd_profile->first < *fit.policy_sd);
  CHECK(fit.sd_profile->second > *fit.policy_sd);
  GroupIntercept intercept(make_sample(design, FitLink::logit, design.x), design.policy, options.quadrature);
  // the likelihood at the upper limit, maximised over a grid of the other two
  double best = -1e300;
  for (double a = -0.6; a <= 0.6; a += 0.01) {
    for (double b = -0.1; b <= 0.1; b += 0.01) {
      Eigen::VectorXd const at =
          (Eigen::VectorXd(3) << fit.coefficients[0] + a, fit.coefficients[1] + b, std::log(fit.sd_profile->second))
              .finished();
      best = std::max(best, intercept(at).value);
    }
  }
  CHECK(2 * (fit.log_likelihood - best) == doctest::Approx(3.841459).epsilon(0.002));
}

}  // namespace hansa
