/// Finding and setting values in an unchecked scenario by dotted paths.
#include "scenario/draft.hpp"

#include <algorithm>
#include <iterator>
#include <span>
#include <utility>

#include "base/names.hpp"

namespace hansa {

namespace {

constexpr std::size_t deepest_path = 64;
constexpr std::string_view path_form = "keys joined by dots were expected, as in policies.led.baseline";

/// Takes one key off the front of `rest` (and leaves the dot after it, if any).
std::string take_key(std::string_view path, std::string_view& rest, Place const& where) {
  auto fail = [&](std::string_view what) {
    throw Error(Complaint{"the path '" + std::string(path) + "' " + std::string(what), where, std::string(path_form)});
  };
  std::string key;
  if (rest.starts_with('"')) {
    std::size_t const end = rest.find('"', 1);
    if (end == std::string_view::npos) fail("has a quote that is never closed");
    key = rest.substr(1, end - 1);
    rest.remove_prefix(end + 1);
    if (!rest.empty() && rest.front() != '.') fail("goes on after a closing quote without a dot");
  } else {
    std::size_t const end = std::min(rest.find('.'), rest.size());
    key = rest.substr(0, end);
    rest.remove_prefix(end);
    if (key.find('"') != std::string::npos) fail("has a quote inside a key");
  }
  if (key.empty()) fail("has an empty key");
  return key;
}

/// A map whose keys are the user's names: a new one in a setting is a slip, not a wish.
struct NamedMap {
  std::string_view noun;
  std::string_view path[3];  ///< `*`: any key; the rest is empty
};
constexpr NamedMap named_maps[] = {
    {"policy", {"policies"}},
    {"network", {"networks"}},
    {"mechanism", {"policies", "*", "mechanisms"}},
    {"collaboration", {"collaborations", "properties"}},
    {"attribute", {"cities", "attributes"}},
};

/// What the keys of the map at `path` name, or nothing.
std::string_view noun_at(std::span<std::string const> path) {
  for (NamedMap const& map : named_maps) {
    std::size_t const length = static_cast<std::size_t>(
        std::find(std::begin(map.path), std::end(map.path), std::string_view()) - std::begin(map.path));
    bool const here = path.size() == length && std::equal(path.begin(), path.end(), map.path, [](auto& key, auto& own) {
                        return own == "*" || own == key;
                      });
    if (here) return map.noun;
  }
  return {};
}

void require_known(Node const& map, std::string_view noun, std::string const& key, std::string_view path,
                   Place const& where) {
  if (noun.empty() || map.find(key) != nullptr) return;
  std::vector<std::string_view> known;
  for (Node::Entry const& entry : map.entries) known.push_back(entry.key);
  std::sort(known.begin(), known.end());
  throw Error(
      Complaint{"the path '" + std::string(path) + "' leads to an unknown " + std::string(noun) + " '" + key + "'",
                where, expected_one_of(key, known)});
}

}  // namespace

Node const* Node::find(std::string_view key) const noexcept {
  for (Entry const& entry : entries)
    if (entry.key == key) return &entry.value;
  return nullptr;
}

Node* Node::find(std::string_view key) noexcept {
  return const_cast<Node*>(std::as_const(*this).find(key));
}

std::vector<std::string> split_path(std::string_view path, Place const& where) {
  std::vector<std::string> keys;
  std::string_view rest = path;
  keys.push_back(take_key(path, rest, where));
  while (!rest.empty()) {
    rest.remove_prefix(1);
    keys.push_back(take_key(path, rest, where));
    require(keys.size() <= deepest_path, "the path has more than 64 keys", where, path_form);
  }
  return keys;
}

void apply_setting(ScenarioDraft& draft, std::string_view path, Node value) {
  Place const where = value.where;
  std::vector<std::string> const keys = split_path(path, where);
  Node* node = &draft.root;
  for (std::size_t depth = 0; depth < keys.size(); ++depth) {
    std::string const& key = keys[depth];
    bool const steps_in = node->form == Node::Form::map || node->form == Node::Form::null;
    if (steps_in) require_known(*node, noun_at(std::span(keys).first(depth)), key, path, where);
    if (node->form == Node::Form::null) {
      node->form = Node::Form::map;
      node->where = where;
    }
    require(node->form == Node::Form::map,
            "the path '" + std::string(path) + "' leads to '" + key + "' inside a " +
                (node->form == Node::Form::list ? "list" : "single value"),
            where, "only keys of maps can be set");
    Node* next = node->find(key);
    if (!next) next = &node->entries.emplace_back(Node::Entry{key, where, Node{}}).value;
    node = next;
  }
  *node = std::move(value);
}

}  // namespace hansa
