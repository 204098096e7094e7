/// Lays out the field tables of interventions and of sets of cities.
#include "tell/interventions.hpp"

#include <algorithm>
#include <iterator>
#include <string_view>
#include <vector>

#include <fmt/format.h>

#include "scenario/fields.hpp"
#include "tell/parameters.hpp"
#include "tell/text_table.hpp"

namespace hansa {

namespace {

/// What is done holds keys; what is said of it is a value.
bool is_verb(Field const& field) {
  return field.kind == Kind::section || field.kind == Kind::map;
}

std::vector<Field> verbs() {
  std::vector<Field> found;
  std::copy_if(std::begin(fields::intervention), std::end(fields::intervention), std::back_inserter(found), is_verb);
  return found;
}

/// Keys that stand beside any verb.
std::vector<Field> common() {
  std::vector<Field> found;
  std::copy_if(std::begin(fields::intervention), std::end(fields::intervention), std::back_inserter(found),
               [](Field const& field) { return !is_verb(field); });
  return found;
}

/// With a capital letter.
std::string sentence(std::string_view words) {
  std::string text(words);
  if (!text.empty() && text[0] >= 'a' && text[0] <= 'z') text[0] = static_cast<char>(text[0] - 'a' + 'A');
  return text;
}

}  // namespace

std::string interventions_text() {
  std::string text = "every intervention\n" + parameter_lines(common());
  for (Field const& verb : verbs())
    text +=
        fmt::format("\n{}\n  {}\n{}", verb.name, wrap(verb.meaning, terminal_width, 2), parameter_lines(verb.inside));
  return text + "\nsets of cities\n" + parameter_lines(fields::selector);
}

std::string interventions_markdown() {
  std::string text = "### Every intervention\n\n" + parameter_table(common());
  for (Field const& verb : verbs())
    text += fmt::format("\n### `{}`\n\n{}.\n\n{}", verb.name, sentence(verb.meaning), parameter_table(verb.inside));
  return text + "\n### Sets of cities, key by key\n\n" + parameter_table(fields::selector);
}

}  // namespace hansa
