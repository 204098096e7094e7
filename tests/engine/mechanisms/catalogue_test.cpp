/// The table of mechanisms: sorted, described, and every parameter explained.
#include "mechanisms/catalogue.hpp"

#include <string_view>

#include <doctest/doctest.h>

using namespace hansa;

TEST_CASE("every mechanism describes itself and its parameters") {
  std::string_view before;
  for (CatalogueEntry const& entry : standard_catalogue()) {
    Schema const& schema = *entry.schema;
    CHECK(before < schema.name);
    before = schema.name;
    CHECK_FALSE(schema.opening.empty());
    CHECK_FALSE(schema.formula.empty());
    CHECK_FALSE(schema.source.empty());
    CHECK_FALSE(schema.parameters.empty());
    for (Field const& field : schema.parameters) CHECK_FALSE(field.meaning.empty());
  }
  CHECK(schemas(standard_catalogue()).size() == standard_catalogue().size());
}
