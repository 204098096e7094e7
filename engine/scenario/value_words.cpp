/// Values of parameters in words.
#include "scenario/value_words.hpp"

#include <variant>

#include <fmt/format.h>

namespace hansa {

namespace {

std::string words_of(Pool const& pool) {
  switch (pool.of) {
    case Pool::Of::all:
      return "all";
    case Pool::Of::country:
      return "country";
    case Pool::Of::attribute:
      return "same " + pool.name.name;
    case Pool::Of::collaboration:
      return "collaboration " + pool.name.name;
    case Pool::Of::network:
      return "network " + pool.name.name;
  }
  return {};
}

std::string words_of(Shape const& shape) {
  switch (shape.form) {
    case Shape::Form::linear:
      return "linear";
    case Shape::Form::log1p:
      return "log1p";
    case Shape::Form::power:
      return fmt::format("power {}", shape.a);
    case Shape::Form::step:
      return fmt::format("step {}", shape.a);
    case Shape::Form::logistic:
      return fmt::format("logistic with midpoint {} and steepness {}", shape.a, shape.b);
  }
  return {};
}

struct Words {
  std::string operator()(std::monostate) const { return "none"; }
  std::string operator()(bool value) const { return value ? "true" : "false"; }
  std::string operator()(std::int64_t value) const { return fmt::format("{}", value); }
  std::string operator()(double value) const { return fmt::format("{}", value); }
  std::string operator()(std::string const& value) const { return value; }
  std::string operator()(Reference const& value) const { return value.name; }
  std::string operator()(std::vector<Reference> const& values) const { return list_of(values); }
  std::string operator()(std::vector<double> const& values) const { return list_of(values); }
  std::string operator()(NumberOrAttribute const& value) const {
    auto const* const name = std::get_if<Reference>(&value);
    return name != nullptr ? "attribute " + name->name : fmt::format("{}", std::get<double>(value));
  }
  std::string operator()(Pool const& value) const { return words_of(value); }
  std::string operator()(Shape const& value) const { return words_of(value); }

  template <class Item>
  std::string list_of(std::vector<Item> const& values) const {
    std::string text = "[";
    for (Item const& each : values) text += (text.size() > 1 ? ", " : "") + (*this)(each);
    return text + "]";
  }
};

}  // namespace

std::string value_words(Value const& value) {
  return std::visit(Words{}, value);
}

std::vector<std::string> names_of(std::vector<Reference> const& references) {
  std::vector<std::string> names;
  for (Reference const& each : references) names.push_back(each.name);
  return names;
}

}  // namespace hansa
