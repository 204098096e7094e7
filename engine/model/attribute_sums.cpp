/// Sums over the attributes of each city: effects on a policy, and strengths that differ between cities.
#include "model/attribute_sums.hpp"

#include <algorithm>
#include <map>
#include <tuple>

#include "base/names.hpp"

namespace hansa {
namespace {

/// What one attribute adds to the sum of each city: at the start, and from later labels on.
struct Part {
  std::vector<double> now;
  std::vector<Later<double>> later;  // by label, then city
};

Part part_of_number(Reference const& attribute, double slope, std::string_view what, Cities const& cities,
                    Complaints& complaints) {
  Part part;
  auto const* column = require_number(cities, attribute, what, complaints, Changes::allowed);
  if (column == nullptr) return part;
  for (double const x : *column) part.now.push_back(slope * x);
  auto const later = cities.later_numbers.find(attribute.name);
  if (later != cities.later_numbers.end()) part.later = later->second;
  for (Later<double>& each : part.later) each.value *= slope;
  return part;
}

/// The effect of each label of a column.
std::vector<double> effects_of_labels(TextColumn const& column, std::map<std::string, double> const& by_value,
                                      Reference const& attribute, Complaints& complaints) {
  std::vector<double> of_label(column.labels.size(), 0.0);
  std::vector<std::string_view> const known(column.labels.begin(), column.labels.end());
  for (auto const& [value, beta] : by_value) {
    auto const at = std::lower_bound(column.labels.begin(), column.labels.end(), value);
    if (at == column.labels.end() || *at != value) {
      complaints.add("unknown value '" + value + "' of attribute '" + attribute.name + "'", attribute.where,
                     expected_one_of(value, known));
    } else {
      of_label[static_cast<std::size_t>(at - column.labels.begin())] = beta;
    }
  }
  return of_label;
}

Part part_of_text(Reference const& attribute, std::map<std::string, double> const& by_value, Cities const& cities,
                  Complaints& complaints) {
  Part part;
  TextColumn const* column = require_text(cities, attribute, "an effect per value", complaints, Changes::allowed);
  if (column == nullptr) return part;
  std::vector<double> const of_label = effects_of_labels(*column, by_value, attribute, complaints);
  auto const effect = [&](std::int32_t code) { return code < 0 ? 0.0 : of_label[static_cast<std::size_t>(code)]; };
  for (std::int32_t const code : column->code) part.now.push_back(effect(code));
  auto const later = cities.later_texts.find(attribute.name);
  if (later == cities.later_texts.end()) return part;
  for (auto const& each : later->second) part.later.push_back({each.from, each.city, effect(each.value)});
  return part;
}

/// constant + the parts, added in their order; the same additions at the start and after every change.
AttributeSums sum_up(double constant, std::vector<Part> parts, Cities const& cities, Clock const& clock) {
  std::erase_if(parts, [](Part const& part) { return part.now.empty(); });  // complained of
  auto const sum_of = [&](Index city) {
    double sum = constant;
    for (Part const& part : parts) sum += part.now[city];
    return sum;
  };
  AttributeSums sums;
  for (Index i = 0; i < cities.size(); ++i) sums.start.push_back(sum_of(i));
  std::map<std::pair<std::int32_t, Index>, std::vector<std::pair<std::size_t, double>>> changes;
  for (std::size_t k = 0; k < parts.size(); ++k) {
    for (Later<double> const& each : parts[k].later) changes[{each.from, each.city}].emplace_back(k, each.value);
  }
  std::vector<double> last = changes.empty() ? std::vector<double>{} : sums.start;
  for (auto const& [when, values] : changes) {
    auto const [from, city] = when;
    for (auto const& [k, value] : values) parts[k].now[city] = value;
    double const sum = sum_of(city);
    if (sum != last[city]) sums.later.push_back({from - clock.start + 1, city, sum});
    last[city] = sum;
  }
  return sums;
}

}  // namespace

AttributeSums attribute_sums(std::span<AttributeEffect const> effects, World const& world, Clock const& clock,
                             Complaints& complaints) {
  if (effects.empty()) return {};
  std::vector<Part> parts;
  for (AttributeEffect const& each : effects) {
    if (auto const* slope = std::get_if<double>(&each.effect)) {
      parts.push_back(part_of_number(each.attribute, *slope, "an effect of one number", world.cities, complaints));
    } else {
      auto const& by_value = std::get<std::map<std::string, double>>(each.effect);
      parts.push_back(part_of_text(each.attribute, by_value, world.cities, complaints));
    }
  }
  return sum_up(0, std::move(parts), world.cities, clock);
}

AttributeSums number_sums(double constant, std::span<std::pair<Reference, double> const> slopes, std::string_view what,
                          World const& world, Clock const& clock, Complaints& complaints) {
  if (slopes.empty()) return {};
  std::vector<Part> parts;
  for (auto const& [attribute, slope] : slopes) {
    parts.push_back(part_of_number(attribute, slope, what, world.cities, complaints));
  }
  return sum_up(constant, std::move(parts), world.cities, clock);
}

AttributeSums city_strengths(MechanismSpec const& mechanism, World const& world, Clock const& clock,
                             Complaints& complaints) {
  return number_sums(mechanism.strength, mechanism.strength_by, "a strength", world, clock, complaints);
}

}  // namespace hansa
