/// Shares by hand.
#include "base/part_of.hpp"

#include <doctest/doctest.h>

using hansa::part_of;

TEST_CASE("a share of a whole is rounded to the nearest") {
  constexpr std::uint64_t half = std::uint64_t{1} << 63, all = ~std::uint64_t{0};
  CHECK(part_of(1024, half) == 512);
  CHECK(part_of(3, half) == 2);  // half a unit rounds up
  CHECK(part_of(1, half - 1) == 0);
  CHECK(part_of(7, 0) == 0);
  CHECK(part_of(1000, all) == 1000);
  CHECK(part_of(all, all) == all - 1);
}
