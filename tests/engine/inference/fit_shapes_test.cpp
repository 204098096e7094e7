/// Shape parameters estimated beside coefficients, against fits with each value written in the scenario.
#include "inference/fit_shapes.hpp"

#include <Eigen/LU>
#include <algorithm>
#include <cmath>
#include <map>

#include <doctest/doctest.h>
#include <fmt/format.h>

#include "fading_worlds.hpp"
#include "inference/estimates_of.hpp"
#include "inference/hypothesis_tests.hpp"
#include "inference/newton.hpp"
#include "inference/refits.hpp"
#include "support/says.hpp"

namespace hansa {

namespace {

using hansa::test::says;

using test::fading, test::half_life, test::posed, test::profile, test::Simulated, test::simulated;

ShapedFit fitted(Simulated const& world, int threads = 1) {
  return fit_rows(world.fit, {PolicyId{0}}, world.histories[0], threads);
}

/// The log-likelihood of a fit whose scenario has the value written in, by a world and a model of its own.
double with_setting(std::string const& yaml, Simulated const& world, std::string const& path, double value) {
  auto const question = test::ask({yaml, {}}, {fmt::format("{}={}", path, value), "fit.profile=[" + path + "]"});
  FitQuestion fit = posed(*question);
  fit.spec.profile.clear();
  EventHistoryFit const found = fit_rows(fit, {PolicyId{0}}, world.histories[0], 1).fit;
  return found.estimated() ? found.log_likelihood : -1e9;
}

/// Row by row by hand: ℓ of a logit, with gradient in (β, s).
struct ByHand {
  double value = 0;
  Eigen::MatrixXd scores;  // rows × parameters
  Eigen::MatrixXd expected;
};

ByHand by_hand(Design const& design, Eigen::VectorXd const& beta, Eigen::MatrixXd const& slopes) {
  Eigen::MatrixXd wide(design.x.rows(), design.x.cols() + slopes.cols());
  wide << design.x, slopes;
  ByHand made{0, wide, Eigen::MatrixXd::Zero(wide.cols(), wide.cols())};
  for (Eigen::Index r = 0; r < wide.rows(); ++r) {
    double const p = 1 / (1 + std::exp(-design.x.row(r).dot(beta)));
    bool const event = design.event[static_cast<std::size_t>(r)] != 0;
    made.value += std::log(event ? p : 1 - p);
    made.expected += p * (1 - p) * wide.row(r).transpose() * wide.row(r);
    made.scores.row(r) *= (event ? 1 : 0) - p;
  }
  return made;
}

void check_close(Eigen::MatrixXd const& found, Eigen::MatrixXd const& wanted, double tolerance) {
  REQUIRE(found.rows() == wanted.rows());
  for (Eigen::Index a = 0; a < found.rows(); ++a) {
    for (Eigen::Index b = 0; b < found.cols(); ++b) {
      double const size = std::sqrt(wanted(a, a) * wanted(b, b));
      CHECK(std::fabs(found(a, b) - wanted(a, b)) < tolerance * size);
    }
  }
}

}  // namespace

TEST_CASE("the profile has its maximum where a grid of fits with the value written in has it") {
  std::string const yaml = fading(profile(half_life), "network: chance, half_life: 2", 200);
  Simulated const world = simulated(yaml);
  ShapedFit const made = fitted(world);
  REQUIRE(made.fit.estimated());
  ShapeEstimate const& shape = made.fit.shapes.at(0);
  CHECK(shape.name == "imitation.half_life");
  CHECK(shape.written == 2);
  CHECK(shape.logarithmic);
  auto const by_setting = [&](double value) { return with_setting(yaml, world, half_life, value); };
  CHECK(by_setting(shape.estimate) == doctest::Approx(made.fit.log_likelihood).epsilon(1e-12));
  double best = -1e9, at = 0;
  for (int k = -20; k <= 20; ++k) {
    double const value = 2 * std::exp(0.25 * k), found = by_setting(value);
    CHECK(found <= made.fit.log_likelihood + 1e-9);
    if (found > best) at = value;
    best = std::max(best, found);
  }
  CHECK(std::fabs(std::log(at / shape.estimate)) < 0.25);
  // χ²(1) at 95 % is 3.841.
  REQUIRE(std::isfinite(shape.upper));
  CHECK(made.fit.log_likelihood - by_setting(shape.upper) == doctest::Approx(1.920729).epsilon(1e-5));
  if (shape.lower > 0)
    CHECK(made.fit.log_likelihood - by_setting(shape.lower) == doctest::Approx(1.920729).epsilon(1e-5));
  CHECK(made.fit.parameters == 3);
  CHECK(made.fit.aic() == doctest::Approx(6 - 2 * made.fit.log_likelihood));
}

TEST_CASE("a shape is profiled beside budgets, whose prices mechanisms make") {
  auto const paid = [](std::string const& fit) {
    std::string yaml = "resources: {initial: 0, income: 1}\n" + test::fading(fit);
    std::size_t const at = yaml.find("    mechanisms:\n");
    yaml.insert(at + 16, "      cheap: {scale: {pool: all, progress_ratio: 0.9}, strength: 0.5}\n");
    yaml.insert(at, "    cost: {amount: 4}\n");
    return yaml;
  };
  test::Simulated const made = test::simulated(paid(test::profile(test::half_life)));
  ShapedFit const found = fit_rows(made.fit, {PolicyId{0}}, made.histories[0]);
  REQUIRE(found.fit.estimated());
  REQUIRE(found.fit.shapes.size() == 1);
  auto const written = test::ask({paid(""), {}}, {fmt::format("{}={}", test::half_life, found.fit.shapes[0].estimate)});
  ShapedFit const alone = fit_rows(test::posed(*written), {PolicyId{0}}, made.histories[0]);
  CHECK(alone.observed.design.rows() == found.observed.design.rows());
  CHECK(alone.observed.design.rows() < 300 * 18);  // nobody can pay in the first years
  CHECK(alone.fit.log_likelihood == doctest::Approx(found.fit.log_likelihood).epsilon(1e-9));
}

TEST_CASE("a half-life that was simulated is found again, with the errors that its estimates have") {
  // 95 % intervals of 5 histories: fewer than 4 hold the truth in 2 % of all seeds.
  Simulated const world = simulated(fading(profile(half_life)), 5);
  Truth truth = truth_of(world.question->scenario, world.question->world, world.question->model);
  add_shape_truth(truth, world.fit, world.question->scenario);
  CHECK(truth.at(half_life) == 2);
  std::vector<Refit> const refits = fit_histories(world.fit, {PolicyId{0}}, world.histories, truth, 2);
  int held = 0;
  for (Refit const& each : refits) {
    REQUIRE(each.failure.empty());
    REQUIRE(each.names == std::vector<std::string>{"baseline", "imitation", "imitation.half_life"});
    CHECK(each.truth == std::vector<double>{-4.5, 5, 2});
    held += each.lower[2] <= 2 && 2 <= each.upper[2] ? 1 : 0;
  }
  CHECK(held >= 4);
  Recoveries const found = recoveries_of(refits);
  CHECK(found.terms[2].coverage == doctest::Approx(held / 5.));
  CHECK(found.terms[2].fits == 5);
  CHECK(std::isfinite(found.terms[2].mean_error));
}

TEST_CASE("covariances are those of coefficients and shape together") {
  Simulated world = simulated(fading(profile(half_life)));
  ShapedFit const made = fitted(world);
  REQUIRE(made.fit.estimated());
  ShapedDesigns const designs(world.fit, {PolicyId{0}}, world.histories[0], shapes_of(world.fit, {PolicyId{0}}));
  FittedShape const& shape = designs.shapes()[0];
  double const at = std::log(made.fit.shapes[0].estimate), step = 1e-4;
  Eigen::VectorXd const& beta = made.fit.coefficients;
  auto const value = [&](Eigen::VectorXd const& b, double s) {
    return by_hand(designs.at({s}), b, Eigen::MatrixXd(made.observed.design.x.rows(), 0)).value;
  };
  CHECK(shape.searched(made.fit.shapes[0].estimate) == doctest::Approx(at));
  Eigen::MatrixXd const slope = (designs.at({at + step}).x - designs.at({at - step}).x) * beta / (2 * step);
  CHECK((slope - made.slopes).norm() < 1e-6 * slope.norm());
  ByHand const hand = by_hand(made.observed.design, beta, slope);
  CHECK(hand.value == doctest::Approx(made.fit.log_likelihood).epsilon(1e-12));
  CHECK((hand.scores.colwise().sum()).norm() < 1e-3);
  Eigen::MatrixXd const bread = hand.expected.inverse();
  check_close(made.fit.covariance, bread, 1e-6);
  // Sandwich by city, with factor G/(G−1).
  std::map<Index, Eigen::VectorXd> sums;
  for (Eigen::Index r = 0; r < hand.scores.rows(); ++r) {
    auto const [sum, fresh] = sums.try_emplace(made.observed.design.city[static_cast<std::size_t>(r)]);
    if (fresh) sum->second = Eigen::VectorXd::Zero(3);
    sum->second += hand.scores.row(r).transpose();
  }
  Eigen::MatrixXd meat = Eigen::MatrixXd::Zero(3, 3);
  for (auto const& [city, sum] : sums) meat += sum * sum.transpose();
  auto const n = static_cast<double>(sums.size());
  check_close(made.fit.clustered, n / (n - 1) * bread * meat * bread, 1e-6);
  // Observed: minus the second derivatives of ℓ in all three.
  world.fit.spec.information = Information::observed;
  ShapedFit const observed = fitted(world);
  Eigen::VectorXd steps(3);
  steps << 1e-3, 1e-3, 2e-3;
  Eigen::MatrixXd bend(3, 3);
  auto const moved = [&](Eigen::Index a, double by_a, Eigen::Index b, double by_b) {
    Eigen::VectorXd all(3);
    all << beta, at;
    all[a] += by_a * steps[a];
    all[b] += by_b * steps[b];
    return value(all.head(2), all[2]);
  };
  for (Eigen::Index a = 0; a < 3; ++a) {
    for (Eigen::Index b = 0; b < 3; ++b)
      bend(a, b) = -(moved(a, 1, b, 1) - moved(a, 1, b, -1) - moved(a, -1, b, 1) + moved(a, -1, b, -1)) /
                   (4 * steps[a] * steps[b]);
  }
  check_close(observed.fit.covariance, bend.inverse(), 2e-3);
  CHECK(observed.fit.clustered.rows() == 3);
  // Wald's intervals of coefficients take the shape's uncertainty in.
  CHECK(made.fit.upper[1] == doctest::Approx(beta[1] + 1.959964 * std::sqrt(made.fit.covariance(1, 1))));
}

TEST_CASE("marginal effects take the uncertainty of the shape in") {
  Simulated const world = simulated(fading(profile(half_life)));
  ShapedFit const made = fitted(world);
  REQUIRE(made.fit.estimated());
  FitSubject subject;
  subject.effects = {1};
  FitReport const report = report_of(made.observed.design, made.fit, {}, subject, made.slopes);
  ShapedDesigns const designs(world.fit, {PolicyId{0}}, world.histories[0], shapes_of(world.fit, {PolicyId{0}}));
  auto const effect = [&](Eigen::Vector3d const& all) {
    Eigen::VectorXd const p = chances(designs.at({all[2]}), FitLink::logit, all.head(2));
    return all[1] * (p.array() * (1 - p.array())).mean();
  };
  Eigen::Vector3d at, gradient;
  at << made.fit.coefficients, std::log(made.fit.shapes[0].estimate);
  for (Eigen::Index k = 0; k < 3; ++k) {
    Eigen::Vector3d const step = 1e-4 * Eigen::Vector3d::Unit(k);
    gradient[k] = (effect(at + step) - effect(at - step)) / 2e-4;
  }
  REQUIRE(report.effects.size() == 1);
  CHECK(report.effects[0].effect == doctest::Approx(effect(at)).epsilon(1e-9));
  CHECK(report.effects[0].error ==
        doctest::Approx(std::sqrt(gradient.dot(made.fit.clustered * gradient))).epsilon(1e-4));
}

TEST_CASE("neither the order of entries nor the number of threads changes a bit") {
  std::string const exposure = "network: chance, half_life: 2, shape: {power: 1}";
  std::string const power = "policies.led.mechanisms.imitation.exposure.shape.power";
  Simulated const one = simulated(fading(profile(std::string(half_life) + ", " + power), exposure, 40));
  Simulated const other = simulated(fading(profile(power + ", " + half_life), exposure, 40));
  EventHistoryFit const first = fitted(one, 1).fit, second = fitted(other, 3).fit;
  REQUIRE(first.estimated());
  REQUIRE(first.shapes.size() == 2);
  CHECK(first.shapes[0].name == "imitation.half_life");
  CHECK(first.shapes[1].name == "imitation.shape.power");
  CHECK(first.shape_trials == second.shape_trials);
  for (std::size_t k = 0; k < 2; ++k) {
    CHECK(first.shapes[k].estimate == second.shapes[k].estimate);
    CHECK(first.shapes[k].lower == second.shapes[k].lower);
    CHECK(first.shapes[k].upper == second.shapes[k].upper);
  }
  CHECK(first.coefficients == second.coefficients);
  CHECK(first.covariance == second.covariance);
  CHECK(first.clustered == second.clustered);
  // No point of a coarse grid of both is higher.
  ShapedDesigns const designs(one.fit, {PolicyId{0}}, one.histories[0], shapes_of(one.fit, {PolicyId{0}}));
  for (double a = -4; a <= 4; a += 1) {
    for (double b = -3; b <= 3; b += 1) {
      EventHistoryFit const found = fit_event_history(designs.at({std::log(2.) + a, b}), {});
      if (found.estimated()) CHECK(found.log_likelihood <= first.log_likelihood + 1e-6);
    }
  }
}

TEST_CASE("a shape that only scales a covariate is flat: it stays as written, with a warning") {
  std::string const yaml =
      "hansa: 1\ntime: {start: 2000, end: 2014}\nseed: 3\ncities: {generate: 150}\npolicies:\n  led:\n    baseline: "
      "-4\n"
      "    adopters: {random: 10}\n    mechanisms:\n"
      "      cost: {scale: {pool: all, progress_ratio: 0.8}, strength: 1}\n";
  std::string const path = "policies.led.mechanisms.cost.scale.progress_ratio";
  Simulated const world = simulated(yaml + "fit: {" + profile(path) + "}\n"), plain = simulated(yaml);
  ShapedFit const made = fitted(world), without = fitted(plain);
  REQUIRE(made.fit.estimated());
  ShapeEstimate const& shape = made.fit.shapes.at(0);
  CHECK(shape.flat);
  CHECK(shape.known);
  CHECK(shape.estimate == 0.8);
  CHECK(shape.lower == 0.01);
  CHECK(shape.upper == 2);
  CHECK(made.fit.coefficients == without.fit.coefficients);
  CHECK(made.fit.covariance.topLeftCorner(2, 2) == without.fit.covariance);
  CHECK(made.fit.covariance.row(2).isZero());
  FitReport const report = report_of(made.observed.design, made.fit, {}, {}, made.slopes);
  CHECK(says(report.warnings, "flat in 'cost.progress_ratio'"));
  CHECK(std::isnan(report.shapes.at(0).error));
  // A progress ratio of 1 makes the covariate 0: such fits fail, are counted, and count nowhere.
  CHECK(made.fit.shape_failures.size() <= 1);
}

TEST_CASE("distances of networks are searched in worlds of their own") {
  std::string const decay = "networks.far.weight.decay_km", within = "networks.near.within.km";
  std::string const yaml = fading(profile(decay), "network: far", 100);
  Simulated const world = simulated(yaml);
  ShapedFit const made = fitted(world);
  REQUIRE(made.fit.estimated());
  CHECK(made.fit.shapes.at(0).name == "far.weight.decay_km");
  CHECK(with_setting(yaml, world, decay, made.fit.shapes[0].estimate) ==
        doctest::Approx(made.fit.log_likelihood).epsilon(1e-12));
  for (double const factor : {0.25, 0.5, 0.8, 1.25, 2., 4.})
    CHECK(with_setting(yaml, world, decay, factor * made.fit.shapes[0].estimate) <= made.fit.log_likelihood + 1e-9);

  std::string const steps = fading(profile(within), "network: near", 100);
  Simulated const other = simulated(steps);
  ShapedFit const jumped = fitted(other);
  REQUIRE(jumped.fit.estimated());
  ShapeEstimate const& shape = jumped.fit.shapes.at(0);
  CHECK(shape.jumps);
  CHECK(shape.known);
  CHECK(says(jumped.fit.notes, "moves in jumps"));
  CHECK(jumped.fit.covariance.row(2).isZero());
  CHECK(shape.lowest == doctest::Approx(2500 / 8.));
  for (double const value : {500., 1500., 2500., 4000., 9000.})
    CHECK(with_setting(steps, other, within, value) <= jumped.fit.log_likelihood + 1e-9);
}

TEST_CASE("policies that are pooled share the shape of mechanisms of one name") {
  std::string yaml = fading("pooled: true, " + profile(half_life), "network: chance, half_life: 2", 150);
  std::string const led = yaml.substr(yaml.find("  led:"), yaml.find("fit:") - yaml.find("  led:"));
  std::string solar = led;
  solar.replace(2, 3, "sun");
  solar.replace(solar.find("half_life: 2"), 12, "half_life: 9");
  yaml.insert(yaml.find("fit:"), solar);
  Simulated const world = simulated(yaml);
  std::vector<PolicyId> const both{PolicyId{0}, PolicyId{1}};
  ShapedFit const made = fit_rows(world.fit, both, world.histories[0], 1);
  REQUIRE(made.fit.estimated());
  REQUIRE(made.fit.shapes.size() == 1);
  CHECK(made.fit.shapes[0].paths ==
        std::vector<std::string>{half_life, "policies.sun.mechanisms.imitation.exposure.half_life"});
}

TEST_CASE("a shape whose error would be wider than its search is taken as known, and told") {
  // Half-lives this short leave hardly anything a year later: near the estimate all say the same but for some
  // thousandths of a millionth.
  auto const brief = [](std::string const& years) {
    std::string yaml = fading(profile(half_life), "network: chance, half_life: " + years, 150);
    return yaml.replace(yaml.find("seed: 11"), 8, "seed: 15");
  };
  Simulated const world = simulated(brief("25")), lived = simulated(brief("0.05"));
  ShapedFit const made = fit_rows(world.fit, {PolicyId{0}}, lived.histories[0], 2);
  REQUIRE(made.fit.estimated());
  ShapeEstimate const& shape = made.fit.shapes.at(0);
  CHECK_FALSE(shape.at_end);
  CHECK(shape.vague);
  CHECK(shape.known);
  CHECK(made.fit.covariance.row(2).norm() == 0);
  CHECK(made.fit.clustered.row(2).norm() == 0);
  CHECK(made.slopes.norm() == 0);
  CHECK(std::isnan(report_of(made.observed.design, made.fit, {}, {}, made.slopes).shapes[0].error));
  CHECK(says(made.fit.notes,
             "the standard error of 'imitation.half_life' would be wider than all that was searched, "
             "from 0.02441 to 2.56e+04: it has no standard error"));
}

TEST_CASE("with a city intercept the errors are those of observed information, clustered ones too") {
  std::string yaml = fading(profile(half_life), "network: chance, half_life: 2", 50);
  yaml.insert(yaml.find("    adopters"), "    frailty: {city: 1}\n");
  Simulated const world = simulated(yaml);
  EventHistoryFit const fit = fitted(world).fit;
  REQUIRE(fit.estimated());
  REQUIRE(fit.city_sd);
  CHECK(fit.covariance.rows() == 4);
  CHECK(fit.clustered.rows() == 4);
  CHECK(inverse_of(fit.covariance).size() > 0);
  CHECK(fit.information == Information::observed);
  CHECK(fit.parameters == 4);
}

TEST_CASE("estimates are drawn on the scale of the search, and a question takes them over") {
  Simulated const world = simulated(fading(profile(half_life)));
  FittedPolicies fitted_policies;
  ShapedFit made = fitted(world);
  fitted_policies.observed = made.observed;
  fitted_policies.report = report_of(made.observed.design, made.fit, {}, {}, made.slopes);
  std::vector<double> model_covariance;
  Estimates const estimates = estimates_of(fitted_policies, model_covariance);
  REQUIRE(estimates.terms == std::vector<std::string>{"baseline", "imitation", "imitation.half_life"});
  CHECK(estimates.paths[2] == std::vector<std::string>{half_life});
  CHECK(estimates.values[2] == made.fit.shapes[0].estimate);
  CHECK_FALSE(estimates.scales[1].logarithmic);
  CHECK(estimates.scales[2].logarithmic);
  double const value = estimates.values[2];
  CHECK(estimates.covariance[8] == doctest::Approx(value * value * made.fit.clustered(2, 2)));
  CHECK(estimates.covariance[5] == doctest::Approx(value * made.fit.clustered(1, 2)));
  CHECK(fitted_policies.report.shapes[0].error == doctest::Approx(value * std::sqrt(made.fit.covariance(2, 2))));
  CHECK_FALSE(has_shapes(world.fit, made.fit.shapes));
  FitQuestion const shaped = with_shapes(world.fit, made.fit.shapes);
  CHECK(has_shapes(shaped, made.fit.shapes));
  CHECK(design_of(shaped, {PolicyId{0}}, world.histories[0]).design.x == made.observed.design.x);
}

TEST_CASE("choices that do not go with shapes are refused") {
  auto const told = [](std::string const& more) {
    try {
      (void)simulated(fading(profile(half_life) + ", " + more));
    } catch (Error const& error) {
      return std::string(error.what());
    }
    return std::string();
  };
  CHECK(told("penalty: firth").find("Firth's penalty is one of the coefficients' information") != std::string::npos);
  CHECK(told("intervals: profile").find("would take the shape parameters as known") != std::string::npos);
  CHECK(told("imputations: 5").find("not estimated over imputations") != std::string::npos);
  CHECK(told("cross_validation: {leave: cities}").find("are not cross-validated") != std::string::npos);
  CHECK(told("cluster: none").empty());
}

}  // namespace hansa
