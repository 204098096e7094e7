/// Leaves out of a schema what a part of a section need not fulfil.
#include "tell/schema_changes.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

namespace hansa {

namespace {

constexpr std::string_view prefix = "#/$defs/";
constexpr std::string_view left_out[] = {"required",         "oneOf",        "allOf", "dependentRequired",
                                         "dependentSchemas", "minProperties"};

/// The definition that a reference names, if it is one that holds keys.
bool is_of_section(std::string_view reference) {
  return reference.starts_with(prefix) && reference != "#/$defs/text";
}

Node changed(std::string_view key, Node value) {
  if (key == "$ref" && is_of_section(value.text))
    value.text = std::string(prefix) + changed_name(std::string_view(value.text).substr(prefix.size()));
  if (key == "properties")
    for (Node::Entry& each : value.entries) each.value = changed_schema(each.value);
  if (key == "additionalProperties" && value.form == Node::Form::map) value = changed_schema(value);
  if (key == "anyOf")
    for (Node& each : value.items) each = changed_schema(each);
  return value;
}

}  // namespace

Node without_merging(Node scenario) {
  if (Node* const properties = scenario.find("properties"))
    std::erase_if(properties->entries,
                  [](Node::Entry const& each) { return each.key == "base" || each.key == "remove"; });
  return scenario;
}

std::string changed_name(std::string_view definition) {
  return "changed_" + std::string(definition);
}

Node changed_schema(Node const& whole) {
  Node part = whole;
  std::erase_if(part.entries, [](Node::Entry const& each) {
    return std::find(std::begin(left_out), std::end(left_out), each.key) != std::end(left_out);
  });
  for (Node::Entry& each : part.entries) each.value = changed(each.key, std::move(each.value));
  return part;
}

}  // namespace hansa
