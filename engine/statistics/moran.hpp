/// Moran's I: whether cities that are tied are alike (Moran 1950).
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "scenario/stats_spec.hpp"
#include "statistics/tie_rows.hpp"

namespace hansa {

/// How ties become weights v_ij of the pairs of cities that count.
struct MoranWeights {
  TieNorm normalize = TieNorm::share;  ///< share: those of each city sum to 1, or to 0 where it has no tie
  bool weights = true;                 ///< false, or count: every tie counts 1 before that
  std::int64_t step = 1;               ///< whose ties hold
};

/// I = n/S0 · Σ_ij v_ij z_i z_j / Σ z_i², z the values of the n cities of `among` less their mean, S0 = Σ v_ij. Nothing
/// with fewer than two cities, without ties, or where all are alike. Both have one entry a city.
[[nodiscard]] std::optional<double> moran_index(TieRows const& rows, std::span<std::uint8_t const> among,
                                                std::span<double const> values, MoranWeights const& weights);

/// I beside what is expected of it where every order of the values is equally likely (Cliff & Ord 1973, 1981).
struct MoranTest {
  double observed, expected;  ///< E = −1/(n − 1)
  double sd;                  ///< under randomisation; NaN with fewer than four cities
  double p;                   ///< two-sided, of a normal (I − E)/sd; NaN where there is no sd above 0
  double p_permutation;       ///< (1 + permutations at least as far from E) / (1 + permutations); NaN without any
};

/// All NaN where there is no I. `key`: of the random permutations.
[[nodiscard]] MoranTest moran_test(TieRows const& rows, std::span<std::uint8_t const> among,
                                   std::span<double const> values, MoranWeights const& weights,
                                   std::int64_t permutations, std::uint64_t key);

}  // namespace hansa
