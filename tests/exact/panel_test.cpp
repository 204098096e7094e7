/// Attributes that change over time: the enumerated law under every rule, through effects and strengths.
#include <algorithm>
#include <cmath>

#include <doctest/doctest.h>
#include <fmt/format.h>

#include "cases.hpp"

namespace hansa::exact {

namespace {

/// Size by city and label.
double size_of(View const& v) {
  constexpr double sizes[cities][3] = {{0.5, 0.5, 0.5}, {-1, 1.5, -0.5}, {2, 2, 2}, {0, 1, 1}};
  return sizes[v.city][v.t - 1];
}

/// b and c are wild from label 3 on.
double wild(View const& v) {
  return (v.city == 1 || v.city == 2) && v.t == 3 ? 1.0 : 0.0;
}

/// Share of the weight that each city observes; nobody is observed by a.
double share_in_panel(View const& v) {
  switch (v.city) {
    case 1:
      return (v.adopted(0) + 3 * v.adopted(3)) / 4;
    case 2:
      return (2 * v.adopted(0) + v.adopted(1)) / 3;
    case 3:
      return (1.5 * v.adopted(1) + 0.5 * v.adopted(2)) / 2;
    default:
      return 0;
  }
}

struct PanelCase {
  std::string yaml;
  double baseline, unit;  ///< of pressure: probabilities take a tenth of what predictors do
  Chance chance;
};

std::vector<PanelCase> cases() {
  return {
      {"rule: logit, baseline: -0.7", -0.7, 1, logit()},
      {"rule: cloglog, baseline: -1.2", -1.2, 1, cloglog()},
      {"rule: linear, baseline: 0.3", 0.3, 0.1, linear()},
      {"rule: threshold, threshold: {normal: [0.6, 0.8]}", 0, 1,
       threshold([](int, double x) { return normal_below(x, 0.6, 0.8); })},
      {"rule: threshold, threshold: {uniform: [-0.5, 2]}", 0, 1,
       threshold([](int, double x) { return std::clamp((x + 0.5) / 2.5, 0.0, 1.0); })},
  };
}

test::Texts world_with_panel(std::string const& policies) {
  test::Texts texts = world_with(policies);
  std::string const file = "file: cities.csv";
  texts.yaml.replace(texts.yaml.find(file), file.size(), file + ", panel: panel.csv");
  texts.files["panel.csv"] =
      "city,year,size,mood\n"
      "b,3,-0.5,wild\nb,2,1.5,\nd,2,1,\nc,3,,wild\nc,-2,9,calm\nc,1,2,\na,-5,0.5,\n";
  return texts;
}

}  // namespace

TEST_CASE("effects of attributes that change") {
  for (PanelCase const& each : cases()) {
    std::string const effects =
        fmt::format("attributes: {{size: {}, mood: {{wild: {}}}}}", 0.4 * each.unit, 0.7 * each.unit);
    Formula const eta = [&](View const& v) {
      return each.baseline + each.unit * (0.4 * size_of(v) + 0.7 * wild(v) + 0.9 * share_in_panel(v));
    };
    std::string const policy = fmt::format(
        "  p: {{{}, {}, adopters: [a], mechanisms: {{m: {{exposure: {{network: ties}}, strength: {}}}}}}}\n", each.yaml,
        effects, 0.9 * each.unit);
    check_fit(world_with_panel(policy), enumerate({eta, each.chance, a_before, {}}));
  }
}

TEST_CASE("strengths by attributes that change") {
  for (PanelCase const& each : cases()) {
    Formula const eta = [&](View const& v) {
      return each.baseline + each.unit * (1.2 + 0.8 * size_of(v)) * share_in_panel(v);
    };
    std::string const policy = fmt::format(
        "  p: {{{}, adopters: [a], mechanisms: {{m: {{exposure: {{network: ties}}, strength: {}, strength_by: {{size: "
        "{}}}}}}}}}\n",
        each.yaml, 1.2 * each.unit, 0.8 * each.unit);
    check_fit(world_with_panel(policy), enumerate({eta, each.chance, a_before, {}}));
  }
}

TEST_CASE("hazards that are added, with effects that change") {
  Formula const hazard = [](View const& v) { return std::exp(-1.2 + 0.4 * size_of(v)) + 0.5 * share_in_panel(v); };
  check_fit(world_with_panel("  p: {rule: additive, baseline: -1.2, attributes: {size: 0.4}, adopters: [a], "
                             "mechanisms: {m: {exposure: {network: ties}, strength: 0.5}}}\n"),
            enumerate({hazard, additive(), a_before, {}}));
}

TEST_CASE("a law without the changes is found out") {
  Formula const start = [](View const& v) { return -0.7 + 0.4 * size_of({v.city, 1, v.times}); };
  auto const question =
      test::ask(world_with_panel("  p: {rule: logit, baseline: -0.7, attributes: {size: 0.4}, adopters: [a]}\n"));
  auto const fit = test::goodness_of_fit(enumerate({start, logit(), a_before, {}}), simulate(*question, 40000));
  CHECK(fit.p_value < 1e-9);
}

}  // namespace hansa::exact
