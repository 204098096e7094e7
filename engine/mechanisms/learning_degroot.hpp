/// Cities that take over each other's beliefs: averages instead of looks.
#pragma once

#include <memory>

#include "mechanisms/learning_beliefs.hpp"
#include "mechanisms/learning_merit.hpp"
#include "model/catalogue.hpp"

namespace hansa {

/// How cities average. Shared const.
struct AverageRule {
  PerCity openness;              ///< λ, from 0 to 1
  NumberCourse openness_of_all;  ///< the same where all are alike
  PerCity prior_mean;
  PerCity prior_precision;  ///< told, and never moved
  double prior_spread = 0;
  std::uint64_t policy = 0;
  std::vector<std::uint8_t> known = {};  ///< per city: whether it counts as a source; empty: all do
  std::int32_t steps = 1;
};

/// After each step, with its ties and adopters, all cities at once:
///   m_i <- (1 - λ_i) m_i + λ_i Σ_j w_ij b_j / Σ_j w_ij,
/// b_j the performance q_j where j has adopted, else what j believed at the end of the step before; m stays in a city
/// that observes nobody. M = m - m0. DeGroot (1974). Sums run in order of the sources. What an adopter believes of the
/// policy in its own hands is its m. 56 bytes a city; a step costs all ties. Beliefs of the last 14 steps, 8 bytes a
/// city each, tell whether they have settled (belief_period).
[[nodiscard]] std::unique_ptr<Term> make_degroot(NetworkLayer const& layer, Cities const& cities, AverageRule rule,
                                                 Merit merit);

}  // namespace hansa
