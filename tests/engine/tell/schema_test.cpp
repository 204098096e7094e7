/// Tests of tell/schema; a validator that is not ours judges it in tests/interop.
#include "tell/schema.hpp"

#include <algorithm>

#include <doctest/doctest.h>

#include "mechanisms/catalogue.hpp"
#include "scenario/fields.hpp"

using namespace hansa;

namespace {

Node const& at(Node const& root, std::initializer_list<std::string_view> path) {
  Node const* node = &root;
  for (std::string_view const key : path) {
    node = node->find(key);
    REQUIRE_MESSAGE(node != nullptr, key);
  }
  return *node;
}

}  // namespace

TEST_CASE("every key of the field tables is a property, and no other") {
  auto const known = schemas(standard_catalogue());
  Node const schema = format_schema(known);
  CHECK(at(schema, {"$defs", "scenario", "properties"}).entries.size() == std::size(fields::scenario) - 2);
  CHECK(at(schema, {"$defs", "changed_scenario", "properties"}).entries.size() == std::size(fields::scenario));
  CHECK(at(schema, {"$defs", "policy", "properties"}).entries.size() == std::size(fields::policy));
  CHECK(at(schema, {"$defs", "network", "properties"}).entries.size() == std::size(fields::network));
  CHECK(at(schema, {"$defs", "mechanism", "properties"}).entries.size() == std::size(fields::mechanism) + known.size());
  CHECK(at(schema, {"$defs", "scenario", "additionalProperties"}).text == "false");
}

TEST_CASE("kinds, ranges, choices, defaults and meanings are those of the tables") {
  auto const known = schemas(standard_catalogue());
  Node const schema = format_schema(known);
  Node const& replicates = at(schema, {"$defs", "scenario", "properties", "replicates"});
  CHECK(at(replicates, {"type"}).text == "integer");
  CHECK(at(replicates, {"minimum"}).text == "1");
  CHECK(at(replicates, {"default"}).text == "100");
  CHECK(!at(replicates, {"default"}).quoted);
  CHECK(at(replicates, {"description"}).text == "number of histories simulated");
  CHECK(at(schema, {"$defs", "scenario", "properties", "hansa", "const"}).text == "1");
  Node const& rule = at(schema, {"$defs", "policy", "properties", "rule"});
  CHECK(at(rule, {"enum"}).items.size() == std::size(fields::rule_choices));
  CHECK(at(rule, {"default"}).quoted);
  Node const& decay = at(schema, {"$defs", "network", "properties", "weight", "properties", "decay_km"});
  CHECK(at(decay, {"exclusiveMinimum"}).text == "0");
  CHECK(at(schema, {"$defs", "scenario", "properties", "output", "properties", "quantiles", "default"}).items.size() ==
        5);
}

TEST_CASE("forms that exclude one another, and names that are checked") {
  auto const known = schemas(standard_catalogue());
  Node const schema = format_schema(known);
  CHECK(at(schema, {"$defs", "mechanism", "oneOf"}).items.size() == known.size());
  CHECK(at(schema, {"$defs", "scenario", "properties", "cities", "oneOf"}).items.size() == 2);
  CHECK(at(schema, {"$defs", "scenario", "properties", "policies", "propertyNames", "pattern"}).text ==
        "^[A-Za-z0-9_-]+$");
  CHECK(at(schema, {"$defs", "scenario", "properties", "cities", "properties", "attributes"}).find("propertyNames") ==
        nullptr);
}

TEST_CASE("a mechanism of one's own appears by itself") {
  static constexpr Field fields[] = {{.name = "dose", .need = Need::required, .lowest = 0, .meaning = "how much"}};
  static constexpr Schema own{"rumour", "Rumours.", "M = dose", "Own 2020", fields, true};
  Schema const* const known[] = {&own};
  Node const schema = format_schema(known);
  Node const& rumour = at(schema, {"$defs", "mechanism", "properties", "rumour"});
  CHECK(at(rumour, {"properties", "dose", "minimum"}).text == "0");
  CHECK(at(rumour, {"required"}).items.size() == 1);
}

TEST_CASE("of a file with a base nothing is asked, and every key is checked") {
  auto const known = schemas(standard_catalogue());
  Node const schema = format_schema(known);
  CHECK(at(schema, {"if", "required"}).items.at(0).text == "base");
  CHECK(at(schema, {"then", "$ref"}).text == "#/$defs/changed_scenario");
  CHECK(at(schema, {"else", "$ref"}).text == "#/$defs/scenario");
  Node const& whole = at(schema, {"$defs", "scenario"});
  CHECK(at(whole, {"required"}).items.size() == 4);
  CHECK(at(whole, {"properties"}).find("base") == nullptr);
  CHECK(at(whole, {"properties"}).find("remove") == nullptr);
  CHECK(at(whole, {"properties", "time"}).find("required") != nullptr);
  Node const& changes = at(schema, {"$defs", "changed_scenario"});
  CHECK(changes.find("required") == nullptr);
  CHECK(at(changes, {"additionalProperties"}).text == "false");
  CHECK(at(changes, {"properties", "time"}).find("required") == nullptr);
  CHECK(at(changes, {"properties", "cities"}).find("oneOf") == nullptr);
  CHECK(at(changes, {"properties", "policies", "additionalProperties", "$ref"}).text == "#/$defs/changed_policy");
  CHECK(at(changes, {"properties", "replicates", "minimum"}).text == "1");
  CHECK(at(changes, {"properties", "remove", "items", "$ref"}).text == "#/$defs/text");
  CHECK(at(schema, {"$defs", "changed_policy"}).find("allOf") == nullptr);
  CHECK(at(schema, {"$defs", "changed_mechanism"}).find("oneOf") == nullptr);
  CHECK(at(schema, {"$defs", "changed_mechanism", "properties", "exposure"}).find("oneOf") == nullptr);
  CHECK(at(schema, {"$defs", "mechanism", "properties", "exposure"}).find("oneOf") != nullptr);
}
