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

std::string draws_range(Interval const& of) {
  if (!of.draws || std::isnan(of.draws->low)) return "-";
  return fmt::format("{} to {}", signed_number(of.draws->low), signed_number(of.draws->high));
}

std::string draws_words(Interval const& of) {
  if (!of.draws) return {};
  BetweenDraws const& draws = *of.draws;
  if (std::isnan(draws.share)) return {};
  std::string const error = std::isnan(draws.share_error) ? "" : fmt::format(" ± {:.0f}", 100 * draws.share_error);
  std::string const share = fmt::format("({:.0f}{} % of the variance)", 100 * draws.share, error);
  if (!(draws.share > 0)) return "; by what is not known of the strengths by too little to tell from luck " + share;
  return fmt::format("; by what is not known of the strengths {} in nine of ten draws {}", draws_range(of), share);
}

std::string spread_words(Luck const& luck, Interval const& of) {
  if (std::isnan(luck.low)) return draws_words(of);
  std::string const runs = fmt::format("{} to {}", signed_number(luck.low), signed_number(luck.high));
  return (of.draws ? "; by luck " + runs + " in nine of ten runs" : "; in nine of ten runs " + runs) + draws_words(of);
}

Interval scaled(Interval const& of, double factor) {
  Interval made{factor * of.mean, factor * of.low, factor * of.high, of.draws};
  if (made.draws)
    for (double* const each : {&made.draws->low, &made.draws->median, &made.draws->high}) *each *= factor;
  return made;
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
