/// The reader's common part: maps and their keys, and the complaints about them.
#include "scenario/reader.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "base/names.hpp"
#include "scenario/fields.hpp"

namespace hansa {

namespace {

/// At most 40 characters in one line, for complaints.
std::string shorten(std::string text) {
  std::replace(text.begin(), text.end(), '\n', ' ');
  std::size_t end = 40;
  if (text.size() <= end) return text;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) --end;
  return text.substr(0, end) + "…";
}

std::string describe(Node const& node) {
  switch (node.form) {
    case Node::Form::null:
      return "empty";
    case Node::Form::list:
      return "a list";
    case Node::Form::map:
      return "a map";
    case Node::Form::scalar:
      break;
  }
  return fmt::format("{}'{}'", node.quoted ? "the text " : "", shorten(node.text));
}

std::string range_of(Field const& field) {
  bool const above = field.lowest == fields::above_zero;
  bool const below = field.highest == fields::below_one;
  if (above && below) return " above 0 and below 1";
  if (above && field.highest < infinity) return fmt::format(" above 0 and at most {}", field.highest);
  if (above) return " above 0";
  if (field.highest >= 0x1p63 && field.highest < infinity) return " from 0 to 18446744073709551615";
  if (field.lowest > -infinity && field.highest < infinity)
    return fmt::format(" from {:.17g} to {:.17g}", field.lowest, field.highest);
  if (field.lowest > -infinity) return fmt::format(" of at least {:.17g}", field.lowest);
  if (field.highest < infinity) return fmt::format(" of at most {:.17g}", field.highest);
  return "";
}

/// The key without a value in whose column, below it, the item stands: what it should hold was not indented.
std::string emptied_by(Item const& item, Item const& map, std::span<Field const> fields) {
  std::string above;
  for (Node::Entry const& entry : map.node->entries) {
    if (entry.where == item.where) return above;
    auto const field =
        std::find_if(fields.begin(), fields.end(), [&](Field const& each) { return each.name == entry.key; });
    if (field == fields.end()) continue;
    bool const holds_more = field->kind == Kind::map || field->kind == Kind::section || field->kind == Kind::selector;
    bool const is_above = entry.where.file == item.where.file && entry.where.line < item.where.line &&
                          entry.where.column == item.where.column;
    above = holds_more && is_above && entry.value.form == Node::Form::null ? entry.key : "";
  }
  return above;
}

/// Complains of a key that the section does not have.
void refuse_key(Item const& item, Item const& map, std::span<Field const> fields, Reading& reading) {
  if (reading.complaints.is_full(item.where)) return reading.complaints.add("unknown key", item.where);
  std::vector<std::string_view> names;
  for (Field const& field : fields) names.push_back(field.name);
  std::string mend = mend_for_slip(item);
  if (mend.empty()) mend = expected_one_of(item.key, names);
  if (std::string const above = emptied_by(item, map, fields); !above.empty() && nearest_name(item.key, names).empty())
    mend += fmt::format("; indent what belongs to '{}' further", above);
  reading.complaints.add(fmt::format("unknown key '{}'", shorten(item.key)), item.where, std::move(mend));
}

/// True if one of the latest complaints is of a key of this map.
bool was_complained_of(Item const& item, Reading const& reading) {
  constexpr std::ptrdiff_t latest = 100;
  auto const& errors = reading.complaints.errors();
  auto const first = errors.end() - std::min(latest, std::ssize(errors));
  return std::any_of(first, errors.end(), [&](Complaint const& complaint) {
    return std::any_of(item.node->entries.begin(), item.node->entries.end(),
                       [&](Node::Entry const& entry) { return entry.where == complaint.where; });
  });
}

/// The default as a node, as if the user had written it.
Node standard_node(std::string_view standard, Place const& where) {
  Node node;
  node.where = where;
  if (!standard.starts_with('[')) {
    node.form = Node::Form::scalar;
    node.text = standard;
    return node;
  }
  node.form = Node::Form::list;
  std::string_view rest = standard.substr(1, standard.size() - 2);
  while (!rest.empty()) {
    std::size_t const end = std::min(rest.find(','), rest.size());
    std::string_view piece = rest.substr(0, end);
    piece.remove_prefix(std::min(piece.find_first_not_of(' '), piece.size()));
    node.items.push_back(standard_node(piece, where));
    rest.remove_prefix(std::min(end + 1, rest.size()));
  }
  return node;
}

void set_standard(Field const& field, std::string const& prefix, Place const& where, Parameters& into,
                  Reading& reading) {
  std::string const name = prefix + std::string(field.name);
  if (field.kind == Kind::section) {
    for (Field const& inner : field.inside) set_standard(inner, name + ".", where, into, reading);
    return;
  }
  if (field.standard.empty()) return into.set(name, {}, where);
  Node const node = standard_node(field.standard, where);
  into.set(name, read_value(field, {std::string(field.name), fmt::format("'{}'", name), where, &node}, reading), where);
}

auto field_of(std::string_view key, std::span<Field const> fields) {
  return std::find_if(fields.begin(), fields.end(), [&](Field const& field) { return field.name == key; });
}

/// True if the map has a key that is no field, and may be meant for this one.
bool was_misspelt(Node const& map, std::string_view name, std::span<Field const> fields) {
  return std::any_of(map.entries.begin(), map.entries.end(), [&](Node::Entry const& each) {
    return field_of(each.key, fields) == fields.end() && !nearest_name(each.key, std::span(&name, 1)).empty();
  });
}

void read_fields(Item const& item, std::span<Field const> fields, std::string const& prefix, Parameters& into,
                 Reading& reading) {
  std::vector<Item> const entries = entries_of(item, "a map", reading);
  bool const is_map = item.node->form == Node::Form::map;
  for (Item const& entry : entries)
    if (field_of(entry.key, fields) == fields.end()) refuse_key(entry, item, fields, reading);
  for (Field const& field : fields) {
    auto const found = std::find_if(entries.begin(), entries.end(), [&](Item const& e) { return e.key == field.name; });
    std::string const name = prefix + std::string(field.name);
    if (found == entries.end()) {
      if (is_map && field.need == Need::required && !was_misspelt(*item.node, field.name, fields))
        reading.complaints.add(fmt::format("'{}' is missing in {}", field.name, item.label), item.where,
                               fmt::format("{} was expected", expected_of(field)));
      set_standard(field, prefix, item.where, into, reading);
    } else if (field.kind == Kind::section) {
      read_fields(*found, field.inside, name + ".", into, reading);
    } else {
      Value value = read_value(field, *found, reading);
      if (std::holds_alternative<std::monostate>(value))
        set_standard(field, prefix, found->where, into, reading);
      else
        into.set(name, std::move(value), found->node->where);
    }
  }
}

}  // namespace

Item item_of(Node::Entry const& entry) {
  return {entry.key, fmt::format("'{}'", shorten(entry.key)), entry.where, &entry.value};
}

std::optional<Item> child(Item const& parent, std::string_view key) {
  for (Node::Entry const& entry : parent.node->entries)
    if (entry.key == key) return item_of(entry);
  return std::nullopt;
}

std::vector<Item> items_of(Item const& item, std::string_view expected, Reading& reading) {
  std::vector<Item> items;
  if (item.node->form != Node::Form::list) {
    refuse(item, expected, reading);
    return items;
  }
  for (Node const& each : item.node->items)
    items.push_back({"", fmt::format("item {} of {}", items.size() + 1, item.label), each.where, &each});
  return items;
}

std::vector<Item> entries_of(Item const& item, std::string_view expected, Reading& reading) {
  std::vector<Item> entries;
  if (item.node->form != Node::Form::map) {
    refuse(item, expected, reading);
    return entries;
  }
  std::map<std::string_view, Place const*> seen;
  for (Node::Entry const& entry : item.node->entries) {
    auto const [first, is_new] = seen.emplace(entry.key, &entry.where);
    if (is_new) {
      entries.push_back(item_of(entry));
    } else if (std::string mend = mend_for_slip(item_of(entry)); !mend.empty()) {
      reading.complaints.add(fmt::format("unknown key '{}'", shorten(entry.key)), entry.where, std::move(mend));
    } else {
      complain_twice(entry.key, entry.where, *first->second, reading);
    }
  }
  return entries;
}

void complain_twice(std::string const& what, Place const& where, Place const& before, Reading& reading) {
  reading.complaints.add(fmt::format("'{}' is given twice", shorten(what)), where,
                         fmt::format("it stands already at {}:{}:{}", before.file, before.line, before.column));
}

std::string mend_for_slip(Item const& item) {
  if (item.node->form != Node::Form::null) return {};
  bool const digits = !item.key.empty() && item.key.find_first_not_of("0123456789") == std::string::npos;
  if (digits) return "a decimal point, and no separator of thousands, was expected";
  std::size_t const colon = item.key.find(':');
  if (colon == std::string::npos || colon == 0) return {};
  return fmt::format("a blank was expected after '{}:'", shorten(item.key.substr(0, colon)));
}

Place const& value_place(Item const& item) noexcept {
  return item.node->where.file.empty() ? item.where : item.node->where;
}

std::string refusal(Item const& item) {
  return fmt::format("{} is {}", item.label, describe(*item.node));
}

void refuse(Item const& item, std::string_view expected, Reading& reading) {
  Place const& own = item.node->where;
  Place const& where = own.line > 0 || own.file != item.where.file ? own : item.where;
  reading.complaints.add(refusal(item), where, fmt::format("{} was expected", expected));
}

std::string expected_of(Field const& field) {
  switch (field.kind) {
    case Kind::number:
      return range_text(field, "a number");
    case Kind::chance:
      return range_text(field, "a number") + ", as in 0.0015 or 0.15 %,";
    case Kind::integer:
      return range_text(field, "a whole number");
    case Kind::boolean:
      return "true or false";
    case Kind::text:
      return "a text";
    case Kind::choice:
      return fmt::format("one of {}", fmt::join(field.choices, ", "));
    case Kind::attribute:
      return "the name of an attribute";
    case Kind::number_or_attribute:
      return range_text(field, "a number") + " or {attribute: NAME}";
    case Kind::numbers:
      return "a list of numbers";
    case Kind::texts:
      return "a list of texts";
    case Kind::attributes:
      return "a list of names of attributes";
    case Kind::network:
      return "the name of a network";
    case Kind::collaborations:
      return "a list of names of collaborations";
    case Kind::policy:
      return "the name of a policy";
    case Kind::policies:
      return "a list of names of policies";
    case Kind::file:
      return "the path of a file";
    case Kind::pool:
      return "all, country, {same: ATTRIBUTE}, {collaboration: NAME} or {network: NAME}";
    case Kind::shape:
      return "linear, log1p, {power: a}, {step: s} or {logistic: {midpoint: m, steepness: k}}";
    case Kind::selector:
      return "a selection of cities";
    case Kind::section:
    case Kind::map:
      return "a map";
    case Kind::list:
      return "a list";
  }
  return "a value";
}

std::string range_text(Field const& field, std::string_view noun) {
  if (field.lowest == field.highest) return fmt::format("{:.17g}", field.lowest);
  return std::string(noun) + range_of(field);
}

Parameters read_section(Item const& item, std::span<Field const> fields, Reading& reading) {
  Parameters parameters;
  read_fields(item, fields, "", parameters, reading);
  return parameters;
}

Parameters standards_of(std::span<Field const> fields, Place const& where, Reading& reading) {
  Parameters parameters;
  for (Field const& field : fields) set_standard(field, "", where, parameters, reading);
  return parameters;
}

std::optional<Item> exactly_one(Item const& item, std::span<std::string_view const> names, Reading& reading) {
  std::vector<Item> found;
  if (item.node->form != Node::Form::map) return std::nullopt;
  for (Node::Entry const& entry : item.node->entries) {
    bool const listed = std::find(names.begin(), names.end(), entry.key) != names.end();
    bool const repeated = std::any_of(found.begin(), found.end(), [&](Item const& f) { return f.key == entry.key; });
    if (listed && !repeated) found.push_back(item_of(entry));
  }
  if (found.empty() && !was_complained_of(item, reading))
    reading.complaints.add(fmt::format("{} has none of {}", item.label, fmt::join(names, ", ")), item.where,
                           "exactly one of them was expected");
  for (std::size_t i = 1; i < found.size(); ++i)
    reading.complaints.add(fmt::format("'{}' cannot stand beside '{}'", found[i].key, found[0].key), found[i].where,
                           "only one of them was expected");
  return found.size() == 1 ? std::optional(found[0]) : std::nullopt;
}

Reference read_defined(Item const& item, std::string_view noun, Names const& defined, Reading& reading) {
  std::string const& name = item.node->text;
  std::vector<std::string_view> const& known = defined.known;
  if (defined.complete && !std::binary_search(known.begin(), known.end(), name)) {
    bool const told = !reading.complaints.is_full(item.node->where);
    std::string mend = known.empty() ? "none is defined" : told ? expected_one_of(name, known) : std::string();
    reading.complaints.add(fmt::format("unknown {} '{}'", noun, shorten(name)), item.node->where, std::move(mend));
  }
  return {name, item.node->where};
}

bool defines_names(Node const& map, std::string_view key, std::span<Field const> fields) {
  if (Node const* const found = map.find(key)) return found->form == Node::Form::map;
  auto const field = field_of(key, fields);
  return field != fields.end() && field->need != Need::required && !was_misspelt(map, key, fields);
}

bool check_name(Item const& item, Reading& reading) {
  if (is_name(item.key)) return true;
  reading.complaints.add(fmt::format("'{}' is not a name", shorten(item.key)), item.where,
                         "letters, digits, '_' and '-' were expected");
  return false;
}

bool check_ascending(std::span<double const> numbers, Item const& item, Reading& reading) {
  for (std::size_t i = 1; i < numbers.size(); ++i) {
    if (numbers[i - 1] < numbers[i]) continue;
    reading.complaints.add(fmt::format("{} does not ascend", item.label), item.node->items[i].where,
                           fmt::format("a number above {} was expected", numbers[i - 1]));
    return false;
  }
  return true;
}

FileRef file_ref(std::string const& given, Place const& where, Reading const& reading) {
  auto const base = std::find_if(reading.bases.begin(), reading.bases.end(),
                                 [&](ScenarioFile const& each) { return each.path == where.file; });
  if (base == reading.bases.end()) return {given, (reading.folder / given).lexically_normal(), where};
  std::filesystem::path const path = (base->path.parent_path() / given).lexically_normal();
  std::filesystem::path const relative = path.lexically_relative(reading.folder.lexically_normal());
  bool const moves = std::filesystem::path(given).is_relative() && !relative.empty();
  return {moves ? relative.string() : path.string(), path, where};
}

std::optional<std::int32_t> optional_label(Parameters const& parameters, std::string_view name) {
  if (!parameters.has(name)) return std::nullopt;
  return static_cast<std::int32_t>(parameters.integer(name));
}

std::optional<Reference> optional_reference(Parameters const& parameters, std::string_view name) {
  if (!parameters.has(name)) return std::nullopt;
  return parameters.reference(name);
}

}  // namespace hansa
