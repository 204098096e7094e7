/// Pieces of a JSON Schema.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "tell/tree.hpp"

namespace hansa::schema_nodes {

using Entries = std::vector<std::pair<std::string, Node>>;

[[nodiscard]] inline Node word(std::string_view text) {
  return text_node(std::string(text));
}

[[nodiscard]] inline Node one_of(std::span<std::string_view const> words) {
  std::vector<Node> items;
  for (std::string_view const text : words) items.push_back(word(text));
  return map_node({{"enum", list_node(std::move(items))}});
}

[[nodiscard]] inline Node typed(std::string_view type) {
  return map_node({{"type", word(type)}});
}

[[nodiscard]] inline Node reference(std::string_view name) {
  return map_node({{"$ref", text_node(fmt::format("#/$defs/{}", name))}});
}

[[nodiscard]] inline Node any_of(std::vector<Node> forms) {
  return map_node({{"anyOf", list_node(std::move(forms))}});
}

[[nodiscard]] inline Node list_of(Node item, std::int64_t least = 0) {
  Entries entries{{"type", word("array")}, {"items", std::move(item)}};
  if (least > 0) entries.emplace_back("minItems", number_node(least));
  return map_node(std::move(entries));
}

[[nodiscard]] inline Node map_of(Node value) {
  return map_node({{"type", word("object")}, {"additionalProperties", std::move(value)}});
}

[[nodiscard]] inline Node required(std::string_view key) {
  return map_node({{"required", list_node({word(key)})}});
}

[[nodiscard]] inline Node positive() {
  return map_node({{"type", word("number")}, {"exclusiveMinimum", number_node(std::int64_t{0})}});
}

}  // namespace hansa::schema_nodes
