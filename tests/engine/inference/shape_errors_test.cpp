/// Errors of coefficients and shapes together, clustered two ways.
#include "inference/shape_errors.hpp"

#include <Eigen/Eigenvalues>
#include <algorithm>

#include <doctest/doctest.h>
#include <fmt/format.h>

#include "five_cities.hpp"
#include "inference/covariance.hpp"
#include "inference/fit_shapes.hpp"

namespace hansa {

namespace {

/// Three attributes, and a memory that fades, in few years: more coefficients than periods.
test::Texts few_years(int until, int seed) {
  test::Texts texts;
  texts.yaml = fmt::format(
      "hansa: 1\ntime: {{start: 2000, end: 2014}}\nseed: {}\ncities: {{file: cities.csv}}\n"
      "networks: {{chance: {{erdos_renyi: {{degree: 6}}}}}}\npolicies:\n  led:\n    baseline: -3\n"
      "    attributes: {{wealth: 0.4, size: 0.3, age: 0.2}}\n    adopters: {{random: 30}}\n    mechanisms:\n"
      "      imitation: {{exposure: {{network: chance, half_life: 2}}, strength: 4}}\n"
      "fit: {{cluster: [city, period], from: 2003, until: {}, "
      "profile: [policies.led.mechanisms.imitation.exposure.half_life]}}\n",
      seed, until);
  std::string cities = "id,wealth,size,age\n";
  for (int i = 0; i < 200; ++i)
    cities += fmt::format("c{:03},{},{},{}\n", i, 0.1 * (i * 7 % 19) - 0.9, 0.1 * (i * 5 % 17), 0.1 * (i * 11 % 23));
  texts.files = {{"cities.csv", cities}};
  return texts;
}

ShapedFit fitted(test::Texts const& texts) {
  std::unique_ptr<test::Question> const question = test::ask(texts);
  Complaints complaints;
  FitQuestion const fit =
      pose_fit(question->scenario, question->world, standard_catalogue(), complaints, Scored::simulated);
  complaints.throw_if_any();
  std::vector<History> const runs = test::run_many(*question, 0, 1, 1, Lanes::fast);
  std::vector<ObservedHistory> histories;
  for (PolicyHistory const& each : runs.at(0).policies) histories.push_back(simulated_history(each, fit.model.clock));
  return fit_rows(fit, {PolicyId{0}}, histories, 1);
}

}  // namespace

TEST_CASE("two-way errors of coefficients and shapes are told where they are mended, and nowhere else") {
  int mended = 0, whole = 0;
  for (int const until : {2005, 2007, 2013}) {
    for (int const seed : {1, 2, 3}) {
      CAPTURE(until);
      CAPTURE(seed);
      ShapedFit const made = fitted(few_years(until, seed));
      if (!made.fit.estimated() || made.fit.shapes.at(0).known) continue;
      Eigen::VectorXd const values = Eigen::SelfAdjointEigenSolver<Eigen::MatrixXd>(made.fit.clustered).eigenvalues();
      CHECK(values.minCoeff() > -1e-9 * values.maxCoeff());
      bool const singular = values.minCoeff() < 1e-12 * values.maxCoeff();
      CHECK(std::count(made.fit.notes.begin(), made.fit.notes.end(), mended_words()) == (singular ? 1 : 0));
      ++(singular ? mended : whole);
    }
  }
  CHECK(mended > 0);
  CHECK(whole > 0);
}

}  // namespace hansa
