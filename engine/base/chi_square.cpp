/// The incomplete gamma function by series and continued fraction.
#include "base/chi_square.hpp"

#include <limits>

#include "base/flat_math.hpp"
#include "base/stirling.hpp"

namespace hansa::flat {

namespace {

constexpr int most_steps = 1'000'000;

/// x^a e^-x / Γ(a + 1)
double front(double a, double x) noexcept {
  return exp(-stirling_error(a) - deviance(a, x)) / __builtin_sqrt(two_pi * a);
}

/// P(a, x), x < a + 1.
double lower_share(double a, double x) noexcept {
  double term = 1, sum = 1;
  for (int n = 1; n < most_steps && term > 1e-17 * sum; ++n) sum += term *= x / (a + n);
  return front(a, x) * sum;
}

/// Q(a, x), x >= a + 1: the fraction by Lentz's method as Thompson & Barnett (1986) changed it.
double upper_share(double a, double x) noexcept {
  double b = x + 1 - a, c = 1e300, d = 1 / b, fraction = d;
  for (int n = 1; n < most_steps; ++n) {
    double const top = -n * (n - a);
    b += 2;
    d = 1 / (top * d + b);
    c = b + top / c;
    double const factor = c * d;
    fraction *= factor;
    if (__builtin_fabs(factor - 1) < 1e-16) break;
  }
  return front(a, x) * a * fraction;
}

}  // namespace

double gamma_tail(double a, double x) noexcept {
  if (!(a > 0 && x >= 0) || a == std::numeric_limits<double>::infinity()) {
    return std::numeric_limits<double>::quiet_NaN();
  }
  if (x == 0) return 1;
  if (x == std::numeric_limits<double>::infinity()) return 0;
  return x < a + 1 ? 1 - lower_share(a, x) : upper_share(a, x);
}

double chi_square_tail(double x, double degrees) noexcept {
  return x <= 0 && degrees > 0 ? 1 : gamma_tail(degrees / 2, x / 2);
}

}  // namespace hansa::flat
