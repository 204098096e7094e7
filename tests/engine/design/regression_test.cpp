/// Tests of design/regression: against numpy and scipy, and what cannot be regressed.
#include "design/regression.hpp"

#include <cmath>

#include <doctest/doctest.h>

#include "functions.hpp"
#include "samples.hpp"

using namespace hansa;
using namespace hansa::testing;

namespace {

Sampled sample(std::vector<std::vector<double>> columns, std::vector<double> outputs) {
  Sampled made;
  made.points = outputs.size();
  made.outputs = std::move(outputs);
  made.places.assign(made.points, {"t.csv", 2, 0});
  for (std::size_t d = 0; d < columns.size(); ++d) made.inputs.push_back("x" + std::to_string(d + 1));
  made.columns = std::move(columns);
  return made;
}

bool close(std::vector<double> const& a, std::vector<double> const& b) {
  for (std::size_t k = 0; k < b.size(); ++k)
    if (!(std::fabs(a.at(k) - b[k]) < 1e-10)) return false;
  return a.size() == b.size();
}

}  // namespace

TEST_CASE("coefficients and correlations are those of numpy 1.24 and scipy 1.10") {
  // numpy.linalg.lstsq of standardised values and of scipy.stats.rankdata, spearmanr, and correlations of residuals.
  Sampled const sampled =
      sample({{9.4, 0.8, 8.0, 9.4, 4.3, 3.7, 1.8, 9.4, 5.0, 9.6, 5.2, 5.8, 4.9, 2.2},
              {5.1, 6.1, 1.7, 9.0, 7.9, 9.7, 6.1, 6.7, 4.9, 3.5, 6.4, 2.7, 6.8, 6.9},
              {9.8, 3.8, 8.7, 4.8, 9.8, 9.3, 7.0, 1.3, 5.0, 2.2, 9.4, 9.3, 4.8, 7.7}},
             {8.82, -8.38, 9.3, -3.04, -14.56, -18.12, -11.2, 2.98, 0.86, 9.3, -8.91, 1.67, -12.11, -12.97});
  Complaints complaints;
  RegressionEffects const found = regression_effects(sampled, complaints);
  complaints.throw_if_any();
  CHECK(close(found.standardized, {0.5824640780792433, -0.5929487144229539, -0.12339152392359609}));
  CHECK(std::fabs(found.r2 - 0.9223240900674077) < 1e-10);
  CHECK(close(found.standardized_ranks, {0.5498822928271251, -0.5963587218736649, -0.1759802392149073}));
  CHECK(std::fabs(found.r2_ranks - 0.9373324930561124) < 1e-10);
  CHECK(close(found.rank_correlation, {0.766855042101486, -0.7819383259911895, -0.28035388397737315}));
  CHECK(close(found.partial, {0.8996879203487408, -0.9141344509643385, -0.571313085823869}));
  CHECK(close(found.partial_p, {6.745122554676067e-05, 3.1780278710830216e-05, 0.05232873918898931}));
}

TEST_CASE("a monotone function of one input is known from its ranks") {
  Sampled const sampled = sampled_of(latin_hypercube(keys_of(1), 50), [](auto const& x) { return std::exp(9 * x[0]); });
  Complaints complaints;
  RegressionEffects const found = regression_effects(sampled, complaints);
  CHECK(std::fabs(found.partial[0] - 1) < 1e-10);
  CHECK(std::fabs(found.r2_ranks - 1) < 1e-10);
  CHECK(found.r2 < 0.8);
}

TEST_CASE("equal values share their ranks") {
  CHECK(ranks_of({3, 1, 3, 2, 3}) == std::vector<double>{4, 1, 4, 2, 4});
  CHECK(ranks_of({}).empty());
}

TEST_CASE("what cannot be regressed is said") {
  auto const told = [](Sampled const& sampled) {
    Complaints complaints;
    (void)regression_effects(sampled, complaints);
    return complaints.empty() ? "" : format(complaints.errors()[0]);
  };
  CHECK(told(sample({{1, 1, 1, 1, 1}}, {1, 2, 3, 4, 5})) ==
        "t.csv: input 'x1' has the same value at every point, leave it out");
  CHECK(told(sample({{1, 2, 3, 4, 5}}, {2, 2, 2, 2, 2})).starts_with("t.csv: the measure is the same"));
  CHECK(told(sample({{1, 2, 4, 3, 5, 6}, {2, 4, 8, 6, 10, 12}}, {1, 2, 3, 4, 5, 7}))
            .starts_with("t.csv: input 'x2' follows from the inputs before it"));
  CHECK(told(sample({{1, 2, 3}}, {1, 2, 4})) ==
        "t.csv: the table has 3 points of 1 inputs, at least 4 were expected of a regression");
}
