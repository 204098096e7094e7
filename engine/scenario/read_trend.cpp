/// Reads the trend of a policy in its forms.
#include <algorithm>
#include <cstdint>

#include <fmt/format.h>

#include "base/names.hpp"
#include "scenario/fields.hpp"
#include "scenario/reader.hpp"
#include "scenario/tables.hpp"

namespace hansa {

namespace {

constexpr Field degree = {.name = "degree", .kind = Kind::integer, .lowest = 1, .highest = 10};
constexpr Field coefficient = {.name = "coefficient"};

/// A list of coefficients, or the degree alone: then they are 0 in simulation.
void read_polynomial(Item const& item, Trend& trend, Reading& reading) {
  trend.form = Trend::Form::polynomial;
  if (item.node->form == Node::Form::scalar) {
    Value const read = read_value(degree, item, reading);
    if (auto const* number = std::get_if<std::int64_t>(&read))
      trend.coefficients.assign(static_cast<std::size_t>(*number), 0.0);
    return;
  }
  for (Item const& each : items_of(item, "a list of numbers, or a degree from 1 to 10,", reading))
    trend.coefficients.push_back(read_number(each, coefficient, reading).value_or(0));
  if (trend.coefficients.empty() && item.node->form == Node::Form::list)
    refuse({item.key, item.label, item.where, item.node}, "at least one number", reading);
}

void read_periods(Item const& item, Trend& trend, Clock const& clock, Reading& reading) {
  trend.form = Trend::Form::periods;
  for (Item const& each : entries_of(item, "a map from time labels to numbers", reading)) {
    auto const label = parse_integer(each.key);
    auto const effect = read_number(each, coefficient, reading);
    if (!label || *label < INT32_MIN || *label > INT32_MAX) {
      reading.complaints.add(fmt::format("'{}' is not a time label", each.key), each.where,
                             "a whole number was expected");
    } else {
      bool const is_new = trend.periods.emplace(static_cast<std::int32_t>(*label), effect.value_or(0)).second;
      if (!is_new) reading.complaints.add(fmt::format("the time {} is given twice", *label), each.where);
      if (*label < clock.start || *label > clock.end)
        reading.complaints.warn(fmt::format("the period {} is never reached", *label), each.where,
                                fmt::format("time runs from {} to {}", clock.start, clock.end));
    }
  }
}

void read_spline(Item const& item, Parameters const& read, Trend& trend, Reading& reading) {
  if (!read.has("spline.knots")) return;
  auto const& numbers = std::get<std::vector<double>>(read.value("spline.knots"));
  Item const knots = *child(item, "knots");
  if (numbers.size() < 3)
    reading.complaints.add(fmt::format("a spline has {} knots", numbers.size()), knots.node->where,
                           "at least 3 were expected");
  if (numbers.size() < 3 || !check_ascending(numbers, knots, reading)) return;
  trend.form = Trend::Form::spline;  // only of knots that can be used: later stages run in spite of complaints
  trend.knots = numbers;
  trend.coefficients.assign(trend.knots.size() - 1, 0.0);
  if (!read.has("spline.coefficients")) return;
  auto const& coefficients = std::get<std::vector<double>>(read.value("spline.coefficients"));
  if (coefficients.size() == trend.knots.size() - 1)
    trend.coefficients = coefficients;
  else
    reading.complaints.add(
        fmt::format("a spline with {} knots has {} coefficients", trend.knots.size(), coefficients.size()),
        child(item, "coefficients")->node->where, fmt::format("{} were expected", trend.knots.size() - 1));
}

/// A form named alone leaves its coefficients to estimation; they are 0 in simulation.
Trend bare_trend(Item const& item, Reading& reading) {
  Trend trend;
  std::string const& word = item.node->text;
  bool const known =
      std::find(std::begin(fields::bare_trends), std::end(fields::bare_trends), word) != std::end(fields::bare_trends);
  if (!known) reading.complaints.add(refusal(item), item.node->where, expected_one_of(word, fields::bare_trends));
  if (word == "linear") trend = {Trend::Form::polynomial, {0.0}, {}, {}};
  if (word == "log_time") trend = {Trend::Form::log_time, {0.0}, {}, {}};
  if (word == "periods") trend.form = Trend::Form::periods;
  return trend;
}

}  // namespace

Trend read_trend(Item const& item, Clock const& clock, Reading& reading) {
  constexpr std::string_view forms[] = {"linear", "polynomial", "log_time", "periods", "spline"};
  if (item.node->form == Node::Form::scalar) return bare_trend(item, reading);
  Trend trend;
  if (item.node->form != Node::Form::map) {
    refuse(item, "none, or a map with one of linear, polynomial, log_time, periods, spline,", reading);
    return trend;
  }
  Parameters const read = read_section(item, fields::trend, reading);
  auto const form = exactly_one(item, forms, reading);
  if (!form) return trend;
  if (form->key == "polynomial") read_polynomial(*form, trend, reading);
  if (form->key == "periods") read_periods(*form, trend, clock, reading);
  if (form->key == "spline") read_spline(*form, read, trend, reading);
  if ((form->key == "linear" || form->key == "log_time") && read.has(form->key)) {
    trend.form = form->key == "linear" ? Trend::Form::polynomial : Trend::Form::log_time;
    trend.coefficients = {read.number(form->key)};
  }
  return trend;
}

}  // namespace hansa
