/// Words for the kinds, defaults and ranges of parameters, and the two layouts.
#include "tell/parameters.hpp"

#include <string_view>
#include <vector>

#include <fmt/format.h>

#include "scenario/field_ranges.hpp"
#include "tell/settings.hpp"
#include "tell/text_table.hpp"

namespace hansa {

namespace {

std::string choices_of(Field const& field) {
  std::string text;
  for (std::string_view const choice : field.choices) {
    if (!text.empty()) text += " or ";
    text += choice;
  }
  return text;
}

/// What a key takes, as a user would write it.
std::string takes(Field const& field) {
  switch (field.kind) {
    case Kind::number:
      return "a number";
    case Kind::chance:
      return "a number, or one with a per cent sign";
    case Kind::integer:
      return "a whole number";
    case Kind::boolean:
      return "true or false";
    case Kind::text:
      return "text";
    case Kind::choice:
      return choices_of(field);
    case Kind::attribute:
      return "an attribute";
    case Kind::number_or_attribute:
      return "a number or {attribute: NAME}";
    case Kind::numbers:
      return "a list of numbers";
    case Kind::texts:
      return "a list of texts";
    case Kind::attributes:
      return "a list of attributes";
    case Kind::network:
      return "a network";
    case Kind::collaborations:
      return "a list of collaborations";
    case Kind::policy:
      return "a policy";
    case Kind::policies:
      return "a list of policies";
    case Kind::file:
      return "a file";
    case Kind::pool:
      return "all, country, {same: ATTRIBUTE}, {collaboration: NAME} or {network: NAME}";
    case Kind::shape:
      return "linear, log1p, {power: a}, {step: s} or {logistic: {midpoint, steepness}}";
    case Kind::selector:
      return "a set of cities";
    case Kind::section:
      return "keys";
    case Kind::map:
      return "a map";
    case Kind::list:
      return "a list";
  }
  return {};
}

std::string range_of(Field const& field) {
  bool const below = field.lowest > -infinity;
  bool const above = field.highest < infinity;
  bool const positive = field.lowest == fields::above_zero;
  bool const less = field.highest == fields::below_one;
  if (positive && less) return "above 0, below 1";
  if (positive) return above ? fmt::format("above 0, at most {:g}", field.highest) : "above 0";
  if (less) return below ? fmt::format("from {:g}, below 1", field.lowest) : "below 1";
  if (below && above) return fmt::format("{:g} to {:g}", field.lowest, field.highest);
  if (below) return fmt::format("{:g} or more", field.lowest);
  if (above) return fmt::format("at most {:g}", field.highest);
  return {};
}

std::string default_words(Field const& field) {
  if (field.need == Need::required) return "required";
  std::string_view const words = default_of(field);
  return words.empty() ? "none" : std::string(words);
}

/// A field with the names of the sections around it, `production.step`.
struct ParameterRow {
  std::string name;
  Field const* field;
};

void gather(std::span<Field const> fields, std::string const& before, std::vector<ParameterRow>& rows) {
  for (Field const& field : fields) {
    std::string const name = before + std::string(field.name);
    rows.push_back({name, &field});
    if (field.kind == Kind::section) gather(field.inside, name + ".", rows);
  }
}

/// "a number, 0 to 1, default 0.5, in years"
std::string described(Field const& field) {
  std::string text = takes(field);
  if (std::string const range = range_of(field); !range.empty()) text += ", " + range;
  text += field.need == Need::required ? "; required" : "; default " + default_words(field);
  if (!field.unit.empty()) text += fmt::format("; in {}", field.unit);
  return text;
}

std::string with_bars_escaped(std::string_view text) {
  std::string out;
  for (char const c : text) {
    if (c == '|') out += '\\';
    out += c;
  }
  return out;
}

std::vector<ParameterRow> rows_of(std::span<Field const> fields) {
  std::vector<ParameterRow> rows;
  gather(fields, "", rows);
  return rows;
}

}  // namespace

std::string parameter_lines(std::span<Field const> fields) {
  std::string text;
  for (ParameterRow const& row : rows_of(fields)) {
    text += fmt::format("    {}: {}\n", row.name, wrap(described(*row.field), terminal_width, 8));
    if (std::string const meaning = meaning_of(*row.field); !meaning.empty())
      text += fmt::format("        {}\n", wrap(meaning, terminal_width, 8));
  }
  return text;
}

std::string parameter_table(std::span<Field const> fields) {
  std::string text =
      "| parameter | takes | default | range | unit | meaning |\n| --- | --- | --- | --- | --- | --- |\n";
  for (ParameterRow const& row : rows_of(fields)) {
    Field const& field = *row.field;
    text += fmt::format("| `{}` | {} | {} | {} | {} | {} |\n", row.name, with_bars_escaped(takes(field)),
                        with_bars_escaped(default_words(field)), range_of(field), field.unit,
                        with_bars_escaped(meaning_of(field)));
  }
  return text;
}

}  // namespace hansa
