/// Tests of design/laws: quantiles against known values, and moments.
#include "design/laws.hpp"

#include <cmath>

#include <doctest/doctest.h>

using namespace hansa;

namespace {

using Law = Distribution::Law;

struct Known {
  Law law;
  std::vector<double> numbers;
  double u, value;
};

double mean_of(Distribution const& law, double power) {
  constexpr int points = 100000;
  double sum = 0;
  for (int k = 0; k < points; ++k) {
    double const x = value_at(law, (k + 0.5) / points);
    sum += power == 1 ? x : x * x;
  }
  return sum / points;
}

}  // namespace

TEST_CASE("quantiles are those of scipy 1.10.1") {
  // scipy.stats: norm, truncnorm, triang, beta, loguniform, each .ppf(u).
  Known const known[] = {{Law::uniform, {2, 6}, 0.25, 3},
                         {Law::normal, {-6.5, 0.5}, 1e-06, -8.87671215441145},
                         {Law::normal, {-6.5, 0.5}, 0.025, -7.4799819922700275},
                         {Law::normal, {-6.5, 0.5}, 0.9, -5.8592242172277},
                         {Law::truncated_normal, {0, 1, -1, 2}, 0.01, -0.9667232518503339},
                         {Law::truncated_normal, {0, 1, -1, 2}, 0.3, -0.24240381788922707},
                         {Law::truncated_normal, {0, 1, -1, 2}, 0.999, 1.9850630859441663},
                         {Law::truncated_normal, {0, 1, 6, 9}, 0.1, 6.01708506265862},
                         {Law::truncated_normal, {0, 1, 6, 9}, 0.9, 6.363414284362702},
                         {Law::truncated_normal, {0, 1, -9, -6}, 0.1, -6.363414284362702},
                         {Law::triangular, {2, 3, 6}, 0.1, 2.632455532033676},
                         {Law::triangular, {2, 3, 6}, 0.25, 3},
                         {Law::triangular, {2, 3, 6}, 0.7, 4.102633403898972},
                         {Law::beta, {2, 5, 0, 1}, 1e-08, 2.5820777914291936e-05},
                         {Law::beta, {2, 5, 0, 1}, 0.1, 0.09259525891312873},
                         {Law::beta, {2, 5, 0, 1}, 0.99, 0.7056863283197075},
                         {Law::beta, {0.1, 0.3, 0, 1}, 0.1, 1.2091193259288031e-09},
                         {Law::beta, {0.1, 0.3, 0, 1}, 0.5, 0.011719644944097728},
                         {Law::beta, {0.1, 0.3, 0, 1}, 0.9, 0.9596769788602764},
                         {Law::beta, {300, 0.5, 0, 1}, 0.001, 0.9821011562515547},
                         {Law::beta, {2, 5, 10, 20}, 0.1, 10.9259525891312873},
                         {Law::log_uniform, {0.01, 10}, 0.1, 0.0199526231496888},
                         {Law::log_uniform, {0.01, 10}, 0.9, 5.011872336272724}};
  for (Known const& each : known) {
    double const value = value_at({each.law, each.numbers}, each.u);
    CHECK_MESSAGE(std::fabs(value - each.value) <= 2e-12 * std::fabs(each.value), value << " " << each.value);
  }
}

TEST_CASE("values have the moments of their laws") {
  auto const about = [](double value, double expected) { return std::fabs(value - expected) < 2e-4; };
  CHECK(about(mean_of({Law::triangular, {2, 3, 6}}, 1), 11.0 / 3));
  CHECK(about(mean_of({Law::triangular, {2, 3, 6}}, 2), 11.0 / 3 * 11 / 3 + (4 + 9 + 36 - 6 - 12 - 18) / 18.0));
  CHECK(about(mean_of({Law::beta, {2, 5, 0, 1}}, 1), 2.0 / 7));
  CHECK(about(mean_of({Law::beta, {2, 5, 0, 1}}, 2), 2.0 * 3 / (7 * 8)));
  CHECK(about(mean_of({Law::normal, {1, 2}}, 2), 5));
  CHECK(about(mean_of({Law::log_uniform, {1, 10}}, 1), 9 / 2.302585092994046));
  CHECK(about(mean_of({Law::truncated_normal, {0, 1, -1, 1}}, 2), 1 - 2 * 0.24197072451914337 / 0.6826894921370859));
}

TEST_CASE("whole numbers and values are equally likely, and no u leads outside") {
  Distribution const integer{Law::integer, {-2, 3}};
  CHECK(value_at(integer, 0) == -2);
  CHECK(value_at(integer, 0.1666) == -2);
  CHECK(value_at(integer, 0.1667) == -1);
  CHECK(value_at(integer, 1) == 3);
  Distribution values{Law::values};
  values.values.resize(4);
  CHECK(value_at(values, 0) == 0);
  CHECK(value_at(values, 0.25) == 1);
  CHECK(value_at(values, 0.9999) == 3);
  CHECK(value_at(values, 1) == 3);
  for (double const u : {0.0, 0x1p-54, 1 - 0x1p-53, 1.0}) {
    for (Distribution const& law :
         {Distribution{Law::uniform, {0.1, 0.3}}, Distribution{Law::log_uniform, {0.1, 0.3}},
          Distribution{Law::truncated_normal, {0, 1, 0.1, 0.3}}, Distribution{Law::triangular, {0.1, 0.1, 0.3}},
          Distribution{Law::triangular, {0.1, 0.3, 0.3}}, Distribution{Law::beta, {0.5, 0.5, 0.1, 0.3}}}) {
      double const value = value_at(law, u);
      CHECK(value >= 0.1);
      CHECK(value <= 0.3);
    }
  }
}

TEST_CASE("ends are those of the law, of a normal law its 5 % and 95 % quantiles") {
  CHECK(ends_of({Law::uniform, {1, 3}}).low == 1);
  CHECK(ends_of({Law::uniform, {1, 3}}).high == 3);
  CHECK(ends_of({Law::log_uniform, {1, 3}}).high == 3);
  CHECK(ends_of({Law::beta, {2, 2, 1, 3}}).low == 1);
  CHECK(std::fabs(ends_of({Law::normal, {0, 1}}).high - 1.6448536269514722) < 1e-12);
}

TEST_CASE("quantiles ascend") {
  for (Distribution const& law :
       {Distribution{Law::beta, {0.05, 40, 0, 1}}, Distribution{Law::beta, {1e4, 2e4, 0, 1}},
        Distribution{Law::truncated_normal, {0, 1, 20, 21}}, Distribution{Law::truncated_normal, {0, 1, -34, 34}}}) {
    double last = -1e300;
    for (int k = 1; k < 400; ++k) {
      double const value = value_at(law, k / 400.0);
      CHECK(value >= last);
      last = value;
    }
  }
}
