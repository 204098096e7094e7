/// The incomplete gamma function by series and continued fraction.
#include "base/chi_square.hpp"

#include <limits>

#include "base/flat_math.hpp"

namespace hansa::flat {

namespace {

constexpr double two_pi = 6.2831853071795864769;
constexpr int most_steps = 1'000'000;

/// ln Γ(a + 1) less Stirling's (a + 1/2) ln a − a + ln √2π; a > 0.
double stirling_error(double a) noexcept {
  double sum = 0;
  for (; a < 16; ++a) sum += (a + 0.5) * log1p(1 / a) - 1;
  double const z = 1 / (a * a);
  // Bernoulli numbers (Abramowitz & Stegun 1964, 6.1.41).
  double const series =
      (1.0 / 12 - z * (1.0 / 360 - z * (1.0 / 1260 - z * (1.0 / 1680 - z * (1.0 / 1188 - z * (691.0 / 360360)))))) / a;
  return sum + series;
}

/// a ln(a / x) + x − a without cancellation where x is near a (Loader 2000).
double deviance(double a, double x) noexcept {
  if (__builtin_fabs(a - x) >= 0.1 * (a + x)) return a * log(a / x) + x - a;
  double const v = (a - x) / (a + x);
  double sum = (a - x) * v;
  double odd = 2 * a * v;
  for (int j = 1; j < 1000; ++j) {
    odd *= v * v;
    double const next = sum + odd / (2 * j + 1);
    if (next == sum) break;
    sum = next;
  }
  return sum;
}

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
