/// Tests of tell/interventions: the tables of the scenario are the reference.
#include "tell/interventions.hpp"

#include <doctest/doctest.h>

#include "scenario/fields.hpp"
#include "support/says.hpp"

using namespace hansa;
using test::says;

TEST_CASE("every key of interventions and sets of cities is in both layouts") {
  std::string const text = interventions_text(), page = interventions_markdown();
  for (Field const& field : fields::intervention) {
    CAPTURE(field.name);
    if (field.kind != Kind::section && field.kind != Kind::map) {
      CHECK(says(text, "    " + std::string(field.name) + ": "));
      CHECK(says(page, "| `" + std::string(field.name) + "` | "));
      continue;
    }
    CHECK(says(text, "\n" + std::string(field.name) + "\n  "));
    CHECK(says(page, "\n### `" + std::string(field.name) + "`\n\n"));
    std::size_t const begin = page.find("### `" + std::string(field.name) + "`");
    std::string const own = page.substr(begin, page.find("\n### ", begin) - begin);
    for (Field const& key : field.inside) CHECK(says(own, "| `" + std::string(key.name) + "` | "));
  }
  for (Field const& field : fields::selector) CHECK(says(page, "| `" + std::string(field.name) + "` | "));
}

TEST_CASE("a row tells what a key takes, its default and its range") {
  CHECK(says(interventions_markdown(),
             "| `success` | a number, or one with a per cent sign | 1 | 0 to 1 |  | probability that a city that is "
             "funded adopts, drawn for each |\n"));
  CHECK(says(interventions_markdown(), "| `policy` | a policy | required |"));
}
