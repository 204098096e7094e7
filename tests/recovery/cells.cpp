/// The designs as settings of bundled scenarios.
#include "cells.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace hansa::test {

namespace {

/// What the designs on one bundled scenario have in common.
struct Ground {
  std::string_view scenario;
  int events;
  std::string_view attributes;  ///< effects; with `mechanisms`, the trend and neighbours six terms
  std::string_view mechanisms;  ///< beside neighbours
  std::string_view trend;
  std::string_view zero;  ///< the term that is 0
  int deciding;           ///< the largest cities are at risk, the others only sources
  int deciding_often;     ///< the same with frailty
  int steps;
};

constexpr std::string_view places_terms =
    "larger: {exposure: {network: nearby, only: {larger: population}}, strength: 0}";
constexpr std::string_view brt_terms =
    "sisters: {exposure: {network: sister}, strength: 0}, country: {exposure: {pool: country}, strength: 1}";
constexpr std::string_view bike_terms =
    "sisters: {exposure: {network: sister}, strength: 1}, peers: {exposure: {network: alike}, strength: 0}, "
    "country: {exposure: {pool: country}, strength: 1}";

constexpr Ground grounds[] = {
    {"bag-ordinances", 30, "size: 0.3, north: 0.3, east: 0.1", places_terms, "linear: 0.1", "larger", 456, 160, 5},
    {"brt", 80, "size: {large: 0.6}, income: {high: 0.5}, region: {Asia: 0.5}", brt_terms, "", "sisters", 500, 160, 5},
    {"bike-share", 300, "size: {large: 0.6}, income: {high: 0.5}", bike_terms, "", "peers", 720, 240, 6},
};

Ground const& ground_of(Cell const& cell) noexcept {
  for (Ground const& each : grounds) {
    if (cell.events <= each.events) return each;
  }
  return grounds[2];
}

std::string policy_of(Cell const& cell, Ground const& ground, Contagion contagion) {
  bool const alone = cell.terms == 1;
  bool const none = contagion == Contagion::none;
  std::string text =
      fmt::format("rule: cloglog, baseline: {}, adopters: {{random: {}}}, ",
                  none ? cell.baseline_without : cell.baseline, ground.scenario == "bag-ordinances" ? 120 : 250);
  text += fmt::format("at_risk: {{cities: {{top: {}, by: population}}}}, ",
                      cell.frailty == Frailty::city ? ground.deciding_often : ground.deciding);
  if (cell.frailty != Frailty::none) text += "frailty: {city: 1}, ";
  if (!alone) text += fmt::format("attributes: {{{}}}, ", ground.attributes);
  if (!alone && !ground.trend.empty()) text += fmt::format("trend: {{{}}}, ", ground.trend);
  text += fmt::format("mechanisms: {{neighbours: {{exposure: {{network: nearby}}, strength: {}}}", none ? 0 : 1.5);
  if (!alone) text += fmt::format(", {}", ground.mechanisms);
  return text + "}";
}

}  // namespace

std::string Cell::name() const {
  return fmt::format("{} events, {} term{}, {}", events, terms, terms == 1 ? "" : "s",
                     frailty == Frailty::none ? "without frailty" : "with frailty");
}

std::vector<Cell> cells() {
  constexpr Frailty none = Frailty::none, city = Frailty::city;
  return {
      {15, 1, none, -5.14, -4.68},
      {30, 1, none, -4.44, -3.98},
      {80, 1, none, -3.51, -3.03},
      {300, 1, none, -2.62, -1.98},
      {15, 6, none, -5.39},
      {30, 6, none, -4.70},
      {80, 6, none, -4.49},
      {300, 6, none, -3.54},
      {15, 1, city, -5.90, -5.49, 500},
      {30, 1, city, -5.18, -4.76, 500},
      {80, 1, city, -4.09, -3.65},
      {300, 1, city, -3.04, -2.57},
      {15, 6, city, -6.45, 0, 500},
      {30, 6, city, -5.73, 0, 500},
      {80, 6, city, -5.37, 0, 500},
      {300, 6, city, -4.11},
      {80, 1, Frailty::city_once, -3.9, -3.4, 400},
  };
}

std::string_view scenario_of(Cell const& cell) noexcept {
  return ground_of(cell).scenario;
}
std::string_view tested_term(Cell const& cell) noexcept {
  return cell.terms == 1 ? "neighbours" : ground_of(cell).zero;
}

std::vector<std::string> settings_of(Cell const& cell, Contagion contagion) {
  Ground const& ground = ground_of(cell);
  std::string const policy = policy_of(cell, ground, contagion);
  std::vector<std::string> policies;
  for (int p = 1; p <= (cell.frailty == Frailty::city ? 4 : 1); ++p) {
    policies.push_back(fmt::format("p{}: {{{}}}", p, policy));
  }
  std::vector<std::string> settings{
      fmt::format("time={{start: 2001, end: {}}}", 2000 + ground.steps), fmt::format("seed={}", 1000 + cell.events),
      fmt::format("replicates={}", cell.histories), fmt::format("policies={{{}}}", fmt::join(policies, ", ")),
      cell.frailty == Frailty::city ? "fit={pooled: true}" : "fit={cluster: city}"};
  settings.push_back(
      ground.scenario == "bag-ordinances"
          ? "cities={file: data/california_places.csv, attributes: {size: {log: population, standardize: "
            "true}, north: {of: lat, standardize: true}, east: {of: lon, standardize: true}}}"
          : "cities={file: data/cities.csv, attributes: {size: {bins: population, at: [2000000], labels: "
            "[small, large]}}}");
  return settings;
}

Question question_of(Cell const& cell, Contagion contagion) {
  return read_question(fmt::format("{}/scenarios/{}.yaml", HANSA_SOURCE_DIR, scenario_of(cell)),
                       {.settings = settings_of(cell, contagion)});
}

}  // namespace hansa::test
