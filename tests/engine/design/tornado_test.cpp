/// Tests of design/tornado.
#include "design/tornado.hpp"

#include <cmath>

#include <doctest/doctest.h>

using namespace hansa;

namespace {

/// A base, two ends of a and three values of b; two replicates.
Sampled sample() {
  Sampled made;
  made.inputs = {"a", "b"};
  made.columns = {{own_value, 0, 3, own_value, own_value, own_value}, {own_value, own_value, own_value, 0, 1, 2}};
  made.points = 6;
  made.replicates = 2;
  made.outputs = {1, 3, 0, 2, 2, 6, 5, 5, 1, 3, 0, 0};
  for (int k = 0; k < 6; ++k) made.places.push_back({"t.csv", k + 2, 0});
  return made;
}

}  // namespace

TEST_CASE("bars are differences to the base, paired by replicate, the widest first") {
  Complaints complaints;
  Tornado const found = tornado(sample(), complaints);
  complaints.throw_if_any();
  CHECK(found.base == 2);
  REQUIRE(found.bars.size() == 2);
  CHECK(found.bars[0].input == 1);
  CHECK(found.bars[0].low == 5);
  CHECK(found.bars[0].high == 3);
  CHECK(found.bars[0].low_change == -2);
  CHECK(found.bars[0].high_change == 3);
  CHECK(found.bars[0].width() == 5);
  CHECK(found.bars[0].high_error == 1);  // differences 4 and 2
  CHECK(found.bars[1].low_change == -1);
  CHECK(found.bars[1].low_error == 0);
  CHECK(found.bars[1].high_change == 2);
}

TEST_CASE("two inputs at a time are refused, and so are inputs that do not change") {
  Sampled two = sample();
  two.columns[0][4] = 1;
  Complaints complaints;
  (void)tornado(two, complaints);
  REQUIRE(complaints.size() == 1);
  CHECK(format(complaints.errors()[0]) ==
        "t.csv:6: the point differs from the first in 2 inputs, one at a time was expected");
  Sampled still = sample();
  still.inputs.push_back("c");
  still.columns.emplace_back(6, own_value);
  Complaints others;
  (void)tornado(still, others);
  REQUIRE(others.size() == 1);
  CHECK(format(others.errors()[0]).starts_with("t.csv: no point changes input 'c'"));
}
