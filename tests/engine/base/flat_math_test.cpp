/// Elementary functions: accuracy against long double, and bits that never change.
#include "base/flat_math.hpp"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <vector>

#include <doctest/doctest.h>

#include "base/random.hpp"

using namespace hansa;

namespace {

/// Largest relative error of `f` against `truth` at 200,000 points of [low, high].
template <class F, class Truth>
double worst(F f, Truth truth, double low, double high) {
  double most = 0;
  for (std::uint64_t k = 0; k < 200'000; ++k) {
    double const x = low + (high - low) * draw_uniform(7, k, 0);
    long double const right = truth(static_cast<long double>(x));
    if (right == 0) continue;
    most = std::fmax(most, static_cast<double>(fabsl((static_cast<long double>(f(x)) - right) / right)));
  }
  return most;
}

/// The same for single precision, at arguments that are single themselves.
template <class F, class Truth>
double worst_single(F f, Truth truth, float low, float high) {
  return worst([&](double x) { return static_cast<double>(f(static_cast<float>(x))); },
               [&](long double x) { return truth(static_cast<long double>(static_cast<float>(x))); }, low, high);
}

std::uint64_t hash_of(std::vector<double> const& values) {
  std::uint64_t h = 0;
  for (double const v : values) {
    std::uint64_t bits = 0;
    std::memcpy(&bits, &v, sizeof bits);
    h = mix64(h ^ bits);
  }
  return h;
}

}  // namespace

TEST_CASE("double functions are within 1e-15 of the truth") {
  CHECK(worst([](double x) { return flat::exp(x); }, expl, -700, 709) < 1e-15);
  CHECK(worst([](double x) { return flat::exp(x); }, expl, -1, 1) < 1e-15);
  CHECK(worst([](double x) { return flat::expm1(x); }, expm1l, -1, 1) < 1e-15);
  CHECK(worst([](double x) { return flat::log(x); }, logl, 1e-300, 3) < 1e-15);
  CHECK(worst([](double x) { return flat::log(x); }, logl, 0.9, 1.1) < 1e-15);
  CHECK(worst([](double x) { return flat::log1p(x); }, log1pl, -0.99, 5) < 1e-15);
  CHECK(worst([](double x) { return flat::log1p(x); }, log1pl, -1e-5, 1e-5) < 1e-15);
  CHECK(worst([](double x) { return flat::softplus(x); }, [](long double x) { return log1pl(expl(x)); }, -80, 80) <
        1e-15);
  CHECK(worst([](double x) { return flat::asin(x); }, asinl, -1, 1) < 1e-15);
  CHECK(worst([](double x) { return flat::sin(x); }, sinl, -3, 3) < 1e-15);
  CHECK(worst([](double x) { return flat::cos(x); }, cosl, -1.5, 1.5) < 1e-15);
  CHECK(worst([](double x) { return flat::pow(x, 0.3); }, [](long double x) { return powl(x, 0.3); }, 1e-9, 10) <
        1e-14);
}

TEST_CASE("sine and cosine hold far from 0 in absolute terms") {
  for (std::uint64_t k = 0; k < 100'000; ++k) {
    double const x = (draw_uniform(8, k, 0) - 0.5) * 2e5;
    REQUIRE(std::fabs(static_cast<double>(flat::sin(x) - sinl(x))) < 1e-15);
    REQUIRE(std::fabs(static_cast<double>(flat::cos(x) - cosl(x))) < 1e-15);
  }
}

TEST_CASE("single functions are within 2e-7 of the truth") {
  CHECK(worst_single([](float x) { return flat::softplus(x); }, [](long double x) { return log1pl(expl(x)); }, -80,
                     80) < 2e-7);
  CHECK(worst_single([](float x) { return flat::softplus(x); }, [](long double x) { return log1pl(expl(x)); }, -8, 3) <
        2e-7);
  CHECK(worst_single([](float x) { return flat::exp(x); }, expl, -80, 80) < 2e-7);
  CHECK(worst_single([](float x) { return flat::log1p(x); }, log1pl, 0, 100) < 2e-7);
}

TEST_CASE("special values") {
  CHECK(flat::exp(0.0) == 1);
  CHECK(flat::exp(-800.0) == 0);
  CHECK(std::isinf(flat::exp(710.0)));
  CHECK(flat::log(1.0) == 0);
  CHECK(std::isinf(flat::log(0.0)));
  CHECK(std::isnan(flat::log(-1.0)));
  CHECK(flat::log(0x1p-1074) == doctest::Approx(-744.4400719213812).epsilon(1e-15));
  CHECK(flat::log1p(-1.0) == -std::numeric_limits<double>::infinity());
  CHECK(flat::pow(0.0, 0.5) == 0);
  CHECK(flat::pow(0.7, 1.0) == 0.7);
  CHECK(flat::pow(0.0, 0.0) == 1);
  CHECK(flat::pow(1.0, 0.3) == 1);
  CHECK(std::isnan(flat::asin(1.5)));
  CHECK(std::isinf(flat::inverse_normal(0.0)));
  CHECK(flat::inverse_normal(0.5) == 0);
}

TEST_CASE("the inverse normal inverts the normal distribution function") {
  for (std::uint64_t k = 0; k < 20'000; ++k) {
    double const p = k % 2 == 0 ? draw_uniform(9, k, 0) : std::exp(-200 * draw_uniform(9, k, 1));
    if (p <= 0 || p > 0.9) continue;
    double const z = flat::inverse_normal(p);
    long double const back = erfcl(-z / sqrtl(2.0L)) / 2;
    long double const density = expl(-static_cast<long double>(z) * z / 2) / sqrtl(2 * 3.14159265358979323846L);
    REQUIRE(std::fabs(static_cast<double>((back - p) / density)) < 1e-14 * (1 + std::fabs(z)));
  }
}

TEST_CASE("inverse normals of a batch have the bits of single calls") {
  for (std::size_t const n : {0u, 1u, 255u, 256u, 257u, 3001u}) {
    std::vector<double> p(n), z(n);
    for (std::size_t k = 0; k < n; ++k) {
      // From the centre, from either tail, and as far out as uniform draws go.
      double const u = std::max(draw_uniform(13, k, 0), 0x1p-54);
      p[k] = k % 5 == 0   ? 0x1p-54 * (1 + u)
             : k % 5 == 1 ? 1 - 0x1p-53 * (1 + std::floor(10 * u))
             : k % 5 == 2 ? u / 16
                          : u;
    }
    flat::inverse_normal(p, z);
    for (std::size_t k = 0; k < n; ++k) REQUIRE(z[k] == flat::inverse_normal(p[k]));
  }
  std::vector<double> p(512, 0.01), z(512);
  flat::inverse_normal(p, z);
  CHECK(std::count(z.begin(), z.end(), flat::inverse_normal(0.01)) == 512);
}

TEST_CASE("tails of the normal distribution") {
  CHECK(flat::normal_tail(0) == doctest::Approx(0.5).epsilon(1e-15));
  CHECK(flat::normal_tail(1) == doctest::Approx(0.15865525393145705).epsilon(1e-14));
  CHECK(flat::normal_tail(-1) == doctest::Approx(0.84134474606854293).epsilon(1e-14));
  CHECK(flat::normal_tail(3) == doctest::Approx(0.0013498980316300946).epsilon(1e-13));
  CHECK(flat::normal_tail(10) == doctest::Approx(7.6198530241605261e-24).epsilon(1e-13));
  for (double x = -4; x < 12; x += 0.37) {
    CHECK(-flat::inverse_normal(flat::normal_tail(x)) == doctest::Approx(x).epsilon(1e-9));
  }
  // Both formulas meet.
  CHECK(flat::normal_tail(2.5 - 1e-12) == doctest::Approx(flat::normal_tail(2.5)).epsilon(1e-10));
}

TEST_CASE("hazards of probabilities") {
  for (double const p : {0.0, 1e-300, 1e-18, 1e-9, 0.001, 0.3, 0.5, 0.9, 1 - 0x1p-53}) {
    CHECK(flat::hazard_of_probability(p) == doctest::Approx(-flat::log1p(-p)).epsilon(1e-14));
    CHECK(double{flat::hazard_of_probability(static_cast<float>(p / 2))} ==
          doctest::Approx(-flat::log1p(-p / 2)).epsilon(2e-7));
  }
  CHECK(flat::hazard_of_probability(1.0) == 64);
  CHECK(flat::hazard_of_probability(7.0) == 64);
}

TEST_CASE("a million values have the same bits everywhere") {
  std::vector<double> values;
  for (std::uint64_t k = 0; k < 100'000; ++k) {
    double const u = draw_uniform(11, k, 0);
    double const x = 160 * (u - 0.5);
    auto const single = static_cast<float>(x);
    values.insert(values.end(), {flat::exp(x), flat::log(u + 1e-9), flat::log1p(u), flat::softplus(x), flat::sin(x),
                                 flat::cos(x), flat::asin(2 * u - 1), flat::inverse_normal(u * 0.999 + 1e-4),
                                 double{flat::softplus(single)}, double{flat::exp(single)}});
  }
  CHECK(hash_of(values) == 18374300474902828305ull);
}

TEST_CASE("loops that vectorise give the bits of single calls") {
  std::vector<float> x(1003);
  std::vector<float> y(x.size());
  for (std::size_t k = 0; k < x.size(); ++k) x[k] = static_cast<float>(160 * (draw_uniform(12, k, 0) - 0.5));
  for (std::size_t k = 0; k < x.size(); ++k) y[k] = flat::softplus(x[k]);
  for (std::size_t k = 0; k < x.size(); ++k) {
    float volatile alone = x[k];
    REQUIRE(y[k] == flat::softplus(alone));
  }
}
