/// The leaves of the format, and what of them a scenario has.
#include "support/schema/leaves.hpp"

#include <doctest/doctest.h>

#include "io/yaml.hpp"
#include "mechanisms/catalogue.hpp"
#include "support/schema/features.hpp"
#include "support/schema/schema_texts.hpp"

namespace hansa::test {

namespace {

Leaves in(std::string const& yaml) {
  return leaves_of(parse_yaml(yaml, "s.yaml").root, schemas(standard_catalogue()));
}

}  // namespace

TEST_CASE("a scenario has the leaves that stand in it") {
  CHECK(in("time: {start: 1}") == Leaves{"scenario.time", "scenario.time.start"});
  CHECK(in("cities: {attention: {attribute: a}}") ==
        Leaves{"scenario.cities", "scenario.cities.attention", "scenario.cities.attention=attribute"});
  CHECK(in("networks: {n: {same: a}, m: {redraw: scenario}}") ==
        Leaves{"scenario.networks", "network.same", "network.redraw", "network.redraw=scenario"});
  Leaves const policy = in("policies: {p: {rule: linear, baseline: 1, trend: {polynomial: 2}, adopters: [c]}}");
  for (std::string const leaf : {"policy.rule=linear", "policy.baseline=number", "policy.trend.polynomial=degree",
                                 "policy.adopters=cities", "selector=ids"})
    CHECK(policy.contains(leaf));
  CHECK(policy.size() == 11);
  Leaves const mechanism = in("policies: {p: {mechanisms: {m: {scale: {pool: {same: a}}, strength: 2}}}}");
  CHECK(mechanism ==
        Leaves{"scenario.policies", "policy.mechanisms", "mechanism.strength", "scale", "scale.pool", "pool.same"});
}

TEST_CASE("paths that are set are told apart by what they lead to") {
  auto const set = [](std::string const& path) {
    Leaves found = in("interventions: [{set: {" + path + ": 1}}]");
    std::erase_if(found, [](std::string const& leaf) { return leaf.find(' ') == std::string::npos; });
    return found;
  };
  std::string const head = "intervention.set policies.P.";
  CHECK(set("policies.led.baseline") == Leaves{head + "baseline"});
  CHECK(set("policies.led.baseline.chance") == Leaves{head + "baseline.chance"});
  CHECK(set("policies.led.attributes.size.low") == Leaves{head + "attributes.A"});
  CHECK(set("\"policies.led.trend.spline.coefficients[1]\"") == Leaves{head + "trend.linear"});
  CHECK(set("policies.led.frailty.period") == Leaves{head + "frailty.city"});
  CHECK(set("policies.led.mechanisms.m.strength") == Leaves{head + "mechanisms.M.strength"});
  CHECK(set("policies.led.mechanisms.m.strength_by.size") == Leaves{head + "mechanisms.M.strength_by.A"});
  CHECK(set("policies.led.mechanisms.m.exposure.shape.power") == Leaves{head + "mechanisms.M.KIND.PARAMETER"});
}

TEST_CASE("what questions have is in the format, and one number is one question") {
  std::vector<Schema const*> const kinds = schemas(standard_catalogue());
  Leaves const all = all_leaves(kinds);
  for (std::uint64_t number = 1; number <= 200; ++number) {
    CAPTURE(number);
    Texts const texts = schema_texts(number);
    for (std::string const& leaf : leaves_of(parse_yaml(texts.yaml, "s.yaml").root, kinds)) {
      CAPTURE(leaf);
      CHECK(all.contains(leaf));
    }
    Texts const again = schema_texts(number);
    CHECK(again.yaml == texts.yaml);
    CHECK(again.files == texts.files);
    CHECK(schema_texts(number + 1).yaml != texts.yaml);
  }
}

TEST_CASE("pairs of features are counted in scenarios and in single policies") {
  std::vector<Schema const*> const kinds = schemas(standard_catalogue());
  PairTally pairs(kinds);
  pairs.add(parse_yaml("policies: {a: {cost: {amount: 1}}, b: {merit: {mean: 1}}}", "s.yaml").root);
  std::vector<std::string> const features{"policy.cost", "policy.merit"};
  CHECK(pairs.unmet(features).empty());
  CHECK(pairs.unmet_in_policies(features) == std::vector<Pair>{{"policy.cost", "policy.merit"}});
  pairs.add(parse_yaml("policies: {a: {cost: {amount: 1}, merit: {mean: 1}}}", "s.yaml").root);
  CHECK(pairs.unmet_in_policies(features).empty());
}

}  // namespace hansa::test
