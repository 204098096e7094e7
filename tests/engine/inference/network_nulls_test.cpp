/// Tests of inference/network_nulls: networks that cannot be drawn otherwise, contagion that is there, threads.
#include "inference/network_nulls.hpp"

#include <cmath>

#include <doctest/doctest.h>
#include <fmt/format.h>

#include "inference/refits.hpp"
#include "support/simulated_fit.hpp"

namespace hansa {

namespace {

/// 150 cities, contagion on `talk`; `idle` has no effect, and `club` is of complete groups.
test::Texts contagion(double strength) {
  test::Texts texts;
  texts.yaml = fmt::format(
      "hansa: 1\ntime: {{start: 2000, end: 2011}}\nseed: 6\ncities: {{file: cities.csv}}\n"
      "networks: {{talk: {{erdos_renyi: {{degree: 5}}}}, idle: {{erdos_renyi: {{degree: 5}}}}, club: {{same: "
      "region}}}}\n"
      "policies:\n  led:\n    baseline: -4\n    attributes: {{size: 0.5}}\n    adopters: {{random: 8}}\n"
      "    mechanisms:\n      talk: {{exposure: {{network: talk}}, strength: {}}}\n"
      "      idle: {{exposure: {{network: idle}}, strength: 0}}\n"
      "      club: {{exposure: {{network: club}}, strength: 0}}\nfit: {{cluster: none}}\n",
      strength);
  std::string& cities = texts.files["cities.csv"] = "id,size,region\n";
  for (int i = 0; i < 150; ++i) cities += fmt::format("c{},{},r{}\n", i, (i % 7 - 3) / 2.0, i % 6);
  return texts;
}

std::vector<NullTest> tested(test::SimulatedFit const& made, NullsSpec const& spec, int threads, std::int64_t history) {
  std::vector<std::vector<ObservedHistory>> const histories =
      test::histories_of(made, test::run_many(*made.question, history, 1, 1, Lanes::fast));
  std::vector<PolicyId> const policies = fits_of(made.fit).at(0);
  ObservedDesign const observed = design_of(made.fit, policies, histories[0]);
  EventHistoryOptions options = options_of(made.fit, policies);
  return null_tests({made.fit, policies, histories[0], observed, options}, spec, 17, threads);
}

NullTest const& of(std::vector<NullTest> const& tests, std::string const& network, NullTest::Kind kind) {
  for (NullTest const& each : tests)
    if (each.network == network && each.kind == kind) return each;
  FAIL("no test of " << network);
  return tests.front();
}

using DrawnBy = NullTest::Kind;

}  // namespace

TEST_CASE("contagion stands out among drawn networks, and what does not act does not") {
  test::SimulatedFit const made = test::simulated_fit(contagion(4));
  NullsSpec const spec{{}, 39, {}, 39};
  std::vector<NullTest> const tests = tested(made, spec, 2, 0);
  REQUIRE(tests.size() == 6);
  for (DrawnBy const kind : {DrawnBy::permutations, DrawnBy::rewirings}) {
    NullTest const& talk = of(tests, "talk", kind);
    CHECK(talk.untested == "");
    CHECK(talk.terms == std::vector<std::string>{"talk"});
    CHECK(talk.p() == doctest::Approx(1.0 / 40));
    CHECK(talk.reached == 0);
    CHECK(talk.null.size() + talk.failed == 39);
    CHECK(std::is_sorted(talk.null.begin(), talk.null.end()));
    CHECK(talk.estimates[0] > talk.null_means[0] + 3 * talk.null_deviations[0]);
    CHECK(talk.null_quantile(1) == talk.null.back());
    CHECK(of(tests, "idle", kind).p() > 0.05);
  }
  CHECK(of(tests, "club", DrawnBy::rewirings).untested == "it has complete groups, and no ties to rewire");
  CHECK(std::isnan(of(tests, "club", DrawnBy::rewirings).p()));
  CHECK(of(tests, "club", DrawnBy::permutations).untested == "");
}

TEST_CASE("no result depends on threads, and the statistic is the likelihood ratio of the term") {
  test::SimulatedFit const made = test::simulated_fit(contagion(2));
  NullsSpec const spec{{}, 9, Reference{"region", {}}, 9};
  std::vector<NullTest> const one = tested(made, spec, 1, 3), many = tested(made, spec, 4, 3);
  REQUIRE(one.size() == many.size());
  for (std::size_t k = 0; k < one.size(); ++k) {
    CHECK(one[k].statistic == many[k].statistic);
    CHECK(one[k].null == many[k].null);
    CHECK(one[k].null_means == many[k].null_means);
  }
  std::vector<std::vector<ObservedHistory>> const histories =
      test::histories_of(made, test::run_many(*made.question, 3, 1, 1, Lanes::fast));
  std::vector<PolicyId> const policies = fits_of(made.fit).at(0);
  ObservedDesign const observed = design_of(made.fit, policies, histories[0]);
  EventHistoryOptions const options = options_of(made.fit, policies);
  std::vector<std::size_t> others;
  for (std::size_t c = 0; c < observed.coefficients.size(); ++c)
    if (observed.coefficients[c].mechanism != "talk") others.push_back(c);
  double const full = fit_event_history(observed.design, options).log_likelihood;
  double const without = fit_event_history(with_columns(observed.design, others), options).log_likelihood;
  CHECK(of(one, "talk", DrawnBy::permutations).statistic == doctest::Approx(2 * (full - without)).epsilon(1e-9));
}

TEST_CASE("where cities change places within groups that are alike to the network, nothing changes") {
  // Complete groups, and cities that change places within these groups only.
  test::SimulatedFit const made = test::simulated_fit(contagion(2));
  std::vector<NullTest> const tests = tested(made, {{}, 9, Reference{"region", {}}, 0}, 2, 1);
  NullTest const& club = of(tests, "club", DrawnBy::permutations);
  CHECK(club.reached == 9);
  CHECK(club.p() == 1);
  for (double const each : club.null) CHECK(each == club.statistic);
  CHECK(of(tests, "talk", DrawnBy::permutations).null.front() != of(tests, "talk", DrawnBy::permutations).statistic);
}

TEST_CASE("what tests against networks do not go with is refused") {
  test::SimulatedFit const made = test::simulated_fit(contagion(2));
  FitSpec spec = made.fit.spec;
  Complaints complaints;
  check_nulls(spec, made.question->world, complaints);
  CHECK(complaints.size() == 0);
  spec.nulls = NullsSpec{{"s.yaml", 3, 4}, 9, Reference{"size", {"s.yaml", 3, 9}}, 0};
  spec.imputations = 5;
  check_nulls(spec, made.question->world, complaints);
  REQUIRE(complaints.size() == 2);
  CHECK(complaints.errors()[0].problem.find("each imputation has its own") != std::string::npos);
  CHECK(complaints.errors()[1].problem == "'size' is no text attribute of the cities");
  CHECK(complaints.errors()[1].where == Place{"s.yaml", 3, 9});
}

}  // namespace hansa
