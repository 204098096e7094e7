/// Sobol' indices of a Saltelli design: which share of the variance of a measure is whose.
///
///     S1_i  = E[Y_B (Y_ABi - Y_A)] / V                                (Saltelli et al. 2010)
///     ST_i  = E[(Y_A - Y_ABi)²] / (2 V)                               (Jansen 1999)
///     S2_ij = E[Y_BAi Y_ABj - Y_A Y_B] / V - S1_i - S1_j              (Saltelli 2002)
///
/// V is the variance of the Y of A and B; Y is standardised over all rows first, which changes S1 and S2 of a finite
/// sample. With several replicates the measure is E[Y | point], and its products are averaged over pairs of different
/// replicates: whatever luck adds is independent between them, so that noise does not enter the indices.
#pragma once

#include <cstdint>

#include "design/sampled.hpp"

namespace hansa {

/// Where the rows of a Saltelli design are.
struct SaltelliRows {
  std::size_t base_points = 0;
  std::size_t dimensions = 0;
  bool second_order = false;

  [[nodiscard]] std::size_t stride() const noexcept { return second_order ? 2 * dimensions + 2 : dimensions + 2; }
  [[nodiscard]] std::size_t a(std::size_t n) const noexcept { return n * stride(); }
  [[nodiscard]] std::size_t ab(std::size_t n, std::size_t i) const noexcept { return n * stride() + 1 + i; }
  [[nodiscard]] std::size_t ba(std::size_t n, std::size_t i) const noexcept {
    return n * stride() + 1 + dimensions + i;
  }
  [[nodiscard]] std::size_t b(std::size_t n) const noexcept { return n * stride() + stride() - 1; }
};

/// Puts inputs into the order in which the rows of a Saltelli design exchange them; leaves them where there is none.
void order_as_saltelli(Sampled& sampled);

/// Finds out the order of rows from the inputs. Complains of the first row that does not follow it.
[[nodiscard]] SaltelliRows saltelli_rows(Sampled const& sampled, Complaints& complaints);

struct SobolIndices {
  std::vector<double> first, total;  ///< by input
  std::vector<double> second;        ///< row-major, inputs × inputs, the upper triangle; empty without second order
  double mean = 0, variance = 0;     ///< of the measure over A and B, in its own units; without noise
};

/// With one replicate exactly the estimators above. NaN where the measure does not vary.
[[nodiscard]] SobolIndices sobol_indices(Sampled const& sampled, SaltelliRows const& rows);

/// The same of the first base points only.
[[nodiscard]] SobolIndices sobol_indices(Sampled const& sampled, SaltelliRows const& rows, std::size_t base_points);

/// Of several replicates, for intervals: products of different replicates need two, and one is left out.
inline constexpr std::size_t fewest_replicates = 3;

struct SobolErrors {
  SobolIndices errors;          ///< standard errors of each index; NaN at mean and variance, and where there are none
  std::vector<double> degrees;  ///< of freedom, in the order first, total, second
};

/// Standard errors: base points are drawn again (bootstrap), and replicates left out by turns (jackknife; Efron & Stein
/// 1981), each whole: common random numbers make all points share the luck of a replicate. More than 16 replicates are
/// left out in 16 groups (Busing, Meijer & van der Leeden 1999). With V_p and V_r these variances, and V_pr that of
/// what leaving a replicate out changes while points are drawn, the variance is V_p + V_r - V_pr: what belongs to
/// single runs is in both (Cameron, Gelbach & Miller 2011 for two ways of clustering; Owen 2007). Degrees of freedom
/// after Satterthwaite (1946). Scrambled points are more even than the independent ones that the bootstrap takes them
/// for: the errors are then too large, never too small.
///
/// No errors (NaN) with two replicates, of which none can be left out, and where the measure does not vary beyond luck
/// in more than one draw of ten, or without some replicate; other such draws are dropped. `draws` × points × replicates
/// operations, and memory for 16 times the products of base points and inputs, on `threads` threads (0: all); the
/// result does not depend on them.
[[nodiscard]] SobolErrors bootstrap_errors(Sampled const& sampled, SaltelliRows const& rows, std::size_t draws,
                                           std::uint64_t seed, int threads);

}  // namespace hansa
