/// Average marginal effects: by how much a covariate moves the chance of a decision, over the rows as they are.
#pragma once

#include <cstddef>
#include <vector>

#include "inference/design.hpp"
#include "inference/event_history.hpp"

namespace hansa {

/// Of a column of zeros and ones the difference that 1 makes against 0, else the derivative.
enum class Change { derivative, difference };

struct MarginalEffect {
  std::size_t column = 0;
  Change change = Change::derivative;
  double effect = 0;  ///< in chance per step, per unit of the covariate
  double error = 0;   ///< by the delta method, from the errors that the fit reports
  double z = 0, p = 1;
  double lower = 0, upper = 0;  ///< confidence interval, normal
};

/// Columns that are the values of one attribute, of which a city has one or (the reference) none.
using Alternatives = std::vector<std::size_t>;

/// Of `columns`, each on its own; a column of `alternatives` is compared with the reference, the others of its set at
/// 0. The city intercept is taken at its mean. Empty for a fit without estimates. O(rows · columns) for each.
[[nodiscard]] std::vector<MarginalEffect> marginal_effects(Design const& design, EventHistoryFit const& fit,
                                                           std::vector<std::size_t> const& columns,
                                                           std::vector<Alternatives> const& alternatives, double level);

}  // namespace hansa
