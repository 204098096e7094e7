/// Cuts at mean and standard deviation.
#include "statistics/adopter_classes.hpp"

#include <cmath>

namespace hansa {

std::vector<std::int8_t> adopter_classes(std::span<double const> values, std::span<std::uint8_t const> known) {
  double first = 0, sum = 0, count = 0;
  for (std::size_t i = 0; i < values.size(); ++i) {
    if (known[i] == 0 || std::isnan(values[i])) continue;
    if (count == 0) first = values[i];
    sum += values[i] - first;
    count += 1;
  }
  double const mean = count > 0 ? first + sum / count : 0;
  double squares = 0;
  for (std::size_t i = 0; i < values.size(); ++i)
    if (known[i] != 0 && !std::isnan(values[i])) squares += (values[i] - mean) * (values[i] - mean);
  double const sd = count > 1 ? std::sqrt(squares / (count - 1)) : 0;
  double const slack = 1e-12 * (std::fabs(mean) + sd);
  auto const lies_below = [&](double value, double cut) { return value < cut - slack; };
  std::vector<std::int8_t> classes(values.size(), no_class);
  for (std::size_t i = 0; i < values.size(); ++i) {
    if (known[i] == 0) continue;
    classes[i] = 0;
    if (std::isnan(values[i])) continue;
    classes[i] = 4;
    if (lies_below(values[i], mean + sd) || count == 1) classes[i] = 3;
    if (lies_below(values[i], mean)) classes[i] = 2;
    if (lies_below(values[i], mean - sd)) classes[i] = 1;
  }
  return classes;
}

}  // namespace hansa
