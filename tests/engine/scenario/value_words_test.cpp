/// Tests of scenario/value_words: values of every kind, and places that do not count.
#include "scenario/value_words.hpp"

#include <doctest/doctest.h>

namespace {

using namespace hansa;

TEST_CASE("every kind of value has its words") {
  CHECK(value_words({}) == "none");
  CHECK(value_words(true) == "true");
  CHECK(value_words(std::int64_t{3}) == "3");
  CHECK(value_words(0.1) == "0.1");
  CHECK(value_words(0.1 + 0.2) == "0.30000000000000004");
  CHECK(value_words(std::string("count")) == "count");
  CHECK(value_words(Reference{"n", {"a.yaml", 1, 2}}) == value_words(Reference{"n", {"b.yaml", 3, 4}}));
  CHECK(value_words(std::vector<double>{1, 2.5}) == "[1, 2.5]");
  CHECK(value_words(std::vector<Reference>{{"a", {}}, {"b", {}}}) == "[a, b]");
  CHECK(value_words(NumberOrAttribute(2.0)) == "2");
  CHECK(value_words(NumberOrAttribute(Reference{"size", {}})) == "attribute size");
  CHECK(value_words(Pool{Pool::Of::network, {"n", {}}}) == "network n");
  CHECK(value_words(Pool{Pool::Of::attribute, {"region", {}}}) == "same region");
  CHECK(value_words(Pool{}) == "all");
  CHECK(value_words(Shape{Shape::Form::power, 2, 0, {}}) == "power 2");
  CHECK(value_words(Shape{Shape::Form::logistic, 0.5, 10, {}}) == "logistic with midpoint 0.5 and steepness 10");
}

}  // namespace
