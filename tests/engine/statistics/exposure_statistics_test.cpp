/// Tests of statistics/exposure_statistics: by hand on three cities.
#include "statistics/exposure_statistics.hpp"

#include <doctest/doctest.h>

#include "engine/statistics/three_cities.hpp"

using namespace hansa;
using namespace hansa::test;

namespace {

Adoptions const in_turn = adopted_in({2001, 2002, not_in_time}, 3);

}  // namespace

TEST_CASE("exposures are shares of the weight of ties, sums of it, or numbers; adopters of the step count") {
  TieRows const rows = all_rows(three_ties());
  using Numbers = std::vector<double>;
  CHECK(exposures(in_turn, rows, {}) == Numbers{0, 0, 0, 1, 1, 1, 0.75, 1, 1});
  CHECK(exposures(in_turn, rows, {.weights = false}) == Numbers{0, 0, 0, 1, 1, 1, 0.5, 1, 1});
  CHECK(exposures(in_turn, rows, {.normalize = TieNorm::weight}) == Numbers{0, 0, 0, 1, 1, 1, 3, 4, 4});
  CHECK(exposures(in_turn, rows, {.normalize = TieNorm::count}) == Numbers{0, 0, 0, 1, 1, 1, 1, 2, 2});
  CHECK(exposures(in_turn, rows, {.lag = 1}) == Numbers{0, 0, 0, 0, 1, 1, 0, 0.75, 1});
  StatisticAttribute const size{{1, 6, 1}, {{3, 0, 2.0}}};  // a doubles in the third step
  CHECK(exposures(in_turn, rows, {.source_weight = &size}) == Numbers{0, 0, 0, 1, 1, 1, 1 / 3.0, 1, 1});
}

TEST_CASE("nobody has exposures where nobody adopted, and nothing is known of the unknown") {
  Adoptions nobody = adopted_in({not_in_time, not_in_time, not_in_time}, 2);
  nobody.known[1] = 0;
  std::vector<double> const found = exposures(nobody, all_rows(three_ties()), {});
  CHECK(found[0] == 0);
  CHECK(std::isnan(found[2]));
  CHECK(found[4] == 0);
}

TEST_CASE("thresholds lie between what was refused and what was seen at adoption") {
  Adoptions const late = adopted_in({2001, 2003, 2002}, 3);
  Thresholds const found = thresholds(late, exposures(late, all_rows(three_ties()), {}));
  CHECK(found.adopted_at[0] == 0);
  CHECK(std::isnan(found.refused[0]));  // it had no step to refuse in
  CHECK(found.adopted_at[1] == 1);
  CHECK(found.refused[1] == 1);  // in 2001 and 2002 it had seen a
  CHECK(found.adopted_at[2] == 0.75);
  CHECK(found.refused[2] == 0.75);
}

TEST_CASE("who never adopts has refused, and who adopted before time has seen nothing that is known") {
  Adoptions some = adopted_in({1999, 2002, not_in_time}, 3);
  some.exit[2] = 1;
  Thresholds const found = thresholds(some, exposures(some, all_rows(three_ties()), {}));
  CHECK(std::isnan(found.adopted_at[0]));
  CHECK(std::isnan(found.refused[0]));
  CHECK(std::isnan(found.adopted_at[2]));
  CHECK(found.refused[2] == 0.75);
}
