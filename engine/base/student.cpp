/// The incomplete beta function by its continued fraction.
#include "base/student.hpp"

#include <limits>

#include "base/chi_square.hpp"
#include "base/flat_math.hpp"
#include "base/stirling.hpp"

namespace hansa::flat {

namespace {

constexpr double no_number = std::numeric_limits<double>::quiet_NaN();

/// x^a y^b / B(a, b)
double front(double a, double b, double x, double y) noexcept {
  double const n = a + b;
  double const power =
      stirling_error(n) - stirling_error(a) - stirling_error(b) - deviance(a, n * x) - deviance(b, n * y);
  return exp(power) * __builtin_sqrt(a * b / (two_pi * n));
}

/// By Lentz's method as Thompson & Barnett (1986) changed it; x below the mean a / (a + b) or little above.
double fraction(double a, double b, double x) noexcept {
  constexpr double tiny = 1e-300;
  constexpr int most_steps = 1'000'000;
  auto const kept = [](double value) { return __builtin_fabs(value) < tiny ? tiny : value; };
  double c = 1, d = 1 / kept(1 - (a + b) * x / (a + 1)), sum = d;
  for (int m = 1; m < most_steps; ++m) {
    double const even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m));
    d = 1 / kept(1 + even * d);
    c = kept(1 + even / c);
    sum *= d * c;
    double const odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1));
    d = 1 / kept(1 + odd * d);
    c = kept(1 + odd / c);
    sum *= d * c;
    if (__builtin_fabs(d * c - 1) < 1e-16) break;
  }
  return sum;
}

}  // namespace

double beta_share(double a, double b, double x, double y) noexcept {
  if (!(a > 0 && b > 0 && x >= 0 && y >= 0) || a == infinity || b == infinity) return no_number;
  if (x == 0) return 0;
  if (y == 0) return 1;
  if (x < (a + 1) / (a + b + 2)) return front(a, b, x, y) * fraction(a, b, x) / a;
  return 1 - front(b, a, y, x) * fraction(b, a, y) / b;
}

double student_tail(double t, double degrees) noexcept {
  if (!(degrees > 0) || t != t) return no_number;
  if (degrees == infinity) return normal_tail(t);
  if (t < 0) return 1 - student_tail(-t, degrees);
  if (t == infinity) return 0;
  double const square = t * t, whole = degrees + square;
  return square > 1e300 ? 0 : 0.5 * beta_share(degrees / 2, 0.5, degrees / whole, square / whole);
}

double inverse_student(double p, double degrees) noexcept {
  if (!(p > 0 && p < 1) || !(degrees > 0)) return no_number;
  if (degrees == infinity) return inverse_normal(p);
  if (p < 0.5) return -inverse_student(1 - p, degrees);
  double low = 0, high = 2;
  while (student_tail(high, degrees) > 1 - p && high < 1e150) {
    low = high;
    high *= 2;
  }
  for (int step = 0; step < 200 && high - low > 1e-15 * high; ++step) {
    double const middle = 0.5 * (low + high);
    (student_tail(middle, degrees) > 1 - p ? low : high) = middle;
  }
  return 0.5 * (low + high);
}

double f_tail(double f, double above, double below) noexcept {
  if (!(f >= 0 && above > 0 && below > 0)) return no_number;
  if (f == infinity) return 0;
  if (below == infinity) return chi_square_tail(f * above, above);
  double const up = above * f, whole = up + below;
  return beta_share(below / 2, above / 2, below / whole, up / whole);
}

}  // namespace hansa::flat
