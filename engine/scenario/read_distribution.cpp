/// Reads the laws from which the values of swept parameters are drawn.
#include <algorithm>
#include <cmath>
#include <iterator>
#include <string_view>

#include <fmt/format.h>

#include "scenario/fields.hpp"
#include "scenario/read_sweep.hpp"

namespace hansa {

namespace {

using Law = Distribution::Law;

constexpr std::string_view law_words[] = {"uniform",    "log_uniform", "normal",  "truncated_normal",
                                          "triangular", "beta",        "integer", "values"};

std::string_view meaning_of(std::string_view law) {
  auto const* const field = std::find_if(std::begin(fields::distribution), std::end(fields::distribution),
                                         [&](Field const& each) { return each.name == law; });
  return field->meaning;
}

std::size_t count_of(Law law) {
  if (law == Law::truncated_normal || law == Law::beta) return 4;
  return law == Law::triangular ? 3 : 2;
}

/// What is wrong with the numbers of a law, and what was expected; empty: nothing. The first two differ by law.
std::pair<std::string, std::string> fault_of(Law law, std::vector<double> const& n) {
  auto const range = [&](double a, double b) {
    if (a < b && !std::isfinite(b - a))
      return std::pair(fmt::format("goes from {} to {}, which is too wide", a, b),
                       std::string("a narrower range was expected"));
    return a < b ? std::pair<std::string, std::string>()
                 : std::pair(fmt::format("goes from {} to {}, which is empty", a, b),
                             std::string("the first end was expected below the last"));
  };
  bool const normal = law == Law::normal || law == Law::truncated_normal;
  if (normal && !(n[1] > 0))
    return {fmt::format("has the standard deviation {}", n[1]), "a number above 0 was expected"};
  if (law == Law::beta && !(n[0] > 0 && n[1] > 0))
    return {fmt::format("has the shapes {} and {}", n[0], n[1]), "numbers above 0 were expected"};
  if (law == Law::integer &&
      (n[0] != std::floor(n[0]) || n[1] != std::floor(n[1]) || std::max(std::fabs(n[0]), std::fabs(n[1])) > 0x1p52))
    return {fmt::format("goes from {} to {}", n[0], n[1]), "whole numbers were expected"};
  if (law == Law::truncated_normal && (n[2] > n[0] + 35 * n[1] || n[3] < n[0] - 35 * n[1]))
    return {fmt::format("has its range {} to {} more than 35 standard deviations from its mean", n[2], n[3]),
            "a range nearer to the mean was expected"};
  if (law == Law::triangular && !(n[0] <= n[1] && n[1] <= n[2]) && n[0] < n[2])
    return {fmt::format("has its mode {} outside of {} to {}", n[1], n[0], n[2]),
            "the mode was expected between the ends"};
  if (law == Law::normal) return {};
  return count_of(law) == 4 ? range(n[2], n[3]) : range(n.front(), n.back());
}

void read_values(Item const& values, Distribution& into, Reading& reading) {
  for (Item const& each : items_of(values, "a list of numbers or words", reading)) {
    if (each.node->form != Node::Form::scalar || each.node->text.empty()) {
      refuse(each, "a number or a word", reading);
      continue;
    }
    into.values.push_back(*each.node);  // what is given twice was complained of with the section
  }
  if (values.node->form == Node::Form::list && values.node->items.empty())
    reading.complaints.add(fmt::format("{} is empty", values.label), value_place(values),
                           "at least one value was expected");
}

/// A logarithm of what is not above 0 has a complaint that says so.
bool is_through_zero(Item const& law, Reading& reading) {
  if (law.key != "log_uniform" || law.node->form != Node::Form::list) return false;
  for (Item const& each : items_of(law, "", reading)) {
    bool const low =
        each.node->form == Node::Form::scalar && !each.node->quoted &&
        (each.node->text.starts_with('-') || each.node->text.find_first_of("123456789") == std::string::npos);
    if (!low || each.node->text.find_first_not_of("+-.0123456789eE") != std::string::npos) continue;
    reading.complaints.add(fmt::format("the logarithmic range begins at {}", each.node->text), each.node->where,
                           "ends above 0 were expected, or {uniform: [a, b]}");
    return true;
  }
  return false;
}

}  // namespace

std::optional<Distribution> read_distribution(Item const& item, Reading& reading) {
  if (item.node->form != Node::Form::map) {
    refuse(item, "a distribution, as in {uniform: [0, 1]} or {values: [1, 2]},", reading);
    return std::nullopt;
  }
  for (Item const& each : entries_of(item, "", reading))
    if (is_through_zero(each, reading)) return std::nullopt;
  std::size_t const before = reading.complaints.size();
  Parameters const read = read_section(item, fields::distribution, reading);
  auto const law = exactly_one(item, law_words, reading);
  if (!law || reading.complaints.size() > before) return std::nullopt;
  Distribution made;
  made.where = value_place(*law);
  made.law = static_cast<Law>(std::find(std::begin(law_words), std::end(law_words), law->key) - std::begin(law_words));
  if (made.law == Law::values) {
    read_values(*law, made, reading);
    return reading.complaints.size() > before ? std::nullopt : std::optional(made);
  }
  made.numbers = std::get<std::vector<double>>(read.value(law->key));
  if (made.numbers.size() != count_of(made.law)) {
    reading.complaints.add(fmt::format("{} has {} numbers", law->label, made.numbers.size()), made.where,
                           fmt::format("{} were expected: {}", count_of(made.law), meaning_of(law->key)));
    return std::nullopt;
  }
  if (auto const [problem, mend] = fault_of(made.law, made.numbers); !problem.empty()) {
    reading.complaints.add(fmt::format("{} {}", law->label, problem), made.where, mend);
    return std::nullopt;
  }
  return made;
}

}  // namespace hansa
