/// Elementary effects of a Morris design (Morris 1991; Campolongo, Cariboni & Saltelli 2007).
///
///     EE_i = (Y(x + Δ e_i) - Y(x)) / Δ,  inputs scaled to [0, 1] by their smallest and largest value in the table
///     μ = mean of EE,  μ* = mean of |EE|,  σ = their standard deviation with n - 1
#pragma once

#include <cstdint>

#include "design/sampled.hpp"

namespace hansa {

/// Steps of a design: each changes one input.
struct MorrisStep {
  std::size_t input, from, to;  ///< of the sampled's inputs and points
};
struct MorrisSteps {
  std::size_t blocks = 0;  ///< trajectories or radial blocks
  bool radial = false;
  std::vector<MorrisStep> steps;  ///< block by block, at most one for every input
};
/// Finds out whether points are trajectories or radial blocks. Complains of the first row that is neither.
[[nodiscard]] MorrisSteps morris_steps(Sampled const& sampled, Complaints& complaints);

struct MorrisEffects {
  std::vector<double> mu, mu_star, sigma;   ///< by input; the measure being its mean over replicates
  std::vector<double> mu_star_error;        ///< standard error of μ*, of trajectories and of replicates
  std::vector<double> sigma_without_noise;  ///< σ less what the noise of replicates adds; NaN of one replicate
};
/// The squared error of μ* is that of a mean over trajectories, plus that of leaving out replicates by turns
/// (jackknife), less what is in both, which is that of single runs (Cameron, Gelbach & Miller 2011 for two ways of
/// clustering). One replicate tells nothing of luck.
[[nodiscard]] MorrisEffects morris_effects(Sampled const& sampled, MorrisSteps const& steps);

}  // namespace hansa
