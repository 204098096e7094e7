/// Attributes that change, brought to a step.
#include "inference/attribute_series.hpp"

namespace hansa {

AttributeSeries::AttributeSeries(Cities const& cities, std::string_view name, Clock const& clock) {
  if (TextColumn const* text = cities.text(name)) {
    labels_ = &text->labels;
    start_.assign(text->code.begin(), text->code.end());
    if (auto const later = cities.later_texts.find(name); later != cities.later_texts.end()) {
      for (auto const& each : later->second) {
        changes_.push_back({each.from - clock.start + 1, each.city, static_cast<double>(each.value)});
      }
    }
  } else {
    start_ = *cities.number(name);
    if (auto const later = cities.later_numbers.find(name); later != cities.later_numbers.end()) {
      for (auto const& each : later->second) changes_.push_back({each.from - clock.start + 1, each.city, each.value});
    }
  }
  now_ = start_;
}

std::vector<double> const& AttributeSeries::at(std::int32_t step) {
  if (step < step_) {
    if (next_ > 0) now_ = start_;
    next_ = 0;
  }
  for (; next_ < changes_.size() && changes_[next_].step <= step; ++next_) {
    now_[changes_[next_].city] = changes_[next_].value;
  }
  step_ = step;
  return now_;
}

}  // namespace hansa
