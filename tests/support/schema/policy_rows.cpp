/// What policies ask beyond their tables: what goes with which rule, and numbers that keep pressures in reach.
#include <algorithm>

#include <fmt/format.h>

#include "scenario/fields.hpp"
#include "support/schema/rows.hpp"
#include "tell/tree.hpp"

namespace hansa::test {

namespace {

/// A small number: what presses, under the rule in hand.
std::string effect(Author& a, double size) {
  if (a.is("linear")) return fmt::format("{}", a.dice.between(0, 12) / 1000.0);
  return a.dice.decimal(-size, size);
}

Node small_effect(Author& a, Field const&) {
  return scalar(effect(a, 0.3));
}

int of_predictor(Author& a) {
  if (a.is("cascade")) return 0;
  return a.is("additive") && !a.has("baseline") ? 0 : 45;
}

bool plans(Author& a, std::string const& kind) {
  return std::ranges::find(a.planned, kind) != a.planned.end();
}

/// Kinds of mechanisms that the policy will have: at most one of learning.
void plan(Author& a) {
  Names kinds;
  for (Schema const* const each : a.kinds) kinds.emplace_back(each->name);
  Ground const& ground = a.ground;
  std::erase_if(kinds, [&](std::string const& kind) {
    if (kind == "learning") return a.tied().empty();
    if (kind == "national") return ground.countries.empty();
    if (kind == "membership" || kind == "collective") return ground.clubs.empty();
    return kind == "synergy" && ground.policies < 2;
  });
  a.planned.clear();
  a.shares_cost = false;
  for (int k = a.dice.between(0, 5); k > 0 && !kinds.empty(); --k) {
    std::string kind = a.dice.pick(kinds);
    if (a.is("cascade")) kind = ground.countries.empty() || a.dice.chance(75) ? "exposure" : "national";
    bool const again = kind == "learning" && plans(a, kind);
    if (!again) a.planned.push_back(kind);
  }
  if (a.is("cascade") && a.networks([](auto const& each) { return !each.groups && !each.living; }).empty())
    std::erase(a.planned, "exposure");
  a.learns = plans(a, "learning");
  // A shared cost stands alone.
  a.shares_cost =
      std::ranges::count(a.planned, "scale") == 1 && !(ground.resources && a.is("cascade")) && a.dice.chance(50);
  a.costs = !a.shares_cost && !(ground.resources && a.is("cascade")) && a.dice.chance(50);
}

std::string pick_rule(Author& a) {
  Names rules(std::begin(fields::rule_choices), std::end(fields::rule_choices));
  bool const pledged = std::ranges::count(a.ground.pledged, a.policy->name) > 0;
  if (a.ground.attention || pledged) std::erase(rules, "cascade");
  if (pledged) std::erase(rules, "threshold");
  return a.dice.pick(rules);
}

Node all_policies(Author& a, Field const&) {
  Node node = map_node({});
  a.ground.drawn.reserve(static_cast<std::size_t>(a.ground.policies));
  for (int k = 0; k < a.ground.policies; ++k) {
    DrawnPolicy& made = a.ground.drawn.emplace_back();
    a.policy = &made;
    made.name = fmt::format("policy{}", k);
    made.rule = pick_rule(a);
    plan(a);
    made.node = a.section("policy", fields::policy, "policy");
    made.priced = made.node.find("cost") != nullptr || a.shares_cost;
    node.entries.push_back({made.name, {}, made.node});
  }
  return node;
}

Node rule(Author& a, Field const&) {
  return a.is("logit") && a.dice.chance(30) ? Node{} : scalar(a.policy->rule);
}

Node baseline(Author& a, Field const&) {
  if (a.dice.chance(25)) return one("chance", scalar(a.dice.pick(Names{"0.02", "0.1", "5 %", "0.25", "12.5 %"})));
  return scalar(a.is("linear") ? fmt::format("{}", a.dice.between(50, 300) / 1000.0) : a.dice.decimal(-5, 0));
}

int needs_baseline(Author& a) {
  if (a.is("cascade") || a.is("threshold")) return 0;
  return a.is("additive") ? 75 : 100;
}

Node effects(Author& a, Field const&) {
  Node node = map_node({});
  Ground const& ground = a.ground;
  for (std::string const& each : some(a.dice, ground.numbers + ground.changing, 2))
    node.entries.push_back(
        {each, {}, scalar(a.is("linear") ? fmt::format("{}", a.dice.between(-20, 20) / 1000.0) : effect(a, 0.4))});
  Names const texts = ground.texts + ground.changing_texts;
  if (texts.empty() || !a.dice.chance(60)) return node;
  std::string const& text = a.dice.pick(texts);
  Node by_value = map_node({});
  for (std::string const& value : some(a.dice, ground.values.at(text), 2))
    by_value.entries.push_back({value, {}, scalar(effect(a, 0.8))});
  node.entries.push_back({text, {}, std::move(by_value)});
  return node;
}

Node periods(Author& a, Field const&) {
  Node node = map_node({});
  int const first = a.dice.between(a.ground.start - 2, a.ground.end - 1);
  node.entries.push_back({std::to_string(first), {}, scalar(effect(a, 1))});
  node.entries.push_back({std::to_string(a.ground.end), {}, scalar(effect(a, 1))});
  return node;
}

Node polynomial(Author& a, Field const&) {
  if (a.dice.chance(25)) return scalar(a.dice.between(1, 3));
  double const small = a.is("linear") ? 0.0005 : 0.01;
  return list({effect(a, 0.2), fmt::format("{}", a.dice.between(0, 2) * small)});
}

Node knots(Author& a, Field const&) {
  int const width = std::max(1, (a.ground.end - a.ground.start) / 2), start = a.ground.start;
  return list({std::to_string(start), std::to_string(start + width), std::to_string(start + 2 * width + 1)});
}

Node threshold_number(Author& a, Field const& field) {
  if (a.dice.chance(25)) return scalar(fmt::format("{}", a.dice.between(0, 8) / 8.0));
  (void)field;
  return a.section("threshold", fields::threshold, "policy.threshold");
}

Node bounds(Author& a, Field const&) {
  return list({a.dice.decimal(-0.2, 0.2), a.dice.decimal(0.5, 1.5)});
}

Node mean_and_sd(Author& a, Field const&) {
  return list({a.dice.decimal(0, 0.7), a.dice.decimal(0.05, 0.5)});
}

int if_drawn(Author& a) {
  Node const* const law = a.now()->find("threshold");
  return law != nullptr && (law->find("uniform") != nullptr || law->find("normal") != nullptr) ? 60
         : law != nullptr                                                                      ? 10
                                                                                               : 0;
}

Node entry(Author& a, Field const&) {
  return scalar(if_drawn(a) == 60 && a.dice.chance(50) ? "settled" : "burst");
}

Node adopters(Author& a, Field const&) {
  if (a.dice.chance(45)) return a.selector();
  return a.section("adopters", fields::adopters, "policy.adopters");
}

/// Adoptions before and during the clock, some of them given up, some known as intervals.
Node adopter_file(Author& a, Field const&) {
  Ground const& ground = a.ground;
  Dice& dice = a.dice;
  Names rows;
  bool const named = dice.chance(30);
  for (std::string const& city : ground.id) {
    if (!dice.chance(30)) continue;
    int const year = dice.between(ground.start - 5, ground.end);
    std::string const policy = named ? "," + a.policy->name : "";
    std::string const after = dice.chance(20) ? std::to_string(year - dice.between(1, 4)) : "";
    bool const leaves = dice.chance(30);
    int const left = year + dice.between(1, 6);
    rows.push_back(fmt::format("{},{},{},{}{}", city, year, after, leaves ? std::to_string(left) : "", policy));
    if (leaves && dice.chance(30)) rows.push_back(fmt::format("{},{},,{}", city, left + dice.between(1, 3), policy));
    if (named && dice.chance(20)) rows.push_back(fmt::format("{},{},,,another", city, year));
  }
  std::string const file = a.policy->name + ".csv";
  a.file(file, std::string("city,year,after,left") + (named ? ",policy" : ""), rows);
  return scalar(file);
}

Node replayed(Author& a, Field const&) {
  int const middle = a.ground.start + (a.ground.end - a.ground.start) / 2;
  a.policy->until = a.dice.between(a.ground.start - 1, middle);
  return scalar(*a.policy->until);
}

Node label_column(Author& a, Field const& field) {
  (void)a;
  return scalar(field.name == "from" ? "entry" : "exit");
}

int if_labels(Author& a) {
  return a.ground.years.empty() ? 0 : 55;
}

template <int most>
Node deviation(Author& a, Field const&) {
  return scalar(a.is("linear") ? fmt::format("{}", a.dice.between(0, 8) / 1000.0) : a.dice.decimal(0, most / 100.0));
}

/// Policies require only such as stand before them, so that there is no circle.
Node required(Author& a, Field const&) {
  return list({fmt::format("policy{}", a.dice.between(0, static_cast<int>(a.ground.drawn.size()) - 2))});
}

std::string another(Author& a) {
  Names others;
  for (int k = 0; k < a.ground.policies; ++k)
    if (std::string name = fmt::format("policy{}", k); name != a.policy->name) others.push_back(std::move(name));
  return a.dice.pick(others);
}

Node excluded(Author& a, Field const&) {
  std::string const other = another(a);
  Node const* const own = a.now()->find("requires");
  bool const both = own != nullptr && own->items.front().text == other;
  return both ? Node{} : list({other});
}

Node leaving_by_belief(Author& a, Field const&) {
  return scalar(a.dice.decimal(-1, 3));
}

Node cost_amount(Author& a, Field const&) {
  Names const own = a.ground.weights + a.ground.changing;
  if (!own.empty() && a.dice.chance(45)) return one("attribute", scalar(a.dice.pick(own)));
  return scalar(a.dice.decimal(0, a.ground.resources ? 20 : 900));
}

Node performance(Author& a, Field const&) {
  return scalar(a.dice.pick(a.ground.numbers));
}

constexpr Row policy_rows_table[] = {
    {"scenario.policies", nullptr, all_policies},
    {"policy.rule", odds<100>, rule},
    {"policy.baseline", needs_baseline, baseline},
    {"policy.attributes",
     [](Author& a) { return a.ground.numbers.empty() && a.ground.changing.empty() ? 0 : of_predictor(a); }, effects},
    {"policy.trend", of_predictor},
    {"policy.trend.linear", nullptr, small_effect},
    {"policy.trend.log_time", nullptr, small_effect},
    {"policy.trend.periods", nullptr, periods},
    {"policy.trend.polynomial", nullptr, polynomial},
    {"policy.trend.spline.knots", odds<100>, knots},
    {"policy.trend.spline.coefficients", odds<70>,
     [](Author& a, Field const&) {
       return list({effect(a, 0.3), effect(a, 0.3)});
     }},
    {"policy.threshold", [](Author& a) { return a.is("threshold") ? 100 : 0; }, threshold_number},
    {"policy.threshold.uniform", nullptr, bounds},
    {"policy.threshold.normal", nullptr, mean_and_sd},
    {"policy.threshold.attribute", [](Author& a) { return a.ground.parts.empty() ? 0 : 100; },
     [](Author& a, Field const&) { return scalar(a.ground.from_file ? "bar" : a.dice.pick(a.ground.parts)); }},
    {"policy.entry", if_drawn, entry},
    {"policy.adopters", odds<75>, adopters},
    {"policy.adopters.file", odds<100>, adopter_file},
    {"policy.adopters.until", odds<60>, replayed},
    {"policy.at_risk.from", if_labels, label_column},
    {"policy.at_risk.until", if_labels, label_column},
    {"policy.frailty", of_predictor},
    {"policy.frailty.city", odds<50>, deviation<60>},
    {"policy.frailty.city_policy", odds<50>, deviation<60>},
    {"policy.frailty.country", [](Author& a) { return a.ground.countries.empty() ? 0 : 50; }, deviation<60>},
    {"policy.frailty.period", odds<50>, deviation<60>},
    {"policy.requires", [](Author& a) { return a.is("cascade") || a.ground.drawn.size() < 2 ? 0 : 25; }, required},
    {"policy.excludes", [](Author& a) { return a.is("cascade") || a.ground.policies < 2 ? 0 : 20; }, excluded},
    {"policy.abandonment", odds<40>},
    {"policy.abandonment.hazard", odds<100>,
     [](Author& a, Field const&) {
       return a.dice.chance(a.learns ? 40 : 60) ? scalar(a.dice.pick(Names{"0", "0.02", "0.2", "0.7", "2.5"})) : Node{};
     }},
    {"policy.abandonment.logit", [](Author& a) { return a.has("hazard") ? 0 : 100; }},
    {"policy.abandonment.logit.base", odds<100>, [](Author& a, Field const&) { return scalar(a.dice.decimal(-4, 1)); }},
    {"policy.abandonment.logit.own_belief", [](Author& a) { return a.learns ? 70 : 0; }, leaving_by_belief},
    {"policy.merit", [](Author& a) { return a.learns ? 90 : 10; }},
    {"policy.merit.mean", odds<70>,
     [](Author& a, Field const&) { return scalar(a.dice.decimal(a.adds() ? 0 : -1.5, 2)); }},
    {"policy.merit.spread", [](Author& a) { return a.adds() ? 0 : 50; },
     [](Author& a, Field const&) { return scalar(a.dice.decimal(0, 1)); }},
    {"policy.merit.attributes", [](Author& a) { return a.adds() || a.ground.numbers.empty() ? 0 : 40; }},
    {"policy.merit.performance",
     [](Author& a) {
       bool const drawn = a.has("mean") || a.has("attributes");
       return a.adds() || drawn || a.ground.numbers.empty() ? 0 : 80;
     }},
    {"policy.merit.performance.attribute", odds<100>, performance},
    {"policy.reinvention", [](Author& a) { return a.learns || a.costs || a.shares_cost ? 40 : 0; }},
    {"policy.reinvention.probability", odds<100>,
     [](Author& a, Field const&) {
       return scalar(a.dice.pick(Names{"0", "0.2", "60 %", "1"}));
     }},
    {"policy.reinvention.gain", odds<60>,
     [](Author& a, Field const&) { return scalar(a.dice.decimal(a.adds() ? 0 : -0.5, 1)); }},
    {"policy.reinvention.cost", odds<60>,
     [](Author& a, Field const&) {
       return scalar(a.dice.pick(Names{"0.25", "2", "-0.5", "-1"}));
     }},
    {"policy.cost", [](Author& a) { return a.costs ? 100 : 0; }},
    {"policy.cost.amount", odds<100>, cost_amount},
    {"policy.when_unaffordable", [](Author& a) { return a.ground.resources ? 50 : 10; }},
};

}  // namespace

std::span<Row const> policy_rows() {
  return policy_rows_table;
}

}  // namespace hansa::test
