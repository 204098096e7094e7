/// Bass's model of new adopters, fitted by nonlinear least squares (Bass 1969; Srinivasan & Mason 1986).
#pragma once

#include <optional>
#include <span>

namespace hansa {

/// Coefficients of innovation and imitation, and the number of those who will adopt in the end; with standard errors.
struct BassFit {
  double p, q, m;
  double p_error, q_error, m_error;
};

/// x(t) = m (F(t) − F(t − 1)) + error, t = 1 … T, F(t) = (1 − e^(−(p+q)t)) / (1 + (q/p) e^(−(p+q)t)), p > 0, q > 0,
/// m > 0. Errors are those of the linearised model, s² = RSS/(T − 3). Nothing where there is no minimum inside:
/// fewer than four periods, adoptions that only rise or only fall, or that two of the coefficients describe as well as
/// three. m is solved for at each (p, q) (Golub & Pereyra 1973).
[[nodiscard]] std::optional<BassFit> fit_bass(std::span<double const> adoptions);

/// F(t) of the model.
[[nodiscard]] double bass_share(double p, double q, double t);

}  // namespace hansa
