/// Shares of an adoption: by hand, summing to one, and at the baseline itself.
#include "run/attribution.hpp"

#include <cmath>

#include <doctest/doctest.h>

using namespace hansa;

namespace {

/// Shares by mechanism of one city with these parts of η.
struct Judged {
  World world;
  Model model;
  RecordPlan plan;

  std::vector<double> shares(Rule rule, double baseline, double attribute, double trend, std::vector<double> theta_m) {
    world.cities.id = {"a"};
    world.cities.hash = {1};
    model.clock = {2000, 2001, "year"};
    model.mechanisms = {"baseline", "attributes", "trend", "frailty", "intervention", "data"};
    PolicyModel policy;
    policy.rule = rule;
    policy.baseline = baseline;
    if (attribute != 0) policy.attributes = {attribute};
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
    attribute_one(recorder, city, trend, theta_m);
    auto const& table = recorder.finish().policies[0].adoptions_by_mechanism;
    std::vector<double> result;
    for (std::size_t m = 0; m < model.mechanisms.size(); ++m) result.push_back(table[m * 2]);
    return result;
  }

 private:
  void attribute_one(Recorder& recorder, Index const& city, double trend, std::vector<double> const& theta_m) {
    hansa::attribute(model.policies[0], PolicyId{0}, 1, {std::span(&city, 1), trend, theta_m}, recorder);
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

TEST_CASE("thresholds in proportion to the contributions") {
  Judged judged;
  auto const shares = judged.shares(Rule::threshold, 0, 5, 0.25, {0.5, 0.25});
  CHECK(shares[1] == 0);  // attributes lower the threshold, they press nobody
  CHECK(shares[2] == doctest::Approx(0.25));
  CHECK(shares[6] == doctest::Approx(0.5));
  auto const nothing = judged.shares(Rule::threshold, 0, 0, 0, {0.0});
  CHECK(nothing[0] == 1);
  auto const cancelled = judged.shares(Rule::threshold, 0, 0, 0, {0.3, -0.1, -0.2});
  CHECK(cancelled[0] == 1);
  CHECK(sum_of(cancelled) == 1);
}
