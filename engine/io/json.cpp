/// Trees of values handed to nlohmann-json.
#include "io/json.hpp"

#include <nlohmann/json.hpp>

namespace hansa {

namespace {

using Json = nlohmann::ordered_json;

Json scalar(Node const& node) {
  if (node.quoted) return node.text;
  Json value = Json::parse(node.text, nullptr, false);
  return value.is_primitive() && !value.is_discarded() && !value.is_string() ? value : Json(node.text);
}

Json value_of(Node const& node) {
  switch (node.form) {
    case Node::Form::null:
      return nullptr;
    case Node::Form::scalar:
      return scalar(node);
    case Node::Form::list: {
      Json list = Json::array();
      for (Node const& item : node.items) list.push_back(value_of(item));
      return list;
    }
    case Node::Form::map: {
      Json map = Json::object();
      for (Node::Entry const& entry : node.entries) map[entry.key] = value_of(entry.value);
      return map;
    }
  }
  return nullptr;
}

}  // namespace

std::string to_json(Node const& root) {
  return value_of(root).dump(2, ' ', false, Json::error_handler_t::replace);
}

}  // namespace hansa
