/// What the field tables leave to readers written by hand: what maps and lists hold, which keys exclude one another,
/// and which stand beside others only. For whoever walks the whole format.
#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "base/schema.hpp"

namespace hansa {

/// What a field of Kind::map or Kind::list holds.
enum class Holds {
  section,              ///< the keys of `inside`, where it is given at all
  sections,             ///< names of the user's choosing, each with the keys of `inside`
  items,                ///< a list, each item with the keys of `inside`
  mechanisms,           ///< the same, and each with one kind of the catalogue
  numbers,              ///< a number per name
  settings,             ///< a number, or a chance, per path
  number_tables,        ///< names, each with a number per name
  effects,              ///< per name a number, or a number per value
  labelled_numbers,     ///< a number per time label
  coefficients,         ///< a list of numbers, or how many
  number_or_section,    ///< a number, or the keys of `inside`
  words_or_section,     ///< one of `words`, or the keys of `inside`
  selector_or_section,  ///< a set of cities, or the keys of `inside`
  conditions,           ///< per attribute a value, a list of values or a range
  selectors,            ///< a list of sets of cities
  text_or_section,      ///< one text, or the keys of `inside`
  measures,             ///< a list of measures: words, calls or the keys of `measure`
  measure,              ///< one of them
  words_or_sections,    ///< a list, each item one of `words`, or the keys of `inside`
  words,                ///< one of `words`, or a list of them without the first, which means none of them
  text_lists,           ///< a list of texts per name
  number_lists,         ///< a number, or a list of numbers, per name
  origins,              ///< per path fitted, literature or assumed
  anything
};

struct Form {
  std::string_view section, key;
  Holds holds;
  std::string_view name = {};  ///< under which the reader knows the section inside; names of networks, policies and
                               ///< mechanisms are checked, others are free
  std::span<Field const> inside = {};
  std::span<std::string_view const> words = {};
};

/// The form of a map or list; Holds::anything for one that no table names.
[[nodiscard]] Form form_of(std::string_view section, std::string_view key) noexcept;

/// Whether a section under names of the user's choosing is written out where it is held, and not as a definition.
[[nodiscard]] constexpr bool has_own_schema(std::string_view section) noexcept {
  return section == "derived" || section == "collaboration" || section == "distribution";
}

/// The keys of a section of which exactly one is given; empty if it has none such.
[[nodiscard]] std::vector<std::string_view> alternatives_in(std::string_view section, std::span<Field const> fields);

/// A key that goes only with one of two others (often the same).
struct Companion {
  std::string_view section, key, beside, or_beside;
  Need need;  ///< required: wherever the other is given
};
[[nodiscard]] std::span<Companion const> companions() noexcept;

/// A key that cannot stand beside some others of its section.
struct Stranger {
  std::string_view section, key;
  std::span<std::string_view const> others;
};
[[nodiscard]] std::span<Stranger const> strangers() noexcept;

}  // namespace hansa
