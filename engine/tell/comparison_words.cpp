/// Rounds, and writes out.
#include "tell/comparison_words.hpp"

#include <cmath>

#include <fmt/format.h>

namespace hansa {

std::string short_number(double value) {
  if (std::isnan(value)) return "-";
  double const size = std::fabs(value);
  std::string text = fmt::format("{:.{}f}", value, size >= 100 ? 0 : size >= 1 || size == 0 ? 1 : 2);
  if (text.find('.') != std::string::npos) {
    while (text.back() == '0') text.pop_back();
    if (text.back() == '.') text.pop_back();
  }
  return text == "-0" ? "0" : text;
}

std::string signed_number(double value) {
  std::string const text = short_number(value);
  return value > 0 && text != "0" ? "+" + text : text;
}

std::string bounds_words(Interval const& each) {
  return std::isnan(each.low) ? "-" : fmt::format("{} to {}", signed_number(each.low), signed_number(each.high));
}

std::string sureness_words(Interval const& each) {
  return std::isnan(each.low) ? std::string() : fmt::format(" (95 % interval of the mean {})", bounds_words(each));
}

std::string amount_words(double value) {
  double const rounded = std::stod(fmt::format("{:.2e}", value));
  return std::fabs(rounded) < 100 ? short_number(rounded) : fmt::format("{:.0f}", rounded);
}

std::string counted_words(double count, std::string_view one, std::string_view many) {
  std::string const text = short_number(count);
  return fmt::format("{} {}", text, text == "1" ? one : many);
}

}  // namespace hansa
