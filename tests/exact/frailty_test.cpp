/// Frailty integrated out: the laws of adoption times given the effects, weighed by the normal law of the effects.
#include <cmath>
#include <numbers>
#include <tuple>

#include <doctest/doctest.h>
#include <fmt/format.h>

#include "cases.hpp"

namespace hansa::exact {

namespace {

/// P(time | chance a step), for label 1 … 3 or never.
double of_time(std::int32_t time, double p) {
  return time == never ? std::pow(1 - p, 3) : p * std::pow(1 - p, time - 1);
}

std::vector<std::int32_t> const times{1, 2, 3, never};

struct HazardCase {
  std::string yaml;
  std::function<double(double)> chance;  ///< of a step, given the frailty
};

std::vector<HazardCase> with_frailty(double sd) {
  return {
      {"rule: logit, baseline: -0.7", [sd](double u) { return 1 / (1 + std::exp(0.7 - sd * u)); }},
      {"rule: cloglog, baseline: -1.2", [sd](double u) { return -std::expm1(-std::exp(-1.2 + sd * u)); }},
      {"rule: additive, baseline: -1.2", [sd](double u) { return -std::expm1(-std::exp(-1.2 + sd * u)); }},
      {"rule: linear, baseline: 0.4",
       [sd](double u) { return 0.4 + 0.04 * sd * u; }},  // within 0 and 1 up to 10 standard deviations
  };
}

std::string frailty(HazardCase const& of, std::string const& kind, double sd) {
  return fmt::format("{}, frailty: {{{}: {}}}", of.yaml, kind, of.yaml.starts_with("rule: linear") ? 0.04 * sd : sd);
}

}  // namespace

TEST_CASE("frailty of cities, integrated out") {
  constexpr double sd = 0.8;
  for (HazardCase const& each : with_frailty(sd)) {
    std::map<std::int32_t, double> one;
    for (std::int32_t const time : times)
      one[time] = over_normal([&](double u) { return of_time(time, each.chance(u)); });
    std::map<test::Outcome, double> law;
    for (auto const& [a, p] : one)
      for (auto const& [b, q] : one) law[{a, b}] = p * q;
    for (std::string const kind : {"city", "city_policy"}) {
      check_law("  p: {" + frailty(each, kind, sd) + "}\n", law, [](History const& history) {
        auto const& found = history.policies[0].adoption_time;
        return test::Outcome{found[0], found[1]};
      });
    }
  }
}

TEST_CASE("a city's own frailty is one for all policies, that of city and policy is not") {
  constexpr double sd = 1.2;
  HazardCase const one = with_frailty(sd)[0], other = with_frailty(sd)[1];
  auto const chance = [&](std::int32_t p, std::int32_t q) {
    return std::pair(over_normal([&](double u) { return of_time(p, one.chance(u)) * of_time(q, other.chance(u)); }),
                     over_normal([&](double u) { return of_time(p, one.chance(u)); }) *
                         over_normal([&](double u) { return of_time(q, other.chance(u)); }));
  };
  std::map<test::Outcome, double> together, apart;
  for (std::int32_t const p : times) {
    for (std::int32_t const q : times) std::tie(together[{p, q}], apart[{p, q}]) = chance(p, q);
  }
  Reading const of_b = [](History const& history) {
    return test::Outcome{history.policies.at(0).adoption_time[1], history.policies.at(1).adoption_time[1]};
  };
  auto const policies = [&](std::string const& kind) {
    return "  p: {" + frailty(one, kind, sd) + "}\n  q: {" + frailty(other, kind, sd) + "}\n";
  };
  check_law(policies("city"), together, of_b);
  check_law(policies("city_policy"), apart, of_b);
}

TEST_CASE("frailty of countries and of periods, integrated out") {
  constexpr double sd = 1;
  for (HazardCase const& each : with_frailty(sd)) {
    // a and b share a country, d has none.
    std::map<test::Outcome, double> by_country;
    for (std::int32_t const a : times)
      for (std::int32_t const b : times) {
        double const pair =
            over_normal([&](double u) { return of_time(a, each.chance(u)) * of_time(b, each.chance(u)); });
        for (std::int32_t const d : times) by_country[{a, b, d}] = pair * of_time(d, each.chance(0));
      }
    check_law("  p: {" + frailty(each, "country", sd) + "}\n", by_country, [](History const& history) {
      auto const& found = history.policies[0].adoption_time;
      return test::Outcome{found[0], found[1], found[3]};
    });
    // In each step all cities share one shock: chances that k of n at risk adopt.
    std::map<test::Outcome, double> by_period{{{}, 1.0}};
    for (int step = 0; step < 3; ++step) {
      std::map<test::Outcome, double> longer;
      for (auto const& [curve, probability] : by_period) {
        int const adopters = curve.empty() ? 0 : curve.back(), rest = cities - adopters;
        for (int more = 0; more <= rest; ++more) {
          test::Outcome next = curve;
          next.push_back(adopters + more);
          longer[next] += probability * ways(more, rest) * over_normal([&](double u) {
                            return std::pow(each.chance(u), more) * std::pow(1 - each.chance(u), rest - more);
                          });
        }
      }
      by_period = std::move(longer);
    }
    check_law("  p: {" + frailty(each, "period", sd) + "}\n", by_period, curve_of);
  }
}

TEST_CASE("frailty of cities widens the law of thresholds, and settled ones are drawn within it") {
  // R ~ N(0.6, 0.5²) less u ~ N(0, 0.4²).
  double const sd = std::sqrt(0.25 + 0.16);
  Formula const eta = [](View const& v) { return 0.9 * v.others() / 3 + 0.2 * (v.t - 1); };
  std::string const rest =
      "adopters: [a], trend: {linear: 0.2}, mechanisms: {m: {exposure: {pool: all}, strength: 0.9}}";
  for (std::string const kind : {"city", "city_policy"}) {
    check_law("  p: {rule: threshold, threshold: {normal: [0.6, 0.5]}, frailty: {" + kind + ": 0.4}, " + rest + "}\n",
              enumerate({eta, threshold([&](int, double x) { return normal_below(x, 0.6, sd); }), a_before, {}}));
  }
  // Given u, P(R - u > x | R - u > x0); d alone, whose pressures are 0, 0.3 and 0.6.
  auto const left = [](double x, double u) { return 1 - normal_below(x + 0.4 * u, 0.6, 0.5); };
  std::map<test::Outcome, double> law;
  law[{2}] = over_normal([&](double u) { return 1 - left(0.3, u) / left(0, u); });
  law[{never}] = over_normal([&](double u) { return left(0.6, u) / left(0, u); });
  law[{3}] = 1 - law[{2}] - law[{never}];
  check_law(
      "  p: {rule: threshold, threshold: {normal: [0.6, 0.5]}, entry: settled, frailty: {city: 0.4}, trend: {linear: "
      "0.3}}\n",
      law, [](History const& history) { return test::Outcome{history.policies[0].adoption_time[3]}; });
}

}  // namespace hansa::exact
