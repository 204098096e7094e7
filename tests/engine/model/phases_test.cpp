/// Tests of model/phases.
#include "model/phases.hpp"

#include <doctest/doctest.h>

using namespace hansa;

namespace {

using Of = NumberAt::Of;

InterventionSpec set_of(std::string const& name, std::int32_t at, std::int32_t until, std::vector<SetValue> values) {
  return {name, "set", {}, at, until, {}, SetSpec{std::move(values), {}}};
}

SetValue value_at(NumberAt at, double number, std::string const& policy = "p") {
  return {{"path", {}}, {policy, {}}, std::move(at), number};
}

Scenario scenario_with(std::vector<InterventionSpec> acts) {
  Scenario scenario;
  scenario.clock = {2000, 2009, "year"};
  PolicySpec policy;
  policy.name = "p";
  policy.baseline = -2;
  policy.mechanisms.push_back({"m", "scale", {}, 1, {}, {}});
  policy.mechanisms[0].parameters.set("progress_ratio", 0.8, {});
  scenario.policies = {policy};
  scenario.interventions = std::move(acts);
  return scenario;
}

using ByStep = std::vector<std::pair<std::int32_t, double>>;

ByStep of_city(std::vector<AttributeStep> const& later, Index city) {
  ByStep steps;
  for (AttributeStep const& each : later)
    if (each.city == city) steps.emplace_back(each.step, each.sum);
  return steps;
}

}  // namespace

TEST_CASE("a policy without sets has one phase; the others begin where something does, or has ended") {
  CHECK(phases_of(scenario_with({}).policies[0], scenario_with({})).size() == 1);
  Scenario const scenario =
      scenario_with({set_of("a", 2000, 2002, {value_at({Of::baseline}, -1)}),
                     set_of("b", 2002, 2009, {value_at({Of::strength, "m"}, 3)}),
                     set_of("c", 2004, 2004, {value_at({Of::baseline}, 0), value_at({Of::baseline}, 7, "q")})});
  std::vector<Phase> const phases = phases_of(scenario.policies[0], scenario);
  REQUIRE(phases.size() == 5);
  std::vector<std::int32_t> steps;
  std::vector<double> baselines, strengths;
  for (Phase const& each : phases) {
    steps.push_back(each.step);
    baselines.push_back(*each.spec.baseline);
    strengths.push_back(each.spec.mechanisms[0].strength);
  }
  CHECK(steps == std::vector<std::int32_t>{1, 3, 4, 5, 6});
  CHECK(baselines == std::vector<double>{-1, -1, -2, 0, -2});
  CHECK(strengths == std::vector<double>{1, 3, 3, 3, 3});
}

TEST_CASE("a mechanism has as many variants as sets of parameters") {
  NumberAt const ratio{Of::parameter, "m", "progress_ratio"};
  Scenario const scenario =
      scenario_with({set_of("a", 2002, 2003, {value_at(ratio, 0.9)}), set_of("b", 2005, 2006, {value_at(ratio, 0.5)}),
                     set_of("c", 2008, 2009, {value_at(ratio, 0.9)})});
  std::vector<Phase> const phases = phases_of(scenario.policies[0], scenario);
  CHECK(variants_of(0, phases, scenario) == std::vector<std::size_t>{0, 1, 0, 2, 0, 1});
  Scenario const strong = scenario_with({set_of("a", 2002, 2003, {value_at({Of::strength, "m"}, 2)})});
  CHECK(variants_of(0, phases_of(strong.policies[0], strong), strong) == std::vector<std::size_t>{0, 0, 0});
}

TEST_CASE("sums of phases are put together, with what attributes change in each") {
  AttributeSums const first{{1, 2}, {{3, 0, 10}, {5, 1, 20}}}, second{{100, 200}, {{2, 1, 300}, {5, 0, 400}}};
  auto const together = [](std::vector<std::pair<std::int32_t, AttributeSums>> const& phases) {
    PhasedSums sums;
    for (auto const& [step, each] : phases) sums.add(step, each);
    return sums.take();
  };
  AttributeSums const all = together({{1, first}, {4, second}, {6, first}});
  CHECK(all.start == std::vector<double>{1, 2});
  CHECK(of_city(all.later, 0) == ByStep{{3, 10}, {4, 100}, {5, 400}, {6, 10}});
  CHECK(of_city(all.later, 1) == ByStep{{4, 300}, {6, 20}});
  CHECK(together({{1, {}}, {3, {}}}).start.empty());
  CHECK(together({{1, first}, {3, first}, {4, first}}).later.size() == 2);
}
