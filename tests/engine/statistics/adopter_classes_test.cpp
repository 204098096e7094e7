/// Tests of statistics/adopter_classes.
#include "statistics/adopter_classes.hpp"

#include <limits>

#include <doctest/doctest.h>

using namespace hansa;

namespace {

using Classes = std::vector<std::int8_t>;
constexpr double none = std::numeric_limits<double>::quiet_NaN();

Classes of(std::vector<double> const& values) {
  return adopter_classes(values, std::vector<std::uint8_t>(values.size(), 1));
}

}  // namespace

TEST_CASE("cuts are at the mean and one standard deviation to either side, closed to the left") {
  // mean 2002, sd 1: the cuts are 2001, 2002 and 2003
  CHECK(of({2001, 2002, 2003}) == Classes{2, 3, 4});
  // mean 2005, sd √(10 · 2 … ) = 3.16: 2000 and 2010 lie outside
  CHECK(of({2000, 2004, 2005, 2006, 2010, none}) == Classes{1, 2, 3, 3, 4, 0});
}

TEST_CASE("thirds lie on their cuts in spite of rounding") {
  // 1/3, 2/3, 1: mean 2/3 and sd 1/3
  CHECK(of({1 / 3.0, 2 / 3.0, 1.0}) == Classes{2, 3, 4});
  // 0, 0.1, 0.2: mean and sd 0.1, so that 0 is the lowest cut
  CHECK(of({0, 0.1, 0.2}) == Classes{2, 3, 4});
  CHECK(of({0, 0.1 + 0.2, 0.6}) == Classes{2, 3, 4});
}

TEST_CASE("one value is its own mean, and equal ones are all above it") {
  CHECK(of({2001, none}) == Classes{3, 0});
  CHECK(of({0.1, 0.1, 0.1}) == Classes{4, 4, 4});
  CHECK(adopter_classes(std::vector<double>{1, none}, std::vector<std::uint8_t>{0, 1}) == Classes{no_class, 0});
}
