/// Nodes from values.
#include "tell/tree.hpp"

#include <cmath>

#include <fmt/format.h>

namespace hansa {

namespace {

Node scalar(std::string text) {
  Node node;
  node.form = Node::Form::scalar;
  node.text = std::move(text);
  return node;
}

}  // namespace

Node text_node(std::string text) {
  Node node = scalar(std::move(text));
  node.quoted = true;
  return node;
}

Node number_node(std::int64_t value) {
  return scalar(std::to_string(value));
}

Node number_node(double value) {
  return std::isfinite(value) ? scalar(fmt::format("{}", value)) : Node();
}

Node count_node(std::size_t value) {
  return number_node(static_cast<std::int64_t>(value));
}

Node truth_node(bool value) {
  return scalar(value ? "true" : "false");
}

Node list_node(std::vector<Node> items) {
  Node node;
  node.form = Node::Form::list;
  node.items = std::move(items);
  return node;
}

Node texts_node(std::vector<std::string> const& texts) {
  std::vector<Node> items;
  for (std::string const& each : texts) items.push_back(text_node(each));
  return list_node(std::move(items));
}

Node map_node(std::vector<std::pair<std::string, Node>> entries) {
  Node node;
  node.form = Node::Form::map;
  for (auto& [key, value] : entries) node.entries.push_back({std::move(key), {}, std::move(value)});
  return node;
}

}  // namespace hansa
