/// Average marginal effects with errors by the delta method.
#include "inference/marginal_effects.hpp"

#include <algorithm>

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

class Effects {
 public:
  Effects(Design const& design, EventHistoryFit const& fit)
      : design_(design),
        fit_(fit),
        of_a_(static_cast<Position>(log_linear_columns(design, fit.link))),
        a_(Eigen::VectorXd::Zero(design.x.rows())),
        b_(a_) {
    for (Position c = 0; c < design.x.cols(); ++c) {
      (c < of_a_ ? a_ : b_) += design.x.col(c) * fit.coefficients[c];
    }
  }

  /// β_k times the mean slope by a or b; its gradient is β_k times the mean second derivatives, and the slope itself.
  [[nodiscard]] Gradient derivative(Position k) {
    if (first_a_.size() == 0) sum_slopes();
    bool const own_a = k < of_a_;
    double const mean = (own_a ? slope_a_ : slope_b_) / rows();
    double const beta = fit_.coefficients[k];
    Gradient result{beta * mean, beta / rows() * (own_a ? first_a_ : first_b_)};
    result.by[k] += mean;
    return result;
  }

  /// Column k at 1 against 0, with the others of its set at 0.
  [[nodiscard]] Gradient difference(Position k, Alternatives const& set) const {
    Position const columns = fit_.coefficients.size();
    Gradient result{0, Eigen::VectorXd::Zero(columns)};
    for (Position i = 0; i < a_.size(); ++i) {
      double a = a_[i], b = b_[i];
      for (std::size_t const each : set) {
        auto const c = static_cast<Position>(each);
        (c < of_a_ ? a : b) -= fit_.coefficients[c] * design_.x(i, c);
      }
      ChanceSlopes const off = chance_slopes(fit_.link, of_a_ > 0 ? HasA::yes : HasA::no, a, b);
      (k < of_a_ ? a : b) += fit_.coefficients[k];
      ChanceSlopes const on = chance_slopes(fit_.link, of_a_ > 0 ? HasA::yes : HasA::no, a, b);
      result.effect += on.chance - off.chance;
      for (Position j = 0; j < columns; ++j) {
        result.by[j] += (j < of_a_ ? on.a - off.a : on.b - off.b) * design_.x(i, j);
      }
      // The set's own columns are not as in the row.
      for (std::size_t const each : set) {
        auto const c = static_cast<Position>(each);
        result.by[c] -= (c < of_a_ ? on.a - off.a : on.b - off.b) * design_.x(i, c);
      }
      result.by[k] += k < of_a_ ? on.a : on.b;
    }
    result.effect /= rows();
    result.by /= rows();
    return result;
  }

 private:
  [[nodiscard]] double rows() const { return static_cast<double>(a_.size()); }

  void sum_slopes() {
    Position const columns = fit_.coefficients.size();
    first_a_ = Eigen::VectorXd::Zero(columns);
    first_b_ = Eigen::VectorXd::Zero(columns);
    for (Position i = 0; i < a_.size(); ++i) {
      ChanceSlopes const p = chance_slopes(fit_.link, of_a_ > 0 ? HasA::yes : HasA::no, a_[i], b_[i]);
      slope_a_ += p.a;
      slope_b_ += p.b;
      for (Position j = 0; j < columns; ++j) {
        first_a_[j] += (j < of_a_ ? p.aa : p.ab) * design_.x(i, j);
        first_b_[j] += (j < of_a_ ? p.ab : p.bb) * design_.x(i, j);
      }
    }
  }

  Design const& design_;
  EventHistoryFit const& fit_;
  Position of_a_;
  Eigen::VectorXd a_, b_;  // of each row
  double slope_a_ = 0, slope_b_ = 0;
  Eigen::VectorXd first_a_, first_b_;
};

bool is_indicator(Design const& design, std::size_t column) {
  auto const values = design.x.col(static_cast<Position>(column)).array();
  return (values == 0 || values == 1).all();
}

/// The columns that are set to 0 with this one: its own set, or itself alone.
Alternatives set_of(std::size_t column, std::vector<Alternatives> const& alternatives) {
  for (Alternatives const& each : alternatives) {
    if (std::find(each.begin(), each.end(), column) != each.end()) return each;
  }
  return {column};
}

}  // namespace

std::vector<MarginalEffect> marginal_effects(Design const& design, EventHistoryFit const& fit,
                                             std::vector<std::size_t> const& columns,
                                             std::vector<Alternatives> const& alternatives, double level) {
  std::vector<MarginalEffect> result;
  if (!fit.estimated() || design.rows() == 0) return result;
  Eigen::MatrixXd const covariance = reported_covariance(fit);
  double const quantile = flat::inverse_normal(0.5 + level / 2);
  Effects effects(design, fit);
  for (std::size_t const column : columns) {
    MarginalEffect each;
    each.column = column;
    each.change = is_indicator(design, column) ? Change::difference : Change::derivative;
    auto const k = static_cast<Position>(column);
    Gradient const found =
        each.change == Change::difference ? effects.difference(k, set_of(column, alternatives)) : effects.derivative(k);
    each.effect = found.effect;
    Eigen::VectorXd const image = covariance * found.by;
    each.error = __builtin_sqrt(std::max(0.0, found.by.dot(image)));
    each.z = each.effect / each.error;
    each.p = two_sided_p(each.z);
    each.lower = each.effect - quantile * each.error;
    each.upper = each.effect + quantile * each.error;
    result.push_back(each);
  }
  return result;
}

}  // namespace hansa
