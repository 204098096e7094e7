/// Estimates put in the place of a scenario's own numbers.
#include "scenario/adopt.hpp"

#include <algorithm>
#include <cstddef>
#include <iterator>
#include <map>
#include <optional>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "scenario/fields.hpp"
#include "scenario/path.hpp"

namespace hansa {

namespace {

using Keys = std::vector<std::string>;

Node text_node(std::string text, Place const& where) {
  Node node;
  node.form = Node::Form::scalar;
  node.text = std::move(text);
  node.where = where;
  return node;
}

Node number_node(double value, Place const& where) {
  return text_node(fmt::format("{}", value), where);
}

/// The path in front of "=" in a setting; nothing where it is malformed, which is told when it is applied.
std::optional<Keys> keys_of_setting(std::string const& setting) {
  bool inside_quotes = false;
  std::size_t end = 0;
  for (; end < setting.size() && (inside_quotes || setting[end] != '='); ++end)
    if (setting[end] == '"') inside_quotes = !inside_quotes;
  try {
    return split_path(std::string_view(setting).substr(0, end), {});
  } catch (Error const&) {
    return std::nullopt;
  }
}

bool begins_with(Keys const& keys, Keys const& with) {
  return with.size() <= keys.size() && std::equal(with.begin(), with.end(), keys.begin());
}

/// policies.P.trend of a path below it, or nothing.
Keys trend_of(Keys const& keys) {
  bool const below = keys.size() > 3 && keys[0] == "policies" && keys[2] == "trend";
  return below ? Keys{keys[0], keys[1], keys[2]} : Keys{};
}

/// A setting of one part of a trend overrules all of it, but that of a period leaves the other periods.
bool is_overruled(Keys const& keys, std::vector<Keys> const& settings) {
  Keys const trend = trend_of(keys);
  return std::any_of(settings.begin(), settings.end(), [&](Keys const& each) {
    if (begins_with(keys, each) || begins_with(each, keys)) return true;
    bool const both_periods = keys.size() > 4 && each.size() > 4 && keys[3] == "periods" && each[3] == "periods";
    return !trend.empty() && begins_with(each, trend) && !both_periods;
  });
}

Node* find(Node& root, Keys const& keys) {
  Node* node = &root;
  for (std::string const& key : keys) {
    node = node->find(key);
    if (!node) return nullptr;
  }
  return node;
}

/// What goes to one path: a number, or items of a list.
struct Target {
  std::string path;
  Keys keys;
  std::optional<double> whole;
  std::map<std::size_t, double> items;
};

class Adoption {
 public:
  Adoption(ScenarioDraft& draft, Place const& where, Complaints& complaints)
      : draft_(draft), where_(where), complaints_(complaints) {}

  /// Does `work`; its error is one complaint among others.
  template <class Work>
  void gather(Work const& work) {
    try {
      work();
    } catch (Error const& error) {
      for (Complaint const& each : error.complaints()) complaints_.add(each.problem, each.where, each.mend);
    }
  }

  void add(PathValue const& value, std::vector<Keys> const& settings) {
    std::string path = value.path;
    std::optional<std::size_t> const position = take_position(path);
    Keys const keys = split_path(path, where_);
    if (is_overruled(keys, settings)) return;
    Target& target = targets_[keys];
    bool const mixed = position ? target.whole.has_value() : !target.items.empty();
    bool const is_new = position ? target.items.emplace(*position, value.value).second : !target.whole;
    if (mixed || !is_new)
      return complaints_.add(fmt::format("'{}' is estimated twice", value.path), where_,
                             "one estimate for each number was expected");
    target.path = path;
    target.keys = keys;
    if (!position) target.whole = value.value;
  }

  void apply() {
    for (auto const& [keys, target] : targets_) gather([&, &each = target] { set(each); });
  }

 private:
  void set(Target const& target) {
    if (Keys const trend = trend_of(target.keys); !trend.empty()) clear_trend(trend, target.keys[3]);
    Node value = target.whole ? number_node(*target.whole, where_) : list_of(target);
    apply_setting(draft_, target.path, std::move(value));
    note_source(target);
  }

  /// The items, and those of the list that stands there beside them.
  Node list_of(Target const& target) {
    Node list;
    list.form = Node::Form::list;
    list.where = where_;
    Node const* const old = find(draft_.root, target.keys);
    if (old && old->form == Node::Form::list) list.items = old->items;
    for (auto const& [position, value] : target.items) {
      require(position <= list.items.size(), fmt::format("'{}' has no item {}", target.path, position), where_,
              fmt::format("estimates of all items before it were expected, it has {}", list.items.size()));
      if (position == list.items.size()) list.items.emplace_back();
      list.items[position] = number_node(value, where_);
    }
    return list;
  }

  /// A trend has one form. Words such as `linear`, which leave the coefficients open, make room for them.
  void clear_trend(Keys const& path, std::string const& form) {
    Node* const trend = find(draft_.root, path);
    if (!trend) return;
    if (trend->form != Node::Form::map) *trend = Node{};
    std::erase_if(trend->entries, [&](Node::Entry const& each) {
      bool const is_form = std::any_of(std::begin(fields::trend), std::end(fields::trend),
                                       [&](Field const& field) { return field.name == each.key; });
      return is_form && each.key != form;
    });
    trend->where = where_;
  }

  /// The path is `fitted`; what was said of it, of its parts or of other forms of the trend no longer holds.
  void note_source(Target const& target) {
    Node* sources = draft_.root.find("sources");
    if (!sources) sources = &draft_.root.entries.emplace_back(Node::Entry{"sources", where_, Node{}}).value;
    if (sources->form == Node::Form::null) sources->form = Node::Form::map;
    if (sources->form != Node::Form::map) return;  // validation complains
    Keys const trend = trend_of(target.keys);
    std::erase_if(sources->entries, [&](Node::Entry const& each) {
      std::optional<Keys> const keys = keys_of_setting(each.key);
      if (!keys) return false;
      bool const other_form =
          !trend.empty() && begins_with(*keys, trend) && keys->size() > 3 && keys->at(3) != target.keys[3];
      return begins_with(*keys, target.keys) || other_form;
    });
    sources->entries.push_back({target.path, where_, text_node("fitted", where_)});
  }

  ScenarioDraft& draft_;
  Place const& where_;
  Complaints& complaints_;
  std::map<Keys, Target> targets_;
};

}  // namespace

void adopt(ScenarioDraft& draft, std::span<PathValue const> values, std::span<std::string const> settings,
           Place const& where, Complaints& complaints) {
  std::vector<Keys> overruling;
  for (std::string const& each : settings)
    if (auto keys = keys_of_setting(each)) overruling.push_back(*std::move(keys));
  Adoption adoption(draft, where, complaints);
  for (PathValue const& each : values) adoption.gather([&] { adoption.add(each, overruling); });
  adoption.apply();
}

}  // namespace hansa
