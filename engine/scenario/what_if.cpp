/// Lays the changes of a what-if over its base.
#include "scenario/what_if.hpp"

#include <algorithm>
#include <cstddef>
#include <iterator>
#include <map>
#include <string_view>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "scenario/reader.hpp"
#include "scenario/removal.hpp"

namespace hansa {

namespace {

constexpr std::string_view own_keys[] = {"base", "remove"};

bool is_own(Node::Entry const& entry) {
  return std::find(std::begin(own_keys), std::end(own_keys), entry.key) != std::end(own_keys);
}

/// Linear in the number of entries, but for a logarithm. A key that the changes repeat stays repeated, for validation
/// to complain of.
void lay_over(Node& base, Node changes) {
  if (base.form != Node::Form::map || changes.form != Node::Form::map) {
    base = std::move(changes);
    return;
  }
  std::size_t const own = base.entries.size();
  base.entries.reserve(own + changes.entries.size());  // so that the views below stay
  std::map<std::string_view, std::size_t> first;
  for (std::size_t k = 0; k < own; ++k) first.emplace(base.entries[k].key, k);
  std::vector<bool> taken(own, false);
  for (Node::Entry& entry : changes.entries) {
    auto const found = first.find(entry.key);
    if (found == first.end() || taken[found->second]) {
      base.entries.push_back(std::move(entry));
      continue;
    }
    taken[found->second] = true;
    Node::Entry& old = base.entries[found->second];
    if (old.value.form != Node::Form::map || entry.value.form != Node::Form::map) old.where = entry.where;
    lay_over(old.value, std::move(entry.value));
  }
}

/// Moves the items of the changes to the end of the base's, if both have a list.
void append_interventions(Node& base, Node& changes) {
  constexpr std::string_view key = "interventions";
  Node* const before = base.find(key);
  Node* const more = changes.find(key);
  if (!before || !more || before->form != Node::Form::list || more->form != Node::Form::list) return;
  std::move(more->items.begin(), more->items.end(), std::back_inserter(before->items));
  changes.entries.erase(std::find_if(changes.entries.begin(), changes.entries.end(),
                                     [&](Node::Entry const& each) { return &each.value == more; }));
}

/// True if the changes have a value of their own at the path, or in the place of what it leads through.
bool is_replaced(std::vector<std::string> const& keys, Node const& changes) {
  Node const* node = &changes;
  for (std::string const& key : keys) {
    if (node->form != Node::Form::map) return true;
    node = node->find(key);
    if (!node) return false;
  }
  return node->form != Node::Form::map;
}

bool is_removed(std::vector<std::string> keys, RemovedPaths const& removed) {
  for (; !keys.empty(); keys.pop_back())
    if (removed.contains(keys)) return true;
  return false;
}

/// What is said of the sources of values that are no longer the base's.
void forget_sources(Node& base, Node const& changes, RemovedPaths const& removed) {
  Node* const sources = base.find("sources");
  if (!sources) return;
  std::erase_if(sources->entries, [&](Node::Entry const& each) {
    try {
      std::vector<std::string> const keys = split_path(each.key, each.where);
      return is_removed(keys, removed) || is_replaced(keys, changes);
    } catch (Error const&) {
      return false;  // validation complains
    }
  });
}

void refuse_repeated(Node const& changes, Complaints& complaints) {
  Reading reading{complaints, {}, {}};
  std::map<std::string_view, Place const*> seen;
  for (Node::Entry const& each : changes.entries) {
    if (!is_own(each)) continue;
    auto const [before, is_new] = seen.emplace(each.key, &each.where);
    if (!is_new) complain_twice(each.key, each.where, *before->second, reading);
  }
}

}  // namespace

std::optional<BaseName> base_of(Node const& root) {
  auto const entry = std::find_if(root.entries.begin(), root.entries.end(),
                                  [](Node::Entry const& each) { return each.key == "base"; });
  if (entry == root.entries.end()) return std::nullopt;
  Item const item = item_of(*entry);
  require(entry->value.form == Node::Form::scalar && !entry->value.text.empty(), refusal(item), value_place(item),
          "the path of a scenario was expected");
  return BaseName{entry->value.text, entry->value.where};
}

Node merge(Node base, Node changes, Complaints& complaints) {
  refuse_repeated(changes, complaints);
  RemovedPaths removed;
  if (Node const* const remove = changes.find("remove")) removed = remove_listed(base, *remove, complaints);
  std::erase_if(changes.entries, is_own);
  forget_sources(base, changes, removed);
  append_interventions(base, changes);
  lay_over(base, std::move(changes));
  return base;
}

void refuse_unmerged(Node const& root, Complaints& complaints) {
  for (Node::Entry const& each : root.entries) {
    if (!is_own(each)) continue;
    if (each.where.line == 0)
      complaints.add(fmt::format("'{}' cannot be set", each.key), each.where,
                     "it was expected in a scenario file: settings act on what was merged");
    else
      complaints.add(fmt::format("'{}' stands without a base", each.key), each.where,
                     "'base' with the path of a scenario was expected beside it");
  }
}

}  // namespace hansa
