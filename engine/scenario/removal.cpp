/// Gathers what is to go as a tree of keys, and walks the base along it once, however much is deleted.
#include "scenario/removal.hpp"

#include <algorithm>
#include <functional>
#include <iterator>
#include <string_view>
#include <utility>

#include <fmt/format.h>

#include "base/names.hpp"
#include "scenario/path.hpp"
#include "scenario/reader.hpp"

namespace hansa {

namespace {

using Keys = std::vector<std::string>;

constexpr std::string_view interventions = "interventions";

std::set<std::string> names_of_interventions(Node const& root) {
  std::set<std::string> names;
  Node const* const list = root.find(interventions);
  if (list && list->form == Node::Form::list)
    for (Node const& each : list->items) names.insert(name_of_intervention(each));
  names.erase(std::string());
  return names;
}

/// What goes below one key: all of it, by one item of the list, or some.
struct Doomed {
  std::map<std::string, Doomed, std::less<>> inside = {};
  Item const* whole = nullptr;
};

/// The first item that deletes something here or below.
Item const& first_item(Doomed const& doomed) {
  return doomed.whole ? *doomed.whole : first_item(doomed.inside.begin()->second);
}

void gather_items(Doomed const& doomed, std::vector<Item const*>& into) {
  if (doomed.whole) into.push_back(doomed.whole);
  for (auto const& [key, each] : doomed.inside) gather_items(each, into);
}

class Removal {
 public:
  Removal(Node& root, Complaints& complaints)
      : root_(root), complaints_(complaints), names_(names_of_interventions(root)) {
    for (Node::Entry const& each : root.entries) keys_.insert(each.key);
  }

  void add(Item const& item) {
    Keys const keys = keys_of(item);
    Doomed* at = &doomed_;
    for (std::string const& key : keys) {
      at = &at->inside[key];
      if (at->whole) return overlaps(item, *at->whole);
    }
    if (!at->inside.empty()) return overlaps(item, first_item(*at));
    at->whole = &item;
  }

  [[nodiscard]] RemovedPaths apply() {
    Keys path;
    remove_from(root_, doomed_, path);
    return std::move(removed_);
  }

 private:
  [[nodiscard]] Keys keys_of(Item const& item) const {
    Keys keys = split_path(item.node->text, item.node->where);
    if (keys.size() > 1 || !names_.contains(keys[0])) return keys;
    require(!keys_.contains(keys[0]), fmt::format("'{}' is a key of the base and an intervention", keys[0]),
            item.node->where, fmt::format("write {}.{} for the intervention", interventions, keys[0]));
    return {std::string(interventions), keys[0]};
  }

  void overlaps(Item const& item, Item const& before) {
    Place const& first = before.node->where;
    complaints_.add(
        fmt::format("'{}' goes with '{}'", item.node->text, before.node->text), item.node->where,
        fmt::format("one of them was expected; the other stands at {}:{}:{}", first.file, first.line, first.column));
  }

  /// The key by which paths lead to each entry of the node, or nothing if they lead to none.
  [[nodiscard]] static std::vector<std::string> keys_in(Node const& node, Keys const& path) {
    std::vector<std::string> keys;
    if (node.form == Node::Form::map) {
      for (Node::Entry const& each : node.entries) keys.push_back(each.key);
    } else if (path.size() == 1 && path[0] == interventions) {
      for (Node const& each : node.items) keys.push_back(name_of_intervention(each));
    }
    return keys;
  }

  void remove_from(Node& node, Doomed const& doomed, Keys& path) {
    Keys const keys = keys_in(node, path);
    std::set<std::string_view> const there(keys.begin(), keys.end());
    for (auto const& [key, each] : doomed.inside) {
      if (there.contains(key)) continue;
      std::vector<Item const*> items;
      gather_items(each, items);
      for (Item const* item : items) miss(node, *item, key, there, path);
    }
    bool const is_map = node.form == Node::Form::map;
    std::vector<bool> gone(keys.size(), false);
    for (std::size_t k = 0; k < keys.size(); ++k) {
      auto const found = doomed.inside.find(keys[k]);
      if (found == doomed.inside.end()) continue;
      path.push_back(keys[k]);
      gone[k] = found->second.whole != nullptr;
      if (gone[k])
        removed_.insert(path);
      else
        remove_from(is_map ? node.entries[k].value : node.items[k], found->second, path);
      path.pop_back();
    }
    std::size_t position = 0;
    auto const is_gone = [&](auto const&) { return gone[position++]; };
    if (is_map)
      std::erase_if(node.entries, is_gone);
    else if (!keys.empty())
      std::erase_if(node.items, is_gone);
  }

  void miss(Node const& node, Item const& item, std::string const& key, std::set<std::string_view> const& there,
            Keys const& path) {
    Place const& where = item.node->where;
    if (complaints_.is_full(where)) return complaints_.add("is not in the base", where);
    std::string inside;
    for (std::string const& each : path) inside = joined(inside, each);
    if (node.form != Node::Form::map && node.form != Node::Form::null && there.empty())
      return complaints_.add(fmt::format("'{}' leads into '{}', which is a {} in the base", item.node->text, inside,
                                         node.form == Node::Form::list ? "list" : "single value"),
                             where, "only keys of maps, and interventions, can be removed");
    std::string problem = path.empty() ? fmt::format("'{}' is not in the base", key)
                                       : fmt::format("'{}' is not in '{}' of the base", key, inside);
    constexpr std::size_t most = 10'000;  // comparing a name with more takes too long
    std::string mend = there.empty() ? "nothing is there" : "";
    if (!there.empty() && there.size() + names_.size() <= most) mend = expected_one_of(key, candidates(there, path));
    complaints_.add(std::move(problem), where, std::move(mend));
  }

  [[nodiscard]] std::vector<std::string_view> candidates(std::set<std::string_view> there, Keys const& path) const {
    if (path.empty()) there.insert(names_.begin(), names_.end());
    there.erase(std::string_view());
    return {there.begin(), there.end()};
  }

  Node& root_;
  Complaints& complaints_;
  std::set<std::string> names_;
  std::set<std::string, std::less<>> keys_;  ///< of the root
  Doomed doomed_;
  RemovedPaths removed_;
};

}  // namespace

std::string name_of_intervention(Node const& entry) {
  if (Node const* const name = entry.find("name")) return name->form == Node::Form::scalar ? name->text : "";
  constexpr std::string_view others[] = {"at", "until", "cost"};
  Node const* const at = entry.find("at");
  auto const verb = std::find_if(entry.entries.begin(), entry.entries.end(), [&](Node::Entry const& each) {
    return std::find(std::begin(others), std::end(others), each.key) == std::end(others);
  });
  if (!at || at->form != Node::Form::scalar || verb == entry.entries.end()) return "";
  return fmt::format("{}-{}", verb->key, at->text);
}

RemovedPaths remove_listed(Node& root, Node const& remove, Complaints& complaints) {
  Reading reading{complaints, {}, {}};
  Removal removal(root, complaints);
  std::string_view const expected = "a path, or the name of an intervention,";
  std::vector<Item> const items =
      items_of({"remove", "'remove'", remove.where, &remove}, "a list of paths and names of interventions", reading);
  for (Item const& each : items) {
    if (each.node->form != Node::Form::scalar) {
      refuse(each, expected, reading);
      continue;
    }
    try {
      removal.add(each);
    } catch (Error const& error) {
      for (Complaint const& c : error.complaints()) complaints.add(c.problem, c.where, c.mend);
    }
  }
  return removal.apply();
}

}  // namespace hansa
