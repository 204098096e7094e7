/// Tells what is not known of parameters from luck: replicates nested in draws.
#pragma once

#include <span>

#include "measures/moments.hpp"

namespace hansa {

/// One-way random effects over D draws with n_d replicates each (Searle, Casella & McCulloch 1992, Variance Components,
/// ch. 3): with MSW and MSB, the mean squares within and between, and n₀ = (N − Σ n_d²/N)/(D − 1), the variance between
/// draws is (MSB − MSW)/n₀, where that is positive; its share of both is the correlation ratio of McKay (1995,
/// NUREG/CR-6311). The error of the share is that of the jackknife over draws (Arvesen 1969, Ann. Math. Statist. 40),
/// which asks for no normal law.
///
/// Means of draws scatter by luck too, by MSW/n_d. They are therefore drawn towards the mean of all, just so far that
/// their variance is that between draws (Louis 1984, JASA 79; Ghosh 1992, JASA 87), and the quantiles are taken of
/// these: no law of the draws is assumed. How many replicates a draw should have does not grow with their number (Sun,
/// Apley & Staum 2011, Operations Research 59).
///
/// NaN with fewer than two draws, or none with two replicates.
[[nodiscard]] BetweenDraws between_draws(std::span<Moments const> draws);

}  // namespace hansa
