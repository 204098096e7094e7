/// Fits ranked by information criteria and likelihood ratios.
#include "inference/ranking.hpp"

#include <cmath>

#include <doctest/doctest.h>

#include "base/error.hpp"
#include "engine/inference/observed_rows.hpp"
#include "inference/build_design.hpp"
#include "inference/penalised_ratio.hpp"

using namespace hansa;

namespace {

Contender contender(std::string name, std::vector<std::string> columns, double log_likelihood) {
  Contender made{std::move(name), "same", test::fit_with(columns, std::vector<double>(columns.size(), 0.0))};
  made.fit.log_likelihood = log_likelihood;
  made.fit.rows = 100;
  return made;
}

}  // namespace

TEST_CASE("ranks, weights and likelihood ratios by hand") {
  std::vector<Contender> const all = {contender("all", {"baseline", "imitation", "purchase"}, -100),
                                      contender("none", {"baseline"}, -110),
                                      contender("imitation", {"baseline", "imitation"}, -100.5)};
  Ranking const ranking = rank_fits(all);
  REQUIRE(ranking.fits.size() == 3);
  CHECK(ranking.failed == 0);
  // AIC: all 206, none 222, imitation 205. BIC with ln 100 = 4.605: 213.8, 224.6, 210.2.
  CHECK(ranking.fits[0].name == "imitation");
  CHECK(ranking.fits[1].name == "all");
  CHECK(ranking.fits[2].name == "none");
  CHECK(ranking.fits[0].aic == doctest::Approx(205));
  CHECK(ranking.fits[1].aic_difference == doctest::Approx(1));
  CHECK(ranking.fits[2].aic_rank == 3);
  CHECK(ranking.fits[1].bic_rank == 2);
  double const total = 1 + std::exp(-0.5) + std::exp(-8.5);
  CHECK(ranking.fits[0].weight == doctest::Approx(1 / total).epsilon(1e-13));
  CHECK(ranking.fits[2].weight == doctest::Approx(std::exp(-8.5) / total).epsilon(1e-13));
  CHECK(ranking.fits[1].against == "none");
  REQUIRE(ranking.fits[1].likelihood_ratio);
  CHECK(ranking.fits[1].likelihood_ratio->statistic == doctest::Approx(20));
  CHECK(ranking.fits[1].likelihood_ratio->degrees == 2);
  CHECK(ranking.fits[1].likelihood_ratio->p == doctest::Approx(std::exp(-10.0)).epsilon(1e-12));
  CHECK(ranking.fits[2].against.empty());
  CHECK_FALSE(ranking.fits[2].likelihood_ratio);
}

TEST_CASE("failed fits are counted at the end, and take no part") {
  std::vector<Contender> all = {contender("a", {"baseline", "x"}, -90), contender("b", {"baseline"}, -100),
                                contender("c", {"baseline", "y"}, -95)};
  all[0].fit.failure = "separation";
  Ranking const ranking = rank_fits(all);
  CHECK(ranking.failed == 1);
  CHECK(ranking.fits[2].name == "a");
  CHECK(ranking.fits[2].failure == "separation");
  CHECK(ranking.fits[2].weight == 0);
  CHECK(ranking.fits[2].aic_rank == 0);
  CHECK(ranking.fits[0].name == "c");
  CHECK(ranking.fits[0].aic_difference == 0);
  CHECK(ranking.fits[0].weight + ranking.fits[1].weight == doctest::Approx(1));
}

TEST_CASE("equals share a rank, and fits that are not nested have no ratio") {
  Ranking const ranking =
      rank_fits({contender("a", {"x"}, -90), contender("b", {"y"}, -90), contender("c", {"x", "z"}, -95)});
  CHECK(ranking.fits[0].aic_rank == 1);
  CHECK(ranking.fits[1].aic_rank == 1);
  CHECK(ranking.fits[2].aic_rank == 3);
  CHECK(ranking.fits[2].against == "a");
  CHECK(ranking.fits[2].likelihood_ratio->statistic == 0);  // never below
}

TEST_CASE("fits of other rows, or with another penalty, are refused, all at once") {
  std::vector<Contender> all = {contender("a", {"x"}, -90), contender("b", {"y"}, -90), contender("c", {"z"}, -90)};
  all[1].rows = "other";
  all[2].fit.penalty = Penalty::firth;
  try {
    (void)rank_fits(all);
    FAIL("no complaint");
  } catch (Error const& error) {
    REQUIRE(error.complaints().size() == 2);
    CHECK(error.complaints()[0].problem.find("'b' was fitted to other rows than 'a'") != std::string::npos);
    CHECK(error.complaints()[1].problem.find("'c' was fitted with a penalty, 'a' without one") != std::string::npos);
  }
}

TEST_CASE("columns of one name and other numbers are not nested") {
  std::vector<Contender> all = {contender("small", {"baseline", "imitation"}, -100),
                                contender("large", {"baseline", "imitation", "size"}, -95)};
  CHECK(rank_fits(all).fits[0].against == "small");
  all[0].identities = {"1", "2"};
  all[1].identities = {"1", "3", "4"};
  CHECK(rank_fits(all).fits[0].against.empty());
  all[1].identities = {"1", "2", "4"};
  CHECK(rank_fits(all).fits[0].against == "small");
}

TEST_CASE("under Firth's penalty: AIC of the likelihood without it, and the penalised ratio") {
  Design const whole = test::drawn_rows(31, 150, -2, 0.8, 0.4);
  EventHistoryOptions options;
  options.penalty = Penalty::firth;
  std::vector<Design> const designs = {whole, with_columns(whole, {0, 1})};
  std::vector<Contender> contenders;
  for (Design const& each : designs) {
    Contender made{each.columns() == 3 ? "all" : "some", "same", fit_event_history(each, options)};
    made.design = &each;
    contenders.push_back(made);
  }
  Ranking const ranking = rank_fits(contenders);
  CHECK(ranking.penalty == Penalty::firth);
  CHECK(ranking.failed == 0);
  for (Ranked const& each : ranking.fits) {
    EventHistoryFit const& fit = contenders[each.name == "all" ? 0 : 1].fit;
    Score const score =
        score_at(each.name == "all" ? designs[0] : designs[1], FitLink::logit, Information::expected, fit.coefficients);
    CHECK(each.aic == doctest::Approx(2 * static_cast<double>(fit.names.size()) - 2 * score.log_likelihood));
    REQUIRE(each.likelihood_ratio.has_value() == (each.name == "all"));
    if (each.name == "all") {
      CHECK(each.likelihood_ratio->statistic == penalised_ratio_test(whole, fit, {0, 1})->statistic);
      CHECK(each.likelihood_ratio->degrees == 1);
    }
  }
  REQUIRE(ranking.notes.size() == 1);
  CHECK(ranking.notes[0].find("Heinze & Schemper 2002") != std::string::npos);
}

TEST_CASE("what separates is told: in all fits, or in some") {
  std::vector<Contender> all = {contender("a", {"low", "x"}, -90), contender("b", {"low"}, -95)};
  for (Contender& each : all) {
    each.fit.penalty = Penalty::firth;
    each.fit.separation = Separation::quasi_complete;
    each.fit.separating = {0};
  }
  CHECK(rank_fits(all).notes.at(1).find("'low' separates in all fits and costs each of them the same") == 0);
  all[0].fit.separating = {0, 1};
  Ranking const some = rank_fits(all);
  REQUIRE(some.notes.size() == 3);
  CHECK(some.notes[2].find("'x' separates in some fits: ") == 0);
}

TEST_CASE("the digest of rows is that of who, when and what, not of covariates") {
  Design const design = test::drawn_rows(5, 20, -1, 0.5, 1);
  Design other = design;
  other.x *= 2;
  other.names[1] = "gdp";
  CHECK(rows_digest(other) == rows_digest(design));
  other.event.front() ^= 1;
  CHECK(rows_digest(other) != rows_digest(design));
  other = design;
  other.period.back() += 1;
  CHECK(rows_digest(other) != rows_digest(design));
  other = design;
  other.spell.back() = 0;
  CHECK(rows_digest(other) != rows_digest(design));
}
