/// Hypotheses of one scenario and models of others on the same rows.
#include "inference/hypotheses.hpp"

#include <doctest/doctest.h>
#include <fmt/format.h>

#include "five_cities.hpp"
#include "inference/later_design.hpp"
#include "support/says.hpp"

namespace hansa {

namespace {

using hansa::test::says;

constexpr char head[] =
    "hansa: 1\ntime: {start: 2000, end: 2003}\ncities: {file: cities.csv}\n"
    "networks: {sister: {file: ties.csv, directed: true}}\npolicies:\n";

std::string policy(std::string const& name, std::string const& mechanisms) {
  return fmt::format("  {}:\n    rule: logit\n    baseline: -2\n    adopters: {{file: {}.csv}}\n    mechanisms:\n{}",
                     name, name, mechanisms);
}

constexpr char both[] =
    "      imitation: {exposure: {network: sister}, strength: 1}\n"
    "      all: {log_adopters: {pool: all}, strength: 0.1}\n";

/// A hub that adopted, 300 cities of which a third observe it; adoptions in all years, more of those that observe it.
test::Texts third_observe_hub(std::string const& fit, std::string const& mechanisms = both,
                              std::string const& more = "") {
  test::Texts texts;
  texts.yaml = head + policy("led", mechanisms) + more + fit;
  std::string cities = "id,country\nhub,X\n", ties = "source,target\n";
  std::string led = "city,year\nhub,1999\n", lamps = "city,year\nhub,1999\n";
  for (int i = 0; i < 300; ++i) {
    cities += fmt::format("c{:03},{}\n", i, i % 3 == 0 ? "X" : "Y");
    if (i < 100) ties += fmt::format("hub,c{:03}\n", i);
    if (i < 60 || i % 10 == 0) led += fmt::format("c{:03},{}\n", i, 2000 + (i * 7) % 4);
    if (i > 60 && i % 5 == 0) lamps += fmt::format("c{:03},{}\n", i, 2000 + (i * 3) % 4);
  }
  texts.files = {{"cities.csv", cities}, {"ties.csv", ties}, {"led.csv", led}, {"lamps.csv", lamps}};
  return texts;
}

std::string complaints_of_question(test::Texts const& texts) {
  try {
    (void)test::pose(texts);
  } catch (Error const& error) {
    return error.what();
  }
  return "";
}

Rival rival(std::string const& name, test::Posed const& posed) {
  return {name, {name}, &posed.fit};
}

}  // namespace

TEST_CASE("hypotheses are cross-validated, as fits made one by one would be") {
  test::Posed const posed = test::pose(third_observe_hub(
      "fit: {hypotheses: {none: [], hub: [imitation]}, cross_validation: {leave: cities, folds: 3}}\n"));
  FittedPolicies const whole = fit_policies(posed.fit, {PolicyId{0}});
  Ranking const ranking = rank_hypotheses(posed.fit, whole);
  REQUIRE(ranking.cross_validation);
  CrossValidationResult const& found = *ranking.cross_validation;
  CHECK(found.leave == LeaveOut::cities);
  CHECK(found.folds.size() == 3);
  CHECK(found.trials == whole.observed.design.rows());
  CHECK(found.events == whole.report.fit.events);
  CHECK(found.best == "hub");
  REQUIRE(found.baseline.sums);
  // Without mechanisms there is one chance for all: the baseline alone.
  std::size_t const none = found.models[0].name == "none" ? 0 : 1;
  CHECK(found.models[none].sums->log == doctest::Approx(found.baseline.sums->log).epsilon(1e-9));
  std::vector<CrossModel> const models = hypotheses_of(posed.fit, whole);
  FoldKeys const keys{posed.fit.scenario->seed, posed.fit.world->cities.hash, {}};
  double log = 0;
  for (Fold const& fold : make_folds(models[1 - none].design, {LeaveOut::cities, 3}, keys)) {
    Design const test = with_rows(models[1 - none].design, fold.test);
    EventHistoryFit const fit =
        fit_event_history(with_rows(models[1 - none].design, fold.training), models[1 - none].options);
    log += scores_of(trials_of(test, chances(test, fit.link, fit.coefficients))).log * static_cast<double>(test.rows());
  }
  CHECK(found.models[1 - none].sums->log == doctest::Approx(log).epsilon(1e-9));
}

TEST_CASE("the order of rows in the files does not matter") {
  std::string const fit = "fit: {hypotheses: {hub: [imitation]}, cross_validation: {leave: cities, folds: 4}}\n";
  test::Texts const texts = third_observe_hub(fit);
  test::Texts turned = texts;
  for (char const* const file : {"cities.csv", "led.csv", "ties.csv"}) {
    std::vector<std::string> lines;
    std::string& text = turned.files[file];
    for (std::size_t at = 0, end; (end = text.find('\n', at)) != text.npos; at = end + 1) {
      lines.push_back(text.substr(at, end + 1 - at));
    }
    text = lines[0];
    for (std::size_t k = lines.size(); k-- > 1;) text += lines[k];
  }
  auto const score = [](test::Texts const& of) {
    test::Posed const posed = test::pose(of);
    return rank_hypotheses(posed.fit, fit_policies(posed.fit, {PolicyId{0}})).cross_validation->models[0].sums->log;
  };
  CHECK(score(texts) == score(turned));
}

TEST_CASE("what cannot be left out is refused, with what to do") {
  CHECK(says(complaints_of_question(
                 third_observe_hub("fit: {cross_validation: {leave: policies}}\n", both, policy("lamps", both))),
             "set pooled: true, or leave out cities or years"));
  CHECK(says(
      complaints_of_question(third_observe_hub("fit: {fixed_effects: period, cross_validation: {leave: years}}\n")),
      "leave period out of fixed_effects or use a trend"));
  test::Texts trend = third_observe_hub("fit: {cross_validation: {leave: years}}\n");
  trend.yaml.replace(trend.yaml.find("    baseline"), 0, "    trend: {periods: {2001: 0, 2002: 0}}\n");
  CHECK(
      says(complaints_of_question(trend), "the trend of 'led' by periods says nothing of the years that are left out"));
  CHECK(complaints_of_question(third_observe_hub("fit: {fixed_effects: period, cross_validation: {leave: cities}}\n"))
            .empty());
}

TEST_CASE("policies are left out of a fit that pools them") {
  test::Posed const posed = test::pose(
      third_observe_hub("fit: {pooled: true, cross_validation: {leave: policies}}\n", both, policy("lamps", both)));
  std::vector<PolicyId> const policies = fits_of(posed.fit).at(0);
  REQUIRE(policies.size() == 2);
  FittedPolicies const whole = fit_policies(posed.fit, policies);
  std::optional<CrossValidationResult> const found = cross_validate(posed.fit, {model_of("model", whole)});
  REQUIRE(found);
  REQUIRE(found->folds.size() == 2);
  CHECK(found->models[0].failed == 0);
  CHECK(found->unscored == 0);
  CHECK(found->trials == whole.observed.design.rows());
}

TEST_CASE("scenarios on the same rows are ranked with the hypotheses of the first") {
  test::Posed const first = test::pose(third_observe_hub("fit: {hypotheses: {none: []}}\n"));
  test::Posed const other =
      test::pose(third_observe_hub("", "      hub: {exposure: {network: sister}, strength: 1}\n"));
  FittedPolicies const whole = fit_policies(first.fit, {PolicyId{0}});
  Ranking const ranking = rank_hypotheses(first.fit, {PolicyId{0}}, whole, "first.yaml", {rival("other.yaml", other)});
  REQUIRE(ranking.fits.size() == 3);
  std::vector<std::string> names;
  for (Ranked const& each : ranking.fits) names.push_back(each.name);
  std::sort(names.begin(), names.end());
  CHECK(names == std::vector<std::string>{"first.yaml", "none", "other.yaml"});
  for (Ranked const& each : ranking.fits) {
    CHECK(each.failure.empty());
    if (each.name == "none") continue;
    CHECK(each.against == "none");  // the baselines are the same column
    if (each.name == "first.yaml") CHECK(each.log_likelihood == whole.report.fit.log_likelihood);
    if (each.name == "other.yaml") {
      CHECK(each.log_likelihood == fit_policies(other.fit, {PolicyId{0}}).report.fit.log_likelihood);
    }
  }
  CHECK_FALSE(ranking.cross_validation);
}

TEST_CASE("scenarios of other policies or other rows are refused, all at once, with their names") {
  test::Posed const first = test::pose(third_observe_hub(""));
  test::Texts lamps = third_observe_hub("");
  lamps.yaml.replace(lamps.yaml.find("  led:"), 6, "  lights:");
  test::Posed const other = test::pose(lamps);
  test::Posed const later = test::pose(third_observe_hub("fit: {from: 2001}\n"));
  FittedPolicies const whole = fit_policies(first.fit, {PolicyId{0}});
  try {
    (void)rank_hypotheses(first.fit, {PolicyId{0}}, whole, "first.yaml",
                          {rival("lamps.yaml", other), rival("later.yaml", later)});
    FAIL("no complaint");
  } catch (Error const& error) {
    REQUIRE(error.complaints().size() == 2);
    CHECK(error.complaints()[0].where.file == "lamps.yaml");
    CHECK(says(error.complaints()[0].problem, "it fits no policy 'led'"));
    CHECK(error.complaints()[1].where.file == "later.yaml");
    CHECK(says(error.complaints()[1].problem, "lacks 300 (c000 in 2000, c001 in 2000, c002 in 2000, …)"));
  }
}

}  // namespace hansa
