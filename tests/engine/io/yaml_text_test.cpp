/// Tests of io/yaml_text: a draft as text, which means the same when it is read.
#include <string>

#include <doctest/doctest.h>

#include "io/yaml.hpp"

using namespace hansa;

namespace {

Node scalar(std::string text, bool quoted = false) {
  Node node;
  node.form = Node::Form::scalar;
  node.text = std::move(text);
  node.quoted = quoted;
  return node;
}

Node list(std::vector<Node> items) {
  Node node;
  node.form = Node::Form::list;
  node.items = std::move(items);
  return node;
}

Node map(std::vector<Node::Entry> entries) {
  Node node;
  node.form = Node::Form::map;
  node.entries = std::move(entries);
  return node;
}

}  // namespace

TEST_CASE("maps and lists are blocks, keys in their order") {
  Node const root = map({{"b", {}, scalar("1")},
                         {"a", {}, list({scalar("x"), map({{"c", {}, scalar("2")}, {"d", {}, Node{}}})})},
                         {"e", {}, map({})},
                         {"f", {}, list({})}});
  CHECK(to_yaml(root) == "b: 1\na:\n  - x\n  -\n    c: 2\n    d: null\ne: {}\nf: []\n");
}

TEST_CASE("repeated keys stay two entries") {
  CHECK(to_yaml(map({{"a", {}, scalar("1")}, {"a", {}, scalar("2")}})) == "a: 1\na: 2\n");
}

TEST_CASE("texts that mean themselves are plain, others are quoted") {
  for (char const* const plain :
       {"x", "led", "-6.5", "1e-3", "+1", ".5", "a b", "data/cities.csv", "literature (X 1999)", "_a", "Null1", "0x10"})
    CHECK(to_yaml(scalar(plain)) == plain + std::string("\n"));
  for (char const* const other :
       {"",  "null", "Null", "NULL", "~",  "a: b", "a #b", "- a", "-", "*a",  "&a",  "!a", "%",
        "@", "a ",   " a",   "[a]",  "{a", "a,b",  "|",    ">",   "é", "a'b", "...", "."})
    CHECK(to_yaml(scalar(other)) == "\"" + std::string(other) + "\"\n");
  CHECK(to_yaml(scalar("5", true)) == "\"5\"\n");
}

TEST_CASE("quotes, line ends and control characters are escaped") {
  CHECK(to_yaml(scalar("a\"b\\c")) == "\"a\\\"b\\\\c\"\n");
  CHECK(to_yaml(scalar("a\nb\tc\rd")) == "\"a\\nb\\tc\\x0Dd\"\n");
  CHECK(to_yaml(scalar("\x01\x1F\x7F")) == "\"\\x01\\x1F\\x7F\"\n");
}

TEST_CASE("what is written reads as the same text, whatever its characters") {
  std::string text;
  for (int code = 1; code < 0x80; ++code) text += static_cast<char>(code);
  text += "é日\xF0\x9F\x8F\x99\xC2\x85\xE2\x80\xA8\xEF\xBB\xBF";
  ScenarioDraft const read = parse_yaml(to_yaml(map({{text, {}, list({scalar(text)})}})), "s.yaml");
  REQUIRE(read.root.entries.size() == 1);
  CHECK(read.root.entries[0].key == text);
  CHECK(read.root.entries[0].value.items.at(0).text == text);
}

TEST_CASE("a deep tree is indented two blanks a level") {
  Node node = scalar("x");
  for (int depth = 0; depth < 50; ++depth) node = map({{"k", {}, std::move(node)}});
  std::string const text = to_yaml(node);
  CHECK(text.ends_with(std::string(98, ' ') + "k: x\n"));
  CHECK(parse_yaml(text, "s.yaml").root.form == Node::Form::map);
}
