/// Products of mechanisms and attributes, and effects that count them.
#include "inference/effect_products.hpp"

#include <algorithm>
#include <cmath>

#include <doctest/doctest.h>
#include <fmt/format.h>

#include "five_cities.hpp"
#include "inference/shaped_designs.hpp"

namespace hansa {

namespace {

constexpr char adoptions[] = "city,year\nb,1995\nd,2001\na,2003\n";

std::size_t named(Design const& design, std::string const& name) {
  return static_cast<std::size_t>(std::find(design.names.begin(), design.names.end(), name) - design.names.begin());
}

/// Richer cities imitate more, with a memory that fades.
test::Texts richer() {
  test::Texts texts;
  texts.yaml =
      "hansa: 1\ntime: {start: 2000, end: 2014}\nseed: 5\ncities: {file: cities.csv}\n"
      "networks: {chance: {erdos_renyi: {degree: 6}}}\npolicies:\n  led:\n    baseline: -4\n"
      "    attributes: {wealth: 0.4}\n    adopters: {random: 20}\n    mechanisms:\n"
      "      imitation: {exposure: {network: chance, half_life: 2}, strength: 4, strength_by: {wealth: 2}}\n"
      "fit: {profile: [policies.led.mechanisms.imitation.exposure.half_life]}\n";
  std::string cities = "id,wealth\n";
  for (int i = 0; i < 200; ++i) cities += fmt::format("c{:03},{}\n", i, 0.1 * (i * 7 % 19) - 0.9);
  texts.files = {{"cities.csv", cities}};
  return texts;
}

}  // namespace

TEST_CASE("of a strength that an attribute changes, both have the product as theirs") {
  test::Posed const posed = test::pose(test::five_texts(adoptions));
  ObservedDesign const observed = design_of(posed.fit, {PolicyId{0}});
  Design const& design = observed.design;
  std::vector<Product> const products = products_of(posed.fit, observed);
  REQUIRE(products.size() == 2);
  std::size_t const product = named(design, "imitation_by_size"), imitation = named(design, "imitation");
  CHECK(products[0].column == product);
  CHECK(products[0].of == imitation);
  CHECK(products[1].column == product);
  CHECK(products[1].of == named(design, "size"));
  CHECK(products[1].covariate == "size");
  for (std::size_t row = 0; row < design.rows(); ++row) {
    auto const r = static_cast<Eigen::Index>(row);
    CHECK(products[0].per_unit[r] == design.city[row] + 1);  // sizes are 1 to 5
    CHECK(products[1].per_unit[r] == design.x(r, static_cast<Eigen::Index>(imitation)));
  }
}

TEST_CASE("an attribute that changes a strength and nothing else is no column") {
  test::Posed const posed = test::pose(test::five_texts(adoptions), {"policies.led.attributes={region: {north: 1}}"});
  ObservedDesign const observed = design_of(posed.fit, {PolicyId{0}});
  std::vector<Product> const products = products_of(posed.fit, observed);
  REQUIRE(products.size() == 2);
  CHECK(products[1].of == no_column);
  CHECK(products[1].covariate == "size");
}

TEST_CASE("of policies that are pooled only those count whose strength the attribute changes") {
  std::string const yaml = std::string(test::five_cities) +
                           "  tax:\n    baseline: -2\n    attributes: {size: 0.5, region: {north: 1}}\n"
                           "    trend: {polynomial: [0.1, 0.01]}\n    adopters: {file: led.csv}\n    mechanisms:\n"
                           "      imitation: {exposure: {network: sister}, strength: 2}\nfit: {pooled: true}\n";
  test::Posed const posed = test::pose(test::five_texts(adoptions, yaml));
  ObservedDesign const observed = design_of(posed.fit, {PolicyId{0}, PolicyId{1}});
  std::vector<Product> const products = products_of(posed.fit, observed);
  REQUIRE(products.size() == 2);
  double others = 0, own = 0;
  for (std::size_t row = 0; row < observed.design.rows(); ++row) {
    bool const has = posed.fit.scenario->policies[observed.design.policy[row]].name == "led";
    (has ? own : others) += products[0].per_unit[static_cast<Eigen::Index>(row)];
  }
  CHECK(own > 0);
  CHECK(others == 0);
}

TEST_CASE("effects of an attribute take in that its product changes with a fitted shape") {
  std::unique_ptr<test::Question> const question = test::ask(richer());
  Complaints complaints;
  FitQuestion const fit =
      pose_fit(question->scenario, question->world, standard_catalogue(), complaints, Scored::simulated);
  complaints.throw_if_any();
  std::vector<ObservedHistory> histories;
  std::vector<History> const runs = test::run_many(*question, 0, 1, 1, Lanes::fast);
  for (PolicyHistory const& each : runs.at(0).policies) histories.push_back(simulated_history(each, fit.model.clock));
  ShapedFit const made = fit_rows(fit, {PolicyId{0}}, histories, 1);
  REQUIRE(made.fit.estimated());
  REQUIRE_FALSE(made.fit.shapes.at(0).known);
  FitSubject subject = subject_of(fit, {PolicyId{0}}, made.observed);
  subject.products = products_of(fit, made.observed);
  for (Product const& each : slope_products(fit, made)) subject.products.push_back(each);
  FitReport const report = report_of(made.observed.design, made.fit, {}, subject, made.slopes);
  std::size_t const wealth = named(made.observed.design, "wealth"),
                    product = named(made.observed.design, "imitation_by_wealth");
  auto const w = static_cast<Eigen::Index>(wealth), both = static_cast<Eigen::Index>(product),
             m = static_cast<Eigen::Index>(named(made.observed.design, "imitation"));
  ShapedDesigns const designs(fit, {PolicyId{0}}, histories, shapes_of(fit, {PolicyId{0}}));
  Eigen::Index const columns = made.fit.coefficients.size();
  auto const effect = [&](Eigen::VectorXd const& all) {
    Design const design = designs.at({all[columns]});
    Eigen::VectorXd const p = chances(design, FitLink::logit, all.head(columns));
    return (p.array() * (1 - p.array()) * (all[w] + all[both] * design.x.col(m).array())).mean();
  };
  Eigen::VectorXd at(columns + 1), gradient(columns + 1);
  at << made.fit.coefficients, std::log(made.fit.shapes[0].estimate);
  for (Eigen::Index k = 0; k <= columns; ++k) {
    Eigen::VectorXd const step = 1e-4 * Eigen::VectorXd::Unit(columns + 1, k);
    gradient[k] = (effect(at + step) - effect(at - step)) / 2e-4;
  }
  bool found = false;
  for (MarginalEffect const& each : report.effects) {
    CHECK(each.column != product);
    if (each.column != wealth) continue;
    found = true;
    CHECK(each.effect == doctest::Approx(effect(at)).epsilon(1e-9));
    CHECK(each.error == doctest::Approx(std::sqrt(gradient.dot(made.fit.clustered * gradient))).epsilon(1e-4));
  }
  CHECK(found);
}

}  // namespace hansa
