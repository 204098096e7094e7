/// Envelopes and permutation tests for readers.
#include "tell/goodness_report.hpp"

#include <cmath>
#include <iterator>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "base/counted.hpp"
#include "tell/fit_words.hpp"
#include "tell/text_table.hpp"
#include "tell/tree.hpp"

namespace hansa {

namespace {

constexpr std::size_t most_places_told = 6;

std::string_view statistic_words(std::string const& statistic) {
  if (statistic == "curve") return "share of adopters, step by step";
  if (statistic == "curve_by_group") return "the same, by group";
  if (statistic == "exposure_at_adoption") return "exposure at adoption (mean, sd; by network)";
  if (statistic == "moran") return "Moran's I (adopted, time; by network)";
  return "seniority of observed adopters (mean, sd; by network)";
}

/// Where the observed one is outside of the simultaneous envelope.
std::vector<std::string> places_outside(GoodnessPart const& part) {
  std::vector<std::string> places;
  for (std::size_t k = 0; k < part.names.size(); ++k) {
    bool const below = part.observed[k]<part.envelope.lower[k], above = part.observed[k]> part.envelope.upper[k];
    if (below || above)
      places.push_back(fmt::format("{} ({} for {} to {})", part.names[k], four_digits(part.observed[k]),
                                   four_digits(part.envelope.lower[k]), four_digits(part.envelope.upper[k])));
  }
  return places;
}

std::size_t outside_pointwise(GoodnessPart const& part) {
  std::size_t count = 0;
  for (std::size_t k = 0; k < part.names.size(); ++k)
    count += part.observed[k] < part.envelope.low[k] || part.observed[k] > part.envelope.high[k] ? 1 : 0;
  return count;
}

std::string_view draw_word(NullTest const& test) {
  return test.kind == NullTest::Kind::permutations ? "permutations" : "rewirings";
}

double mean_of(std::vector<double> const& values) {
  double sum = 0;
  for (double const each : values) sum += each;
  return sum / static_cast<double>(values.size());
}

}  // namespace

std::string goodness_text(Goodness const& found) {
  std::string text = fmt::format("goodness of fit: {} simulated from the estimates, against the observed one\n",
                                 counted(found.histories, "history", "histories"));
  if (found.parts.empty()) {
    text = "goodness of fit\n";
    for (std::string const& each : found.notes) add_line(text, each);
    return text;
  }
  std::vector<std::vector<std::string>> rows{{"  policy", "statistic", "numbers", "outside pointwise 95 %", "p"}};
  for (GoodnessPart const& each : found.parts)
    rows.push_back({"  " + each.policy, std::string(statistic_words(each.statistic)),
                    fmt::format("{}", each.names.size()), fmt::format("{}", outside_pointwise(each)),
                    p_words(each.envelope.p)});
  text += lay_out(rows, {Align::left, Align::left, Align::right, Align::right, Align::right});
  add_line(text,
           "p: of the whole statistic at once, by a global envelope of extreme rank lengths (Myllymäki et al. "
           "2017)");
  for (GoodnessPart const& each : found.parts) {
    if (!(each.envelope.p <= goodness_alpha)) continue;
    std::vector<std::string> places = places_outside(each);
    std::size_t const all = places.size();
    if (all > most_places_told) places.resize(most_places_told);
    add_line(text,
             fmt::format("{}, {} leaves its envelope at {}{}", each.policy, each.statistic, fmt::join(places, ", "),
                         all > most_places_told ? fmt::format(" and {} more", all - most_places_told) : ""));
  }
  for (std::string const& each : found.notes) add_line(text, each);
  if (found.failed > 0)
    add_line(text, fmt::format("{} failed, and are in no envelope: {}",
                               counted(found.failed, "simulation", "simulations"), found.failure));
  return text;
}

Node goodness_tree(Goodness const& found) {
  std::vector<std::pair<std::string, Node>> policies;
  for (GoodnessPart const& each : found.parts) {
    std::vector<Node> values;
    GlobalEnvelope const& around = each.envelope;
    for (std::size_t k = 0; k < each.names.size(); ++k)
      values.push_back(map_node({{"name", text_node(each.names[k])},
                                 {"observed", number_node(each.observed[k])},
                                 {"mean", number_node(around.mean[k])},
                                 {"low", number_node(around.low[k])},
                                 {"high", number_node(around.high[k])},
                                 {"lower", number_node(around.lower[k])},
                                 {"upper", number_node(around.upper[k])}}));
    Node node = map_node({{"p", number_node(around.p)}, {"values", list_node(std::move(values))}});
    if (policies.empty() || policies.back().first != each.policy) policies.emplace_back(each.policy, map_node({}));
    policies.back().second.entries.push_back({each.statistic, {}, std::move(node)});
  }
  return map_node({{"histories", number_node(found.histories)},
                   {"failed", number_node(found.failed)},
                   {"alpha", number_node(goodness_alpha)},
                   {"notes", texts_node(found.notes)},
                   {"policies", map_node(std::move(policies))}});
}

std::string null_tests_text(std::vector<NullTest> const& tests) {
  std::string text = "networks against networks that cannot have mattered\n";
  if (tests.empty()) add_line(text, "no mechanism is on a network");
  std::vector<std::vector<std::string>> rows{
      {"  network", "drawn by", "networks", "statistic", "mean of drawn", "their 95 %", "p"}};
  std::string notes;
  for (NullTest const& each : tests) {
    if (!each.untested.empty()) {
      add_line(notes, fmt::format("{}, {}: not tested, since {}", each.network, draw_word(each), each.untested));
      continue;
    }
    rows.push_back({"  " + each.network, std::string(draw_word(each)),
                    fmt::format("{}", each.null.size() + each.failed), two_decimals(each.statistic),
                    two_decimals(mean_of(each.null)), two_decimals(each.null_quantile(0.95)), p_words(each.p())});
    for (std::size_t k = 0; k < each.terms.size(); ++k)
      add_line(notes, fmt::format("{}, {}: {} is {}, in drawn networks {} on average (sd {})", each.network,
                                  draw_word(each), each.terms[k], four_digits(each.estimates[k]),
                                  four_digits(each.null_means[k]), four_digits(each.null_deviations[k])));
    if (each.failed > 0)
      add_line(notes, fmt::format("{}, {}: {} drawn networks have no estimates, and count as reaching the statistic",
                                  each.network, draw_word(each), each.failed));
  }
  constexpr Align right = Align::right;
  if (rows.size() > 1) text += lay_out(rows, {Align::left, Align::left, right, right, right, right, right});
  return text + notes;
}

Node null_tests_tree(std::vector<NullTest> const& tests) {
  std::vector<Node> items;
  for (NullTest const& each : tests) {
    if (!each.untested.empty()) {
      items.push_back(map_node({{"network", text_node(each.network)},
                                {"drawn_by", text_node(std::string(draw_word(each)))},
                                {"untested", text_node(each.untested)}}));
      continue;
    }
    std::vector<std::pair<std::string, Node>> terms;
    for (std::size_t k = 0; k < each.terms.size(); ++k)
      terms.emplace_back(each.terms[k], map_node({{"estimate", number_node(each.estimates[k])},
                                                  {"null_mean", number_node(each.null_means[k])},
                                                  {"null_sd", number_node(each.null_deviations[k])}}));
    items.push_back(map_node({{"network", text_node(each.network)},
                              {"drawn_by", text_node(std::string(draw_word(each)))},
                              {"networks", count_node(each.null.size() + each.failed)},
                              {"failed", count_node(each.failed)},
                              {"statistic", number_node(each.statistic)},
                              {"null_mean", number_node(mean_of(each.null))},
                              {"null_quantile_95", number_node(each.null_quantile(0.95))},
                              {"p", number_node(each.p())},
                              {"terms", map_node(std::move(terms))}}));
  }
  return list_node(std::move(items));
}

}  // namespace hansa
