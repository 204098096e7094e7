/// Average marginal effects with errors by the delta method.
#include "inference/marginal_effects.hpp"

#include <algorithm>
#include <set>
#include <utility>

#include "base/flat_math.hpp"
#include "inference/coordinates.hpp"
#include "inference/hypothesis_tests.hpp"
#include "inference/links.hpp"

namespace hansa {

namespace {

using Position = Eigen::Index;

/// The chance of a row and its derivatives by a and b, where its hazard is h(a) or, of the additive link, e^a + b.
struct ChanceSlopes {
  double chance = 1, a = 0, b = 0, aa = 0, ab = 0, bb = 0;
};

/// Whether some column makes a: without one, hazards that add have no e^a.
enum class HasA { yes, no };

/// From the derivatives of the hazard, as the chance is 1 − e^−h.
ChanceSlopes chance_slopes(FitLink link, HasA has_a, double a, double b) noexcept {
  constexpr double certain = 700;
  Hazard const h = has_a == HasA::yes ? hazard(link, a) : Hazard{};
  double const sum = h.value + b;
  if (!(sum < certain)) return {};
  double const none = flat::exp(-sum);
  double const by_b = link == FitLink::additive ? 1 : 0;
  return {chance_of_hazard(sum),  none * h.slope,     none * by_b, none * (h.bend - h.slope * h.slope),
          -none * h.slope * by_b, -none * by_b * by_b};
}

/// An effect and its gradient by the coefficients.
struct Gradient {
  double effect = 0;
  Eigen::VectorXd by;
};

using Products = std::vector<Product const*>;

class Effects {
 public:
  Effects(Design const& design, EventHistoryFit const& fit)
      : design_(design), fit_(fit), of_a_(static_cast<Position>(log_linear_columns(design, fit.link))) {}

  /// Mean change of the chance with a unit of what is column k (or none) and in the products; its gradient has the mean
  /// second derivatives, and the changes themselves.
  [[nodiscard]] Gradient derivative(std::size_t column, Products const& products) const {
    Position const columns = fit_.coefficients.size();
    Gradient result{0, Eigen::VectorXd::Zero(columns)};
    Eigen::VectorXd per_unit = Eigen::VectorXd::Zero(columns);
    for (Position i = 0; i < design_.x.rows(); ++i) {
      per_unit.setZero();
      if (column != no_column) per_unit[static_cast<Position>(column)] = 1;
      for (Product const* const each : products) per_unit[static_cast<Position>(each->column)] += each->per_unit[i];
      ChanceSlopes const p = slopes_at(design_.x.row(i));
      double a = 0, b = 0;
      for (Position j = 0; j < columns; ++j) (j < of_a_ ? a : b) += fit_.coefficients[j] * per_unit[j];
      result.effect += a * p.a + b * p.b;
      for (Position j = 0; j < columns; ++j) {
        bool const own_a = j < of_a_;
        double const bend = own_a ? a * p.aa + b * p.ab : a * p.ab + b * p.bb;
        result.by[j] += bend * design_.x(i, j) + (own_a ? p.a : p.b) * per_unit[j];
      }
    }
    return mean_of(std::move(result));
  }

  /// Column k at 1 against 0, with the others of its set at 0.
  [[nodiscard]] Gradient difference(std::size_t column, Alternatives const& set, Products const& products) const {
    auto const k = static_cast<Position>(column);
    Position const columns = fit_.coefficients.size();
    Gradient result{0, Eigen::VectorXd::Zero(columns)};
    for (Position i = 0; i < design_.x.rows(); ++i) {
      Eigen::RowVectorXd off = design_.x.row(i);
      for (Product const* const each : products)
        off[static_cast<Position>(each->column)] -= each->per_unit[i] * design_.x(i, k);
      for (std::size_t const each : set) off[static_cast<Position>(each)] = 0;
      Eigen::RowVectorXd on = off;
      on[k] = 1;
      for (Product const* const each : products) on[static_cast<Position>(each->column)] += each->per_unit[i];
      ChanceSlopes const without = slopes_at(off), with = slopes_at(on);
      result.effect += with.chance - without.chance;
      for (Position j = 0; j < columns; ++j)
        result.by[j] += j < of_a_ ? with.a * on[j] - without.a * off[j] : with.b * on[j] - without.b * off[j];
    }
    return mean_of(std::move(result));
  }

 private:
  [[nodiscard]] Gradient mean_of(Gradient sum) const {
    auto const rows = static_cast<double>(design_.x.rows());
    return {sum.effect / rows, sum.by / rows};
  }

  [[nodiscard]] ChanceSlopes slopes_at(Eigen::RowVectorXd const& x) const {
    double a = 0, b = 0;
    for (Position j = 0; j < x.size(); ++j) (j < of_a_ ? a : b) += fit_.coefficients[j] * x[j];
    return chance_slopes(fit_.link, of_a_ > 0 ? HasA::yes : HasA::no, a, b);
  }

  Design const& design_;
  EventHistoryFit const& fit_;
  Position of_a_;
};

bool is_indicator(Design const& design, std::size_t column) {
  auto const values = design.x.col(static_cast<Position>(column)).array();
  return (values == 0 || values == 1).all();
}

/// By the delta method; NaN where the variance is none but for rounding.
double error_of(Eigen::VectorXd const& by, Eigen::MatrixXd const& covariance) {
  constexpr double rounding = 1e-13;
  double const variance = by.dot(covariance * by);
  double const size = by.cwiseAbs().dot(covariance.cwiseAbs() * by.cwiseAbs());
  return standard_error(variance > rounding * size ? variance : 0);
}

/// The columns that are set to 0 with this one: its own set, or itself alone.
Alternatives set_of(std::size_t column, std::vector<Alternatives> const& alternatives) {
  for (Alternatives const& each : alternatives) {
    if (std::find(each.begin(), each.end(), column) != each.end()) return each;
  }
  return {column};
}

Products products_of(std::size_t column, std::string const& covariate, std::vector<Product> const& products) {
  Products chosen;
  for (Product const& each : products)
    if (each.of == column && (column != no_column || each.covariate == covariate)) chosen.push_back(&each);
  return chosen;
}

/// What has an effect: the columns that are no products, and covariates in products alone.
std::vector<MarginalEffect> asked_effects(std::vector<std::size_t> const& columns,
                                          std::vector<Product> const& products) {
  std::set<std::size_t> made;
  std::set<std::string> alone;
  for (Product const& each : products) {
    made.insert(each.column);
    if (each.of == no_column) alone.insert(each.covariate);
  }
  std::vector<MarginalEffect> asked;
  for (std::size_t const column : columns)
    if (made.count(column) == 0) asked.emplace_back().column = column;
  for (std::string const& covariate : alone) {
    asked.emplace_back().column = no_column;
    asked.back().name = covariate;
  }
  return asked;
}

}  // namespace

std::vector<MarginalEffect> marginal_effects(Design const& design, EventHistoryFit const& fit,
                                             std::vector<std::size_t> const& columns,
                                             std::vector<Alternatives> const& alternatives, double level,
                                             std::vector<Product> const& products) {
  if (!fit.estimated() || design.rows() == 0) return {};
  std::vector<MarginalEffect> result = asked_effects(columns, products);
  Eigen::MatrixXd const covariance = reported_covariance(fit);
  double const quantile = flat::inverse_normal(0.5 + level / 2);
  Effects const effects(design, fit);
  for (MarginalEffect& each : result) {
    Products const own = products_of(each.column, each.name, products);
    bool const indicator = each.column != no_column && is_indicator(design, each.column);
    each.change = indicator ? Change::difference : Change::derivative;
    Gradient const found = indicator ? effects.difference(each.column, set_of(each.column, alternatives), own)
                                     : effects.derivative(each.column, own);
    each.effect = found.effect;
    each.error = error_of(found.by, covariance);
    each.z = each.effect / each.error;
    each.p = two_sided_p(each.z);
    each.lower = each.effect - quantile * each.error;
    each.upper = each.effect + quantile * each.error;
    bool const taken = std::find(design.names.begin(), design.names.end(), each.name) != design.names.end();
    if (each.column == no_column && taken) each.name += " (attribute)";
  }
  return result;
}

}  // namespace hansa
