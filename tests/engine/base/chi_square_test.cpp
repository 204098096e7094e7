/// Tails of the chi-square distribution: finite sums in long double, values from R, and edges.
#include "base/chi_square.hpp"

#include <cmath>
#include <limits>
#include <vector>

#include <doctest/doctest.h>

using namespace hansa;

namespace {

double relative(double found, long double truth) {
  return static_cast<double>(fabsl((static_cast<long double>(found) - truth) / truth));
}

/// Of an even number of degrees: e^(-x/2) Σ (x/2)^k / k!, k < degrees/2 (Abramowitz & Stegun 1964, 26.4.5).
long double even_tail(double x, int degrees) {
  long double term = expl(-static_cast<long double>(x) / 2), sum = term;
  for (int k = 1; k < degrees / 2; ++k) sum += term *= static_cast<long double>(x) / 2 / k;
  return sum;
}

/// Of an odd number: erfc √(x/2) + 2 φ(√x) Σ x^(r-1/2) / (1·3·…·(2r-1)) (the same, 26.4.4).
long double odd_tail(double x, int degrees) {
  long double const wide = x;
  long double term = 2 * expl(-wide / 2) / sqrtl(2 * acosl(-1.0L)) * sqrtl(wide);
  long double sum = erfcl(sqrtl(wide / 2));
  for (int r = 1; r <= (degrees - 1) / 2; ++r) {
    sum += term;
    term *= wide / (2 * r + 1);
  }
  return sum;
}

}  // namespace

TEST_CASE("whole degrees of freedom are within 1e-12 of finite sums") {
  double worst = 0;
  for (int const degrees : {1, 2, 3, 4, 5, 8, 9, 16, 31, 32, 33, 64, 127, 300, 999, 2000}) {
    for (double const share : {0.001, 0.05, 0.3, 0.8, 0.95, 0.999, 1.0, 1.01, 1.1, 1.3, 2.0, 5.0, 40.0}) {
      double const x = share * degrees;
      if (x > 1300) continue;
      long double const truth = degrees % 2 == 0 ? even_tail(x, degrees) : odd_tail(x, degrees);
      worst = std::fmax(worst, relative(flat::chi_square_tail(x, degrees), truth));
    }
  }
  CHECK(worst < 1e-12);
  CHECK(relative(flat::chi_square_tail(1300, 1), odd_tail(1300, 1)) < 1e-12);
}

TEST_CASE("the incomplete gamma function has the values of R's pgamma") {
  struct Known {
    double a, share, tail;
  };
  // pgamma(a * share, a, lower = FALSE) of R 4.2.2
  std::vector<Known> const known = {
      {0.5, 0.5, 0.47950012218695348},    {0.75, 0.9, 0.3810950332391298}, {0.75, 2, 0.14759955436475097},
      {2.3, 0.5, 0.76138963215215982},    {2.3, 1, 0.41231438391707786},   {2.3, 2, 0.081367044112125017},
      {17, 0.9, 0.6350539394614203},      {17, 2, 0.0004736488828618494},  {120.5, 1.1, 0.13714044991957303},
      {120.5, 2, 3.1243668527370313e-18}, {5000, 1, 0.49811936596618267},  {5000, 1.1, 3.6183295580964844e-12},
      {5000, 1.5, 5.91586882905196e-208}, {10000, 1, 0.49867019166004478}, {10000, 1.1, 1.692853149646929e-22},
  };
  for (Known const& each : known) {
    CAPTURE(each.a);
    CAPTURE(each.share);
    CHECK(relative(flat::gamma_tail(each.a, each.a * each.share), each.tail) < 1e-12);
  }
}

TEST_CASE("at the edges a tail is 1, 0 or no number") {
  constexpr double infinity = std::numeric_limits<double>::infinity();
  double const nan = std::numeric_limits<double>::quiet_NaN();
  CHECK(flat::chi_square_tail(0, 3) == 1);
  CHECK(flat::chi_square_tail(-2, 3) == 1);
  CHECK(flat::chi_square_tail(infinity, 3) == 0);
  CHECK(flat::chi_square_tail(1e6, 3) == 0);
  CHECK(std::isnan(flat::chi_square_tail(nan, 3)));
  CHECK(std::isnan(flat::chi_square_tail(2, 0)));
  CHECK(std::isnan(flat::chi_square_tail(2, -1)));
  CHECK(std::isnan(flat::gamma_tail(nan, 1)));
  CHECK(std::isnan(flat::gamma_tail(infinity, 1)));
  CHECK(flat::gamma_tail(1e-3, 1e-300) > 0.49);
}
