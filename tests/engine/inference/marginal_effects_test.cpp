/// Average marginal effects against finite differences, for every link.
#include "inference/marginal_effects.hpp"

#include <cmath>

#include <doctest/doctest.h>

#include "engine/inference/observed_rows.hpp"

using namespace hansa;

namespace {

/// The chance of a row, plainly.
double chance_at(Design const& design, FitLink link, Eigen::Index row, Eigen::VectorXd const& b) {
  double a = 0, added = 0;
  for (Eigen::Index c = 0; c < b.size(); ++c) {
    bool const in_a = link != FitLink::additive || c < static_cast<Eigen::Index>(design.log_linear);
    (in_a ? a : added) += design.x(row, c) * b[c];
  }
  if (link == FitLink::additive && design.log_linear == 0) return 1 - std::exp(-added);
  switch (link) {
    case FitLink::logit:
      return 1 / (1 + std::exp(-a));
    case FitLink::probit:
      return 0.5 * std::erfc(-a / std::sqrt(2));
    default:
      return 1 - std::exp(-std::exp(a) - added);
  }
}

double mean_chance(Design const& design, FitLink link, Eigen::VectorXd const& b) {
  double sum = 0;
  for (Eigen::Index row = 0; row < design.x.rows(); ++row) sum += chance_at(design, link, row, b);
  return sum / static_cast<double>(design.x.rows());
}

double derivative_at(Design const& design, FitLink link, Eigen::Index column, Eigen::VectorXd const& b) {
  constexpr double step = 1e-4;
  Design up = design, down = design;
  up.x.col(column).array() += step;
  down.x.col(column).array() -= step;
  return (mean_chance(up, link, b) - mean_chance(down, link, b)) / (2 * step);
}

double difference_at(Design const& design, FitLink link, Eigen::Index column, Alternatives const& set,
                     Eigen::VectorXd const& b) {
  Design on = design;
  for (std::size_t const each : set) on.x.col(static_cast<Eigen::Index>(each)).setZero();
  Design off = on;
  on.x.col(column).setOnes();
  off.x.col(column).setZero();
  return mean_chance(on, link, b) - mean_chance(off, link, b);
}

template <class Effect>
double delta_error(Effect effect, Eigen::VectorXd const& b, Eigen::MatrixXd const& covariance) {
  constexpr double step = 1e-4;
  Eigen::VectorXd gradient(b.size());
  for (Eigen::Index j = 0; j < b.size(); ++j) {
    Eigen::VectorXd up = b, down = b;
    up[j] += step;
    down[j] -= step;
    gradient[j] = (effect(up) - effect(down)) / (2 * step);
  }
  return std::sqrt(gradient.dot(covariance * gradient));
}

/// baseline, wealth, and three kinds of cities of which the first is the reference; two columns add under `additive`.
Design sample() {
  Design design = test::drawn_rows(11, 60, -1.5, 0.5, 0.7);
  auto const rows = design.x.rows();
  design.x.conservativeResize(rows, 5);
  design.names = {"baseline", "wealth", "capital", "kind_port", "kind_spa"};
  for (Eigen::Index row = 0; row < rows; ++row) {
    Index const kind = design.city[static_cast<std::size_t>(row)] % 3;
    design.x(row, 3) = kind == 1;
    design.x(row, 4) = kind == 2;
  }
  design.log_linear = 3;
  return design;
}

}  // namespace

TEST_CASE("effects and errors are those of finite differences") {
  Design const design = sample();
  Alternatives const kinds = {3, 4};
  for (FitLink const link : {FitLink::logit, FitLink::cloglog, FitLink::probit, FitLink::additive}) {
    CAPTURE(static_cast<int>(link));
    EventHistoryFit fit = test::fit_with(design.names, {-1.4, 0.6, 0.5, 0.3, 0.1}, link);
    Eigen::MatrixXd half(5, 5);
    for (Eigen::Index i = 0; i < 5; ++i)
      for (Eigen::Index j = 0; j < 5; ++j) half(i, j) = std::sin(static_cast<double>(3 * i + 2 * j + 1));
    fit.covariance = 0.01 * (half * half.transpose() + Eigen::MatrixXd::Identity(5, 5));
    auto const effects = marginal_effects(design, fit, {1, 2, 3, 4}, {kinds}, 0.95);
    REQUIRE(effects.size() == 4);
    for (MarginalEffect const& each : effects) {
      CAPTURE(each.column);
      auto const column = static_cast<Eigen::Index>(each.column);
      bool const is_number = each.column == 1;
      CHECK((each.change == Change::derivative) == is_number);
      Alternatives const set = each.column >= 3 ? kinds : Alternatives{each.column};
      auto const effect = [&](Eigen::VectorXd const& b) {
        return is_number ? derivative_at(design, link, column, b) : difference_at(design, link, column, set, b);
      };
      CHECK(each.effect == doctest::Approx(effect(fit.coefficients)).epsilon(1e-7));
      double const error = delta_error(effect, fit.coefficients, fit.covariance);
      CHECK(each.error == doctest::Approx(error).epsilon(1e-6));
      CHECK(each.z == doctest::Approx(each.effect / each.error));
      CHECK(each.upper - each.effect == doctest::Approx(1.959963984540054 * each.error).epsilon(1e-12));
    }
  }
}

TEST_CASE("a number that adds to the hazard has its derivative") {
  Design design = sample();
  for (Eigen::Index row = 0; row < design.x.rows(); ++row) design.x(row, 3) += 0.1 * static_cast<double>(row % 7);
  EventHistoryFit const fit = test::fit_with(design.names, {-1.4, 0.6, 0.5, 0.3, 0.1}, FitLink::additive);
  auto const effects = marginal_effects(design, fit, {3}, {}, 0.95);
  auto const effect = [&](Eigen::VectorXd const& b) { return derivative_at(design, FitLink::additive, 3, b); };
  CHECK(effects.at(0).change == Change::derivative);
  CHECK(effects[0].effect == doctest::Approx(effect(fit.coefficients)).epsilon(1e-7));
  CHECK(effects[0].error == doctest::Approx(delta_error(effect, fit.coefficients, fit.covariance)).epsilon(1e-6));
}

TEST_CASE("where all columns add to the hazard there is no e^a") {
  Design design = sample();
  design.x = design.x.cwiseAbs().eval();
  design.log_linear = 0;
  EventHistoryFit const fit = test::fit_with(design.names, {0.2, 0.3, 0.5, 0.3, 0.1}, FitLink::additive);
  auto const effects = marginal_effects(design, fit, {1, 2}, {}, 0.95);
  Eigen::VectorXd const& b = fit.coefficients;
  CHECK(effects.at(0).effect == doctest::Approx(derivative_at(design, FitLink::additive, 1, b)).epsilon(1e-7));
  CHECK(effects.at(1).effect == doctest::Approx(difference_at(design, FitLink::additive, 2, {2}, b)).epsilon(1e-10));
}

TEST_CASE("errors are clustered where the fit has such, and nothing follows from a failed fit") {
  Design const design = sample();
  EventHistoryFit fit = test::fit_with(design.names, {-1.4, 0.6, 0.5, 0.3, 0.1});
  double const plain = marginal_effects(design, fit, {1}, {}, 0.95).at(0).error;
  fit.clustered = 4 * fit.covariance;
  CHECK(marginal_effects(design, fit, {1}, {}, 0.95).at(0).error == doctest::Approx(2 * plain).epsilon(1e-12));
  // The row of the city intercept's standard deviation takes no part.
  fit.clustered.conservativeResize(6, 6);
  fit.clustered.row(5).setConstant(9);
  fit.clustered.col(5).setConstant(9);
  CHECK(marginal_effects(design, fit, {1}, {}, 0.95).at(0).error == doctest::Approx(2 * plain).epsilon(1e-12));
  fit.failure = "separation";
  CHECK(marginal_effects(design, fit, {1}, {}, 0.95).empty());
}

TEST_CASE("where hazards overflow, nothing moves") {
  Design const design = sample();
  EventHistoryFit const fit = test::fit_with(design.names, {800, 0.6, 0.5, 0.3, 0.1}, FitLink::cloglog);
  MarginalEffect const effect = marginal_effects(design, fit, {1}, {}, 0.95).at(0);
  CHECK(effect.effect == 0);
  CHECK(std::isnan(effect.error));
  CHECK(std::isnan(effect.p));
}

TEST_CASE("without a variance there is no error, no p and no interval") {
  Design const design = sample();
  EventHistoryFit fit = test::fit_with(design.names, {-1.4, 0.6, 0.5, 0, 0.1}, FitLink::additive);
  fit.covariance.row(3).setZero();
  fit.covariance.col(3).setZero();
  fit.boundary = {3};
  MarginalEffect const bound = marginal_effects(design, fit, {3}, {}, 0.95).at(0);
  CHECK(bound.effect == 0);
  for (double const each : {bound.error, bound.z, bound.p, bound.lower, bound.upper}) CHECK(std::isnan(each));
  // A covariance of rank 1: what lies across it has no variance but that of rounding.
  Eigen::VectorXd along(5);
  along << 1, 0.3, -0.2, 0.4, 0.1;
  fit.covariance = along * along.transpose();
  EventHistoryFit const logit = [&] {
    EventHistoryFit made = fit;
    made.link = FitLink::logit;
    return made;
  }();
  MarginalEffect const wealth = marginal_effects(design, logit, {1}, {}, 0.95).at(0);
  CHECK(wealth.error > 0);
  fit.clustered = -fit.covariance;
  CHECK(std::isnan(marginal_effects(design, fit, {1}, {}, 0.95).at(0).error));
}

namespace {

/// baseline, wealth, exposure, and their product, with the values of wealth beside.
struct Interaction {
  Design design = test::drawn_rows(12, 80, -1.5, 0.5, 0.7);
  Eigen::VectorXd wealth;
  explicit Interaction(FitLink link) {
    Eigen::MatrixXd const before = design.x;
    wealth = before.col(1);
    if (link == FitLink::additive) wealth = wealth.cwiseAbs().eval();
    design.names = {"baseline", "wealth", "exposure", "exposure_by_wealth"};
    design.x.resize(before.rows(), 4);
    design.x.col(0).setOnes();
    design.x.col(1) = wealth;
    for (Eigen::Index row = 0; row < before.rows(); ++row) design.x(row, 2) = 0.1 * static_cast<double>(row % 9);
    design.log_linear = 2;
    refresh();
  }
  void refresh() { design.x.col(3) = design.x.col(2).cwiseProduct(wealth); }
  [[nodiscard]] std::vector<Product> products() const {
    return {{3, 2, "exposure", wealth}, {3, 1, "wealth", design.x.col(2)}};
  }
  /// Rebuilt with a covariate moved.
  [[nodiscard]] double slope(FitLink link, Eigen::Index column, Eigen::VectorXd const& b) const {
    constexpr double step = 1e-4;
    auto const moved = [&](double by) {
      Interaction made = *this;
      made.design.x.col(column).array() += by;
      if (column == 1) made.wealth.array() += by;
      made.refresh();
      return mean_chance(made.design, link, b);
    };
    return (moved(step) - moved(-step)) / (2 * step);
  }
};

}  // namespace

TEST_CASE("a covariate moves its products with it, and products have no effect of their own") {
  for (FitLink const link : {FitLink::logit, FitLink::cloglog, FitLink::probit, FitLink::additive}) {
    CAPTURE(static_cast<int>(link));
    Interaction const made(link);
    EventHistoryFit const fit = test::fit_with(made.design.names, {-1.4, 0.3, 0.5, 0.4}, link);
    auto const effects = marginal_effects(made.design, fit, {1, 2, 3}, {}, 0.95, made.products());
    REQUIRE(effects.size() == 2);
    for (MarginalEffect const& each : effects) {
      CAPTURE(each.column);
      auto const effect = [&](Eigen::VectorXd const& b) {
        return made.slope(link, static_cast<Eigen::Index>(each.column), b);
      };
      CHECK(each.effect == doctest::Approx(effect(fit.coefficients)).epsilon(1e-7));
      CHECK(each.error == doctest::Approx(delta_error(effect, fit.coefficients, fit.covariance)).epsilon(1e-6));
    }
  }
}

TEST_CASE("of an indicator in a product the difference counts both columns") {
  Interaction made(FitLink::logit);
  made.wealth = (made.wealth.array() > 0).cast<double>().matrix();
  made.design.x.col(1) = made.wealth;
  made.refresh();
  EventHistoryFit const fit = test::fit_with(made.design.names, {-1.4, 0.3, 0.5, 0.4});
  MarginalEffect const found = marginal_effects(made.design, fit, {1}, {}, 0.95, made.products()).at(0);
  CHECK(found.change == Change::difference);
  auto const effect = [&](Eigen::VectorXd const& b) {
    double chance[2];
    for (int const value : {0, 1}) {
      Interaction at = made;
      at.wealth.setConstant(value);
      at.design.x.col(1) = at.wealth;
      at.refresh();
      chance[value] = mean_chance(at.design, FitLink::logit, b);
    }
    return chance[1] - chance[0];
  };
  CHECK(found.effect == doctest::Approx(effect(fit.coefficients)).epsilon(1e-10));
  CHECK(found.error == doctest::Approx(delta_error(effect, fit.coefficients, fit.covariance)).epsilon(1e-6));
}

TEST_CASE("a covariate that is in a product alone has its effect, under its name") {
  Interaction const made(FitLink::logit);
  EventHistoryFit const fit = test::fit_with(made.design.names, {-1.4, 0, 0.5, 0.4});
  std::vector<Product> products = made.products();
  products[1].of = no_column;
  auto const effects = marginal_effects(made.design, fit, {2, 3}, {}, 0.95, products);
  REQUIRE(effects.size() == 2);
  CHECK(effects[1].column == no_column);
  CHECK(effects[1].name == "wealth (attribute)");  // another column has its name
  CHECK(effects[1].effect == doctest::Approx(made.slope(FitLink::logit, 1, fit.coefficients)).epsilon(1e-7));
}
