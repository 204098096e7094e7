/// The chance that a city adopts one set of policies in a step in which they compete for it, with derivatives.
///
/// Each policy p at risk comes after an Exp(h_p) part of the step; what is adopted closes others at once (bars,
/// attention, money). Sets of adopted policies are then a Markov chain over one unit of time, with rate h_p from S to
/// S ∪ {p} where p is open in S, and P(D) is its chance of being in D at the end (competing risks: Prentice et al.
/// 1978). With attention 1, P({p}) = h_p/H (1 − e^−H).
#pragma once

#include <Eigen/Core>
#include <cstdint>
#include <span>
#include <vector>

#include "inference/design.hpp"

namespace hansa {

/// ln P(D) + Σ h, by which the set adopted differs from nothing adopted, as a function of the hazards.
struct JointTerms {
  double value = 0;       ///< −inf where the chance is 0, or hazards are beyond 600
  Eigen::VectorXd slope;  ///< per row of the step
  Eigen::MatrixXd bend;   ///< second derivatives
};

/// `hazards`: of the rows of the step, in their order. By uniformisation (Jensen 1953), whose terms are all positive,
/// so that small chances keep their digits. Cost: about (Σ h + 40) · 2^adopters · rows².
[[nodiscard]] JointTerms joint_terms(JointStep const& step, std::span<double const> hazards);

/// Whether some order of adoptions leads to the set.
[[nodiscard]] bool is_possible(JointStep const& step);

}  // namespace hansa
