/// Tests of tell/shape_report: what is known and unknown of a shape, in each form.
#include "tell/shape_report.hpp"

#include <cmath>
#include <limits>

#include <doctest/doctest.h>

#include "io/json.hpp"
#include "support/says.hpp"
#include "tell/tree.hpp"

using namespace hansa;

namespace {

using hansa::test::says;

/// One shape with an error and an open end, and one that is taken as known.
FitReport sample() {
  constexpr double infinite = std::numeric_limits<double>::infinity();
  FitReport report;
  report.subject.name = "led";
  report.fit.shapes = {{.name = "imitation.half_life",
                        .paths = {"policies.led.mechanisms.imitation.exposure.half_life"},
                        .estimate = 2.5,
                        .written = 2,
                        .logarithmic = true,
                        .lowest = 0.5,
                        .highest = 8,
                        .lower = 1.25,
                        .upper = infinite},
                       {.name = "advocacy.production.step",
                        .paths = {"policies.led.mechanisms.advocacy.collective.production.step"},
                        .estimate = 0.25,
                        .written = 0.2,
                        .lowest = 0.1,
                        .highest = 1,
                        .lower = 0.1,
                        .upper = 1,
                        .flat = true,
                        .jumps = true,
                        .known = true}};
  report.fit.covariance = Eigen::MatrixXd::Zero(3, 3);
  report.fit.covariance(1, 1) = 0.04;  // of the logarithm
  report.fit.clustered = report.fit.covariance;
  report.fit.clustered(1, 1) = 0.16;
  report.fit.shape_trials = 70;
  report.fit.shape_failures = {{"'imitation' is 0 in every row", 3}};
  report.shapes = shape_reports(report.fit);
  return report;
}

}  // namespace

TEST_CASE("errors are on the parameter's own scale, and none where the estimate is taken as known") {
  FitReport const report = sample();
  CHECK(report.shapes[0].error == doctest::Approx(0.5));
  CHECK(*report.shapes[0].cluster_error == doctest::Approx(1));
  CHECK(std::isnan(report.shapes[1].error));
  CHECK(shape_warnings(report.fit, 0.95).size() == 1);
  CHECK(says(shape_warnings(report.fit, 0.95)[0], "flat in 'advocacy.production.step': from 0.1 to 1"));
}

TEST_CASE("a terminal sees estimates, errors, intervals and what was searched") {
  std::string const text = shape_text(sample());
  CHECK(says(text, "clustered s.e."));
  CHECK(says(text, "2.500  0.5000           1.000               1.250 to ∞  0.5000 to 8.000"));
  CHECK(says(text, "–"));
  CHECK(says(text, "found by 70 fits at trial values, of which 3 failed"));
}

TEST_CASE("rows of CSV have the columns of the coefficients, blank where there is no number") {
  CHECK(shape_csv(sample()) ==
        "led,logit,expected,imitation.half_life,estimated,2.5,0.5,1,,,1.25,inf,,,,\n"
        "led,logit,expected,advocacy.production.step,flat,0.25,,,,,0.1,1,,,,\n");
  CHECK(says(shape_latex(sample()),
             "imitation.half\\_life & $2.500$ & $0.5000$ & $1.000$ & -- & -- & $1.250$ to "
             "$\\infty$ \\\\\n"));
}

TEST_CASE("machines are told the paths, and how many fits failed why") {
  std::vector<std::pair<std::string, Node>> entries;
  add_shapes(sample(), entries);
  Node const tree = map_node(std::move(entries));
  Node const* const shape = tree.find("shapes")->find("imitation.half_life");
  REQUIRE(shape != nullptr);
  CHECK(shape->find("paths")->items.at(0).text == "policies.led.mechanisms.imitation.exposure.half_life");
  CHECK(shape->find("scale")->text == "logarithmic");
  CHECK(tree.find("shapes")->find("advocacy.production.step")->find("se")->form == Node::Form::null);
  CHECK(tree.find("shape_fits")->find("failed")->text == "3");
  CHECK(tree.find("shape_fits")->find("failures")->find("'imitation' is 0 in every row")->text == "3");
  CHECK(says(to_json(tree), "\"tried\""));
}
