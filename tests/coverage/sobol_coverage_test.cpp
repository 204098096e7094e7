/// 95 % intervals of Sobol' indices hold the true index in 93 to 97 % of samples, with noise and luck that points
/// share.
#include <cmath>
#include <vector>

#include <doctest/doctest.h>

#include "base/student.hpp"
#include "engine/design/functions.hpp"
#include "engine/design/samples.hpp"

using namespace hansa;
using namespace hansa::testing;

namespace {

/// Shares of samples whose intervals hold S1 and ST of each input.
std::vector<double> coverage(std::size_t samples, std::size_t base_points, std::size_t replicates, double noise,
                             double common, bool scrambled, bool by_point = false) {
  Indices const known = ishigami_indices();
  std::vector<double> held(6, 0);
  for (std::size_t s = 0; s < samples; ++s) {
    UnitColumns columns = scrambled ? saltelli_points(keys_of(3, s), base_points, false)
                                    : independent_saltelli(3, base_points, false, 5000 + s);
    UnitColumns const x = columns;
    Luck const luck = [&](std::size_t k, std::size_t r) {
      double const shared = common * normal_luck(2 * s + 1, 0, r);
      return noise * normal_luck(2 * s, k, r) + shared * (by_point ? 2 * x[0][k] - 1 + x[1][k] : 1);
    };
    Sampled const sampled = sampled_of(std::move(columns), ishigami, replicates, luck);
    SaltelliRows const rows{base_points, 3, false};
    SobolIndices const found = sobol_indices(sampled, rows);
    SobolErrors const errors = bootstrap_errors(sampled, rows, 300, s, 0);
    for (std::size_t i = 0; i < 3; ++i) {
      auto const holds = [&](double value, double truth, double error, double degrees) {
        return std::fabs(value - truth) <= flat::inverse_student(0.975, degrees) * error ? 1.0 : 0.0;
      };
      held[i] += holds(found.first[i], known.first[i], errors.errors.first[i], errors.degrees[i]);
      held[3 + i] += holds(found.total[i], known.total[i], errors.errors.total[i], errors.degrees[3 + i]);
    }
  }
  for (double& each : held) each /= static_cast<double>(samples);
  return held;
}

}  // namespace

TEST_CASE("intervals hold the index in 93 to 97 % of samples of independent points") {
  // The Monte Carlo error of 95 % is 0.5 % of 2,000 samples, 0.7 % of 1,000.
  struct Case {
    std::size_t samples, base_points, replicates;
    double noise, common;
  };
  for (Case const& each : {Case{2000, 1024, 1, 0, 0}, Case{1000, 1024, 8, 2, 3}}) {
    std::vector<double> const held =
        coverage(each.samples, each.base_points, each.replicates, each.noise, each.common, false);
    for (std::size_t k = 0; k < held.size(); ++k)
      CHECK_MESSAGE((held[k] >= 0.93 && held[k] <= 0.97),
                    each.replicates << " replicates, index " << k << ": " << held[k]);
  }
}

TEST_CASE("intervals of three and four replicates hold the index in 93 % of samples, two have none") {
  for (std::size_t const replicates : {3, 4})
    for (double const share : coverage(1000, 256, replicates, 2, 3, false))
      CHECK_MESSAGE(share >= 0.92, replicates << " replicates: " << share);
  for (double const share : coverage(10, 256, 2, 2, 3, false)) CHECK(share == 0);  // NaN holds nothing
}

TEST_CASE("shared luck that acts otherwise at each point needs more replicates") {
  for (double const share : coverage(1000, 256, 4, 2, 3, false, true)) CHECK(share >= 0.88);
  for (double const share : coverage(1000, 256, 20, 2, 3, false, true)) CHECK(share >= 0.91);
}

TEST_CASE("intervals of scrambled points are never too narrow") {
  for (double const share : coverage(300, 512, 8, 2, 3, true)) CHECK(share >= 0.92);
}
