/// Trees as JSON.
#include "io/json.hpp"

#include <doctest/doctest.h>

using namespace hansa;

namespace {

Node json_scalar(std::string text, bool quoted) {
  Node node;
  node.form = Node::Form::scalar;
  node.text = std::move(text);
  node.quoted = quoted;
  return node;
}

}  // namespace

TEST_CASE("scalars keep their type, quoted ones are text") {
  CHECK(to_json(json_scalar("12", false)) == "12");
  CHECK(to_json(json_scalar("12", true)) == "\"12\"");
  CHECK(to_json(json_scalar("0.1", false)) == "0.1");
  CHECK(to_json(json_scalar("true", false)) == "true");
  CHECK(to_json(json_scalar("nan", false)) == "\"nan\"");
  CHECK(to_json(json_scalar("[1]", false)) == "\"[1]\"");
  CHECK(to_json(Node()) == "null");
}

TEST_CASE("texts are escaped, and bytes that are not UTF-8 replaced") {
  CHECK(to_json(json_scalar("a\"b\n\x1b", true)) == R"("a\"b\n\u001b")");
  CHECK(to_json(json_scalar("a\xff", true)) == "\"a\xEF\xBF\xBD\"");
}

TEST_CASE("maps keep the order of their keys, empty ones their form") {
  Node map;
  map.form = Node::Form::map;
  map.entries.push_back({"z", {}, json_scalar("1", false)});
  Node list;
  list.form = Node::Form::list;
  map.entries.push_back({"a", {}, list});
  CHECK(to_json(map) == "{\n  \"z\": 1,\n  \"a\": []\n}");
}
