/// Infection and susceptibility: how soon others follow a city, and whom it follows (Myers 2000; Valente et al. 2015).
#pragma once

#include <vector>

#include "scenario/stats_spec.hpp"
#include "statistics/adoptions.hpp"
#include "statistics/tie_rows.hpp"

namespace hansa {

/// With t_i the step in which i adopts, d_k = k (linear) or d^(k − 1), k = 1 … periods as far as t_i ± k is a step:
///
/// - infection: Σ_k #{j that observe i and adopt at t_i + k}/d_k over Σ_k #{j that observe i and adopt at t_i + k or
///   later}/d_k, along the ties of t_i + k, in which j decides. `rows`: observers.
/// - susceptibility: Σ_k #{j that i observes and that adopted at t_i − k}/d_k over Σ_k #{j that i observes and that
///   adopted at t_i − k or before}/d_k, along the ties of t_i − k + 1, the first that can have told of it. `rows`:
///   observed.
///
/// 0/0 is 0. `relative` divides by Σ_k #{all that adopt at t_i ± k}/d_k. Cities that never adopt are missing (NaN) and
/// count nowhere. (netdiffuseR's susceptibility() counts them below the line where times are whole numbers: their
/// missing time passes for a very early one.)
[[nodiscard]] std::vector<double> following(Adoptions const& adoptions, TieRows const& rows,
                                            FollowingStatistic const& how);

}  // namespace hansa
