/// Shares of an adoption: by hand, summing to one, and at the baseline itself.
#include "run/attribution.hpp"

#include <cmath>
#include <limits>

#include <doctest/doctest.h>

using namespace hansa;

namespace {

/// Shares by mechanism of one city with these parts of η.
struct Judged {
  World world;
  Model model;
  RecordPlan plan;

  std::vector<double> shares(Rule rule, double baseline, double attribute, double trend, std::vector<double> theta_m,
                             double frailty = 0, double push = 0, double mandated = 0) {
    world.cities.id = {"a"};
    world.cities.hash = {1};
    model.clock = {2000, 2001, "year"};
    model.mechanisms = {"baseline", "attributes", "trend", "frailty", "intervention", "data"};
    PolicyModel policy;
    policy.rule = rule;
    policy.baseline = baseline;
    for (std::size_t k = 0; k < theta_m.size(); ++k) {
      CompiledTerm term;
      term.mechanism = model.mechanisms.size();
      model.mechanisms.push_back("m" + std::to_string(k));
      policy.terms.push_back(std::move(term));
    }
    model.policies.clear();
    model.policies.push_back(std::move(policy));
    Recorder recorder(model, world, plan);
    recorder.begin(0);
    Index const city = 0;
    // A rule under which the city's own attributes are no part of the pressure hands in none.
    std::vector<double> x, f, pushes, bound;
    if (attribute != 0) x = {attribute};
    if (frailty != 0) f = {frailty};
    if (push != 0) pushes = {push};
    if (mandated != 0) bound = {mandated};
    hansa::attribute(model.policies[0], PolicyId{0}, 1,
                     {std::span(&city, 1), model.policies[0].baseline, trend, x, f, theta_m, pushes, bound}, recorder);
    auto const& table = recorder.finish().policies[0].adoptions_by_mechanism;
    std::vector<double> result;
    for (std::size_t m = 0; m < model.mechanisms.size(); ++m) result.push_back(table[m * 2]);
    return result;
  }
};

double sum_of(std::vector<double> const& values) {
  double sum = 0;
  for (double const v : values) sum += v;
  return sum;
}

}  // namespace

TEST_CASE("cloglog by hand") {
  Judged judged;
  auto const shares = judged.shares(Rule::cloglog, -3, 1, 0.5, {2, -0.5});
  double const h0 = std::exp(-3.0);
  double const h = std::exp(0.0);
  CHECK(shares[0] == doctest::Approx(h0 / h).epsilon(1e-13));
  CHECK(shares[1] == doctest::Approx(1.0 / 3 * (h - h0) / h).epsilon(1e-13));
  CHECK(shares[2] == doctest::Approx(0.5 / 3 * (h - h0) / h).epsilon(1e-13));
  CHECK(shares[6] == doctest::Approx(2.0 / 3 * (h - h0) / h).epsilon(1e-13));
  CHECK(shares[7] == doctest::Approx(-0.5 / 3 * (h - h0) / h).epsilon(1e-13));  // signed, never clipped
  CHECK(sum_of(shares) == doctest::Approx(1).epsilon(1e-14));
}

TEST_CASE("logit by hand") {
  Judged judged;
  auto const shares = judged.shares(Rule::logit, -2, 0, 0, {3});
  double const h0 = std::log1p(std::exp(-2.0));
  double const h = std::log1p(std::exp(1.0));
  CHECK(shares[0] == doctest::Approx(h0 / h).epsilon(1e-13));
  CHECK(shares[6] == doctest::Approx((h - h0) / h).epsilon(1e-13));
}

TEST_CASE("parts that cancel leave all to the baseline and their limits to themselves") {
  Judged judged;
  auto const shares = judged.shares(Rule::logit, -2, 0, 0, {1, -1});
  double const slope = 1 / (1 + std::exp(2.0));
  double const h = std::log1p(std::exp(-2.0));
  CHECK(shares[0] == doctest::Approx(1).epsilon(1e-14));
  CHECK(shares[6] == doctest::Approx(slope / h).epsilon(1e-12));
  CHECK(sum_of(shares) == doctest::Approx(1).epsilon(1e-12));
  auto const beside = judged.shares(Rule::logit, -2, 0, 0, {1, -1 + 1e-7});
  CHECK(beside[6] == doctest::Approx(slope / h).epsilon(1e-6));
  CHECK(sum_of(beside) == doctest::Approx(1).epsilon(1e-9));
}

TEST_CASE("frailty has its own share") {
  Judged judged;
  auto const shares = judged.shares(Rule::cloglog, -3, 1, 0, {1.5}, -0.5);
  double const rate = (std::exp(-1.0) - std::exp(-3.0)) / 2 / std::exp(-1.0);
  CHECK(shares[3] == doctest::Approx(-0.5 * rate).epsilon(1e-13));
  CHECK(shares[6] == doctest::Approx(1.5 * rate).epsilon(1e-13));
  CHECK(sum_of(shares) == doctest::Approx(1).epsilon(1e-14));
}

TEST_CASE("additive: hazards in proportion, the exogenous one shared within itself") {
  Judged judged;
  auto const shares = judged.shares(Rule::additive, -3, 0.5, 0.25, {0.1, 0.3}, 0.25);
  double const h0 = std::exp(-3.0), exogenous = std::exp(-2.0), h = exogenous + 0.4;
  CHECK(shares[0] == doctest::Approx(h0 / h).epsilon(1e-13));
  CHECK(shares[1] == doctest::Approx(0.5 * (exogenous - h0) / h).epsilon(1e-13));
  CHECK(shares[2] == doctest::Approx(0.25 * (exogenous - h0) / h).epsilon(1e-13));
  CHECK(shares[3] == doctest::Approx(0.25 * (exogenous - h0) / h).epsilon(1e-13));
  CHECK(shares[6] == doctest::Approx(0.1 / h).epsilon(1e-13));
  CHECK(shares[7] == doctest::Approx(0.3 / h).epsilon(1e-13));
  CHECK(sum_of(shares) == doctest::Approx(1).epsilon(1e-14));
  // What cancels leaves limits: each part as the hazard's slope has it.
  auto const cancelled = judged.shares(Rule::additive, -3, 0.5, -0.5, {0.1});
  CHECK(cancelled[1] == doctest::Approx(0.5 * h0 / (h0 + 0.1)).epsilon(1e-13));
  CHECK(sum_of(cancelled) == doctest::Approx(1).epsilon(1e-14));
  auto const none = judged.shares(Rule::additive, -infinity, 0, 0, {0.1, 0.3});
  CHECK(none[0] == 0);
  CHECK(none[7] == doctest::Approx(0.75).epsilon(1e-14));
}

TEST_CASE("linear by hand, up to certainty") {
  Judged judged;
  auto const shares = judged.shares(Rule::linear, 0.1, 0.1, 0, {0.3});
  double const h0 = -std::log1p(-0.1), h = -std::log1p(-0.5);
  CHECK(shares[0] == doctest::Approx(h0 / h).epsilon(1e-13));
  CHECK(shares[1] == doctest::Approx(0.25 * (h - h0) / h).epsilon(1e-13));
  CHECK(shares[6] == doctest::Approx(0.75 * (h - h0) / h).epsilon(1e-13));
  auto const cancelled = judged.shares(Rule::linear, 0.1, 0.2, -0.2, {});
  CHECK(cancelled[0] == doctest::Approx(1).epsilon(1e-13));
  CHECK(cancelled[1] == doctest::Approx(0.2 / 0.9 / h0).epsilon(1e-12));
  auto const near = judged.shares(Rule::linear, 0.1, 1e-9, 0, {});
  CHECK(near[1] == doctest::Approx(1e-9 / 0.9 / h0).epsilon(1e-6));
  auto const certain = judged.shares(Rule::linear, 0.1, 0, 0, {2});
  CHECK(certain[0] == doctest::Approx(h0 / 64).epsilon(1e-13));
  CHECK(certain[6] == doctest::Approx(1 - h0 / 64).epsilon(1e-13));
  CHECK(sum_of(judged.shares(Rule::linear, 1.5, 0, 0, {0.5})) == doctest::Approx(1).epsilon(1e-14));
}

TEST_CASE("who has waited for money and adopts while nothing presses does so by the baseline") {
  Judged judged;
  double const none = -std::numeric_limits<double>::infinity();
  for (auto const& shares :
       {judged.shares(Rule::additive, none, 0, 0, {0, 0}), judged.shares(Rule::linear, 0, 0, 0, {0, 0}),
        judged.shares(Rule::linear, 0.1, 0, -0.1, {0, 0}), judged.shares(Rule::linear, 0.1, 0, 0.2, {-0.3, -1e-17})}) {
    CHECK(shares[0] == 1);
    CHECK(sum_of(shares) == 1);
  }
}

TEST_CASE("thresholds in proportion to the contributions") {
  Judged judged;
  auto const shares = judged.shares(Rule::threshold, 0, 0, 0.25, {0.5, 0.25});
  CHECK(shares[1] == 0);
  CHECK(shares[2] == doctest::Approx(0.25));
  CHECK(shares[6] == doctest::Approx(0.5));
  auto const nothing = judged.shares(Rule::threshold, 0, 0, 0, {0.0});
  CHECK(nothing[0] == 1);
  auto const cancelled = judged.shares(Rule::threshold, 0, 0, 0, {0.3, -0.1, -0.2});
  CHECK(cancelled[0] == 1);
  CHECK(sum_of(cancelled) == 1);
}

TEST_CASE("a push has a share as a mechanism has, and it is the intervention's") {
  Judged judged;
  auto const logit = judged.shares(Rule::logit, -2, 0, 0, {1}, 0, 0.5);
  double const h0 = std::log1p(std::exp(-2.0)), h = std::log1p(std::exp(-0.5));
  CHECK(logit[4] == doctest::Approx(0.5 / 1.5 * (h - h0) / h).epsilon(1e-13));
  CHECK(logit[6] == doctest::Approx(1 / 1.5 * (h - h0) / h).epsilon(1e-13));
  CHECK(sum_of(logit) == doctest::Approx(1).epsilon(1e-14));
  auto const held = judged.shares(Rule::cloglog, -2, 0, 0, {1}, 0, -0.5);
  CHECK(held[4] < 0);
  CHECK(sum_of(held) == doctest::Approx(1).epsilon(1e-14));
  auto const additive = judged.shares(Rule::additive, -infinity, 0, 0, {0.1}, 0, 0.3);
  CHECK(additive[4] == doctest::Approx(0.75).epsilon(1e-14));
  auto const linear = judged.shares(Rule::linear, 0.1, 0, 0, {0.1}, 0, 0.3);
  CHECK(linear[4] == doctest::Approx(0.75 * (1 - std::log1p(-0.1) / std::log1p(-0.5))).epsilon(1e-13));
  auto const threshold = judged.shares(Rule::threshold, 0, 0, 0.25, {0.25}, 0, 0.5);
  CHECK(threshold[4] == doctest::Approx(0.5).epsilon(1e-14));
  CHECK(sum_of(threshold) == 1);
}

TEST_CASE("what a mandate adds has its part of all hazard, and the rest is shared as it was") {
  Judged judged;
  struct Case {
    Rule rule;
    double baseline, hazard;
  };
  for (Case const& each : {Case{Rule::logit, -2, std::log1p(std::exp(-1.0))},
                           {Rule::cloglog, -2, std::exp(-1.0)},
                           {Rule::additive, -2, std::exp(-2.0) + 1},
                           {Rule::linear, -0.6, -std::log1p(-0.4)}}) {
    auto const without = judged.shares(each.rule, each.baseline, 0, 0, {1});
    auto const shares = judged.shares(each.rule, each.baseline, 0, 0, {1}, 0, 0, 0.7);
    double const rest = each.hazard / (each.hazard + 0.7);
    CHECK(shares[4] == doctest::Approx(1 - rest).epsilon(1e-12));
    CHECK(shares[0] == doctest::Approx(without[0] * rest).epsilon(1e-12));
    CHECK(shares[6] == doctest::Approx(without[6] * rest).epsilon(1e-12));
    CHECK(sum_of(shares) == doctest::Approx(1).epsilon(1e-12));
  }
  // Without any other hazard all is the mandate's.
  for (auto const& none : {judged.shares(Rule::additive, -infinity, 0, 0, {0.0}, 0, 0, 64),
                           judged.shares(Rule::linear, 0, 0, 0, {}, 0, 0, 0.1)}) {
    CHECK(none[4] == 1);
    CHECK(none[0] == 0);
  }
}
