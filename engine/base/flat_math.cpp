/// The elementary functions that are not made for batches: whole range, special cases included.
#include "base/flat_math.hpp"

#include <array>

namespace hansa::flat {

namespace {
constexpr double not_a_number = std::numeric_limits<double>::quiet_NaN();
}  // namespace

double exp(double x) noexcept {
  if (x != x) return x;
  if (x > 709.79) return infinity;
  if (x < -745.2) return 0;
  if (x < -700) return exp_normal(x + 100) * 0x1.a8c1f14e2af5ep-145;  // e^-100
  if (x > 700) return exp_normal(x - 100) * 0x1.3494a9b171bf5p+144;   // e^100
  return exp_normal(x);
}

double expm1(double x) noexcept {
  if (x != x || x > 0.35 || x < -0.35) return exp(x) - 1;
  return __builtin_fma(x * x, __builtin_fma(x, polynomial(exp_fit, x), 0.5), x);
}

double log(double x) noexcept {
  if (x != x || x == infinity) return x;
  if (x < 0) return not_a_number;
  if (x == 0) return -infinity;
  if (x < 0x1p-1022) return log_normal(x * 0x1p54) - 54 * 0.69314718055994530942;
  return log_normal(x);
}

double log1p(double x) noexcept {
  if (x != x || x == infinity) return x;
  if (x < -1) return not_a_number;
  if (x == -1) return -infinity;
  double const u = 1 + x;
  return log_normal(u) + (x - (u - 1)) / u;
}

double pow(double x, double y) noexcept {
  if (y == 0 || x == 1) return 1;
  if (y == 1) return x;
  if (y == 2) return x * x;
  if (x == 0) return y > 0 ? 0 : infinity;
  return exp(y * log(x));
}

namespace {

/// x = n π/2 + r, |r| <= π/4 (a little more), n mod 4.
struct Quadrant {
  double r;
  int n;
};

Quadrant reduce(double x) noexcept {
  constexpr double two_over_pi = 0.63661977236758134308;
  constexpr double half_pi_high = 0x1.921fb54442d18p+0;
  constexpr double half_pi_middle = 0x1.1a62633145c07p-54;
  double const n = __builtin_nearbyint(x * two_over_pi);
  double r = __builtin_fma(n, -half_pi_high, x);
  r = __builtin_fma(n, -half_pi_middle, r);
  return {r, static_cast<int>(static_cast<std::int64_t>(n) & 3)};
}

double sin_small(double r) noexcept {
  double const z = r * r;
  return __builtin_fma(r * z, polynomial(sin_fit, z), r);
}

double cos_small(double r) noexcept {
  double const z = r * r;
  return 1 - (0.5 * z - z * z * polynomial(cos_fit, z));
}

}  // namespace

double sin(double x) noexcept {
  auto const [r, n] = reduce(x);
  double const y = (n & 1) != 0 ? cos_small(r) : sin_small(r);
  return (n & 2) != 0 ? -y : y;
}

double cos(double x) noexcept {
  auto const [r, n] = reduce(x);
  double const y = (n & 1) != 0 ? sin_small(r) : cos_small(r);
  return n == 1 || n == 2 ? -y : y;
}

double asin(double x) noexcept {
  double const a = x < 0 ? -x : x;
  if (!(a <= 1)) return not_a_number;
  if (a <= 0.5) return __builtin_fma(x * (x * x), polynomial(asin_fit, x * x), x);
  double const z = 0.5 * (1 - a);
  double const s = __builtin_sqrt(z);
  double const y = 1.5707963267948966192 - 2 * __builtin_fma(s * z, polynomial(asin_fit, z), s);
  return x < 0 ? -y : y;
}

namespace {

// Algorithm AS 241, PPND16 (Wichura 1988, Applied Statistics 37, 477-484).
constexpr std::array centre_top{3.3871328727963666080e0,  1.3314166789178437745e+2, 1.9715909503065514427e+3,
                                1.3731693765509461125e+4, 4.5921953931549871457e+4, 6.7265770927008700853e+4,
                                3.3430575583588128105e+4, 2.5090809287301226727e+3};
constexpr std::array centre_bottom{1.0,
                                   4.2313330701600911252e+1,
                                   6.8718700749205790830e+2,
                                   5.3941960214247511077e+3,
                                   2.1213794301586595867e+4,
                                   3.9307895800092710610e+4,
                                   2.8729085735721942674e+4,
                                   5.2264952788528545610e+3};
constexpr std::array middle_top{1.42343711074968357734e0,  4.63033784615654529590e0, 5.76949722146069140550e0,
                                3.64784832476320460504e0,  1.27045825245236838258e0, 2.41780725177450611770e-1,
                                2.27238449892691845833e-2, 7.74545014278341407640e-4};
constexpr std::array middle_bottom{1.0,
                                   2.05319162663775882187e0,
                                   1.67638483018380384940e0,
                                   6.89767334985100004550e-1,
                                   1.48103976427480074590e-1,
                                   1.51986665636164571966e-2,
                                   5.47593808499534494600e-4,
                                   1.05075007164441684324e-9};
constexpr std::array tail_top{6.65790464350110377720e0,  5.46378491116411436990e0,  1.78482653991729133580e0,
                              2.96560571828504891230e-1, 2.65321895265761230930e-2, 1.24266094738807843860e-3,
                              2.71155556874348757815e-5, 2.01033439929228813265e-7};
constexpr std::array tail_bottom{1.0,
                                 5.99832206555887937690e-1,
                                 1.36929880922735805310e-1,
                                 1.48753612908506148525e-2,
                                 7.86869131145613259100e-4,
                                 1.84631831751005468180e-5,
                                 1.42151175831644588870e-7,
                                 2.04426310338993978564e-15};

constexpr double centre_half = 0.425;

inline double centre(double q) noexcept {
  double const r = 0.180625 - q * q;
  return q * polynomial(centre_top, r) / polynomial(centre_bottom, r);
}

/// r = √(-ln p), p the smaller tail.
inline double middle(double r) noexcept {
  return polynomial(middle_top, r - 1.6) / polynomial(middle_bottom, r - 1.6);
}

inline double tail(double r) noexcept {
  return polynomial(tail_top, r - 5) / polynomial(tail_bottom, r - 5);
}

}  // namespace

double inverse_normal(double p) noexcept {
  if (!(p > 0 && p < 1)) return p == 0 ? -infinity : p == 1 ? infinity : not_a_number;
  double const q = p - 0.5;
  if (q <= centre_half && q >= -centre_half) return centre(q);
  double const r = __builtin_sqrt(-log(q < 0 ? p : 1 - p));
  double const y = r <= 5 ? middle(r) : tail(r);
  return q < 0 ? -y : y;
}

void inverse_normal(std::span<double const> p, std::span<double> out) noexcept {
  constexpr std::size_t batch = 256;
  std::array<std::uint32_t, batch> outside;
  std::array<double, batch> r;
  for (std::size_t begin = 0; begin < p.size(); begin += batch) {
    std::size_t const n = p.size() - begin < batch ? p.size() - begin : batch;
    double const* const __restrict from = p.data() + begin;
    double* const __restrict to = out.data() + begin;
    for (std::size_t k = 0; k < n; ++k) to[k] = centre(from[k] - 0.5);
    std::size_t count = 0;
    for (std::size_t k = 0; k < n; ++k) {
      double const above = 1 - from[k];
      outside[count] = static_cast<std::uint32_t>(k);
      r[count] = from[k] < above ? from[k] : above;
      count += __builtin_fabs(from[k] - 0.5) > centre_half;
    }
    for (std::size_t k = 0; k < count; ++k) r[k] = __builtin_sqrt(-log_normal(r[k]));
    for (std::size_t k = 0; k < count; ++k) {
      double const y = r[k] <= 5 ? middle(r[k]) : tail(r[k]);
      to[outside[k]] = __builtin_copysign(y, from[outside[k]] - 0.5);
    }
  }
}

double normal_tail(double x) noexcept {
  if (x < 0) return 1 - normal_tail(-x);
  constexpr double root_two_pi = 2.5066282746310002;
  double const density = exp(-0.5 * x * x) / root_two_pi;
  if (x < 2.5) {
    // 1/2 - φ(x) (x + x³/3 + x⁵/(3·5) + …), by Abramowitz & Stegun (1964), 26.2.11.
    double term = x;
    double sum = x;
    for (int k = 1; term > 1e-17 * sum; ++k) sum += term *= x * x / (2 * k + 1);
    return 0.5 - density * sum;
  }
  // φ(x) / (x + 1/(x + 2/(x + 3/(x + …)))), by the same, 26.2.14.
  double fraction = x;
  for (int k = 100; k >= 1; --k) fraction = x + k / fraction;
  return density / fraction;
}

}  // namespace hansa::flat
