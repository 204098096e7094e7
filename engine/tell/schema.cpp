/// From field tables to a schema, section by section.
#include "tell/schema.hpp"

#include <algorithm>
#include <string>
#include <utility>

#include <fmt/format.h>

#include "scenario/fields.hpp"
#include "scenario/reader.hpp"
#include "scenario/tables.hpp"
#include "tell/forms.hpp"
#include "tell/rules.hpp"
#include "tell/schema_changes.hpp"
#include "tell/schema_nodes.hpp"
#include "tell/tree.hpp"

namespace hansa {

namespace {

using namespace schema_nodes;

Node number_of(Field const& field, std::string_view type) {
  if (field.lowest == field.highest) return map_node({{"const", number_node(field.lowest)}});
  Entries entries{{"type", word(type)}};
  auto const bound = [&](bool exclusive, std::string_view key, double value) {
    entries.emplace_back(fmt::format("{}{}", exclusive ? "exclusive" : "", key), number_node(value));
  };
  if (field.lowest == fields::above_zero)
    bound(true, "Minimum", 0);
  else if (field.lowest > -infinity)
    bound(false, "minimum", field.lowest);
  if (field.highest == fields::below_one)
    bound(true, "Maximum", 1);
  else if (field.highest >= 0x1p63 && field.highest < infinity)
    bound(true, "Maximum", field.highest);
  else if (field.highest < infinity)
    bound(false, "maximum", field.highest);
  return map_node(std::move(entries));
}

/// Above 0 and below 100, as all chances are: some digit but 0, and at most two before the point.
constexpr std::string_view per_cent_pattern =
    R"(^\+?(?=[0-9.]*[1-9])0*([0-9]{1,2}(\.[0-9]*)?|\.[0-9]+)([eE](-[0-9]{1,2}|[+-]?0+))? *%$)";

Node measure_call() {
  return map_node({{"type", word("string")}, {"pattern", word(R"(^[a-z_]+ *\(.*\) *$)")}});
}

/// A default as the user would write it, as a value.
Node standard_of(Field const& field) {
  std::string_view text = field.standard;
  if (!text.starts_with('[')) {
    bool const plain = field.kind == Kind::boolean || parse_number(text).has_value();
    Node node = word(text);
    node.quoted = !plain;
    return node;
  }
  std::vector<Node> items;
  text = text.substr(1, text.size() - 2);
  while (!text.empty()) {
    std::size_t const end = std::min(text.find(','), text.size());
    std::string_view piece = text.substr(0, end);
    piece.remove_prefix(std::min(piece.find_first_not_of(' '), piece.size()));
    Node node = word(piece);
    node.quoted = !parse_number(piece).has_value();
    items.push_back(std::move(node));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return list_node(std::move(items));
}

/// Writes sections; `mechanisms` are the kinds that a policy may use.
class Writer {
 public:
  explicit Writer(std::span<Schema const* const> mechanisms) : mechanisms_(mechanisms) {}

  [[nodiscard]] Node section(std::string_view name, std::span<Field const> fields) const {
    Entries properties;
    std::vector<Node> always;
    for (Field const& field : fields) {
      properties.emplace_back(std::string(field.name), described(name, field));
      if (field.need == Need::required) always.push_back(word(field.name));
    }
    Entries entries{{"type", word("object")}, {"properties", map_node(std::move(properties))}};
    if (!always.empty()) entries.emplace_back("required", list_node(std::move(always)));
    entries.emplace_back("additionalProperties", truth_node(false));
    add_alternatives(name, fields, entries);
    add_companions(name, fields, entries);
    return map_node(std::move(entries));
  }

  [[nodiscard]] Node policy() const {
    Node node = section("policy", fields::policy);
    std::vector<Node> cases;
    for (RuleWords const& rule : all_rules()) {
      bool const known = std::ranges::find(fields::rule_choices, rule.name) != std::end(fields::rule_choices);
      if (known) cases.push_back(rule_case(rule));
    }
    node.entries.push_back({"allOf", {}, list_node(std::move(cases))});
    return node;
  }

  [[nodiscard]] Node mechanism() const {
    Node node = section("mechanism", fields::mechanism);
    Node* const properties = node.find("properties");
    std::vector<Node> kinds;
    for (Schema const* schema : mechanisms_) {
      Node kind = section(schema->name, schema->parameters);
      kind.entries.push_back({"description", {}, text_node(fmt::format("{} {}", schema->opening, schema->formula))});
      properties->entries.push_back({std::string(schema->name), {}, std::move(kind)});
      kinds.push_back(required(schema->name));
    }
    node.entries.push_back({"oneOf", {}, list_node(std::move(kinds))});
    return node;
  }

 private:
  static void add_alternatives(std::string_view name, std::span<Field const> fields, Entries& entries) {
    std::vector<Node> each;
    for (std::string_view const key : alternatives_in(name, fields)) each.push_back(required(key));
    if (!each.empty()) entries.emplace_back("oneOf", list_node(std::move(each)));
  }

  static void add_companions(std::string_view name, std::span<Field const> fields, Entries& entries) {
    auto const has = [&](std::string_view key) {
      return std::ranges::any_of(fields, [&](Field const& each) { return each.name == key; });
    };
    Entries demands;
    std::vector<std::pair<std::string, std::vector<Node>>> needs;
    for (Companion const& each : companions()) {
      if (each.section != name || !has(each.key)) continue;
      demands.emplace_back(std::string(each.key), any_of({required(each.beside), required(each.or_beside)}));
      if (each.need == Need::optional) continue;
      auto const found = std::ranges::find(needs, each.beside, [](auto const& need) { return need.first; });
      if (found == needs.end())
        needs.push_back({std::string(each.beside), {word(each.key)}});
      else
        found->second.push_back(word(each.key));
    }
    for (Stranger const& each : strangers()) {
      if (each.section != name) continue;
      std::vector<Node> others;
      for (std::string_view const key : each.others) others.push_back(required(key));
      demands.emplace_back(std::string(each.key), map_node({{"not", any_of(std::move(others))}}));
    }
    Entries together;
    for (auto& [key, others] : needs) together.emplace_back(key, list_node(std::move(others)));
    if (!together.empty()) entries.emplace_back("dependentRequired", map_node(std::move(together)));
    if (!demands.empty()) entries.emplace_back("dependentSchemas", map_node(std::move(demands)));
  }

  /// What a rule asks of the other keys.
  static Node rule_case(RuleWords const& rule) {
    Entries condition{{"properties", map_node({{"rule", map_node({{"const", word(rule.name)}})}})}};
    Field const& field = *std::ranges::find(fields::policy, "rule", &Field::name);
    if (field.standard != rule.name) condition.emplace_back("required", list_node({word("rule")}));
    std::vector<Node> asked;
    Entries refused;
    auto const ask = [&](std::string_view key, Asks asks) {
      if (asks == Asks::required) asked.push_back(word(key));
      if (asks == Asks::refuses) refused.emplace_back(std::string(key), truth_node(false));
    };
    ask("baseline", rule.baseline);
    ask("threshold", rule.threshold);
    if (rule.threshold == Asks::refuses) ask("entry", Asks::refuses);
    Entries then;
    if (!asked.empty()) then.emplace_back("required", list_node(std::move(asked)));
    if (!refused.empty()) then.emplace_back("properties", map_node(std::move(refused)));
    return map_node({{"if", map_node(std::move(condition))}, {"then", map_node(std::move(then))}});
  }

  [[nodiscard]] Node described(std::string_view section_name, Field const& field) const {
    Node node = value(section_name, field);
    std::string text(field.meaning);
    if (!field.unit.empty()) text += fmt::format("{}in {}", text.empty() ? "" : "; ", field.unit);
    if (!text.empty()) node.entries.push_back({"description", {}, text_node(std::move(text))});
    if (!field.standard.empty()) node.entries.push_back({"default", {}, standard_of(field)});
    return node;
  }

  [[nodiscard]] Node value(std::string_view section_name, Field const& field) const {
    switch (field.kind) {
      case Kind::number:
        return number_of(field, "number");
      case Kind::integer:
        return number_of(field, "integer");
      case Kind::chance:
        return any_of(
            {number_of(field, "number"), map_node({{"type", word("string")}, {"pattern", word(per_cent_pattern)}})});
      case Kind::boolean:
        return typed("boolean");
      case Kind::choice:
        return one_of(field.choices);
      case Kind::number_or_attribute:
        return any_of({number_of(field, "number"), section("own_number", fields::own_number)});
      case Kind::numbers:
        return list_of(number_of(field, "number"));
      case Kind::texts:
      case Kind::attributes:
      case Kind::collaborations:
      case Kind::policies:
        return list_of(reference("text"));
      case Kind::text:
      case Kind::file:
      case Kind::attribute:
      case Kind::network:
      case Kind::policy:
        return reference("text");
      case Kind::pool:
        return reference("pool");
      case Kind::shape:
        return reference("shape");
      case Kind::selector:
        return reference("cities");
      case Kind::section:
        return section(field.name, field.inside);
      case Kind::map:
      case Kind::list:
        break;
    }
    return held(form_of(section_name, field.name));
  }

  [[nodiscard]] Node held(Form const& form) const {
    switch (form.holds) {
      case Holds::section:
        return section(form.name, form.inside);
      case Holds::sections:
        return named(
            form.name == "network" || form.name == "policy" ? reference(form.name) : section(form.name, form.inside),
            form.name);
      case Holds::items:
        return list_of(section(form.name, form.inside));
      case Holds::mechanisms:
        return named(reference("mechanism"), form.name);
      case Holds::numbers:
        return map_of(typed("number"));
      case Holds::settings:
        return settings();
      case Holds::number_tables:
        return map_of(map_of(typed("number")));
      case Holds::effects:
        return map_of(any_of({typed("number"), map_of(typed("number"))}));
      case Holds::labelled_numbers:
        return map_node({{"type", word("object")},
                         {"propertyNames", map_node({{"pattern", word("^[+-]?[0-9]+$")}})},
                         {"additionalProperties", typed("number")}});
      case Holds::coefficients:
        return coefficients();
      case Holds::number_or_section:
        return any_of({typed("number"), section(form.name, form.inside)});
      case Holds::number_or_word:
        return any_of({one_of(form.words), positive()});
      case Holds::words_or_section:
        return any_of({one_of(form.words), section(form.name, form.inside)});
      case Holds::words_or_sections:
        return list_of(any_of({one_of(form.words), section(form.name, form.inside)}), 1);
      case Holds::selector_or_section:
        return any_of({reference("cities"), section(form.name, form.inside)});
      case Holds::conditions:
        return map_of(any_of({reference("text"), list_of(reference("text"), 1), range()}));
      case Holds::selectors:
        return list_of(reference("cities"), 1);
      case Holds::text_or_section:
        return any_of({reference("text"), section(form.name, form.inside)});
      case Holds::words:
        return any_of({one_of(form.words), list_of(one_of(form.words.subspan(1)), 1)});
      case Holds::measures:
        return list_of(reference("measure"), 1);
      case Holds::measure:
        return reference("measure");
      case Holds::text_lists:
        return map_of(list_of(reference("text")));
      case Holds::number_lists:
        return map_of(any_of({typed("number"), list_of(typed("number"), 1)}));
      case Holds::origins:
        return map_of(
            map_node({{"type", word("string")}, {"pattern", word("^(fitted|literature|assumed)($|[ :(,;])")}}));
      case Holds::anything:
        break;
    }
    return map_node({});
  }

  /// A list, or how many of them.
  [[nodiscard]] static Node coefficients() {
    return any_of({list_of(typed("number"), 1), map_node({{"type", word("integer")},
                                                          {"minimum", number_node(std::int64_t{1})},
                                                          {"maximum", number_node(std::int64_t{10})}})});
  }

  /// Numbers or chances, by path.
  [[nodiscard]] Node settings() const {
    Node node = map_of(value("", {.name = "chance", .kind = Kind::chance}));
    Node const paths = word("^\"?(policies|networks|collaborations|resources|cities)\"?\\.");
    node.entries.push_back({"propertyNames", {}, map_node({{"pattern", paths}})});
    node.entries.push_back({"minProperties", {}, number_node(std::int64_t{1})});
    return node;
  }

  /// A map from names to these values.
  static Node named(Node value, std::string_view name) {
    Node node = map_of(std::move(value));
    if (name == "network" || name == "policy" || name == "mechanism" || name == "statistic" || name == "dyad_covariate")
      node.entries.push_back({"propertyNames", {}, map_node({{"pattern", word("^[A-Za-z0-9_-]+$")}})});
    if (name == "policy" || name == "statistic" || name == "dyad_covariate")
      node.entries.push_back({"minProperties", {}, number_node(std::int64_t{1})});
    return node;
  }

  [[nodiscard]] Node range() const {
    Node node = section("range", fields::range);
    node.entries.push_back({"minProperties", {}, number_node(std::int64_t{1})});
    return node;
  }

  std::span<Schema const* const> mechanisms_;
};

/// Any text; what YAML takes for a number or a truth value is one too where a text is asked for.
Node text_form() {
  return any_of({map_node({{"type", word("string")}, {"minLength", number_node(std::int64_t{1})}}), typed("number"),
                 typed("boolean")});
}

Node word_or(std::vector<std::string_view> const& bare, Node section) {
  return any_of({one_of(bare), std::move(section)});
}

/// Beside each definition that holds keys, the one for files with a base.
void add_changes(Node const& scenario, Node& definitions) {
  Entries changes;
  for (Node::Entry const& each : definitions.entries) {
    if (each.key == "scenario")
      changes.emplace_back(changed_name(each.key), changed_schema(scenario));
    else if (each.key != "text")
      changes.emplace_back(changed_name(each.key), changed_schema(each.value));
  }
  for (auto& [name, schema] : changes) definitions.entries.push_back({name, {}, std::move(schema)});
}

}  // namespace

Node format_schema(std::span<Schema const* const> mechanisms) {
  Writer const writer(mechanisms);
  Node definitions = map_node({
      {"text", text_form()},
      {"cities", any_of({map_node({{"const", word("all")}}), list_of(reference("text")),
                         writer.section("selector", fields::selector)})},
      {"pool", word_or({"all", "country"}, writer.section("pool", fields::pool))},
      {"shape", word_or({"linear", "log1p"}, writer.section("shape", fields::shape))},
      {"network", writer.section("network", fields::network)},
      {"mechanism", writer.mechanism()},
      {"policy", writer.policy()},
      {"measure", any_of({one_of(fields::bare_measures), measure_call(), writer.section("measure", fields::measure)})},
  });
  Node const scenario = writer.section("scenario", fields::scenario);
  definitions.entries.push_back({"scenario", {}, without_merging(scenario)});
  add_changes(scenario, definitions);
  return map_node({{"$schema", word("https://json-schema.org/draft/2020-12/schema")},
                   {"title", word("Scenario of hansa")},
                   {"description", word("Which cities, who observes whom, which policies, and what moves them")},
                   {"if", map_node({{"type", word("object")}, {"required", list_node({word("base")})}})},
                   {"then", reference(changed_name("scenario"))},
                   {"else", reference("scenario")},
                   {"$defs", std::move(definitions)}});
}

}  // namespace hansa
