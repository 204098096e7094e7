/// Simulated histories have the enumerated law, for every rule and every option of every mechanism.
/// Family-wise level 1e-6 over all cases of this program (Bonferroni); seeds are fixed.
#include <cmath>
#include <limits>

#include <doctest/doctest.h>
#include <fmt/format.h>

#include "cases.hpp"
#include "options.hpp"
#include "tiny.hpp"

namespace hansa::exact {

namespace {

/// One rule with the YAML that goes before the mechanisms, and what its baseline adds to every pressure.
struct RuleCase {
  std::string yaml;
  double baseline;
  Chance chance;
};

std::vector<RuleCase> rules() {
  return {
      {"rule: logit, baseline: -0.7", -0.7, logit()},
      {"rule: cloglog, baseline: -1.2", -1.2, cloglog()},
      {"rule: threshold, threshold: {normal: [0.6, 0.5]}", 0,
       threshold([](int, double x) { return normal_below(x, 0.6, 0.5); })},
      {"rule: threshold, threshold: {uniform: [-0.25, 1.25]}", 0,
       threshold([](int, double x) { return std::min(1.0, std::max(0.0, (x + 0.25) / 1.5)); })},
  };
}

void check_options(std::vector<Option> const& options) {
  for (RuleCase const& rule : rules()) {
    for (Option const& option : options) {
      std::string const policy =
          fmt::format("  p: {{{}, adopters: [a], mechanisms: {{m: {{{}, strength: 0.9}}}}}}\n", rule.yaml, option.yaml);
      Formula const eta = [&](View const& v) { return rule.baseline + 0.9 * option.m(v); };
      check_law(policy, enumerate({eta, rule.chance, a_before, {}}));
    }
  }
}

}  // namespace

TEST_CASE("the test itself: a wrong law is found out") {
  auto const question = test::ask(world_with("  p: {rule: logit, baseline: {chance: 0.3}}\n"));
  auto const seen = simulate(*question, replicates);
  Formula const wrong = [](View const&) { return std::log(0.32 / 0.68); };
  CHECK(test::goodness_of_fit(enumerate({wrong, logit(), nobody, {}}), seen).p_value < 1e-9);
  CHECK(test::chi_square_tail(3.841458820694124, 1) == doctest::Approx(0.05).epsilon(1e-10));
  CHECK(test::chi_square_tail(10, 10) == doctest::Approx(0.44049328506521).epsilon(1e-10));
}

TEST_CASE("the enumerated law holds for every rule and option of exposure") {
  check_options(exposure_options());
}
TEST_CASE("the enumerated law holds for every rule and option of scale") {
  check_options(scale_options());
}
TEST_CASE("the enumerated law holds for every rule and option of collective") {
  check_options(collective_options());
}

TEST_CASE("the enumerated law holds for a baseline given as a chance") {
  for (auto const& [rule, chance] : {std::pair{"logit", logit()}, std::pair{"cloglog", cloglog()}}) {
    Formula const eta = [](View const&) { return 0.0; };
    Chance const given = [](int, double, double) { return 0.3; };
    check_law(fmt::format("  p: {{rule: {}, baseline: {{chance: 0.3}}}}\n", rule), enumerate({eta, given, nobody, {}}));
  }
}

TEST_CASE("the enumerated law holds for attributes, as numbers and per value") {
  std::string const attributes = "attributes: {size: 0.5, region: {s: 0.8}}";
  static constexpr std::array<double, cities> sum{0.25, 0.3, 1.0, 0.8};
  auto const of = [](int city) { return sum[static_cast<std::size_t>(city)]; };
  check_law("  p: {rule: logit, baseline: -1, " + attributes + "}\n",
            enumerate({[&](View const& v) { return -1 + of(v.city); }, logit(), nobody, {}}));
  check_law("  p: {rule: cloglog, baseline: -1, " + attributes + "}\n",
            enumerate({[&](View const& v) { return -1 + of(v.city); }, cloglog(), nobody, {}}));
  // Under the rule threshold attributes lower R.
  Chance const lowered = threshold([&](int city, double x) { return std::min(1.0, std::max(0.0, x + of(city))); });
  check_law("  p: {rule: threshold, threshold: {uniform: [0, 1]}, " + attributes +
                ", mechanisms: {m: {exposure: {pool: all}}}}\n",
            enumerate({[](View const& v) { return v.others() / 3; }, lowered, nobody, {}}));
}

TEST_CASE("the enumerated law holds for every trend") {
  struct TrendCase {
    std::string yaml;
    std::array<double, 3> at;  ///< labels 1, 2, 3
  };
  // The spline has one cubic part: 0, 1/4 and (8 - 2)/4 at its knots 1, 2, 3.
  for (TrendCase const& trend :
       {TrendCase{"{linear: 0.4}", {0, 0.4, 0.8}}, TrendCase{"{polynomial: [0.5, -0.2]}", {0, 0.3, 0.2}},
        TrendCase{"{periods: {2: 1, 3: -0.5}}", {0, 1, -0.5}},
        TrendCase{"{spline: {knots: [1, 2, 3], coefficients: [0.2, 0.6]}}", {0, 0.35, 1.3}}}) {
    auto const at = [&](std::int32_t t) { return trend.at[static_cast<std::size_t>(t - 1)]; };
    check_law("  p: {rule: logit, baseline: -1, trend: " + trend.yaml + "}\n",
              enumerate({[&](View const& v) { return -1 + at(v.t); }, logit(), nobody, {}}));
    check_law("  p: {rule: cloglog, baseline: -1, trend: " + trend.yaml + "}\n",
              enumerate({[&](View const& v) { return -1 + at(v.t); }, cloglog(), nobody, {}}));
    check_law("  p: {rule: threshold, threshold: {normal: [0.5, 1]}, trend: " + trend.yaml + "}\n",
              enumerate({[&](View const& v) { return at(v.t); },
                         threshold([](int, double x) { return normal_below(x, 0.5, 1); }),
                         nobody,
                         {}}));
  }
  Formula const since_first = [](View const& v) {
    std::int32_t first = v.t;
    for (std::int32_t time : v.times) {
      if (time != never) first = std::min(first, time);
    }
    return v.t > first ? -1.5 * std::log(v.t - first) + 0.5 : 0.5;
  };
  check_law("  p: {rule: logit, baseline: 0.5, trend: {log_time: -1.5}, adopters: [a]}\n",
            enumerate({since_first, logit(), a_before, {}}));
  check_law("  p: {rule: logit, baseline: 0.5, trend: {log_time: -1.5}}\n",
            enumerate({since_first, logit(), nobody, {}}));
}

TEST_CASE("the enumerated law holds for given thresholds, where everything is certain") {
  Formula const share = [](View const& v) { return v.others() / 3; };
  // a has adopted, so the others begin at a share of 1/3, which the second bar just equals.
  for (double bar : {0.0, 1.0 / 3, 0.34, 2.0}) {
    check_law(fmt::format("  p: {{rule: threshold, threshold: {}, adopters: [a], mechanisms: {{m: {{exposure: {{pool: "
                          "all}}}}}}}}\n",
                          bar),
              enumerate({share, threshold([bar](int, double x) { return x >= bar ? 1.0 : 0.0; }), a_before, {}}));
  }
  static constexpr std::array<double, cities> bars{0.2, 0.5, 0.5, 1};
  check_law(
      "  p: {rule: threshold, threshold: {attribute: bar}, adopters: [a], mechanisms: {m: {exposure: {network: "
      "ties}}}}\n",
      enumerate({exposure_options().front().m,
                 threshold([](int city, double x) { return x >= bars[static_cast<std::size_t>(city)] ? 1.0 : 0.0; }),
                 a_before,
                 {}}));
}

TEST_CASE("the enumerated law holds for cities that enter and leave the world") {
  auto const in_the_world = [](int city, std::int32_t t) { return !(city == 1 && t < 2) && !(city == 2 && t > 2); };
  for (RuleCase const& rule : rules()) {
    Formula const eta = [&](View const& v) { return rule.baseline + v.others() / 3; };
    check_law(fmt::format("  p: {{{}, at_risk: {{from: entry, until: exit}}, mechanisms: {{m: {{exposure: {{pool: "
                          "all}}}}}}}}\n",
                          rule.yaml),
              enumerate({eta, rule.chance, nobody, in_the_world}));
  }
}

TEST_CASE("the enumerated law holds after a replay") {
  // a before the start, c in 2 by the data; nobody decides before 3.
  auto const after_replay = [](int, std::int32_t t) { return t == 3; };
  for (RuleCase const& rule : rules()) {
    Formula const eta = [&](View const& v) { return rule.baseline + v.others() / 3; };
    std::map<test::Outcome, double> law = enumerate({eta, rule.chance, Times{-4, never, 2, never}, after_replay});
    check_law(
        fmt::format("  p: {{{}, adopters: {{file: adoptions.csv, until: 2}}, mechanisms: {{m: {{exposure: {{pool: "
                    "all}}}}}}}}\n",
                    rule.yaml),
        law, adoption_times, "city,year\na,-4\nc,2\nd,3\n");
  }
}

TEST_CASE("a city that has left decides anew with a fresh resistance") {
  // a adopted long ago and left before the start: everybody is alike, so the curve is that of four cities.
  Formula const eta = [](View const&) { return -0.8; };
  std::map<test::Outcome, double> curves;
  for (auto const& [times, chance] : enumerate({eta, logit(), nobody, {}})) {
    test::Outcome curve(3, 0);
    for (std::int32_t time : times) {
      for (std::int32_t t = 1; t <= 3; ++t) curve[static_cast<std::size_t>(t - 1)] += time != never && time <= t;
    }
    curves[curve] += chance;
  }
  check_law(
      "  p: {rule: logit, baseline: -0.8, adopters: {file: adoptions.csv}}\n", curves,
      [](History const& history) { return history.policies[0].adopters; }, "city,year,left\na,-7,-2\n");
}

TEST_CASE("two policies are independent where neither names the other") {
  Formula const one = [](View const&) { return -1.0; };
  Formula const other = [](View const& v) { return -0.5 + v.others() / 3; };
  auto const law_p = enumerate({one, logit(), nobody, {}});
  auto const law_q = enumerate({other, cloglog(), a_before, {}});
  std::map<test::Outcome, double> joint;  // times of b in p, of b and c in q
  for (auto const& [p, chance_p] : law_p) {
    for (auto const& [q, chance_q] : law_q) joint[{p[1], q[1], q[2]}] += chance_p * chance_q;
  }
  check_law(
      "  p: {rule: logit, baseline: -1}\n"
      "  q: {rule: cloglog, baseline: -0.5, adopters: [a], mechanisms: {m: {exposure: {pool: all}}}}\n",
      joint, [](History const& history) {
        auto const& p = history.policies.at(0).adoption_time;
        auto const& q = history.policies.at(1).adoption_time;
        return test::Outcome{p[1], q[1], q[2]};
      });
}

}  // namespace hansa::exact
