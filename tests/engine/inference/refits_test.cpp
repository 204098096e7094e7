/// Simulate, fit each history, and find what was simulated.
#include "inference/refits.hpp"

#include <cmath>

#include <doctest/doctest.h>
#include <fmt/format.h>

#include "five_cities.hpp"

namespace hansa {

TEST_CASE("recoveries are plain means, and failures are in none") {
  std::vector<Refit> const refits{
      {"", {"baseline", "m"}, {-2, 1}, {0.5, 1}, {-1.5, 0}},
      {"separation", {}, {}, {}, {}},
      {"", {"baseline", "m"}, {-1, 3}, {0.1, 1}, {-1.5, 0}},
  };
  Recoveries const found = recoveries_of(refits);
  CHECK(found.fitted == 2);
  CHECK(found.failures == std::map<std::string, std::size_t>{{"separation", 1}});
  REQUIRE(found.terms.size() == 2);
  CHECK(found.terms[0].mean == -1.5);
  CHECK(found.terms[0].deviation == doctest::Approx(std::sqrt(0.5)));
  CHECK(found.terms[0].mean_error == doctest::Approx(0.3));
  CHECK(found.terms[0].coverage == 0.5);
  CHECK(found.terms[1].truth == 0);
  CHECK(found.terms[1].coverage == 0.5);
}

TEST_CASE("what was simulated from no number is held by no interval") {
  double const none = std::nan("");
  Recoveries const found = recoveries_of({{"", {"m"}, {1}, {1}, {none}}, {"", {"m"}, {3}, {1}, {none}}});
  REQUIRE(found.terms.size() == 1);
  CHECK(found.terms[0].mean == 2);
  CHECK(std::isnan(found.terms[0].truth));
  CHECK(std::isnan(found.terms[0].coverage));
}

TEST_CASE("estimates from simulated histories scatter about what was simulated") {
  for (std::string const rule : {"logit", "cloglog"}) {
    test::Texts texts;
    texts.yaml = fmt::format(
        "hansa: 1\ntime: {{start: 2000, end: 2014}}\nseed: 4\ncities: {{file: cities.csv}}\n"
        "networks: {{chance: {{erdos_renyi: {{degree: 6}}}}}}\npolicies:\n  led:\n    rule: {}\n    baseline: -4\n"
        "    attributes: {{size: 0.5}}\n    adopters: {{random: 10}}\n    mechanisms:\n"
        "      imitation: {{exposure: {{network: chance}}, strength: 2}}\nfit: {{cluster: none}}\n",
        rule);
    std::string& cities = texts.files["cities.csv"] = "id,size\n";
    for (int i = 0; i < 300; ++i) cities += fmt::format("c{},{}\n", i, (i % 7 - 3) / 2.0);
    auto const question = test::ask(texts);
    Complaints complaints;
    FitQuestion const fit =
        pose_fit(question->scenario, question->world, standard_catalogue(), complaints, Scored::simulated);
    complaints.throw_if_any();
    constexpr int count = 200;
    std::vector<std::vector<ObservedHistory>> histories;
    for (History const& each : test::run_many(*question, 0, count, 2, Lanes::fast)) {
      histories.push_back({simulated_history(each.policies[0], fit.model.clock)});
    }
    Truth const truth = truth_of(question->scenario, question->world, question->model);
    CHECK(truth == Truth{{"policies.led.attributes.size", 0.5},
                         {"policies.led.baseline", -4},
                         {"policies.led.mechanisms.imitation.strength", 2}});
    std::vector<Refit> const refits = fit_histories(fit, {PolicyId{0}}, histories, truth, 2);
    Recoveries const found = recoveries_of(refits);
    CHECK(found.fitted == count);
    REQUIRE(found.terms.size() == 3);
    for (Recovery const& term : found.terms) {
      CAPTURE(rule);
      CAPTURE(term.name);
      // Bias of maximum likelihood is of order 1/events, a twentieth of a standard error here; four errors of the mean
      // make a false alarm of 6e-5 a term.
      double const tolerance = (4 / std::sqrt(double(count)) + 0.1) * term.deviation;
      CHECK(std::abs(term.mean - term.truth) < tolerance);
      CHECK(term.mean_error == doctest::Approx(term.deviation).epsilon(0.2));  // its own error is 5 %
      CHECK(term.coverage > 0.895);                                            // 0.95 less 3.5 binomial errors
    }
    std::vector<Refit> const again = fit_histories(fit, {PolicyId{0}}, histories, truth, 1);
    for (std::size_t r = 0; r < refits.size(); ++r) CHECK(again[r].estimates == refits[r].estimates);
  }
}

}  // namespace hansa
