/// Every parameter of a mechanism appears in both layouts, with its default, range and unit.
#include "tell/mechanisms.hpp"

#include <array>

#include <doctest/doctest.h>

#include "support/says.hpp"

using namespace hansa;

namespace {

using hansa::test::says;

constexpr std::array<Field, 1> inside = {{{.name = "step", .lowest = 0, .highest = 1, .meaning = "where it rises"}}};
constexpr std::array<std::string_view, 2> choices = {"max", "sum"};
constexpr std::array<Field, 5> fields = {{
    {.name = "network", .kind = Kind::network, .need = Need::required, .meaning = "who is watched"},
    {.name = "half_life", .lowest = 0, .unit = "steps", .meaning = "how fast | it fades"},
    {.name = "combine", .kind = Kind::choice, .standard = "max", .meaning = "how", .choices = choices},
    {.name = "weight", .kind = Kind::attribute, .meaning = "by which members count; default: one each"},
    {.name = "production", .kind = Kind::section, .meaning = "what is made", .inside = inside},
}};
constexpr Schema schema{"echo", "What others do.", "M = f(E)", "Somebody (1999)", fields, true};
constexpr Schema const* known[] = {&schema};

}  // namespace

TEST_CASE("Markdown has one row a parameter, those of sections under their full names") {
  std::string const text = mechanisms_markdown(known);
  CHECK(says(text, "### `echo`\n\nWhat others do.\n\nFormula: M = f(E)\n\nSource: Somebody (1999)\n"));
  CHECK(says(text, "| `network` | a network | required |  |  | who is watched |\n"));
  CHECK(says(text, "| `half_life` | a number | none | 0 or more | steps | how fast \\| it fades |\n"));
  CHECK(says(text, "| `combine` | max or sum | max |  |  | how |\n"));
  CHECK(says(text, "| `production.step` | a number | none | 0 to 1 |  | where it rises |\n"));
}

TEST_CASE("a default in words stands where defaults stand, and nowhere else") {
  CHECK(says(mechanisms_markdown(known), "| `weight` | an attribute | one each |  |  | by which members count |\n"));
  CHECK(says(mechanisms_text(known), "    weight: an attribute; default one each\n        by which members count\n"));
}

TEST_CASE("the text for a terminal names the same parameters and keeps within 100 columns") {
  std::string const text = mechanisms_text(known);
  CHECK(says(text, "echo\n  What others do.\n  formula  M = f(E)\n  source   Somebody (1999)\n"));
  CHECK(says(text, "    half_life: a number, 0 or more; default none; in steps\n        how fast | it fades\n"));
  CHECK(says(text, "    production.step: a number, 0 to 1; default none\n"));
}
