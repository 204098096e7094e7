/// Access to the checked parameters of a mechanism by name.
#include "scenario/parameters.hpp"

#include <stdexcept>
#include <utility>

namespace hansa {

void Parameters::set(std::string name, Value value, Place where) {
  entries_.insert_or_assign(std::move(name), Entry{std::move(value), std::move(where)});
}

bool Parameters::has(std::string_view name) const noexcept {
  auto const found = entries_.find(name);
  return found != entries_.end() && !std::holds_alternative<std::monostate>(found->second.value);
}

Value const& Parameters::value(std::string_view name) const {
  auto const found = entries_.find(name);
  if (found == entries_.end()) throw std::out_of_range("no parameter '" + std::string(name) + "'");
  return found->second.value;
}

Place const& Parameters::place(std::string_view name) const {
  auto const found = entries_.find(name);
  if (found == entries_.end()) throw std::out_of_range("no parameter '" + std::string(name) + "'");
  return found->second.where;
}

double Parameters::number(std::string_view name) const {
  return std::get<double>(value(name));
}
std::int64_t Parameters::integer(std::string_view name) const {
  return std::get<std::int64_t>(value(name));
}
bool Parameters::flag(std::string_view name) const {
  return std::get<bool>(value(name));
}
std::string const& Parameters::text(std::string_view name) const {
  return std::get<std::string>(value(name));
}
Reference const& Parameters::reference(std::string_view name) const {
  return std::get<Reference>(value(name));
}
std::vector<Reference> const& Parameters::references(std::string_view name) const {
  return std::get<std::vector<Reference>>(value(name));
}
Pool const& Parameters::pool(std::string_view name) const {
  return std::get<Pool>(value(name));
}
Shape const& Parameters::shape(std::string_view name) const {
  return std::get<Shape>(value(name));
}

}  // namespace hansa
