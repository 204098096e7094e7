/// Scores of what is left out, against a case worked out by hand and against fits made one by one.
#include "inference/cross_validation.hpp"

#include <cmath>

#include <doctest/doctest.h>

#include "base/random.hpp"
#include "engine/inference/observed_rows.hpp"
#include "inference/later_design.hpp"

using namespace hansa;

namespace {

CrossModel model(std::string name, Design design) {
  EventHistoryOptions options;
  options.clusters.clear();
  std::vector<Family> families(design.columns(), Family::none);
  return {std::move(name), std::move(design), std::move(families), options};
}

std::vector<Fold> by_cities(Design const& design, std::int64_t folds) {
  static std::vector<std::uint64_t> hashes;
  for (std::size_t c = hashes.size(); c < 1000; ++c) hashes.push_back(hash_id("city" + std::to_string(c)));
  static std::vector<std::string> const policies = {"led"};
  return make_folds(design, {LeaveOut::cities, folds}, {1, hashes, policies});
}

}  // namespace

TEST_CASE("one chance for all, by hand") {
  // Fitted to 1 of 4, then to 2 of 4: chances 1/4 and 1/2, for 2 and then 1 adoptions of 4.
  Design const design = test::rows_of({{"baseline", std::vector<double>(8, 1)}}, {1, 0, 0, 0, 1, 1, 0, 0});
  std::vector<Fold> const folds = {{"b", {0, 1, 2, 3}, {4, 5, 6, 7}}, {"a", {4, 5, 6, 7}, {0, 1, 2, 3}}};
  CrossValidationResult const found = cross_validate({model("flat", design)}, folds, LeaveOut::cities);
  double const first = -2 * std::log(0.25) - 2 * std::log(0.75), second = -4 * std::log(0.5);
  double const brier = 2 * 0.5625 + 2 * 0.0625 + 4 * 0.25;
  CrossValidated const& flat = found.models.at(0);
  REQUIRE(flat.sums);
  CHECK(flat.failed == 0);
  CHECK(flat.folds[0].sums.log == doctest::Approx(first).epsilon(1e-12));
  CHECK(flat.folds[1].sums.log == doctest::Approx(second).epsilon(1e-12));
  CHECK(flat.sums->log == doctest::Approx(first + second).epsilon(1e-12));
  CHECK(flat.sums->brier == doctest::Approx(brier).epsilon(1e-12));
  CHECK(flat.rank == 1);
  CHECK_FALSE(flat.against_best);
  CHECK(found.best == "flat");
  CHECK(found.trials == 8);
  CHECK(found.events == 3);
  CHECK(found.cities == 8);
  CHECK(found.unscored == 0);
  CHECK(found.folds[0].fitted_rows == 4);
  CHECK(found.folds[0].fitted_events == 1);
  CHECK(found.folds[0].events == 2);
  CHECK(flat.auc == 0.5);  // in each fold all have one chance, and those of the folds are not compared
  // The baseline alone is the same model.
  REQUIRE(found.baseline.sums);
  CHECK(found.baseline.sums->log == doctest::Approx(flat.sums->log).epsilon(1e-9));
  CHECK(found.baseline.against_best->log.mean == doctest::Approx(0).epsilon(1e-9));
}

TEST_CASE("scores are those of fits made one by one to what is left in") {
  Design const full = test::drawn_rows(11, 120, -2, 0.8, 0.5);
  Design const small = with_columns(full, {0, 2});
  std::vector<Fold> const folds = by_cities(full, 4);
  CrossValidationResult const found =
      cross_validate({model("small", small), model("full", full)}, folds, LeaveOut::cities);
  double sums[2] = {0, 0}, squares[2] = {0, 0};
  std::vector<double> of_city(120, 0);
  std::size_t trials = 0;
  for (Fold const& fold : folds) {
    EventHistoryFit fits[2];
    for (int m : {0, 1}) fits[m] = fit_event_history(with_rows(m == 0 ? small : full, fold.training), {});
    for (std::size_t const r : fold.test) {
      double own[2];
      for (int m : {0, 1}) {
        double const eta = (m == 0 ? small : full).x.row(static_cast<Eigen::Index>(r)) * fits[m].coefficients;
        double const chance = 1 / (1 + std::exp(-eta));
        own[m] = full.event[r] != 0 ? -std::log(chance) : -std::log1p(-chance);
        sums[m] += own[m];
        squares[m] += std::pow(chance - full.event[r], 2);
      }
      of_city[full.city[r]] += own[0] - own[1];
      ++trials;
    }
  }
  for (std::size_t m : {0u, 1u}) {
    REQUIRE(found.models[m].sums);
    CHECK(found.models[m].sums->log == doctest::Approx(sums[m]).epsilon(1e-9));
    CHECK(found.models[m].sums->brier == doctest::Approx(squares[m]).epsilon(1e-9));
    CHECK(found.models[m].auc);
  }
  // What drew the rows predicts them best; the difference is paired, its error clustered by city.
  CHECK(found.best == "full");
  CHECK(found.models[1].rank == 1);
  CHECK(found.models[0].rank == 2);
  REQUIRE(found.models[0].against_best);
  ScoreComparison const& against = *found.models[0].against_best;
  CHECK(against.trials == trials);
  auto const n = static_cast<double>(trials);
  double const mean = (sums[0] - sums[1]) / n;
  CHECK(against.log.mean == doctest::Approx(mean).epsilon(1e-7));
  std::vector<double> rows(120, 0);
  for (std::size_t r = 0; r < full.rows(); ++r) rows[full.city[r]] += 1;
  double spread = 0;
  for (std::size_t c = 0; c < 120; ++c) spread += std::pow(of_city[c] - rows[c] * mean, 2);
  CHECK(against.log.error == doctest::Approx(std::sqrt(120.0 / 119 * spread) / n).epsilon(1e-7));
}

TEST_CASE("a fold that fails is shown with its reason, and its model has no rank") {
  Design const design = test::rows_of(
      {{"baseline", std::vector<double>(8, 1)}, {"only_late", {0, 0, 0, 0, 1, 0, 1, 0}}}, {1, 0, 0, 1, 1, 0, 0, 1});
  std::vector<Fold> const folds = {{"b", {0, 1, 2, 3}, {4, 5, 6, 7}}, {"a", {4, 5, 6, 7}, {0, 1, 2, 3}}};
  CrossValidationResult const found =
      cross_validate({model("late", design), model("flat", with_columns(design, {0}))}, folds, LeaveOut::cities);
  CrossValidated const& late = found.models[0];
  CHECK(late.failed == 1);
  CHECK(late.folds[0].failure.find("'only_late' is 0 in every row") != std::string::npos);
  CHECK(late.folds[1].failure.empty());
  CHECK(late.folds[1].sums.log > 0);
  CHECK_FALSE(late.sums);
  CHECK_FALSE(late.auc);
  CHECK_FALSE(late.against_best);
  CHECK(late.rank == 0);
  CHECK(found.best == "flat");
  CHECK(found.models[1].rank == 1);
}

TEST_CASE("no number depends on how many threads there are") {
  Design const full = test::drawn_rows(12, 90, -1.5, 0.5, 0.5);
  std::vector<Fold> const folds = by_cities(full, 6);
  std::vector<CrossModel> const models = {model("full", full), model("small", with_columns(full, {0, 1}))};
  CrossValidationResult const one = cross_validate(models, folds, LeaveOut::cities, 1);
  CrossValidationResult const four = cross_validate(models, folds, LeaveOut::cities, 4);
  for (std::size_t m : {0u, 1u}) {
    CHECK(one.models[m].sums->log == four.models[m].sums->log);
    CHECK(one.models[m].sums->brier == four.models[m].sums->brier);
    for (std::size_t k = 0; k < folds.size(); ++k) {
      CHECK(one.models[m].folds[k].sums.log == four.models[m].folds[k].sums.log);
    }
  }
}

TEST_CASE("what one model cannot predict, none is scored on") {
  std::vector<double> country = {0, 0, 0, 0, 1, 1, 0, 1};
  Design const design =
      test::rows_of({{"baseline", std::vector<double>(8, 1)}, {"country_Y", country}}, {1, 0, 0, 1, 1, 0, 0, 1});
  CrossModel effects = model("effects", design);
  effects.families[1] = Family::country;
  std::vector<Fold> const folds = {{"late", {0, 1, 2, 3}, {4, 5, 6, 7}}};
  CrossValidationResult const found =
      cross_validate({effects, model("flat", with_columns(design, {0}))}, folds, LeaveOut::years);
  CHECK(found.unscored == 3);
  CHECK(found.trials == 1);
  CHECK(found.models[0].failed == 0);
  CHECK(found.models[1].sums->log == doctest::Approx(-std::log(0.5)));
}

TEST_CASE("random effects of policies: those that were seen have theirs, those that were not the mean") {
  Design all;
  for (Index p = 0; p < 4; ++p) {
    Design const own = test::drawn_rows(40 + p, 60, -2.5 + 0.5 * p, 0.5, 0.3);
    if (p == 0) {
      all = own;
      continue;
    }
    Eigen::MatrixXd x(all.x.rows() + own.x.rows(), 3);
    x << all.x, own.x;
    all.x = x;
    for (std::size_t r = 0; r < own.rows(); ++r) {
      all.event.push_back(own.event[r]);
      all.spell.push_back(-1);
      all.policy.push_back(p);
      all.city.push_back(own.city[r]);
      all.period.push_back(own.period[r]);
    }
  }
  CrossModel pooled = model("pooled", all);
  pooled.options.policy_intercept = true;
  std::vector<std::uint64_t> hashes;
  for (std::size_t c = 0; c < 60; ++c) hashes.push_back(hash_id("city" + std::to_string(c)));
  std::vector<std::string> const names = {"a", "b", "c", "d"};
  for (LeaveOut const leave : {LeaveOut::cities, LeaveOut::policies}) {
    std::vector<Fold> const folds = make_folds(all, {leave, 4}, {1, hashes, names});
    CrossValidationResult const found = cross_validate({pooled}, folds, leave);
    REQUIRE(found.models[0].failed == 0);
    CHECK(found.trials == all.rows());
    for (std::size_t k = 0; k < folds.size(); ++k) {
      EventHistoryFit const fit = fit_event_history(with_rows(all, folds[k].training), pooled.options);
      CHECK(fit.policy_effects.size() == (leave == LeaveOut::cities ? 4 : 3));
      double log = 0;
      for (std::size_t const r : folds[k].test) {
        double eta = all.x.row(static_cast<Eigen::Index>(r)) * fit.coefficients;
        for (PolicyEffect const& each : fit.policy_effects) eta += each.policy == all.policy[r] ? each.effect : 0;
        log += std::log1p(std::exp(all.event[r] != 0 ? -eta : eta));
      }
      CHECK(found.models[0].folds[k].sums.log == doctest::Approx(log).epsilon(1e-9));
    }
  }
}
