/// Words of a table of choices as values of an enumeration.
#pragma once

#include <algorithm>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <fmt/format.h>

#include "base/names.hpp"
#include "scenario/reader.hpp"

namespace hansa {

/// The words of a table of choices are in the order of the enumeration.
template <class Enum>
Enum chosen(std::string_view word, std::span<std::string_view const> choices) {
  return static_cast<Enum>(std::find(choices.begin(), choices.end(), word) - choices.begin());
}

/// One word, or a list of different ones; `none`, the first of `choices`, stands alone and means none of them.
template <class Enum>
std::vector<Enum> read_words(Item const& item, std::span<std::string_view const> choices, Reading& reading) {
  std::span<std::string_view const> const real = choices.subspan(1);
  std::vector<Enum> words;
  std::vector<Item> each{item};
  bool const listed = item.node->form == Node::Form::list;
  if (listed) each = items_of(item, "", reading);
  if (listed && each.empty())
    reading.complaints.add(fmt::format("{} is empty", item.label), item.node->where, "'none' was expected");
  std::vector<Place const*> places;
  for (Item const& one : each) {
    std::string const& text = one.node->text;
    bool const is_word = one.node->form == Node::Form::scalar;
    if (!listed && is_word && text == choices.front()) return {};
    if (!is_word || std::find(real.begin(), real.end(), text) == real.end()) {
      reading.complaints.add(refusal(one), value_place(one), expected_one_of(text, listed ? real : choices));
      continue;
    }
    Enum const word = chosen<Enum>(text, real);
    auto const before = std::find(words.begin(), words.end(), word);
    if (before != words.end()) {
      complain_twice(text, one.node->where, *places[static_cast<std::size_t>(before - words.begin())], reading);
      continue;
    }
    words.push_back(word);
    places.push_back(&one.node->where);
  }
  return words;
}

}  // namespace hansa
