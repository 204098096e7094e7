/// The checked values of a mechanism's parameters, by the names in its schema.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/error.hpp"

namespace hansa {

/// A name that the user wrote, with its place: resolved later, when the thing named is known.
struct Reference {
  std::string name;
  Place where;
};

/// A set of cities in which adopters are counted, mean field.
struct Pool {
  enum class Of { all, country, attribute, collaboration, network };
  Of of = Of::all;
  Reference name;  ///< of the attribute, collaboration or network
};

/// A function of a share: f(0) = 0.
struct Shape {
  enum class Form { linear, log1p, power, step, logistic };
  Form form = Form::linear;
  double a = 0;  ///< power: exponent; step: threshold; logistic: midpoint
  double b = 0;  ///< logistic: steepness
  Place where;
};

/// A number, or an attribute that gives each city its own.
using NumberOrAttribute = std::variant<double, Reference>;

using Value = std::variant<std::monostate, bool, std::int64_t, double, std::string, Reference, std::vector<Reference>,
                           std::vector<double>, NumberOrAttribute, Pool, Shape>;

/// Values by name; fields of a section inside are named `section.field`. Absent optional parameters without a default
/// hold std::monostate. Accessors throw std::bad_variant_access / std::out_of_range on a programmer's mistake.
class Parameters {
 public:
  void set(std::string name, Value value, Place where);
  [[nodiscard]] bool has(std::string_view name) const noexcept;  ///< named and not monostate
  [[nodiscard]] double number(std::string_view name) const;
  [[nodiscard]] std::int64_t integer(std::string_view name) const;
  [[nodiscard]] bool flag(std::string_view name) const;
  [[nodiscard]] std::string const& text(std::string_view name) const;  ///< text and choice
  [[nodiscard]] Reference const& reference(std::string_view name) const;
  [[nodiscard]] std::vector<Reference> const& references(std::string_view name) const;
  [[nodiscard]] Pool const& pool(std::string_view name) const;
  [[nodiscard]] Shape const& shape(std::string_view name) const;
  [[nodiscard]] Value const& value(std::string_view name) const;
  /// Where the value was written; the place of the mechanism for defaults.
  [[nodiscard]] Place const& place(std::string_view name) const;

 private:
  struct Entry {
    Value value;
    Place where;
  };
  std::map<std::string, Entry, std::less<>> entries_;
};

}  // namespace hansa
