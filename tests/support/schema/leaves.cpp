/// Walks the tables, with a scenario in hand or without one.
#include "support/schema/leaves.hpp"

#include <algorithm>
#include <string_view>

#include "scenario/fields.hpp"
#include "scenario/path.hpp"
#include "tell/forms.hpp"

namespace hansa::test {

namespace {

using NodeForm = Node::Form;

/// `node` null: all that there can be.
class Walk {
 public:
  Walk(std::span<Schema const* const> mechanisms, Leaves& found) : mechanisms_(mechanisms), found_(found) {}

  void section(std::string_view name, std::span<Field const> fields, std::string const& path, Node const* node) {
    if (node != nullptr && node->form != NodeForm::map) return;
    for (Field const& field : fields) {
      Node const* const value = node == nullptr ? nullptr : node->find(field.name);
      if (node != nullptr && value == nullptr) continue;
      std::string const here = path + "." + std::string(field.name);
      note(here);
      inside(name, field, here, value);
    }
  }

 private:
  void note(std::string leaf) { found_.insert(std::move(leaf)); }
  /// A form that the value has.
  void form(std::string const& path, std::string_view word, bool is) {
    if (is) note(path + "=" + std::string(word));
  }
  static bool is(Node const* node, NodeForm form) { return node == nullptr || node->form == form; }
  static bool reads(Node const* node, std::string_view text) {
    return node == nullptr || (node->form == NodeForm::scalar && node->text == text);
  }
  void words(std::string const& path, std::span<std::string_view const> all, Node const* node) {
    for (std::string_view const word : all) form(path, word, reads(node, word));
  }
  /// Once, whoever uses it; the depth of selectors in selectors has no end.
  void shared(std::string_view name, std::span<Field const> fields, Node const* node) {
    if (node == nullptr && !told_.insert(std::string(name)).second) return;
    section(name, fields, std::string(name), node);
  }

  void selector(Node const* node) {
    form("selector", "all", reads(node, "all"));
    form("selector", "ids", is(node, NodeForm::list));
    if (is(node, NodeForm::map)) shared("selector", fields::selector, node);
  }

  void inside(std::string_view section_name, Field const& field, std::string const& here, Node const* value) {
    constexpr std::string_view truths[] = {"true", "false"}, pools[] = {"all", "country"},
                               shapes[] = {"linear", "log1p"};
    switch (field.kind) {
      case Kind::boolean:
        return words(here, truths, value);
      case Kind::choice:
        return words(here, field.choices, value);
      case Kind::number_or_attribute:
        form(here, "number", is(value, NodeForm::scalar));
        return form(here, "attribute", is(value, NodeForm::map));
      case Kind::chance:
        form(here, "decimal", value == nullptr || !value->text.ends_with('%'));
        return form(here, "per cent", value == nullptr || value->text.ends_with('%'));
      case Kind::pool:
        words("pool", pools, value);
        if (is(value, NodeForm::map)) shared("pool", fields::pool, value);
        return;
      case Kind::shape:
        words("shape", shapes, value);
        if (is(value, NodeForm::map)) shared("shape", fields::shape, value);
        return;
      case Kind::selector:
        return selector(value);
      case Kind::section:
        return section(field.name, field.inside, here, value);
      case Kind::map:
      case Kind::list:
        return held(form_of(section_name, field.name), here, value);
      default:
        return;
    }
  }

  template <class Visit>
  void for_each_named(Node const* map, Visit const& visit) {
    if (map == nullptr) return visit(nullptr);
    for (Node::Entry const& each : map->entries) visit(&each.value);
  }
  template <class Visit>
  void for_each_item(Node const* list, Visit const& visit) {
    if (list == nullptr) return visit(nullptr);
    for (Node const& each : list->items) visit(&each);
  }

  void mechanism(Node const* node) {
    section("mechanism", fields::mechanism, "mechanism", node);
    for (Schema const* const kind : mechanisms_) {
      std::string const name(kind->name);
      Node const* const value = node == nullptr ? nullptr : node->find(name);
      if (node != nullptr && value == nullptr) continue;
      note(name);
      section(name, kind->parameters, name, value);
    }
  }

  void held(Form const& what, std::string const& here, Node const* node) {
    std::string const name(what.name.empty() ? what.key : what.name);
    switch (what.holds) {
      case Holds::section:
        return section(name, what.inside, here, node);
      case Holds::sections:
        return for_each_named(node, [&](Node const* each) { section(name, what.inside, name, each); });
      case Holds::items:
        return for_each_item(node, [&](Node const* each) { section(name, what.inside, name, each); });
      case Holds::mechanisms:
        return for_each_named(node, [&](Node const* each) { mechanism(each); });
      case Holds::effects:
        return for_each_named(node, [&](Node const* each) {
          form(here, "number", is(each, NodeForm::scalar));
          form(here, "by value", is(each, NodeForm::map));
        });
      case Holds::coefficients:
        form(here, "list", is(node, NodeForm::list));
        return form(here, "degree", is(node, NodeForm::scalar));
      case Holds::number_or_section:
        form(here, "number", is(node, NodeForm::scalar));
        return part(name, what.inside, here, node);
      case Holds::words_or_section:
        words(here, what.words, node);
        return part(name, what.inside, here, node);
      case Holds::words_or_sections:
        return for_each_item(node, [&](Node const* each) {
          words(here, what.words, each);
          part(name, what.inside, here, each);
        });
      case Holds::selector_or_section:
        form(here, "cities", node == nullptr || node->find("file") == nullptr);
        if (node == nullptr || node->find("file") != nullptr) return section(name, what.inside, here, node);
        return selector(node);
      case Holds::conditions:
        return for_each_named(node, [&](Node const* each) {
          form(here, "value", is(each, NodeForm::scalar));
          form(here, "list", is(each, NodeForm::list));
          part("range", fields::range, here, each);
        });
      case Holds::selectors:
        return for_each_item(node, [&](Node const* each) { selector(each); });
      case Holds::text_or_section:
        form(here, "text", is(node, NodeForm::scalar));
        return part(name, what.inside, here, node);
      case Holds::words:
        form(here, "list", is(node, NodeForm::list));
        return words(here, what.words, node);
      case Holds::settings:
        return settings(here, node);
      default:
        return;
    }
  }

  void part(std::string_view name, std::span<Field const> fields, std::string const& here, Node const* node) {
    if (is(node, NodeForm::map)) section(name, fields, here, node);
  }

  /// A path leads to the first row of `settable` whose keys it has, capitals standing for any.
  void settings(std::string const& here, Node const* node) {
    for (Field const& row : fields::settable) {
      std::string const leaf = here + " " + std::string(row.name);
      if (node == nullptr) {
        note(leaf);
        continue;
      }
      for (Node::Entry const& each : node->entries)
        if (fits(row.name, each.key)) note(leaf);
    }
  }

  static bool fits(std::string_view row, std::string const& path) {
    Place const nowhere;
    std::vector<std::string> const wanted = split_path(row, nowhere), keys = split_path(path, nowhere);
    bool const ends_here = row.find("trend") == std::string_view::npos && row.find("PARAMETER") == row.npos &&
                           row.find("attributes.A") == row.npos;
    if (keys.size() < wanted.size() || (ends_here && keys.size() > wanted.size())) return false;
    for (std::size_t k = 0; k < wanted.size(); ++k) {
      bool const any = wanted[k] == "P" || wanted[k] == "A" || wanted[k] == "M" || wanted[k] == "N" ||
                       wanted[k] == "C" || wanted[k] == "PARAMETER";
      bool const of_trend = k > 2 && wanted[2] == "trend", of_frailty = k > 2 && wanted[2] == "frailty";
      bool const kind = wanted[k] == "KIND" && !keys[k].starts_with("strength");
      if (!any && !of_trend && !of_frailty && !kind && wanted[k] != keys[k]) return false;
    }
    return true;
  }

  std::span<Schema const* const> mechanisms_;
  Leaves& found_;
  std::set<std::string> told_;
};

}  // namespace

Leaves all_leaves(std::span<Schema const* const> mechanisms) {
  Leaves found;
  Walk(mechanisms, found).section("scenario", fields::scenario, "scenario", nullptr);
  return found;
}

Leaves leaves_of(Node const& scenario, std::span<Schema const* const> mechanisms) {
  Leaves found;
  Walk(mechanisms, found).section("scenario", fields::scenario, "scenario", &scenario);
  return found;
}

}  // namespace hansa::test
