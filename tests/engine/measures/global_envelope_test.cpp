/// Tests of measures/global_envelope: ranks by hand, and how often the curve of the model is called extreme.
#include "measures/global_envelope.hpp"

#include <cmath>

#include <doctest/doctest.h>

#include "support/dice.hpp"

using namespace hansa;

TEST_CASE("of one number the envelope leaves out the extremes, and p is two-sided") {
  std::vector<double> const simulated{1, 2, 3, 4, 5, 6, 7, 8, 9};
  GlobalEnvelope const middle = global_envelope(std::vector<double>{5.5}, simulated, 0.2);
  CHECK(middle.p == doctest::Approx(1.0));
  CHECK(middle.mean[0] == 5);
  CHECK(middle.low[0] == doctest::Approx(1.8));  // type 7 quantiles of 1 … 9
  CHECK(middle.high[0] == doctest::Approx(8.2));
  CHECK(middle.lower[0] == 2);  // 1 and 9 are the two of ten that are most extreme
  CHECK(middle.upper[0] == 8);
  GlobalEnvelope const outside = global_envelope(std::vector<double>{20}, simulated, 0.2);
  CHECK(outside.p == doctest::Approx(0.2));  // 1 has the same rank from its end
  CHECK(outside.lower[0] == 2);
  CHECK(outside.upper[0] == 9);
  GlobalEnvelope const next = global_envelope(std::vector<double>{8.5}, simulated, 0.2);
  CHECK(next.p == doctest::Approx(0.4));  // 1, 2, 9 and itself
}

TEST_CASE("of equal first ranks the second ones decide") {
  // Three curves of two points. The observed one is the highest at both; the others are extreme at one end once each.
  std::vector<double> const simulated{1, 2, 2, 1};
  GlobalEnvelope const found = global_envelope(std::vector<double>{3, 3}, simulated, 0.34);
  // Ranks: observed (1, 1), the others (1, 2): only the observed one is as extreme as itself.
  CHECK(found.p == doctest::Approx(1.0 / 3));
  CHECK(found.lower == std::vector<double>{1, 1});
  CHECK(found.upper == std::vector<double>{2, 2});
}

TEST_CASE("curves that are all alike are as extreme as one another") {
  std::vector<double> const simulated{4, 0, 4, 0, 4, 0};
  GlobalEnvelope const found = global_envelope(std::vector<double>{4, 0}, simulated, 0.05);
  CHECK(found.p == 1);
  CHECK(found.lower == std::vector<double>{4, 0});
  CHECK(found.upper == std::vector<double>{4, 0});
}

TEST_CASE(
    "the curve of the model is called extreme as often as alpha says, and p below alpha is leaving the envelope") {
  test::Dice dice(5);
  constexpr int trials = 600, curves = 59, width = 6;
  int extreme = 0;
  for (int t = 0; t < trials; ++t) {
    auto const walk = [&](std::vector<double>& into) {
      double at = 0;
      for (int k = 0; k < width; ++k) into.push_back(at += dice.between(-1000, 1000) / 1000.0);
    };
    std::vector<double> observed, simulated;
    walk(observed);
    for (int s = 0; s < curves; ++s) walk(simulated);
    GlobalEnvelope const found = global_envelope(observed, simulated, 0.1);
    bool leaves = false;
    for (int k = 0; k < width; ++k) {
      auto const at = static_cast<std::size_t>(k);
      leaves = leaves || observed[at] < found.lower[at] || observed[at] > found.upper[at];
    }
    CHECK(leaves == (found.p <= 0.1));
    extreme += leaves ? 1 : 0;
  }
  // 60 of 600 expected, standard deviation 7.3; false alarms 1e-4.
  CHECK(std::abs(extreme - 60) < 29);
}
