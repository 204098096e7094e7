/// Tests of scenario/parameters: values by name.
#include "scenario/parameters.hpp"

#include <stdexcept>

#include <doctest/doctest.h>

using namespace hansa;

TEST_CASE("parameters are found by name, and their kind is kept") {
  Parameters parameters;
  parameters.set("a", 1.5, {"f", 1, 2});
  parameters.set("b", std::int64_t{3}, {});
  parameters.set("c", std::string("share"), {});
  parameters.set("d", true, {});
  parameters.set("none", std::monostate{}, {});
  CHECK(parameters.number("a") == 1.5);
  CHECK(parameters.place("a") == Place{"f", 1, 2});
  CHECK(parameters.integer("b") == 3);
  CHECK(parameters.text("c") == "share");
  CHECK(parameters.flag("d"));
  CHECK(parameters.has("a"));
  CHECK_FALSE(parameters.has("none"));
  CHECK_FALSE(parameters.has("x"));
  CHECK_THROWS_AS((void)parameters.number("x"), std::out_of_range);
  CHECK_THROWS_AS((void)parameters.number("b"), std::bad_variant_access);
  parameters.set("a", 2.5, {});
  CHECK(parameters.number("a") == 2.5);
}
