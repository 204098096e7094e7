/// Reads a set of cities: all, a list of ids, or a map with one of where, top, random, members, neighbours, or, and,
/// not.
#include <algorithm>
#include <iterator>

#include <fmt/format.h>

#include "scenario/fields.hpp"
#include "scenario/reader.hpp"

namespace hansa {

namespace {

constexpr std::string_view forms[] = {"where", "top", "random", "members", "neighbours", "or", "and", "not"};

/// A value of `where` is compared as it is written.
bool is_value(Node const& node) {
  return node.form == Node::Form::scalar && !node.text.empty();
}

void read_range(Item const& line, Condition& condition, Reading& reading) {
  Parameters const range = read_section(line, fields::range, reading);
  if (range.has("min")) condition.lowest = range.number("min");
  if (range.has("max")) condition.highest = range.number("max");
  if (condition.lowest && condition.highest && *condition.lowest > *condition.highest)
    reading.complaints.add(fmt::format("the range of {} is empty", line.label), line.node->where,
                           "min was expected to be at most max");
  if (line.node->entries.empty())
    reading.complaints.add(fmt::format("the range of {} has no end", line.label), line.node->where,
                           "min or max was expected");
}

std::vector<Condition> read_conditions(Item const& item, Reading& reading) {
  std::vector<Condition> conditions;
  for (Item const& line : entries_of(item, "a map of attributes", reading)) {
    Condition& condition = conditions.emplace_back();
    condition.attribute = {line.key, line.where};
    if (line.node->form == Node::Form::map) {
      read_range(line, condition, reading);
    } else if (line.node->form == Node::Form::list) {
      if (line.node->items.empty())
        reading.complaints.add(fmt::format("{} is empty", line.label), line.node->where,
                               "at least one text or number was expected");
      for (Item const& value : items_of(line, "", reading))
        if (is_value(*value.node))
          condition.values.push_back({value.node->text, value.node->where});
        else
          refuse(value, "a text or a number", reading);
    } else if (is_value(*line.node)) {
      condition.values.push_back({line.node->text, line.node->where});
    } else {
      refuse(line, "a value, a list of values or {min: a, max: b}", reading);
    }
  }
  return conditions;
}

std::vector<Reference> read_ids(Item const& item, Reading& reading) {
  std::vector<Reference> ids;
  for (Item const& each : items_of(item, "a list of ids", reading)) {
    if (is_value(*each.node))
      ids.push_back({each.node->text, each.node->where});
    else
      refuse(each, "the id of a city", reading);
  }
  return ids;
}

void read_parts(Item const& item, Selector& into, Reading& reading) {
  std::vector<Item> const parts = items_of(item, "a list of selections of cities", reading);
  if (parts.empty() && item.node->form == Node::Form::list)
    reading.complaints.add(fmt::format("{} is empty", item.label), item.node->where,
                           "at least one selection of cities was expected");
  for (Item const& part : parts) into.parts.push_back(read_selector(part, reading));
}

/// Keys that go with some forms only.
void check_companions(Item const& item, std::string_view form, Reading& reading) {
  struct Companion {
    std::string_view key, first, second;
    bool required;
  };
  constexpr Companion companions[] = {
      {"by", "top", "top", true}, {"among", "top", "random", false}, {"network", "neighbours", "neighbours", true}};
  for (Companion const& each : companions) {
    bool const fits = form == each.first || form == each.second;
    auto const given = child(item, each.key);
    if (given && !fits)
      reading.complaints.add(fmt::format("'{}' cannot stand beside '{}'", each.key, form), given->where,
                             fmt::format("it goes with {}{}", each.first,
                                         each.first == each.second ? "" : fmt::format(" and {}", each.second)));
    if (!given && fits && each.required)
      reading.complaints.add(fmt::format("'{}' is missing beside '{}'", each.key, form), child(item, form)->where);
  }
}

void read_by(Item const& by, Selector& into, Reading& reading) {
  if (is_value(*by.node)) {
    into.by = {by.node->text, by.node->where};
    return;
  }
  if (by.node->form != Node::Form::map) {
    refuse(by, "the name of an attribute, or {centrality: C, network: N}", reading);
    return;
  }
  Parameters const read = read_section(by, fields::centrality, reading);
  if (!read.has("centrality") || !read.has("network")) return;
  auto const* const choice = std::ranges::find(fields::centrality_choices, read.text("centrality"));
  into.centrality = static_cast<Centrality>(choice - std::begin(fields::centrality_choices));
  into.by = read.reference("network");
}

void read_form(Item const& item, Item const& form, Parameters const& read, Selector& into, Reading& reading) {
  using Form = Selector::Form;
  if (form.key == "where") {
    into.form = Form::where;
    into.conditions = read_conditions(form, reading);
  } else if (form.key == "top" || form.key == "random") {
    into.form = form.key == "top" ? Form::top : Form::random;
    if (read.has(form.key)) into.count = static_cast<std::size_t>(read.integer(form.key));
    if (auto const among = child(item, "among")) into.parts.push_back(read_selector(*among, reading));
    if (auto const by = child(item, "by"); by && form.key == "top") read_by(*by, into, reading);
  } else if (form.key == "members") {
    into.form = Form::members;
    if (read.has("members")) into.names.push_back({read.text("members"), read.place("members")});
  } else if (form.key == "neighbours") {
    into.form = Form::neighbours;
    into.parts.push_back(read_selector(form, reading));
    if (read.has("network")) into.names.push_back(read.reference("network"));
  } else if (form.key == "not") {
    into.form = Form::none_of;
    into.parts.push_back(read_selector(form, reading));
  } else {
    into.form = form.key == "or" ? Form::any_of : Form::all_of;
    read_parts(form, into, reading);
  }
}

}  // namespace

Selector read_selector(Item const& item, Reading& reading) {
  Selector selector;
  Node const& node = *item.node;
  selector.where = value_place(item);
  if (node.form == Node::Form::list) {
    selector.form = Selector::Form::ids;
    selector.names = read_ids(item, reading);
  } else if (node.form == Node::Form::map) {
    Parameters const read = read_section(item, fields::selector, reading);
    if (auto const form = exactly_one(item, forms, reading)) {
      check_companions(item, form->key, reading);
      read_form(item, *form, read, selector, reading);
    }
  } else if (node.form != Node::Form::scalar || node.text != "all") {
    refuse(item,
           "a selection of cities (all, a list of ids, or a map with one of where, top, random, members, "
           "neighbours, or, and, not)",
           reading);
  }
  return selector;
}

}  // namespace hansa
