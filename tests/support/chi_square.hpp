/// Compares observed frequencies with a law: Pearson's chi-square test.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace hansa::test {

/// P(X >= x) for X chi-square distributed with `degrees` degrees of freedom: the regularised upper incomplete gamma
/// function Q(degrees/2, x/2) (Abramowitz & Stegun 1964, 26.4).
[[nodiscard]] double chi_square_tail(double x, double degrees);

using Outcome = std::vector<std::int32_t>;

/// Result of one test. `impossible` names an outcome that was seen although the law gives it no chance; else empty.
struct GoodnessOfFit {
  double p_value = 1;
  int cells = 0;
  std::string impossible;
};

/// Cells with fewer than `least` expected observations are pooled into one (joined to the smallest other cell if it is
/// still smaller).
[[nodiscard]] GoodnessOfFit goodness_of_fit(std::map<Outcome, double> const& law,
                                            std::map<Outcome, std::int64_t> const& seen, double least = 25);

}  // namespace hansa::test
