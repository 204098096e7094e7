/// Members and ties that interventions change against enumerated laws: at the first step, mid-way, at the last one, and
/// two at a time.
#include <algorithm>
#include <cmath>

#include <doctest/doctest.h>
#include <fmt/format.h>

#include "cases.hpp"

namespace hansa::exact {

namespace {

enum City { city_a, city_b, city_c, city_d };

test::Texts with(std::string const& mechanism, std::string const& interventions) {
  test::Texts texts =
      world_with("  p: {rule: cloglog, baseline: -1.5, adopters: [a], mechanisms: {m: " + mechanism + "}}\n");
  texts.yaml += "interventions:\n" + interventions;
  return texts;
}

std::map<test::Outcome, double> law_of(Formula m, double strength) {
  return enumerate({[=](View const& view) { return -1.5 + strength * m(view); }, cloglog(), a_before, {}});
}

/// Members of green: a and d always, b from 2, c up to 2.
bool is_green(int city, std::int32_t t) {
  return city == city_a || city == city_d || (city == city_b && t >= 2) || (city == city_c && t <= 2);
}

using Within = std::function<bool(int city, std::int32_t t)>;

/// Share of the members that have adopted; 0 outside, and alone.
Formula share_of(Within members) {
  return [=](View const& view) {
    double all = 0, adopted = 0;
    for (int city = 0; city < cities; ++city) {
      if (!members(city, view.t)) continue;
      all += 1;
      adopted += view.adopted(city);
    }
    return members(view.city, view.t) && all > 1 ? adopted / all : 0;
  };
}

/// Weights with which each city observes others, by step.
using Weights = std::function<double(int city, int source, std::int32_t t)>;

double own_weight(int city, int source) {
  constexpr double weights[cities][cities] = {{0, 0, 0, 0}, {1, 0, 0, 3}, {2, 1, 0, 0}, {0, 1.5, 0.5, 0}};
  return weights[city][source];
}

Formula exposure_of(Weights weight) {
  return [=](View const& view) {
    double top = 0, all = 0;
    for (int source = 0; source < cities; ++source) {
      double const w = weight(view.city, source, view.t);
      all += w;
      top += w * view.adopted(source);
    }
    return all > 0 ? top / all : 0;
  };
}

std::string const collective = "{collective: {production: {power: 1}, collaborations: [green]}, strength: 2}";
std::string const exposure = "{exposure: {network: ties}, strength: 2}";

}  // namespace

TEST_CASE("a collaboration that is dissolved at any step stops to act, and nobody joins it by data") {
  for (std::int32_t const at : {first_label, 2, last_label}) {
    std::string const act = fmt::format("  - {{at: {}, dissolve: {{collaboration: green}}}}\n", at);
    Within const members = [=](int city, std::int32_t t) { return t < at && is_green(city, t); };
    check_fit(with(collective, act), law_of(share_of(members), 2));
    check_fit(with("{membership: {collaborations: [green]}, strength: 1.2}", act),
              law_of([=](View const& view) { return members(view.city, view.t) ? 1 : 0; }, 1.2));
    check_fit(with("{log_adopters: {pool: {collaboration: green}}, strength: 1.2}", act),
              law_of(
                  [=](View const& view) {
                    double others = 0;
                    for (int city = 0; city < cities; ++city)
                      others += city != view.city && members(city, view.t) ? view.adopted(city) : 0;
                    return members(view.city, view.t) ? std::log(1 + others) : 0;
                  },
                  1.2));
  }
}

TEST_CASE("cities that join and leave at any step count from that step on") {
  for (std::int32_t const at : {first_label, 2, last_label}) {
    std::string const acts = fmt::format(
        "  - {{at: {0}, join: {{collaboration: green, cities: [b, c]}}}}\n"
        "  - {{at: {0}, leave: {{collaboration: green, cities: [a]}}}}\n",
        at);
    // b joins at once what it would join in 2, and c stays or comes back.
    Within const members = [=](int city, std::int32_t t) {
      if (city == city_a) return t < at;
      if (city == city_b) return t >= std::min(at, 2);
      return city == city_d || t <= 2 || (at == last_label && t >= at);
    };
    check_fit(with(collective, acts), law_of(share_of(members), 2));
  }
}

TEST_CASE("years of membership count from the step in which a city joined") {
  std::string const acts = "  - {at: 2, join: {collaboration: blue, cities: [a, c, d]}}\n";
  test::Texts texts = with("{membership: {collaborations: [blue], measure: years}, strength: 0.8}", acts);
  std::string& clubs = texts.files.at("clubs.csv");
  clubs.replace(clubs.find("b,blue,,,"), 9, "b,blue,1,,");
  check_fit(texts, law_of([](View const& view) { return std::max(0, view.t - (view.city == city_b ? 1 : 2)); }, 0.8));
}

TEST_CASE("a tie that is added or removed at any step counts from that step on") {
  for (std::int32_t const at : {first_label, 2, last_label}) {
    std::string const add =
        fmt::format("  - {{at: {}, add_ties: {{network: ties, sources: [a], targets: [b, d], weight: 2}}}}\n", at);
    check_fit(with(exposure, add), law_of(exposure_of([=](int city, int source, std::int32_t t) {
                                            bool const more =
                                                t >= at && source == city_a && (city == city_b || city == city_d);
                                            return own_weight(city, source) + (more ? 2 : 0);
                                          }),
                                          2));
    std::string const remove = fmt::format("  - {{at: {}, remove_ties: {{network: ties, sources: [a, d]}}}}\n", at);
    check_fit(with(exposure, remove),
              law_of(exposure_of([=](int city, int source, std::int32_t t) {
                       return t >= at && (source == city_a || source == city_d) ? 0 : own_weight(city, source);
                     }),
                     2));
  }
}

TEST_CASE("ties of a lagged network count a step later") {
  test::Texts texts =
      with(exposure, "  - {at: 1, add_ties: {network: ties, sources: [a], targets: [d], weight: 1.5}}\n");
  std::string const plain = "ties: {file: ties.csv}";
  texts.yaml.replace(texts.yaml.find(plain), plain.size(), "ties: {file: ties.csv, ties: lagged}");
  check_fit(texts, law_of(exposure_of([](int city, int source, std::int32_t t) {
                            return own_weight(city, source) + (t >= 2 && source == city_a && city == city_d ? 1.5 : 0);
                          }),
                          2));
}

TEST_CASE("a cascade passes along ties that were added, and not along those that were removed") {
  test::Texts texts =
      world_with("  p: {rule: cascade, adopters: [a], mechanisms: {m: {exposure: {network: ties}, strength: 0.3}}}\n");
  texts.yaml +=
      "interventions:\n  - {at: 1, add_ties: {network: ties, sources: [a], targets: [d]}}\n"
      "  - {at: 2, remove_ties: {network: ties, sources: [d], targets: [b]}}\n";
  check_fit(texts, enumerate({[](View const& view) {
                                double none = 1;
                                for (int source = 0; source < cities; ++source) {
                                  bool const added = source == city_a && view.city == city_d;
                                  bool const gone = source == city_d && view.city == city_b && view.t >= 2;
                                  double const w = gone ? 0 : own_weight(view.city, source) + (added ? 1 : 0);
                                  if (view.times[static_cast<std::size_t>(source)] == view.t - 1)
                                    none *= 1 - std::min(1.0, 0.3 * w);
                                }
                                return none;
                              },
                              [](int, double none, double) { return 1 - none; },
                              a_before,
                              {}}));
}

TEST_CASE("a tie that is removed and added in one step is the same in either order, and has the enumerated law") {
  std::string const add = "  - {at: 2, name: NAME, add_ties: {network: ties, sources: [a], targets: [c], weight: 8}}\n";
  std::string const remove = "  - {at: 2, name: NAME, remove_ties: {network: ties, sources: [a, b], targets: [c]}}\n";
  auto const acts = [&](std::string first, std::string second) {
    first.replace(first.find("NAME"), 4, "one");
    second.replace(second.find("NAME"), 4, "two");
    return first + second;
  };
  check_fit(with(exposure, acts(add, remove)), law_of(exposure_of([](int city, int source, std::int32_t t) {
                                                        if (city != city_c || t < 2) return own_weight(city, source);
                                                        return source == city_a ? 8.0 : 0.0;
                                                      }),
                                                      2));
  auto const before = test::ask(with(exposure, acts(add, remove)));
  auto const after = test::ask(with(exposure, acts(remove, add)));
  CHECK(digest(before->world) == digest(after->world));
  for (std::int64_t r = 0; r < 200; ++r) {
    History const x = test::run_one(*before, r, Lanes::fast), y = test::run_one(*after, r, Lanes::fast);
    REQUIRE(x.policies[0].adoption_time == y.policies[0].adoption_time);
  }
}

}  // namespace hansa::exact
