/// Tests of tell/page_axis.
#include "tell/page_axis.hpp"

#include <cmath>

#include <doctest/doctest.h>

using namespace hansa;

namespace {

std::vector<std::string> labels_of(Scale const& scale) {
  std::vector<std::string> made;
  for (double const tick : scale.ticks) made.push_back(scale.label(tick));
  return made;
}

using Labels = std::vector<std::string>;

}  // namespace

TEST_CASE("ticks are round, and hold all values") {
  CHECK(labels_of(axis_over(0, 233, 6)) == Labels{"0", "50", "100", "150", "200", "250"});
  CHECK(labels_of(axis_over(-0.31, 0.42, 6)) == Labels{"-0.4", "-0.2", "0", "0.2", "0.4", "0.6"});
  CHECK(labels_of(axis_over(0, 0, 6)) == Labels{"0", "0.2", "0.4", "0.6", "0.8", "1.0"});
  CHECK(labels_of(axis_over(0, 3e6, 3)) == Labels{"0", "1000000", "2000000", "3000000"});
  Scale const tiny = axis_over(0, 0.0007, 5);
  CHECK(tiny.label(tiny.ticks[1]) == "0.0002");
  for (double width = 1e-9; width < 1e12; width *= 3.7) {
    CAPTURE(width);
    Scale const scale = axis_over(-width / 3, width, 6);
    REQUIRE(scale.low <= -width / 3);
    REQUIRE(scale.high >= width * (1 - 1e-9));
    REQUIRE(scale.ticks.size() >= 3);
    REQUIRE(scale.ticks.size() <= 8);
    REQUIRE(scale.at(scale.low) == 0);
    REQUIRE(scale.at(scale.high) == 1);
  }
}

TEST_CASE("labels of time are whole and within the clock") {
  Scale const scale = axis_of_labels(1998, 2024, 7);
  CHECK(labels_of(scale) == Labels{"2000", "2005", "2010", "2015", "2020"});
  CHECK(scale.at(1998) == 0);
  CHECK(scale.at(2024) == 1);
  CHECK(labels_of(axis_of_labels(0, 2, 7)) == Labels{"0", "1", "2"});
  CHECK(labels_of(axis_of_labels(5, 5, 7)) == Labels{"5"});
}
