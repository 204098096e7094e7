/// The log-likelihood of observed decisions in orthonormal coordinates, its derivatives, and Firth's penalty.
#pragma once

#include <Eigen/Core>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "inference/coordinates.hpp"
#include "inference/design.hpp"
#include "inference/links.hpp"

namespace hansa {

/// A design made ready: rows in coordinates, gathered into units. A unit is a row, or the rows of a spell at whose end
/// an adoption is known; the likelihood is a product over units.
struct Sample {
  FitLink link = FitLink::logit;
  RowMatrix q;                        ///< rows × width; columns beyond `columns` belong to η
  std::size_t columns = 0;            ///< coefficients
  std::size_t log_linear = 0;         ///< of them, in η; the others add to the hazard
  std::vector<std::size_t> begin;     ///< first row of each unit, and the number of rows
  std::vector<std::uint8_t> event;    ///< per unit; 0 of rows of joint steps, whose adoptions are told there
  std::vector<JointStep> joint = {};  ///< each multiplies the likelihood of its rows without an adoption

  [[nodiscard]] std::size_t rows() const noexcept { return begin.back(); }
  [[nodiscard]] std::size_t units() const noexcept { return event.size(); }
  [[nodiscard]] std::size_t width() const noexcept { return static_cast<std::size_t>(q.cols()); }
  /// Whether a unit is a row whose likelihood is a function of η alone.
  [[nodiscard]] bool plain(std::size_t unit) const noexcept {
    return link != FitLink::additive && begin[unit + 1] - begin[unit] == 1;
  }
};
[[nodiscard]] Sample make_sample(Design const& design, FitLink link, RowMatrix q);

/// Per row: η, and what adds to the hazard.
struct Predictors {
  std::vector<double> eta, added;
};
[[nodiscard]] Predictors predict(Sample const& sample, Eigen::VectorXd const& b);

/// A log-likelihood, its gradient, and minus its second derivatives: observed and expected.
struct Evaluation {
  double value = 0;
  Eigen::VectorXd gradient;
  Eigen::MatrixXd observed, expected;
};

/// The hazards of a unit's rows added up, with gradient.
struct UnitHazard {
  double sum = 0;
  Eigen::VectorXd gradient;  ///< width
  std::vector<double> bend;  ///< per row: d²h/dη²
};

/// Sums over units, in their order; only the upper triangles are kept until `finish`.
struct Sums {
  explicit Sums(Sample const& sample);
  double value = 0;
  Eigen::VectorXd gradient;
  RowMatrix observed, expected;
  bool same = false;  ///< observed and expected are one (logit without spells): only the first is summed
  UnitHazard unit;    ///< of the unit at hand
  Eigen::VectorXd part;
  [[nodiscard]] Evaluation finish() &&;
};

/// Upper triangle of the n × n matrix a += w x xᵀ, and the lower triangle from the upper.
void add_outer(double w, double const* x, std::size_t n, double* a) noexcept;
void mirror(RowMatrix& a) noexcept;

/// Adds a unit. O(rows of the unit · width²).
void add_unit(Sample const& sample, Predictors const& at, std::size_t unit, Sums& sums);

/// The rows that are decisions of their own, and of joint steps those adopted, as if they were; `row`: theirs in the
/// sample. What separates all rows separates these. Without joint steps all rows.
[[nodiscard]] Sample without_rivals(Sample const& sample, std::vector<std::size_t>& row);

/// Cost: O(rows · columns²).
[[nodiscard]] Evaluation evaluate(Sample const& sample, Eigen::VectorXd const& b);
/// Log-likelihood plus half the log-determinant of the expected information (Firth 1993; Kosmidis & Firth 2009), its
/// gradient, and the expected information as both matrices. Value −inf where the information is singular.
[[nodiscard]] Evaluation evaluate_firth(Sample const& sample, Eigen::VectorXd const& b);
/// The same, with the second derivatives of the penalised likelihood as `observed`, by differences of the gradient: for
/// the rare tables on which steps with the expected information hardly get on. Cost: columns times that of the other.
[[nodiscard]] Evaluation evaluate_firth_curved(Sample const& sample, Eigen::VectorXd const& b);
/// Units × columns: each unit's gradient, without penalty.
[[nodiscard]] RowMatrix unit_scores(Sample const& sample, Eigen::VectorXd const& b);

/// As a function of one shift of η in all rows of some units: value, derivative, minus the second, its expectation.
struct ShiftTerms {
  double value = 0, slope = 0, observed = 0, expected = 0;
};
[[nodiscard]] ShiftTerms shift_terms(Sample const& sample, Predictors const& at, std::span<std::size_t const> units,
                                     double shift);

}  // namespace hansa
