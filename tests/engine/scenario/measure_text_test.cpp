/// Tests of scenario/measure_text: calls as trees, and what is none.
#include "scenario/measure_text.hpp"

#include <string>

#include <doctest/doctest.h>

using namespace hansa;

namespace {

std::string written(Node const& node) {
  std::string text;
  switch (node.form) {
    case Node::Form::null:
      return "null";
    case Node::Form::scalar:
      return node.quoted ? "'" + node.text + "'" : node.text;
    case Node::Form::list:
      for (Node const& each : node.items) text += (text.empty() ? "" : " ") + written(each);
      return "[" + text + "]";
    case Node::Form::map:
      for (Node::Entry const& each : node.entries)
        text += (text.empty() ? "" : " ") + each.key + "=" + written(each.value);
      return "{" + text + "}";
  }
  return text;
}

std::string parsed(std::string_view text) {
  auto const node = parse_measure(text, {"s.yaml", 3, 4});
  return node ? written(*node) : "nothing";
}

}  // namespace

TEST_CASE("calls are maps of their arguments") {
  CHECK(parsed("share()") == "{share={}}");
  CHECK(parsed("share(where: {region: [Europe, 'North: (Africa)']}, at: 2030)") ==
        "{share={where={region=[Europe 'North: (Africa)']} at=2030}}");
  CHECK(parsed(" share ( where : { a : { min : 1.5e3 , max: 2 } } ) ") == "{share={where={a={min=1.5e3 max=2}}}}");
  CHECK(parse_measure("share()", {"s.yaml", 3, 4})->where == Place{"s.yaml", 3, 4});
}

TEST_CASE("what is no call is nothing") {
  for (std::string_view const text :
       {"", "share", "share(", "share)", "(at: 1)", "share(at)", "share(at: )", "share(at: 1,)", "share(at: 1) + 2",
        "share(a: [1, 2)", "share(a: {b: 1)", "share(a: 'b)", "share(a: [,])", "a b(c: 1)", "share(f(x: 1))"})
    CHECK_MESSAGE(parsed(text) == "nothing", text);
  std::string deep = "share(a: ";
  for (int k = 0; k < 100000; ++k) deep += '[';
  CHECK(parsed(deep) == "nothing");
}
