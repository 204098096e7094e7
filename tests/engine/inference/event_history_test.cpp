/// Tests of whole fits: closed forms, what is refused, and what is invariant.
#include "inference/event_history.hpp"

#include <Eigen/LU>
#include <array>
#include <cmath>

#include <doctest/doctest.h>

#include "inference/links.hpp"
#include "made_rows.hpp"

namespace {

using namespace hansa::test;
using hansa::FitLink;
using hansa::Penalty;

constexpr FitLink regressions[] = {FitLink::logit, FitLink::cloglog, FitLink::probit};

/// Two groups: `k` of `n` decide in each; columns: ones, and the second group.
hansa::Design two_groups(int k0, int n0, int k1, int n1) {
  std::vector<std::vector<double>> x;
  std::vector<int> event;
  for (int i = 0; i < n0 + n1; ++i) {
    x.push_back({1, i < n0 ? 0.0 : 1.0});
    event.push_back(i < n0 ? i < k0 : i - n0 < k1);
  }
  return rows_of(x, event);
}

TEST_CASE("an intercept alone is the link of the share") {
  for (FitLink const link : regressions) {
    hansa::Design const design = rows_of(std::vector<std::vector<double>>(10, {1}), {1, 1, 1, 0, 0, 0, 0, 0, 0, 0});
    hansa::EventHistoryFit const fit = hansa::fit_event_history(design, {.link = link});
    REQUIRE(fit.estimated());
    double const eta = hansa::predictor_of_chance(link, 0.3);
    CHECK(fit.coefficients[0] == doctest::Approx(eta).epsilon(1e-12));
    double const slope = link == FitLink::logit ? 0.3 * 0.7
                         : link == FitLink::cloglog
                             ? 0.7 * -std::log(0.7)
                             : std::exp(-0.5 * eta * eta) / std::sqrt(2 * 3.14159265358979323846);
    CHECK(fit.covariance(0, 0) == doctest::Approx(0.3 * 0.7 / (10 * slope * slope)).epsilon(1e-10));
    CHECK(fit.log_likelihood == doctest::Approx(3 * std::log(0.3) + 7 * std::log(0.7)).epsilon(1e-13));
    CHECK(fit.null_log_likelihood == doctest::Approx(fit.log_likelihood).epsilon(1e-13));
    CHECK(fit.aic() == doctest::Approx(2 - 2 * fit.log_likelihood));
    CHECK(fit.bic() == doctest::Approx(std::log(10) - 2 * fit.log_likelihood));
    CHECK(fit.rows == 10);
    CHECK(fit.events == 3);
    CHECK(fit.rank == 1);
    CHECK(fit.parameters == 1);
  }
}

TEST_CASE("two groups: differences of links, and Woolf's error of a log odds ratio") {
  hansa::Design const design = two_groups(3, 20, 9, 15);
  for (FitLink const link : regressions) {
    hansa::EventHistoryFit const fit = hansa::fit_event_history(design, {.link = link});
    double const first = hansa::predictor_of_chance(link, 3.0 / 20),
                 second = hansa::predictor_of_chance(link, 9.0 / 15);
    CHECK(fit.coefficients[0] == doctest::Approx(first).epsilon(1e-11));
    CHECK(fit.coefficients[1] == doctest::Approx(second - first).epsilon(1e-11));
  }
  hansa::EventHistoryFit const fit = hansa::fit_event_history(design, {});
  CHECK(fit.covariance(1, 1) == doctest::Approx(1.0 / 3 + 1.0 / 17 + 1.0 / 9 + 1.0 / 6).epsilon(1e-12));
}

TEST_CASE("Firth's penalty adds one half to each cell of a table, separated or not") {
  for (auto const& [k0, n0, k1, n1] : std::vector<std::array<int, 4>>{{3, 20, 9, 15}, {0, 20, 9, 15}, {0, 4, 6, 6}}) {
    hansa::EventHistoryFit const fit =
        hansa::fit_event_history(two_groups(k0, n0, k1, n1), {.penalty = Penalty::firth});
    REQUIRE(fit.estimated());
    double const first = std::log((k0 + 0.5) / (n0 - k0 + 0.5)), second = std::log((k1 + 0.5) / (n1 - k1 + 0.5));
    CHECK(fit.coefficients[0] == doctest::Approx(first).epsilon(1e-8));
    CHECK(fit.coefficients[1] == doctest::Approx(second - first).epsilon(1e-8));
    bool const separated = k0 == 0;
    CHECK((fit.separation != hansa::Separation::none) == separated);
    CHECK(fit.notes.size() == (separated ? 1 : 0));
    CHECK(fit.clustered.allFinite());
  }
}

TEST_CASE("Firth's penalty under cloglog and probit is Jeffreys's prior of each share") {
  for (FitLink const link : {FitLink::cloglog, FitLink::probit}) {
    for (int const k : {0, 2, 7}) {
      hansa::EventHistoryFit const fit =
          hansa::fit_event_history(two_groups(k, 12, 4, 9), {.link = link, .penalty = Penalty::firth});
      REQUIRE(fit.estimated());
      auto const penalised = [&](double eta) {
        return k * hansa::row_terms(link, eta, true).value + (12 - k) * hansa::row_terms(link, eta, false).value +
               0.5 * std::log(hansa::row_terms(link, eta, true).expected);
      };
      double const top = penalised(fit.coefficients[0]);
      for (double const off : {-0.5, -1e-3, 1e-3, 0.5}) CHECK(penalised(fit.coefficients[0] + off) < top);
    }
  }
}

TEST_CASE("Firth's penalty has a maximum on tables with hardly more rows than columns") {
  Uniform uniform(61);
  int estimated = 0;
  for (int trial = 0; trial < 150; ++trial) {
    std::vector<std::vector<double>> x;
    std::vector<int> event;
    for (int k = 0; k < 9; ++k) {
      x.push_back({1, std::floor(2 * uniform()), std::floor(2 * uniform()), uniform.normal(), uniform.normal()});
      event.push_back(uniform() < 0.5);
    }
    FitLink const link = regressions[trial % 3];
    hansa::EventHistoryFit const fit =
        hansa::fit_event_history(rows_of(x, event), {.link = link, .penalty = Penalty::firth});
    if (fit.rank < 5) continue;
    CHECK(fit.failure.empty());
    CHECK(fit.coefficients.allFinite());
    ++estimated;
  }
  CHECK(estimated > 100);
}

TEST_CASE("the estimate is where the score vanishes, with spells too, and covariances invert the information") {
  for (FitLink const link : regressions) {
    for (hansa::Information const kind : {hansa::Information::expected, hansa::Information::observed}) {
      hansa::Design const design = draw({.link = link, .spell_percent = 50}, 41);
      hansa::EventHistoryFit const fit = hansa::fit_event_history(design, {.link = link, .information = kind});
      REQUIRE(fit.estimated());
      CHECK(fit.information == kind);
      hansa::Score const score = hansa::score_at(design, link, kind, fit.coefficients);
      CHECK(score.gradient.cwiseAbs().maxCoeff() < 1e-9);
      CHECK(score.log_likelihood == doctest::Approx(fit.log_likelihood).epsilon(1e-13));
      CHECK((score.information.inverse() - fit.covariance).cwiseAbs().maxCoeff() < 1e-10);
    }
  }
}

TEST_CASE("units of a column change its coefficient and nothing else") {
  hansa::Design const design = draw({}, 43);
  hansa::Design scaled = design;
  scaled.x.col(1) *= 1e9;
  scaled.x.col(2) *= 1e-9;
  hansa::EventHistoryFit const fit = hansa::fit_event_history(design, {}), other = hansa::fit_event_history(scaled, {});
  CHECK(other.log_likelihood == doctest::Approx(fit.log_likelihood).epsilon(1e-13));
  CHECK(other.coefficients[1] * 1e9 == doctest::Approx(fit.coefficients[1]).epsilon(1e-10));
  CHECK(other.covariance(2, 2) * 1e-18 == doctest::Approx(fit.covariance(2, 2)).epsilon(1e-10));
  CHECK(other.clustered(1, 1) * 1e18 == doctest::Approx(fit.clustered(1, 1)).epsilon(1e-9));
}

TEST_CASE("powers of years are no obstacle") {
  // the same cubic in years since 2010 and in years since the birth of Christ
  hansa::Design near = draw({.cities = 400, .years = 20, .beta = {-2, 0, 0, 0}}, 44), far = near;
  for (Eigen::Index r = 0; r < near.x.rows(); ++r) {
    double const year = near.period[static_cast<std::size_t>(r)];
    for (Eigen::Index k = 1; k < 4; ++k) {
      near.x(r, k) = std::pow((year - 2010) / 10, static_cast<double>(k));
      far.x(r, k) = std::pow(year, static_cast<double>(k));
    }
  }
  hansa::EventHistoryFit const one = hansa::fit_event_history(near, {}), two = hansa::fit_event_history(far, {});
  REQUIRE(one.estimated());
  REQUIRE(two.estimated());
  CHECK(two.log_likelihood == doctest::Approx(one.log_likelihood).epsilon(1e-12));
  CHECK(two.coefficients[3] * 1000 == doctest::Approx(one.coefficients[3]).epsilon(1e-5));
  CHECK(two.covariance(3, 3) * 1e6 == doctest::Approx(one.covariance(3, 3)).epsilon(1e-5));
}

TEST_CASE("the same rows give the same bits") {
  hansa::Design const design = draw({.link = FitLink::cloglog}, 45);
  hansa::EventHistoryFit const one = hansa::fit_event_history(design, {.link = FitLink::cloglog});
  hansa::EventHistoryFit const two = hansa::fit_event_history(design, {.link = FitLink::cloglog});
  CHECK(one.coefficients == two.coefficients);
  CHECK(one.clustered == two.clustered);
}

TEST_CASE("collinear columns are named, and nothing is estimated") {
  hansa::Design design = draw({.beta = {-1, 0.3, 0.2, 0}}, 46);
  design.x.col(3) = 2 * design.x.col(0) - design.x.col(1);
  hansa::EventHistoryFit const fit = hansa::fit_event_history(design, {});
  CHECK(fit.rank == 3);
  CHECK(fit.aliased == std::vector<std::size_t>{3});
  CHECK(fit.failure == "'x3' is a combination of 'x0' and 'x1'; leave it out");
  CHECK(fit.coefficients.size() == 0);
}

TEST_CASE("bad designs and options are told and not thrown") {
  auto const failure = [](hansa::Design const& design, hansa::EventHistoryOptions const& options) {
    hansa::EventHistoryFit const fit = hansa::fit_event_history(design, options);
    CHECK(fit.coefficients.size() == 0);
    return fit.failure;
  };
  hansa::Design const good = two_groups(3, 20, 9, 15);
  hansa::Design bad = good;
  bad.x(6, 1) = NAN;
  CHECK(failure(bad, {}).find("'x1' is no finite number in row 7") != std::string::npos);
  CHECK(failure({}, {}).find("no city was at risk") != std::string::npos);
  bad = good;
  bad.names.clear();
  bad.x.resize(35, 0);
  CHECK(failure(bad, {}).find("nothing to estimate") != std::string::npos);
  bad = good;
  bad.spell.pop_back();
  CHECK(failure(bad, {}).find("differ in length") != std::string::npos);
  CHECK(failure(rows_of({{1, 2, 3}}, {1}), {}).find("1 rows cannot determine 3") != std::string::npos);
  CHECK_FALSE(failure(good, {.clusters = {hansa::ErrorCluster::country}}).empty());
  CHECK_FALSE(failure(good, {.level = 1}).empty());
  CHECK_FALSE(failure(good, {.penalty = Penalty::firth, .city_intercept = true}).empty());
  CHECK_FALSE(failure(good, {.link = FitLink::additive, .penalty = Penalty::firth}).empty());
  CHECK_FALSE(failure(good, {.link = FitLink::additive, .city_intercept = true}).empty());
  CHECK_FALSE(failure(good, {.city_intercept = true, .quadrature = 2}).empty());
}

TEST_CASE("chances and predictors are the model's formulas") {
  hansa::Design const design = rows_of({{1, 2}, {1, -1}}, {0, 1});
  Eigen::VectorXd const b = (Eigen::VectorXd(2) << -1, 0.5).finished();
  CHECK(hansa::linear_predictors(design, b)[0] == 0);
  CHECK(hansa::linear_predictors(design, b)[1] == -1.5);
  CHECK(hansa::chances(design, FitLink::logit, b)[1] == doctest::Approx(1 / (1 + std::exp(1.5))));
  CHECK(hansa::chances(design, FitLink::cloglog, b)[1] == doctest::Approx(1 - std::exp(-std::exp(-1.5))));
  CHECK(hansa::chances(design, FitLink::probit, b)[1] == doctest::Approx(0.0668072012688581));
  hansa::Design additive = rows_of({{1, 2}, {1, 0}}, {0, 1});
  additive.log_linear = 1;
  CHECK(hansa::chances(additive, FitLink::additive, b)[0] == doctest::Approx(1 - std::exp(-(std::exp(-1) + 1))));
  CHECK(hansa::chances(additive, FitLink::additive, b)[1] == doctest::Approx(1 - std::exp(-std::exp(-1))));
}

/// Whether a note says that an end of the interval is not known.
bool unknown_end(hansa::EventHistoryFit const& fit, Eigen::Index column) {
  std::string const name = "'" + fit.names[static_cast<std::size_t>(column)] + "'";
  return std::any_of(fit.notes.begin(), fit.notes.end(), [&](std::string const& each) {
    return each.find("an end of the profile interval") != std::string::npos && each.find(name) != std::string::npos;
  });
}

TEST_CASE("no estimate is ever NaN: small tables of every shape") {
  Uniform uniform(51);
  int estimated = 0, failed = 0;
  for (int trial = 0; trial < 200; ++trial) {
    std::vector<std::vector<double>> x;
    std::vector<int> event;
    int const rows = 2 + trial % 12;
    for (int k = 0; k < rows; ++k) {
      x.push_back({1, std::floor(5 * uniform()), uniform() < 0.2 ? 1e6 * uniform() : 0});
      event.push_back(uniform() < 0.4);
    }
    hansa::Design design = rows_of(x, event);
    design.log_linear = 1;
    for (std::size_t r = 0; r < design.rows(); ++r) design.city[r] = static_cast<hansa::Index>(r / 2);
    hansa::EventHistoryOptions options;
    options.link = std::array{FitLink::logit, FitLink::cloglog, FitLink::probit, FitLink::additive}[trial % 4];
    options.city_intercept = trial % 3 == 0;
    options.penalty = trial % 5 == 1 ? Penalty::firth : Penalty::none;
    options.intervals = trial % 2 == 0 ? hansa::Intervals::wald : hansa::Intervals::profile;
    hansa::EventHistoryFit const fit = hansa::fit_event_history(design, options);
    if (!fit.estimated()) {
      ++failed;
      CHECK(fit.coefficients.size() == 0);
      continue;
    }
    ++estimated;
    CHECK(fit.coefficients.allFinite());
    CHECK(fit.covariance.allFinite());
    CHECK(fit.clustered.allFinite());
    CHECK(fit.covariance.diagonal().minCoeff() >= 0);
    CHECK(std::isfinite(fit.log_likelihood));
    for (Eigen::Index k = 0; k < fit.lower.size(); ++k) {
      // An end that is not known is told.
      bool const known = !std::isnan(fit.lower[k]) && !std::isnan(fit.upper[k]);
      CHECK(known == !unknown_end(fit, k));
      CHECK_FALSE(fit.lower[k] > fit.coefficients[k]);
      CHECK_FALSE(fit.upper[k] < fit.coefficients[k]);
    }
  }
  CHECK(estimated > 25);
  CHECK(failed > 25);
}

}  // namespace
