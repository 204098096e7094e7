/// Attributes as they change.
#include "inference/attribute_series.hpp"

#include <doctest/doctest.h>

namespace hansa {

TEST_CASE("an attribute is known at every step, in any order of asking") {
  Cities cities;
  cities.id = {"a", "b"};
  cities.numbers["x"] = {1, 2};
  cities.later_numbers["x"] = {{2001, 1, 5}, {2003, 0, 7}, {2003, 1, 6}};
  cities.texts["kind"] = {{"rich", "poor"}, {0, -1}, {}};
  cities.later_texts["kind"] = {{2002, 1, 1}};
  Clock const clock{2000, 2005};
  AttributeSeries x(cities, "x", clock);
  CHECK(x.labels() == nullptr);
  CHECK(x.at(1) == std::vector<double>{1, 2});
  CHECK(x.at(2) == std::vector<double>{1, 5});
  CHECK(x.at(6) == std::vector<double>{7, 6});
  CHECK(x.at(3) == std::vector<double>{1, 5});
  CHECK(x.at(1) == std::vector<double>{1, 2});
  AttributeSeries kind(cities, "kind", clock);
  REQUIRE(kind.labels() != nullptr);
  CHECK(kind.at(2) == std::vector<double>{0, -1});
  CHECK(kind.at(3) == std::vector<double>{0, 1});
}

}  // namespace hansa
