/// Reads one value of the draft after the kind that its field names.
#include <algorithm>
#include <charconv>
#include <map>

#include <fmt/format.h>

#include "base/names.hpp"
#include "scenario/fields.hpp"
#include "scenario/reader.hpp"
#include "scenario/tables.hpp"

namespace hansa {

namespace {

bool is_plain(Node const& node) {
  return node.form == Node::Form::scalar && !node.quoted;
}
bool is_text(Node const& node) {
  return node.form == Node::Form::scalar && !node.text.empty();
}

std::optional<std::int64_t> read_integer(Item const& item, Field const& field, Reading& reading) {
  std::string_view const text = item.node->text;
  std::optional<std::int64_t> value;
  if (is_plain(*item.node)) {
    if (field.highest >= 0x1p63 && field.lowest >= 0) {  // kept in the bits of an int64
      std::uint64_t bits = 0;
      auto const [end, problem] = std::from_chars(text.data(), text.data() + text.size(), bits);
      if (problem == std::errc() && end == text.data() + text.size()) return static_cast<std::int64_t>(bits);
    } else {
      value = parse_integer(text);
    }
  }
  if (value && static_cast<double>(*value) >= field.lowest && static_cast<double>(*value) <= field.highest)
    return value;
  refuse(item, expected_of(field), reading);
  return std::nullopt;
}

/// "0.15 %" is 0.15e-2, rounded once; a quoted text has to have the sign.
std::optional<double> parse_chance(Node const& node) {
  std::string_view text = node.text;
  if (node.form != Node::Form::scalar || !text.ends_with('%'))
    return is_plain(node) ? parse_number(text) : std::nullopt;
  text.remove_suffix(1);
  while (text.ends_with(' ')) text.remove_suffix(1);
  if (text.find_first_of("eE") == std::string_view::npos) return parse_number(std::string(text) + "e-2");
  std::optional<double> const percent = parse_number(text);
  return percent ? std::optional(*percent / 100) : std::nullopt;
}

std::optional<double> read_chance(Item const& item, Field const& field, Reading& reading) {
  std::optional<double> const chance = parse_chance(*item.node);
  if (chance && *chance >= field.lowest && *chance <= field.highest) return chance;
  refuse(item, expected_of(field), reading);
  return std::nullopt;
}

Value read_boolean(Item const& item, Reading& reading) {
  if (is_plain(*item.node) && item.node->text == "true") return true;
  if (is_plain(*item.node) && item.node->text == "false") return false;
  refuse(item, "true or false", reading);
  return {};
}

Value read_choice(Field const& field, Item const& item, Reading& reading) {
  std::string const& text = item.node->text;
  bool const is_choice = std::find(field.choices.begin(), field.choices.end(), text) != field.choices.end();
  if (item.node->form == Node::Form::scalar && is_choice) return text;
  reading.complaints.add(refusal(item), value_place(item), expected_one_of(text, field.choices));
  return {};
}

Value read_reference(Field const& field, Item const& item, Reading& reading) {
  if (is_text(*item.node)) return Reference{item.node->text, item.node->where};
  refuse(item, expected_of(field), reading);
  return {};
}

Value read_number_or_attribute(Field const& field, Item const& item, Reading& reading) {
  if (item.node->form == Node::Form::map) {
    Parameters const own = read_section(item, fields::own_number, reading);
    if (!own.has("attribute")) return {};
    return NumberOrAttribute(own.reference("attribute"));
  }
  if (item.node->form == Node::Form::scalar) {
    std::optional<double> const number = is_plain(*item.node) ? parse_number(item.node->text) : std::nullopt;
    if (number && *number >= field.lowest && *number <= field.highest) return NumberOrAttribute(*number);
  }
  refuse(item, expected_of(field), reading);
  return {};
}

Value read_numbers(Field const& field, Item const& item, Reading& reading) {
  std::size_t const before = reading.complaints.size();
  std::vector<double> numbers;
  for (Item const& each : items_of(item, expected_of(field), reading))
    if (auto const number = read_number(each, field, reading)) numbers.push_back(*number);
  if (reading.complaints.size() > before) return {};
  return numbers;
}

Value read_references(Field const& field, Item const& item, std::string_view one, Reading& reading) {
  std::size_t const before = reading.complaints.size();
  std::vector<Reference> references;
  std::map<std::string_view, Place const*> seen;
  for (Item const& each : items_of(item, expected_of(field), reading)) {
    if (!is_text(*each.node)) {
      refuse(each, one, reading);
      continue;
    }
    auto const [first, is_new] = seen.emplace(each.node->text, &each.node->where);
    if (!is_new) complain_twice(each.node->text, each.node->where, *first->second, reading);
    references.push_back({each.node->text, each.node->where});
  }
  if (reading.complaints.size() > before) return {};
  return references;
}

Value read_known(Item const& item, std::string_view noun, Names const& defined, Reading& reading) {
  if (is_text(*item.node)) {
    std::size_t const before = reading.complaints.size();
    Reference reference = read_defined(item, noun, defined, reading);
    if (reading.complaints.size() > before) return {};
    return reference;
  }
  refuse(item, fmt::format("the name of a {}", noun), reading);
  return {};
}

/// Names that the scenario defines.
Value read_all_known(Field const& field, Item const& item, std::string_view noun, Names const& defined,
                     Reading& reading) {
  std::size_t const before = reading.complaints.size();
  Value made = read_references(field, item, fmt::format("the name of a {}", noun), reading);
  if (reading.complaints.size() == before)
    for (Item const& each : items_of(item, expected_of(field), reading)) (void)read_known(each, noun, defined, reading);
  return reading.complaints.size() > before ? Value{} : made;
}

Value read_text(Field const& field, Item const& item, Reading& reading) {
  if (is_text(*item.node)) return item.node->text;
  refuse(item, expected_of(field), reading);
  return {};
}

template <class T>
Value value_or_nothing(std::optional<T> read) {
  if (!read) return {};
  return *std::move(read);
}

}  // namespace

std::optional<double> read_number(Item const& item, Field const& field, Reading& reading) {
  std::optional<double> const number = is_plain(*item.node) ? parse_number(item.node->text) : std::nullopt;
  if (number && *number >= field.lowest && *number <= field.highest) return number;
  refuse(item, range_text(field, "a number"), reading);
  return std::nullopt;
}

Value read_value(Field const& field, Item const& item, Reading& reading) {
  switch (field.kind) {
    case Kind::number:
      return value_or_nothing(read_number(item, field, reading));
    case Kind::chance:
      return value_or_nothing(read_chance(item, field, reading));
    case Kind::integer:
      return value_or_nothing(read_integer(item, field, reading));
    case Kind::boolean:
      return read_boolean(item, reading);
    case Kind::text:
      return read_text(field, item, reading);
    case Kind::file:
      return read_text(field, item, reading);
    case Kind::choice:
      return read_choice(field, item, reading);
    case Kind::attribute:
      return read_reference(field, item, reading);
    case Kind::number_or_attribute:
      return read_number_or_attribute(field, item, reading);
    case Kind::numbers:
      return read_numbers(field, item, reading);
    case Kind::texts:
      return read_references(field, item, "a text", reading);
    case Kind::attributes:
      return read_references(field, item, "the name of an attribute", reading);
    case Kind::collaborations:
      return read_references(field, item, "the name of a collaboration", reading);
    case Kind::network:
      return read_known(item, "network", reading.networks, reading);
    case Kind::policy:
      return read_known(item, "policy", reading.policies, reading);
    case Kind::policies:
      return read_all_known(field, item, "policy", reading.policies, reading);
    case Kind::pool:
      return value_or_nothing(read_pool(item, reading));
    case Kind::shape:
      return value_or_nothing(read_shape(item, reading));
    case Kind::selector:
    case Kind::section:
    case Kind::map:
    case Kind::list:
      break;
  }
  return {};
}

std::optional<Pool> read_pool(Item const& item, Reading& reading) {
  constexpr std::string_view forms[] = {"same", "collaboration", "network"};
  Node const& node = *item.node;
  if (node.form == Node::Form::scalar && node.text == "all") return Pool{};
  if (node.form == Node::Form::scalar && node.text == "country")
    return Pool{Pool::Of::country, {"country", node.where}};
  if (node.form != Node::Form::map) {
    refuse(item, expected_of({.name = "", .kind = Kind::pool}), reading);
    return std::nullopt;
  }
  Parameters const read = read_section(item, fields::pool, reading);
  auto const one = exactly_one(item, forms, reading);
  if (!one || !read.has(one->key)) return std::nullopt;
  if (one->key == "same") return Pool{Pool::Of::attribute, read.reference("same")};
  if (one->key == "network") return Pool{Pool::Of::network, read.reference("network")};
  return Pool{Pool::Of::collaboration, {read.text("collaboration"), read.place("collaboration")}};
}

std::optional<Shape> read_shape(Item const& item, Reading& reading) {
  constexpr std::string_view forms[] = {"power", "step", "logistic"};
  Node const& node = *item.node;
  if (node.form == Node::Form::scalar && node.text == "linear") return Shape{Shape::Form::linear, 0, 0, node.where};
  if (node.form == Node::Form::scalar && node.text == "log1p") return Shape{Shape::Form::log1p, 0, 0, node.where};
  if (node.form != Node::Form::map) {
    refuse(item, expected_of({.name = "", .kind = Kind::shape}), reading);
    return std::nullopt;
  }
  Parameters const read = read_section(item, fields::shape, reading);
  auto const one = exactly_one(item, forms, reading);
  if (!one) return std::nullopt;
  if (one->key == "logistic") {
    if (!read.has("logistic.midpoint") || !read.has("logistic.steepness")) return std::nullopt;
    return Shape{Shape::Form::logistic, read.number("logistic.midpoint"), read.number("logistic.steepness"),
                 node.where};
  }
  if (!read.has(one->key)) return std::nullopt;
  Shape::Form const form = one->key == "power" ? Shape::Form::power : Shape::Form::step;
  return Shape{form, read.number(one->key), 0, node.where};
}

}  // namespace hansa
