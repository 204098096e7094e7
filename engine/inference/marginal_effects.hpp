/// Average marginal effects: by how much a covariate moves the chance of a decision, over the rows as they are.
#pragma once

#include <Eigen/Core>
#include <cstddef>
#include <string>
#include <vector>

#include "inference/design.hpp"
#include "inference/event_history.hpp"

namespace hansa {

/// Of a column of zeros and ones the difference that 1 makes against 0, else the derivative.
enum class Change { derivative, difference };

/// Of a covariate that the model knows only multiplied by others.
constexpr std::size_t no_column = ~std::size_t{0};

struct MarginalEffect {
  std::size_t column = 0;  ///< of the covariate, or no_column
  Change change = Change::derivative;
  double effect = 0;  ///< in chance per step, per unit of the covariate
  double error = 0;  ///< by the delta method, from the errors that the fit reports; NaN, as what follows from it, where
                     ///< there is no variance: of a coefficient on the boundary, or of certain chances
  double z = 0, p = 1;
  double lower = 0, upper = 0;  ///< confidence interval, normal
  std::string name = {};        ///< of a covariate without a column
};

/// A column that is a covariate times something else, and so changes with the covariate.
struct Product {
  std::size_t column = 0;
  std::size_t of = no_column;     ///< column of the covariate, or no_column
  std::string covariate = {};     ///< its name
  Eigen::VectorXd per_unit = {};  ///< of each row: change of the product with a unit of the covariate
};

/// Columns that are the values of one attribute, of which a city has one or (the reference) none.
using Alternatives = std::vector<std::size_t>;

/// Of `columns`, each with its products, as of a variable of an interaction; products have no effect of their own, and
/// covariates that have products only come last. A column of `alternatives` is compared with the reference, the others
/// of its set at 0. The city intercept is taken at its mean. Empty for a fit without estimates. O(rows · columns) for
/// each.
[[nodiscard]] std::vector<MarginalEffect> marginal_effects(Design const& design, EventHistoryFit const& fit,
                                                           std::vector<std::size_t> const& columns,
                                                           std::vector<Alternatives> const& alternatives, double level,
                                                           std::vector<Product> const& products = {});

}  // namespace hansa
