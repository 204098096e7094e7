/// Steps of 1, 2 and 5.
#include "tell/page_axis.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

namespace hansa {

namespace {

/// The least round step of which at most `most` cover the width.
double round_step(double width, std::size_t most) {
  double const least = width / static_cast<double>(std::max<std::size_t>(1, most));
  double power = 1;
  while (power > least) power /= 10;
  while (power * 10 <= least) power *= 10;
  for (double const each : {1.0, 2.0, 5.0})
    if (each * power >= least * (1 - 1e-9)) return each * power;
  return 10 * power;
}

}  // namespace

std::string Axis::label(double tick) const {
  int digits = 0;
  for (double unit = 1; unit > step * (1 + 1e-9) && digits < 12; unit /= 10) ++digits;
  std::string const text = fmt::format("{:.{}f}", tick, digits);
  return text.find_first_not_of("-0.") == std::string::npos ? "0" : text;
}

Axis axis_over(double low, double high, std::size_t most) {
  if (!(high > low)) high = low + 1;
  Axis made;
  double const size = std::max(std::fabs(low), std::fabs(high));
  made.step = round_step(std::max(high - low, size * 1e-9), most);
  double const first = std::floor(low / made.step + 1e-9), last = std::ceil(high / made.step - 1e-9);
  for (double k = first; k <= last; ++k) made.ticks.push_back(k * made.step);
  made.low = made.ticks.front();
  made.high = made.ticks.back();
  return made;
}

Axis axis_of_labels(double low, double high, std::size_t most) {
  Axis made;
  made.low = low;
  made.high = high > low ? high : low + 1;
  made.step = std::max(1.0, round_step(made.high - made.low, most));
  for (double k = std::ceil(low / made.step); k * made.step <= high; ++k) made.ticks.push_back(k * made.step);
  return made;
}

}  // namespace hansa
