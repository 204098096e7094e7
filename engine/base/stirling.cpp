/// Series for Stirling's error and for the deviance.
#include "base/stirling.hpp"

#include "base/flat_math.hpp"

namespace hansa::flat {

double stirling_error(double a) noexcept {
  double sum = 0;
  for (; a < 16; ++a) sum += (a + 0.5) * log1p(1 / a) - 1;
  double const z = 1 / (a * a);
  // Bernoulli numbers (Abramowitz & Stegun 1964, 6.1.41).
  double const series =
      (1.0 / 12 - z * (1.0 / 360 - z * (1.0 / 1260 - z * (1.0 / 1680 - z * (1.0 / 1188 - z * (691.0 / 360360)))))) / a;
  return sum + series;
}

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

}  // namespace hansa::flat
