/// How η becomes a hazard, and what a row adds to the log-likelihood, with derivatives in η.
///
/// A row without a decision adds −h, one with a decision ln(1 − e^−h). logit: h = ln(1 + e^η); cloglog: h = e^η
/// (Prentice & Gloeckler 1978); probit: h = −ln Φ(−η); additive: h = e^η and further terms, of which this page sees the
/// first.
#pragma once

#include <cstdint>
#include <span>

#include "scenario/fit_spec.hpp"

namespace hansa {

/// A row's share in the log-likelihood at η.
struct RowTerms {
  double value = 0;     ///< log-likelihood
  double slope = 0;     ///< its derivative
  double observed = 0;  ///< minus its second derivative
  double expected = 0;  ///< the expectation of that: (dh/dη)² / (e^h − 1)
  double change = 0;    ///< the derivative of `expected`
};

/// Of logit, cloglog and probit. Stable for every finite η; −inf where the likelihood underflows.
[[nodiscard]] RowTerms row_terms(FitLink link, double eta, bool event) noexcept;

/// The same for all rows. The three spans have one length.
void row_terms(FitLink link, std::span<double const> eta, std::span<std::uint8_t const> event,
               std::span<RowTerms> out) noexcept;

struct Hazard {
  double value = 0;  ///< h
  double slope = 0;  ///< dh/dη
  double bend = 0;   ///< d²h/dη²
};
/// Of additive: e^η alone.
[[nodiscard]] Hazard hazard(FitLink link, double eta) noexcept;

/// What hazards that add up to `sum` (of one row, or of a spell in which the adoption is known to lie) give:
/// with G the gradient of the sum and K its second derivatives, the score is score·G, minus the second derivative
/// outer·GGᵀ + bend·K, its expectation information·GGᵀ.
struct SumTerms {
  double value = 0, score = 0, outer = 0, bend = 0, information = 0;
};
[[nodiscard]] SumTerms sum_terms(double sum, bool event) noexcept;

/// 1 − e^−h, exact for small h.
[[nodiscard]] double chance_of_hazard(double h) noexcept;
/// P(decision) of logit, cloglog and probit; of additive with h = e^η alone.
[[nodiscard]] double chance(FitLink link, double eta) noexcept;
/// The η at which the chance is p, 0 < p < 1.
[[nodiscard]] double predictor_of_chance(FitLink link, double p) noexcept;

/// (1 − Φ(x)) / φ(x), x >= 0, relative error below 1e-13 (Abramowitz & Stegun 1964, 26.2.11 and 26.2.14).
[[nodiscard]] double mills_ratio(double x) noexcept;

}  // namespace hansa
