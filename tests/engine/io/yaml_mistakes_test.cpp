/// Tests of io/yaml_mistakes: what is said of texts that are not YAML, with their places.
#include "io/yaml_mistakes.hpp"

#include <doctest/doctest.h>

#include "io/yaml.hpp"

using namespace hansa;

namespace {

std::string mistake_in(std::string_view text) {
  try {
    (void)parse_yaml(text, "s");
  } catch (Error const& error) {
    return error.what();
  }
  return "accepted";
}

}  // namespace

TEST_CASE("tabs that indent") {
  constexpr char const* told = "a tab indents the line, indent with blanks, not tabs";
  CHECK(mistake_in("t:\n\ts: 1\n") == std::string("s:2:3: ") + told);
  CHECK(mistake_in("t:\n  s: 1\n\te: 2\n") == std::string("s:3:1: ") + told);
  CHECK(mistake_in("t:\n  s: 1\n  \te: 2\n").find(told) != std::string::npos);
}

TEST_CASE("a line that is indented unlike its siblings") {
  constexpr char const* told = "the line is indented unlike the others, line it up with line ";
  CHECK(mistake_in("a: 1\n  b: 2\n") == std::string("s:2:3: ") + told + "1");
  CHECK(mistake_in("t:\n  s: 1\n e: 2\n") == std::string("s:3:2: ") + told + "2");
  CHECK(mistake_in("a:\n    b: 1\n\n  # no\n  c: 2\n") == std::string("s:5:3: ") + told + "2");
  CHECK(mistake_in("t:\n  s: {a: 1}\n    e: 2\n") == std::string("s:3:5: ") + told + "2");
  CHECK(mistake_in("p:\n    led:\n        b: 1\n        m:\n            i: {}\n       a: 5\n") ==
        std::string("s:6:8: ") + told + "4");
  CHECK(mistake_in("a: 1\n   b\n c: 2\n") == std::string("s:3:2: ") + told + "1");
  CHECK(mistake_in("p:\n  b:\n   r: 1\n    s: 2\n    t: 3\n    u: 4\n") == std::string("s:3:4: ") + told + "4");
  CHECK(mistake_in("p:\n  b:\n     r: 1\n    s: 2\n    t: {v: 1}\n") == std::string("s:3:6: ") + told + "4");
  CHECK(mistake_in("a: 1\n b: 2\nc: 3\nd: 4\n") == std::string("s:2:2: ") + told + "1");
  CHECK(mistake_in("a: 1\n  b: 2\n  c: 3\nd: 4\ne: 5\n") == std::string("s:2:3: ") + told + "1");
}

TEST_CASE("blanks that are none to YAML") {
  CHECK(mistake_in("t:\n\u00A0 s: 1\n") ==
        "s:2:1: a no-break space stands before the text, plain blanks were expected");
  CHECK(mistake_in("t:\n  s: 1\n\u00A0 e: 2\n  f: 3\n").starts_with("s:3:1: a no-break space "));
  CHECK(mistake_in("t:\n  s: 1\n \u3000e: 2\n").starts_with("s:3:2: an ideographic space "));
  CHECK(mistake_in("t: \u202Fx\n") == "s:1:4: a narrow space stands before the text, plain blanks were expected");
  CHECK(mistake_in("t: \"\u00A0x\"\nu: x\u00A0y\nv: |\n  \u00A0z\n") == "accepted");
}

TEST_CASE("a second colon, and a key without one") {
  CHECK(mistake_in("title: Bikes: a study\nx: 1\n") ==
        "s:1:13: a second ': ' stands in the value, put the text in quotes");
  CHECK(mistake_in("- a: b: c\n") == "s:1:7: a second ': ' stands in the value, put the text in quotes");
  CHECK(mistake_in("x: 1\nseed:5\n\nb: 2\n") ==
        "s:4:2: line 2 has no ': ' after its key, 'key: value' was expected there");
  CHECK(mistake_in("a: 1\nb\nc: 2\n") == "s:3:2: line 2 has no ': ' after its key, 'key: value' was expected there");
}

TEST_CASE("brackets that are never closed are told with where they open") {
  CHECK(mistake_in("a: {b: 1\nc: 2\nd: 3\n") == "s:2:2: a '{' is never closed, it opens at s:1:4");
  CHECK(mistake_in("a: [1, 2\nc: 2\n") == "s:2:2: a '[' is never closed, it opens at s:1:4");
  CHECK(mistake_in("a: [1, 2\n").ends_with(": a '[' is never closed, it opens at s:1:4"));
  CHECK(mistake_in("a: {b: [1, 2}\nc: 1\n") == "s:1:13: a '[' is never closed, it opens at s:1:8");
  CHECK(mistake_in("a: {b: {c: 1}\n\nd: {e: 1}\nf: g\n").ends_with(": a '{' is never closed, it opens at s:1:4"));
  CHECK(mistake_in("t: \"{\" # {\nu: x{ [\nv: |\n  [ {\n   {\nw: 'it''s {'\nz: &x [ {a: ]\n")
            .ends_with(": a '{' is never closed, it opens at s:7:9"));
}

TEST_CASE("brackets that close nothing, and entries without a comma") {
  CHECK(mistake_in("a: 1\n}\n") == "s:2:1: the '}' closes nothing, remove it");
  CHECK(mistake_in("a: [1,2]]\n") == "s:1:9: the ']' closes nothing, remove it");
  constexpr char const* told =
      "the entry does not end here, a comma before the next one, or quotes around a text with ': ', was expected";
  CHECK(mistake_in("a: {b: 1;c: 2}\n") == std::string("s:1:11: ") + told);
  CHECK(mistake_in("a: {b: 1: 2}\n") == std::string("s:1:9: ") + told);
  CHECK(mistake_in("a: {b:{c: 1}, d: 2}\n") ==
        "s:1:7: '{' stands right after a colon, a blank was expected between them");
}

TEST_CASE("items and keys that are mixed, and values that go on") {
  CHECK(mistake_in("a:\n  b: 1\n  - c\n") ==
        "s:3:3: an item of a list stands among keys, 'key: value' was expected, as on line 2");
  CHECK(mistake_in("a:\n  - x\n  b: 1\n") ==
        "s:3:3: a key stands among the items of a list, '- ' was expected, as on line 2");
  constexpr char const* told =
      "the value goes on after a closing quote or bracket, put the whole text in quotes, with quotes in it doubled";
  CHECK(mistake_in("a: 'it's'\n") == std::string("s:1:8: ") + told);
  CHECK(mistake_in("a: {b: 1} c\n") == std::string("s:1:11: ") + told);
  CHECK(mistake_in("a: - b\n") == "s:1:4: a list begins on the line of its key, begin it on the next line");
  CHECK(mistake_in("a: @x\n") == "s:1:4: no text can begin with '@', put the text in quotes");
  CHECK(mistake_in("a: *x\n") == "s:1:4: not valid YAML: the referenced anchor is not defined");
}

TEST_CASE("whatever the place and the message, an explanation is made of the text that there is") {
  constexpr std::string_view text = "a: {b\n\n\t- c: [\n  d: 'e\n";
  for (char const* said : {"end of map not found", "end of map flow not found", "illegal map value", "illegal flow end",
                           "unknown token", "illegal block entry", "other"}) {
    for (std::size_t line = 0; line < 7; ++line) {
      for (std::size_t column = 0; column < 9; ++column)
        CHECK_FALSE(explain_yaml(text, line, column, said).problem.empty());
    }
    CHECK_FALSE(explain_yaml("", 0, 0, said).problem.empty());
  }
}
