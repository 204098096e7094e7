/// Tests of statistics/moran: by hand on a line of cities.
#include "statistics/moran.hpp"

#include <doctest/doctest.h>

#include "engine/statistics/three_cities.hpp"

using namespace hansa;
using namespace hansa::test;

namespace {

// a - b - c - d in a line, both ways.
NetworkLayer line() {
  return layer_of({{0, 1, 1.0}, {1, 0, 1.0}, {1, 2, 1.0}, {2, 1, 1.0}, {2, 3, 1.0}, {3, 2, 1.0}}, 4);
}
std::vector<std::uint8_t> const everyone{1, 1, 1, 1};
std::vector<double> const halves{1, 1, 0, 0};

}  // namespace

TEST_CASE("the index of halves of a line") {
  // z = ±1/2: of six ties four are between equals, I = 4/6 · (4 · 1/4 − 2 · 1/4) = 1/3
  CHECK(*moran_index(all_rows(line()), everyone, halves, {.normalize = TieNorm::count}) == doctest::Approx(1 / 3.0));
  // shares: rows of a and d are 1/4, of b and c 0
  CHECK(*moran_index(all_rows(line()), everyone, halves, {}) == doctest::Approx(0.5));
}

TEST_CASE("the moments under randomisation are those of all orders") {
  TieRows const rows = all_rows(line());
  for (TieNorm const norm : {TieNorm::share, TieNorm::count}) {
    std::vector<double> values{0, 1, 4, 9}, order = values;
    double sum = 0, squares = 0, orders = 0;
    do {
      double const index = *moran_index(rows, everyone, order, {.normalize = norm});
      sum += index;
      squares += index * index;
      orders += 1;
    } while (std::next_permutation(order.begin(), order.end()));
    MoranTest const test = moran_test(rows, everyone, values, {.normalize = norm}, 0, 1);
    CHECK(test.expected == doctest::Approx(sum / orders));
    CHECK(test.sd * test.sd == doctest::Approx(squares / orders - sum / orders * (sum / orders)));
    CHECK(std::isnan(test.p_permutation));
    CHECK(test.p > 0);
  }
}

TEST_CASE("cities outside count neither as values nor as ties") {
  std::vector<std::uint8_t> const three{1, 1, 1, 0};
  std::vector<double> const values{1, 2, 3, 100};
  // z = -1, 0, 1 on a line of three: both products are 0
  CHECK(*moran_index(all_rows(line()), three, values, {}) == 0);
  MoranTest const test = moran_test(all_rows(line()), three, values, {}, 0, 1);
  CHECK(test.expected == doctest::Approx(-0.5));
  CHECK(std::isnan(test.sd));  // of three cities there are no fourth moments
}

TEST_CASE("there is no index where all are alike, without ties, or of one city") {
  CHECK_FALSE(moran_index(all_rows(line()), everyone, std::vector<double>(4, 2.0), {}));
  CHECK_FALSE(moran_index(all_rows(line()), std::vector<std::uint8_t>{1, 0, 0, 1}, halves, {}));
  CHECK_FALSE(moran_index(all_rows(line()), std::vector<std::uint8_t>{1, 0, 0, 0}, halves, {}));
  MoranTest const none = moran_test(all_rows(line()), everyone, std::vector<double>(4, 2.0), {}, 9, 1);
  CHECK(std::isnan(none.observed));
  CHECK(std::isnan(none.p_permutation));
}

TEST_CASE("permutations are drawn by their key alone") {
  TieRows const rows = all_rows(line());
  std::vector<double> const values{0, 1, 4, 9};
  double const first = moran_test(rows, everyone, values, {}, 200, 1).p_permutation;
  CHECK(first == moran_test(rows, everyone, values, {}, 200, 1).p_permutation);
  CHECK(first != moran_test(rows, everyone, values, {}, 200, 2).p_permutation);
  CHECK(first > 0);
  CHECK(first <= 1);
}
