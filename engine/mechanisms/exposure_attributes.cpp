/// Attributes over time, by city.
#include "mechanisms/exposure_attributes.hpp"

#include <algorithm>
#include <limits>

namespace hansa {

template <class Of>
void AttributeCourse::add_later(std::vector<Later<Of>> const& later, Clock const& clock) {
  for (Later<Of> const& each : later) {
    double value = static_cast<double>(each.value);
    if constexpr (std::is_same_v<Of, std::int32_t>) {
      if (each.value < 0) value = std::numeric_limits<double>::quiet_NaN();
    }
    if (each.from <= clock.end) changes_.push_back({each.city, each.from - clock.start + 1, value});
  }
  std::sort(changes_.begin(), changes_.end(), [](Change const& a, Change const& b) { return a.key() < b.key(); });
}

std::optional<AttributeCourse> AttributeCourse::of_number(Reference const& name, std::string_view what,
                                                          TermContext const& context, Changes changes,
                                                          Complaints& complaints) {
  Cities const& cities = context.world.cities;
  auto const* column = require_number(cities, name, what, complaints, changes);
  if (column == nullptr) return std::nullopt;
  AttributeCourse course;
  course.start_ = *column;
  auto const later = cities.later_numbers.find(name.name);
  if (later != cities.later_numbers.end()) course.add_later(later->second, context.clock);
  return course;
}

std::optional<AttributeCourse> AttributeCourse::of_any(Reference const& name, std::string_view what,
                                                       TermContext const& context, Changes changes,
                                                       Complaints& complaints) {
  Cities const& cities = context.world.cities;
  if (cities.text(name.name) == nullptr) return of_number(name, what, context, changes, complaints);
  TextColumn const* text = require_text(cities, name, what, complaints, changes);
  if (text == nullptr) return std::nullopt;
  AttributeCourse course;
  for (std::int32_t const code : text->code) {
    course.start_.push_back(code < 0 ? std::numeric_limits<double>::quiet_NaN() : code);
  }
  auto const later = cities.later_texts.find(name.name);
  if (later != cities.later_texts.end()) course.add_later(later->second, context.clock);
  return course;
}

double AttributeCourse::at(Index city, std::int32_t step) const noexcept {
  auto const next = std::upper_bound(changes_.begin(), changes_.end(), std::tuple(city, step),
                                     [](auto const& key, Change const& change) { return key < change.key(); });
  return next == changes_.begin() || std::prev(next)->city != city ? start_[city] : std::prev(next)->value;
}

void AttributeCourse::add_turns(Index city, std::int32_t from, std::int32_t until,
                                std::vector<std::int32_t>& turns) const {
  auto change = std::upper_bound(changes_.begin(), changes_.end(), std::tuple(city, from),
                                 [](auto const& key, Change const& each) { return key < each.key(); });
  for (; change != changes_.end() && change->city == city && change->step <= until; ++change) {
    turns.push_back(change->step);
  }
}

}  // namespace hansa
