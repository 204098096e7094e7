/// Pushes, campaigns and mandates against enumerated laws, under every rule: at the first step, mid-way and at the last
/// one, alone and two at a time.
#include <algorithm>
#include <cmath>
#include <memory>
#include <utility>

#include <doctest/doctest.h>
#include <fmt/format.h>

#include "cases.hpp"

namespace hansa::exact {

namespace {

/// What an intervention does in steps `from` … `until`; it reaches the cities named.
struct Act {
  std::int32_t from, until;
  std::string cities;  ///< "bc"
  double push = 0;
  double factor = 1;
  double compliance = 0;
  [[nodiscard]] bool is_on(int city, std::int32_t t) const {
    return from <= t && t <= until && cities.find(static_cast<char>('a' + city)) != std::string::npos;
  }
};

/// Pressure of a rule, given a push and the factor of the strength.
using Pressed = std::function<double(View const&, double push, double factor)>;

struct RuleCase {
  std::string yaml;
  Pressed pressure;
  Chance chance;
};

Pressed affine(double baseline, double strength) {
  return
      [=](View const& view, double push, double factor) { return baseline + strength * factor * view.share() + push; };
}

/// Probability that neither a tie of those who adopted in the step before nor a push has an effect.
double escapes(View const& view, double push, double factor) {
  double product = std::exp(-push);
  for (auto const& [source, weight] : sources_of(view.city)) {
    if (view.times[static_cast<std::size_t>(source)] == view.t - 1) product *= 1 - std::min(1.0, 0.3 * factor * weight);
  }
  return product;
}

std::vector<RuleCase> rules() {
  std::string const mechanism = "mechanisms: {m: {exposure: {network: ties}, strength: ";
  return {
      {"rule: logit, baseline: -0.7, " + mechanism + "0.9}}", affine(-0.7, 0.9), logit()},
      {"rule: cloglog, baseline: -1.2, " + mechanism + "0.9}}", affine(-1.2, 0.9), cloglog()},
      {"rule: additive, baseline: -1.6094379124341003, " + mechanism + "0.3}}", affine(0.2, 0.3), additive()},
      {"rule: linear, baseline: 0.2, " + mechanism + "0.3}}", affine(0.2, 0.3), linear()},
      {"rule: threshold, threshold: {uniform: [-0.25, 1.25]}, " + mechanism + "0.9}}", affine(0, 0.9),
       threshold([](int, double x) { return std::min(1.0, std::max(0.0, (x + 0.25) / 1.5)); })},
      {"rule: cascade, " + mechanism + "0.3}}", escapes, [](int, double none, double) { return 1 - none; }},
  };
}

/// Pushes add up, factors multiply, and each mandate leaves a city as it is with chance 1 - compliance.
std::map<test::Outcome, double> law_of(RuleCase const& rule, std::vector<Act> const& acts) {
  auto const now = std::make_shared<std::int32_t>(0);
  Law law{{}, {}, a_before, {}};
  law.eta = [=](View const& view) {
    *now = view.t;
    double push = 0, factor = 1;
    for (Act const& each : acts) {
      if (!each.is_on(view.city, view.t)) continue;
      push += each.push;
      factor *= each.factor;
    }
    return rule.pressure(view, push, factor);
  };
  law.chance = [=](int city, double felt, double highest) {
    double stays = 1 - rule.chance(city, felt, highest);
    for (Act const& each : acts) stays *= each.is_on(city, *now) ? 1 - each.compliance : 1;
    return 1 - stays;
  };
  return enumerate(law);
}

std::string item(std::string const& name, Act const& act) {
  std::string ids;
  for (char const id : act.cities) ids += fmt::format("{}{}", ids.empty() ? "" : ", ", id);
  std::string const when = fmt::format("  - {{at: {}, until: {}, name: {}, ", act.from, act.until, name);
  std::string const who = fmt::format("policy: p, cities: [{}]", ids);
  if (act.compliance > 0) return fmt::format("{}mandate: {{{}, compliance: {}}}}}\n", when, who, act.compliance);
  if (act.factor != 1) return fmt::format("{}campaign: {{{}, mechanism: m, factor: {}}}}}\n", when, who, act.factor);
  return fmt::format("{}push: {{{}, strength: {}}}}}\n", when, who, act.push);
}

test::Texts with_interventions(RuleCase const& rule, std::string const& interventions) {
  test::Texts texts = world_with("  p: {" + rule.yaml + ", adopters: [a]}\n");
  texts.yaml += "interventions:\n" + interventions;
  return texts;
}

void check_alone(Act act) {
  for (RuleCase const& rule : rules()) {
    for (auto const& [from, until] :
         {std::pair{first_label, first_label}, {2, 2}, {2, last_label}, {last_label, last_label}}) {
      act.from = from;
      act.until = until;
      check_fit(with_interventions(rule, item("x", act)), law_of(rule, {act}));
    }
  }
}

}  // namespace

TEST_CASE("a push in any steps, under every rule, has the enumerated law") {
  check_alone({0, 0, "bc", 0.45});
}

TEST_CASE("a campaign in any steps, under every rule, has the enumerated law") {
  check_alone({0, 0, "bcd", 0, 1.6});
}

TEST_CASE("a mandate in any steps, under every rule, has the enumerated law") {
  check_alone({0, 0, "bd", 0, 1, 0.35});
}

TEST_CASE("a push may hold cities back, a campaign may silence a mechanism") {
  for (RuleCase const& rule : rules()) {
    Act const silence{2, 3, "bcd", 0, 0};
    check_fit(with_interventions(rule, item("x", silence)), law_of(rule, {silence}));
    if (rule.yaml.find("additive") != std::string::npos || rule.yaml.find("cascade") != std::string::npos) continue;
    Act const back{2, 3, "bd", -0.15};
    check_fit(with_interventions(rule, item("x", back)), law_of(rule, {back}));
  }
}

TEST_CASE("a mandate that all comply with leaves nothing to chance") {
  for (RuleCase const& rule : rules()) {
    Act const certain{2, 2, "bc", 0, 1, 1};
    check_fit(with_interventions(rule, item("x", certain)), law_of(rule, {certain}));
  }
}

TEST_CASE("two of a kind on one city in one step are the same in either order, and have the enumerated law") {
  std::vector<std::vector<Act>> const pairs{
      {{1, 3, "bd", 0.1}, {2, 2, "bc", 0.3}},
      {{1, 2, "bcd", 0, 1.3}, {2, 3, "bc", 0, 0.7}},
      {{2, 3, "bd", 0, 1, 0.2}, {1, 2, "b", 0, 1, 0.3}},
      {{2, 3, "bd", 0.2}, {2, 3, "b", 0, 1.5}, {2, 2, "b", 0, 1, 0.3}},
  };
  for (RuleCase const& rule : rules()) {
    for (std::vector<Act> const& acts : pairs) {
      std::string forth, back;
      for (std::size_t k = 0; k < acts.size(); ++k) {
        std::string const text = item(fmt::format("x{}", k), acts[k]);
        forth += text;
        back = text + back;
      }
      check_fit(with_interventions(rule, forth), law_of(rule, acts));
      auto const before = test::ask(with_interventions(rule, forth)), after = test::ask(with_interventions(rule, back));
      for (std::int64_t r = 0; r < 200; ++r) {
        History const a = test::run_one(*before, r, Lanes::fast), b = test::run_one(*after, r, Lanes::fast);
        REQUIRE(a.policies[0].adoption_time == b.policies[0].adoption_time);
        REQUIRE(a.policies[0].adoptions_by_mechanism == b.policies[0].adoptions_by_mechanism);
      }
    }
  }
}

TEST_CASE("nothing presses on cities that are not in the world") {
  // b enters in 2, c leaves after 2.
  for (RuleCase rule : rules()) {
    Act const push{1, 3, "bcd", 0.3}, mandate{1, 3, "bcd", 0, 1, 0.4};
    Pressed const pressure = rule.pressure;
    Chance const chance = rule.chance;
    rule.yaml += ", at_risk: {from: entry, until: exit}";
    Law const law{[=](View const& view) { return pressure(view, push.push, 1); },
                  [=](int city, double felt, double highest) {
                    return 1 - (1 - chance(city, felt, highest)) * (1 - mandate.compliance);
                  },
                  a_before, [](int city, std::int32_t t) { return (city != 1 || t >= 2) && (city != 2 || t <= 2); }};
    check_fit(with_interventions(rule, item("x", push) + item("y", mandate)), enumerate(law));
  }
}

}  // namespace hansa::exact
