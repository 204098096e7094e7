/// Numbers that are set by date against enumerated laws, under every rule: at the first step, mid-way and at the last
/// one, alone and mixed with what else presses.
#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

#include <doctest/doctest.h>
#include <fmt/format.h>

#include "cases.hpp"

namespace hansa::exact {

namespace {

/// The numbers of the policy at a label.
struct Numbers {
  double baseline, strength;
  double power = 1;
  double push = 0;
};

/// What is set while the labels from … until last; of a path that is no number of these, nothing.
struct Setting {
  std::int32_t from, until;
  std::string path;
  double number;
};

/// Probability that neither a tie of those who adopted in the step before nor a push has an effect.
double untouched(View const& view, Numbers const& now) {
  double product = std::exp(-now.push);
  for (auto const& [source, weight] : sources_of(view.city))
    if (view.times[static_cast<std::size_t>(source)] == view.t - 1) product *= 1 - std::min(1.0, now.strength * weight);
  return product;
}

struct Ruled {
  std::string name, yaml;
  Numbers own;
  std::function<double(View const&, Numbers const&)> pressure;
  Chance chance;
  [[nodiscard]] bool has_baseline() const { return yaml.find("baseline") != std::string::npos; }
};

double sum_of(View const& view, Numbers const& now) {
  double const share = view.share();
  return now.baseline + now.strength * (now.power == 1 ? share : std::pow(share, now.power)) + now.push;
}

double hazard_sum(View const& view, Numbers const& now) {
  return std::exp(now.baseline) + now.strength * std::pow(view.share(), now.power) + now.push;
}

std::vector<Ruled> ruled() {
  auto const yaml = [](std::string const& rule, Numbers const& own, std::string const& more) {
    std::string const baseline = more.empty() ? fmt::format("baseline: {}, ", own.baseline) : more;
    std::string const shape = rule == "cascade" ? "" : fmt::format(", shape: {{power: {}}}", own.power);
    return fmt::format("rule: {}, {}mechanisms: {{m: {{exposure: {{network: ties{}}}, strength: {}}}}}", rule, baseline,
                       shape, own.strength);
  };
  Numbers const lo{-0.7, 0.9, 2}, clog{-1.2, 0.9, 2}, add{-1.5, 0.3, 2}, lin{0.2, 0.3, 2}, thr{0, 0.9, 2}, casc{0, 0.3};
  auto const uniform = [](int, double x) { return std::min(1.0, std::max(0.0, (x + 0.25) / 1.5)); };
  return {
      {"logit", yaml("logit", lo, ""), lo, sum_of, logit()},
      {"cloglog", yaml("cloglog", clog, ""), clog, sum_of, cloglog()},
      {"additive", yaml("additive", add, ""), add, hazard_sum, additive()},
      {"linear", yaml("linear", lin, ""), lin, sum_of, linear()},
      {"threshold", yaml("threshold", thr, "threshold: {uniform: [-0.25, 1.25]}, "), thr, sum_of, threshold(uniform)},
      {"cascade", yaml("cascade", casc, " "), casc, untouched, [](int, double none, double) { return 1 - none; }},
  };
}

/// What else presses: a push and a factor of the strength.
struct Beside {
  std::int32_t from = 0, until = -1;
  double push = 0, factor = 1;
};

std::map<test::Outcome, double> law_with(Ruled const& rule, std::vector<Setting> const& sets, Beside const& beside) {
  Law law{{}, rule.chance, a_before, {}};
  law.eta = [=](View const& view) {
    Numbers now = rule.own;
    for (Setting const& each : sets) {
      if (view.t < each.from || view.t > each.until) continue;
      if (each.path == "baseline") now.baseline = each.number;
      if (each.path == "mechanisms.m.strength") now.strength = each.number;
      if (each.path == "mechanisms.m.exposure.shape.power") now.power = each.number;
    }
    bool const pressed = beside.from <= view.t && view.t <= beside.until;
    if (pressed) now.push = beside.push;
    if (pressed) now.strength *= beside.factor;
    return rule.pressure(view, now);
  };
  return enumerate(law);
}

std::string set_item(std::string const& name, Setting const& each) {
  return fmt::format("  - {{at: {}, until: {}, name: {}, set: {{policies.p.{}: {}}}}}\n", each.from, each.until, name,
                     each.path, each.number);
}

test::Texts texts_with(Ruled const& rule, std::string const& items) {
  test::Texts texts = world_with("  p: {" + rule.yaml + ", adopters: [a]}\n");
  texts.yaml += "interventions:\n" + items;
  return texts;
}

void check_set(Ruled const& rule, std::string const& path, double number) {
  CAPTURE(rule.name);
  for (auto const& [from, until] :
       {std::pair{first_label, first_label}, {2, 2}, {2, last_label}, {last_label, last_label}}) {
    Setting const set{from, until, path, number};
    check_fit(texts_with(rule, set_item("x", set)), law_with(rule, {set}, {}));
  }
}

}  // namespace

TEST_CASE("a strength that is set in any steps, under every rule, has the enumerated law") {
  for (Ruled const& rule : ruled()) check_set(rule, "mechanisms.m.strength", rule.name == "cascade" ? 0.5 : 1.7);
}

TEST_CASE("a strength of 0 up to a date, and from a date on, has the enumerated law") {
  for (Ruled const& rule : ruled()) {
    std::vector<Setting> const begins{{1, 2, "mechanisms.m.strength", 0}}, ends{{2, 3, "mechanisms.m.strength", 0}};
    check_fit(texts_with(rule, set_item("x", begins[0])), law_with(rule, begins, {}));
    check_fit(texts_with(rule, set_item("x", ends[0])), law_with(rule, ends, {}));
  }
}

TEST_CASE("a baseline that is set in any steps, under every rule that has one, has the enumerated law") {
  for (Ruled const& rule : ruled())
    if (rule.has_baseline()) check_set(rule, "baseline", rule.name == "linear" ? 0.45 : rule.own.baseline + 0.8);
}

TEST_CASE("a parameter that is set in any steps has the enumerated law, counted from the first adoption on") {
  for (Ruled const& rule : ruled())
    if (rule.name != "cascade") check_set(rule, "mechanisms.m.exposure.shape.power", 0.5);
}

TEST_CASE("a half-life that is set has the enumerated law: what was adopted long ago fades at once") {
  // Of the shares, a counts for all of its weight in 1, for half of it a half-life later.
  Ruled const rule = ruled().front();
  for (std::int32_t const from : {1, 2, 3}) {
    Law law{{}, rule.chance, a_before, {}};
    law.eta = [=](View const& view) {
      double top = 0, all = 0;
      for (auto const& [source, weight] : sources_of(view.city)) {
        std::int32_t const since = view.times[static_cast<std::size_t>(source)];
        double const age = since == never ? 0 : view.t - 1 - std::max(since, 0);
        bool const fades = view.t >= from && since != never;
        top += weight * view.adopted(source) * (fades ? std::pow(0.5, age) : 1);
        all += weight;
      }
      return -0.7 + 0.9 * (all > 0 ? std::pow(top / all, 2) : 0);
    };
    check_fit(
        texts_with(rule, fmt::format("  - {{at: {}, set: {{policies.p.mechanisms.m.exposure.half_life: 1}}}}\n", from)),
        enumerate(law));
  }
}

TEST_CASE(
    "a set, a campaign and a push on one city in one step are the same in every order, and have the enumerated law") {
  for (Ruled const& rule : ruled()) {
    CAPTURE(rule.name);
    Setting const set{2, 3, "mechanisms.m.strength", rule.name == "cascade" ? 0.2 : 0.6};
    Beside const beside{2, 2, 0.15, 1.5};
    std::vector<std::string> items{set_item("x", set),
                                   "  - {at: 2, until: 2, name: y, campaign: {policy: p, mechanism: m, factor: 1.5}}\n",
                                   "  - {at: 2, until: 2, name: z, push: {policy: p, strength: 0.15}}\n"};
    auto const texts = [&] { return texts_with(rule, items[0] + items[1] + items[2]); };
    check_fit(texts(), law_with(rule, {set}, beside));
    auto const first = test::ask(texts());
    int orders = 1;
    std::sort(items.begin(), items.end());
    do {
      auto const other = test::ask(texts());
      for (std::int64_t r = 0; r < 100; ++r) {
        History const a = test::run_one(*first, r, Lanes::fast), b = test::run_one(*other, r, Lanes::fast);
        REQUIRE(a.policies[0].adoption_time == b.policies[0].adoption_time);
        REQUIRE(a.policies[0].adoptions_by_mechanism == b.policies[0].adoptions_by_mechanism);
      }
      ++orders;
    } while (std::next_permutation(items.begin(), items.end()));
    CHECK(orders == 7);
  }
}

TEST_CASE("two sets of one number at different dates, and of two numbers at once, have the enumerated law") {
  for (Ruled const& rule : ruled()) {
    bool const chance = rule.name == "cascade";
    std::vector<Setting> sets{{1, 1, "mechanisms.m.strength", chance ? 0.5 : 1.4},
                              {3, 3, "mechanisms.m.strength", chance ? 0.1 : 0.2}};
    if (rule.has_baseline()) sets.push_back({1, 2, "baseline", rule.own.baseline + 0.3});
    std::string items;
    for (Setting const& each : sets) items += set_item(fmt::format("x{}", items.size()), each);
    check_fit(texts_with(rule, items), law_with(rule, sets, {}));
  }
}

}  // namespace hansa::exact
