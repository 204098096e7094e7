/// Tests of scenario/shape_parameter: numbers found by their paths, and set.
#include "scenario/shape_parameter.hpp"

#include "scenario/field_ranges.hpp"
#include "support.hpp"

using namespace hansa;
using namespace hansa::testing;

namespace {

constexpr std::string_view one_policy =
    "{led: {baseline: -5, mechanisms: {a: {exposure: {network: near, cost: 2, prior: {mean: -1, precision: 3}}}, "
    "b: {exposure: {pool: {network: near}, shape: {logistic: {midpoint: 0.3, steepness: 9}}}}, "
    "c: {exposure: {pool: all, shape: {step: 0.2}}}, d: {scale: {progress_ratio: 0.8}}}}}";

Scenario scenario() {
  Checked checked =
      check_with("networks: {near: {within: {km: 30}}, far: {nearest: {k: 2}, weight: {decay_km: 5}}},", one_policy);
  REQUIRE(lines(checked.errors) == "");
  return std::move(checked.scenario);
}

ShapeParameter found(Scenario const& in, std::string const& path) {
  auto const result = find_shape_parameter(in, kinds, {path, {}});
  CAPTURE(path);
  REQUIRE(std::holds_alternative<ShapeParameter>(result));
  return std::get<ShapeParameter>(result);
}

}  // namespace

TEST_CASE("a number is found with its range, and set where it stands") {
  Scenario in = scenario();
  struct Expected {
    std::string path;
    double value, lowest;
    bool jumps;
  };
  std::string const root = "policies.led.mechanisms.";
  for (Expected const& each : {Expected{root + "a.exposure.cost", 2, 0, false},
                               {root + "a.exposure.prior.mean", -1, -infinity, false},
                               {root + "a.exposure.prior.precision", 3, 0, false},
                               {root + "b.exposure.shape.logistic.midpoint", 0.3, -infinity, false},
                               {root + "b.exposure.shape.logistic.steepness", 9, fields::above_zero, false},
                               {root + "c.exposure.shape.step", 0.2, fields::above_zero, true},
                               {root + "d.scale.progress_ratio", 0.8, 0.5, false},
                               {"networks.near.within.km", 30, fields::above_zero, true},
                               {"networks.far.weight.decay_km", 5, fields::above_zero, false}}) {
    ShapeParameter const parameter = found(in, each.path);
    CHECK(parameter.value == each.value);
    CHECK(parameter.field->lowest == each.lowest);
    CHECK(parameter.jumps == each.jumps);
    set_shape(in, parameter, 0.7);
    CHECK(found(in, each.path).value == 0.7);
  }
  // Setting one part of a shape leaves the other.
  set_shape(in, found(in, root + "b.exposure.shape.logistic.steepness"), 4);
  CHECK(found(in, root + "b.exposure.shape.logistic.midpoint").value == 0.7);
}

TEST_CASE("what is no such number is told") {
  Scenario const in = scenario();
  auto const reason = [&](std::string const& path) {
    auto const result = find_shape_parameter(in, kinds, {path, {}});
    REQUIRE(std::holds_alternative<std::string>(result));
    return std::get<std::string>(result);
  };
  CHECK(reason("policies.led.mechanisms.a.exposure.lag").find("is a whole number") != std::string::npos);
  CHECK(reason("policies.led.mechanisms.a.exposure.shape.step").find("leads to no number") != std::string::npos);
  CHECK(reason("policies.led.mechanisms.a.exposure.normalize").find("leads to no number") != std::string::npos);
  CHECK(reason("networks.far.nearest.k").find("leads to no distance") != std::string::npos);
  CHECK(reason("networks.near.within.distance").find("leads to no distance") != std::string::npos);
  CHECK(reason("policies.led.merit.mean").find("shapes a mechanism") != std::string::npos);
}

TEST_CASE("a network's distance is used by the mechanisms that name the network") {
  Scenario const in = scenario();
  PolicySpec const& policy = in.policies[0];
  CHECK(users_of(found(in, "networks.near.within.km"), policy, kinds) == std::vector<std::string>{"a", "b"});
  CHECK(users_of(found(in, "networks.far.weight.decay_km"), policy, kinds).empty());
  CHECK(users_of(found(in, "policies.led.mechanisms.d.scale.progress_ratio"), policy, kinds) ==
        std::vector<std::string>{"d"});
}
