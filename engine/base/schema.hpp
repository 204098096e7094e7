/// Tables that describe what a section of the scenario may hold: parser, validation, the reference and the JSON schema
/// read the same rows.
#pragma once

#include <limits>
#include <span>
#include <string_view>

namespace hansa {

/// What kind of value a key takes.
enum class Kind {
  number,               ///< finite decimal
  chance,               ///< finite decimal, or one with a per cent sign
  integer,              ///< whole number
  boolean,              ///< true | false
  text,                 ///< free text
  choice,               ///< one of `choices`
  attribute,            ///< the bare name of an attribute of the cities
  number_or_attribute,  ///< a number, or {attribute: NAME}
  numbers,              ///< list of numbers
  texts,                ///< list of texts
  attributes,           ///< list of attribute names
  network,              ///< the name of a network
  collaborations,       ///< list of names of collaborations
  policy,               ///< the name of a policy
  policies,             ///< list of names of policies
  file,                 ///< a path, read relative to the file that names it
  pool,                 ///< all | country | {same: ATTRIBUTE} | {collaboration: NAME} | {network: NAME}
  shape,                ///< linear | log1p | {power: a} | {step: s} | {logistic: {midpoint, steepness}}
  selector,             ///< a set of cities
  section,              ///< a map with the keys of `inside`
  map,                  ///< a map with keys of the user's choosing; its reader is written by hand
  list,                 ///< a list whose items a reader written by hand takes apart
};

enum class Need { optional, required };

inline constexpr double infinity = std::numeric_limits<double>::infinity();

/// One key of a section. `standard` is the default as the user would write it; empty: none.
struct Field {
  std::string_view name;
  Kind kind = Kind::number;
  Need need = Need::optional;
  std::string_view standard = {};
  double lowest = -infinity;  ///< inclusive, for numbers and each of `numbers`
  double highest = infinity;  ///< inclusive
  std::string_view unit = {};
  std::string_view meaning = {};
  std::span<std::string_view const> choices = {};
  std::span<Field const> inside = {};  ///< of Kind::section
};

/// What a mechanism says of itself.
struct Schema {
  std::string_view name;     ///< the key in the scenario: `exposure`
  std::string_view opening;  ///< one sentence: what it is
  std::string_view formula;  ///< plain text
  std::string_view source;   ///< author, year
  std::span<Field const> parameters;
  bool observable = true;  ///< a function of the adoption history and given data
  bool remembers = false;  ///< what its parameters made of the past stays, also when they change
  std::span<std::string_view const> by_date = {};  ///< of those that remember: parameters that can change all the same
};

}  // namespace hansa
