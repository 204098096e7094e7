/// The walk.
#include "tell/settings.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

#include <fmt/format.h>

#include "base/names.hpp"
#include "scenario/fields.hpp"
#include "tell/forms.hpp"
#include "tell/rules.hpp"

namespace hansa {

namespace {

/// "default great circle on lat, lon" in a meaning: what holds where nothing is written.
std::string_view default_in(std::string_view meaning) {
  constexpr std::string_view word = "default";
  std::size_t const at = meaning.find(word);
  if (at == std::string_view::npos) return {};
  meaning.remove_prefix(at + word.size());
  std::size_t end = meaning.find(';');
  if (end != std::string_view::npos && meaning.substr(end).starts_with("; else")) end = meaning.find(';', end + 1);
  meaning = meaning.substr(0, end);
  meaning.remove_prefix(std::min(meaning.find_first_not_of(": "), meaning.size()));
  return meaning;
}

bool holds(Node const* node, std::string_view key) {
  return node != nullptr && node->find(key) != nullptr;
}

/// Entries in the order of their names.
std::vector<Node::Entry const*> by_name(Node const& map) {
  std::vector<Node::Entry const*> entries;
  for (Node::Entry const& each : map.entries) entries.push_back(&each);
  std::ranges::sort(entries, {}, &Node::Entry::key);
  return entries;
}

class Walk {
 public:
  explicit Walk(std::span<Schema const* const> mechanisms) : mechanisms_(mechanisms) {}
  [[nodiscard]] std::vector<Setting> take() { return std::move(found_); }

  void section(std::string_view name, std::span<Field const> fields, Node const* node, std::string const& path) {
    std::vector<std::string_view> const alternatives = alternatives_in(name, fields);
    bool const decided = std::ranges::any_of(alternatives, [&](std::string_view key) { return holds(node, key); });
    for (Field const& field : fields) {
      bool const other = decided && !holds(node, field.name) && std::ranges::count(alternatives, field.name) > 0;
      if (other || !applies(name, field.name, node)) continue;
      visit(name, field, holds(node, field.name) ? node->find(field.name) : nullptr, joined(path, field.name));
    }
  }

 private:
  /// False for what goes only with a key or a rule that is not there.
  static bool applies(std::string_view section, std::string_view key, Node const* node) {
    if (holds(node, key)) return true;
    for (Companion const& each : companions()) {
      if (each.section == section && each.key == key) return holds(node, each.beside) || holds(node, each.or_beside);
    }
    if (section != "policy" || node == nullptr) return true;
    Node const* const written = node->find("rule");
    Field const& field = *std::ranges::find(fields::policy, "rule", &Field::name);
    std::string_view const name = written != nullptr ? std::string_view(written->text) : field.standard;
    auto const rule = std::ranges::find(all_rules(), name, &RuleWords::name);
    if (rule == all_rules().end()) return true;
    if (key == "threshold" || key == "entry") return rule->threshold != Asks::refuses;
    return key != "baseline" || rule->baseline != Asks::refuses;
  }

  void add(Field const& field, Node const* node, std::string const& path) {
    if (node != nullptr) {
      found_.push_back({path, flow_text(*node), Given::written, &field});
    } else if (std::string_view const words = default_of(field); !words.empty()) {
      found_.push_back({path, std::string(words), Given::standard, &field});
    } else {
      found_.push_back({path, "none", Given::absent, &field});
    }
  }

  void visit(std::string_view section_name, Field const& field, Node const* node, std::string const& path) {
    if (field.kind == Kind::section) {
      bool const whole = std::ranges::none_of(field.inside, [](Field const& f) { return f.need == Need::required; }) &&
                         alternatives_in(field.name, field.inside).empty();
      if (node == nullptr && !whole) return add(field, node, path);
      return section(field.name, field.inside, node, path);
    }
    bool const by_hand = field.kind == Kind::map || field.kind == Kind::list;
    if (!by_hand || node == nullptr) return add(field, node, path);
    enter(form_of(section_name, field.name), field, *node, path);
  }

  void enter(Form const& form, Field const& field, Node const& node, std::string const& path) {
    bool const is_map = node.form == Node::Form::map;
    if (form.name == "sweep" || form.name == "calibrate" || form.name == "power")
      return;  // told apart: no run depends on it
    switch (form.holds) {
      case Holds::section:
        return section(form.name, form.inside, &node, path);
      case Holds::sections:
        for (Node::Entry const* each : by_name(node))
          section(form.name, form.inside, &each->value, joined(path, each->key));
        return;
      case Holds::items:
        for (std::size_t k = 0; k < node.items.size(); ++k)
          section(form.name, form.inside, &node.items[k], fmt::format("{}[{}]", path, k));
        return;
      case Holds::mechanisms:
        for (Node::Entry const* each : by_name(node)) mechanism(form, each->value, joined(path, each->key));
        return;
      case Holds::number_or_section:
      case Holds::words_or_section:
      case Holds::text_or_section:
        if (is_map) return section(form.name, form.inside, &node, path);
        break;
      case Holds::selector_or_section: {
        bool const of_section = std::ranges::any_of(form.inside, [&](Field const& f) { return holds(&node, f.name); });
        if (is_map && of_section) return section(form.name, form.inside, &node, path);
        break;
      }
      case Holds::numbers:
      case Holds::settings:
      case Holds::number_tables:
      case Holds::effects:
      case Holds::labelled_numbers:
        return numbers(field, node, path);
      case Holds::origins:  // they are said of each setting
        return;
      case Holds::coefficients:
      case Holds::conditions:
      case Holds::selectors:
      case Holds::words:
      case Holds::text_lists:
      case Holds::number_lists:
      case Holds::measures:
      case Holds::measure:
      case Holds::words_or_sections:
      case Holds::anything:
        break;
    }
    add(field, &node, path);
  }

  /// One setting a number, however deep the map.
  void numbers(Field const& field, Node const& node, std::string const& path) {
    if (node.form != Node::Form::map) return add(field, &node, path);
    for (Node::Entry const* each : by_name(node)) numbers(field, each->value, joined(path, each->key));
  }

  void mechanism(Form const& form, Node const& node, std::string const& path) {
    for (Schema const* schema : mechanisms_) {
      if (Node const* kind = node.find(schema->name))
        section(schema->name, schema->parameters, kind, joined(path, schema->name));
    }
    section(form.name, form.inside, &node, path);
  }

  std::span<Schema const* const> mechanisms_;
  std::vector<Setting> found_;
};

}  // namespace

std::string_view default_of(Field const& field) {
  return field.standard.empty() ? default_in(field.meaning) : field.standard;
}

std::string meaning_of(Field const& field) {
  std::string meaning(field.meaning);
  std::size_t const begin = meaning.find("; default");
  if (begin == std::string::npos) return meaning;
  std::size_t const end = std::min(meaning.find(';', begin + 1), meaning.size());
  return meaning.erase(begin, end - begin);
}

std::string flow_text(Node const& node) {
  std::string text;
  switch (node.form) {
    case Node::Form::null:
      return "null";
    case Node::Form::scalar:
      return node.text;
    case Node::Form::list:
      for (Node const& item : node.items) text += (text.empty() ? "" : ", ") + flow_text(item);
      return "[" + text + "]";
    case Node::Form::map:
      for (Node::Entry const& entry : node.entries)
        text += fmt::format("{}{}: {}", text.empty() ? "" : ", ", entry.key, flow_text(entry.value));
      return "{" + text + "}";
  }
  return text;
}

std::vector<Setting> settings_of(Node const& root, std::span<Schema const* const> mechanisms) {
  Walk walk(mechanisms);
  walk.section("scenario", fields::scenario, &root, "");
  return walk.take();
}

}  // namespace hansa
