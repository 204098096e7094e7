/// Nodes from values.
#include "tell/tree.hpp"

#include <limits>

#include <doctest/doctest.h>

using namespace hansa;

TEST_CASE("numbers read back as themselves, and those that are not finite are nothing") {
  CHECK(std::stod(number_node(0.1).text) == 0.1);
  CHECK(std::stod(number_node(1.0 / 3).text) == 1.0 / 3);
  CHECK(number_node(std::int64_t{-9'007'199'254'740'993}).text == "-9007199254740993");
  CHECK(number_node(std::numeric_limits<double>::quiet_NaN()).form == Node::Form::null);
  CHECK(number_node(std::numeric_limits<double>::infinity()).form == Node::Form::null);
}

TEST_CASE("a text stays a text whatever it looks like") {
  CHECK(text_node("12").quoted);
  CHECK_FALSE(number_node(std::int64_t{12}).quoted);
  CHECK(truth_node(false).text == "false");
}

TEST_CASE("maps and lists keep their order") {
  Node const map = map_node({{"z", text_node("a")}, {"b", list_node({text_node("1"), text_node("0")})}});
  REQUIRE(map.entries.size() == 2);
  CHECK(map.entries[0].key == "z");
  CHECK(map.entries[1].value.items.at(1).text == "0");
}
