/// Tests of scenario/read_mechanisms and scenario/values.
#include "support.hpp"

using namespace hansa;
using namespace hansa::testing;

namespace {

MechanismSpec good_mechanism(std::string const& text) {
  Checked const checked =
      check_with("networks: {sister: {file: t.csv}},", "{p: {baseline: 0, mechanisms: {m: {" + text + "}}}}");
  CHECK(lines(checked.errors) == "");
  return checked.scenario.policies.at(0).mechanisms.at(0);
}

Shape shape(std::string const& text) {
  return good_mechanism("exposure: {shape: " + text + "}").parameters.shape("shape");
}
Pool pool(std::string const& text) {
  return good_mechanism("exposure: {pool: " + text + "}").parameters.pool("pool");
}

}  // namespace

TEST_CASE("a mechanism gets its parameters and their defaults") {
  MechanismSpec const spec =
      good_mechanism("exposure: {network: sister, cost: {attribute: a}, prior: {mean: 2}, clubs: [x]}, strength: 1.5");
  CHECK(spec.name == "m");
  CHECK(spec.kind == "exposure");
  CHECK(spec.strength == 1.5);
  Parameters const& p = spec.parameters;
  CHECK(p.reference("network").name == "sister");
  CHECK(p.text("normalize") == "share");
  CHECK(p.shape("shape").form == Shape::Form::linear);
  CHECK(p.integer("lag") == 1);
  CHECK(std::get<Reference>(std::get<NumberOrAttribute>(p.value("cost"))).name == "a");
  CHECK(std::get<std::vector<double>>(p.value("at")) == std::vector<double>{1, 2.5});
  CHECK(p.number("prior.mean") == 2);
  CHECK(p.number("prior.precision") == 1);
  CHECK(p.references("clubs")[0].name == "x");
  CHECK_FALSE(p.has("pool"));
}

TEST_CASE("strength is 1 by default, and sections have defaults when they are left out") {
  MechanismSpec const spec = good_mechanism("exposure: {cost: 3}");
  CHECK(spec.strength == 1);
  CHECK(spec.parameters.number("prior.precision") == 1);
  CHECK(std::get<double>(std::get<NumberOrAttribute>(spec.parameters.value("cost"))) == 3);
  CHECK_FALSE(good_mechanism("exposure: {}").parameters.has("cost"));
}

TEST_CASE("shapes") {
  CHECK(shape("log1p").form == Shape::Form::log1p);
  CHECK(shape("{power: 2}").a == 2);
  CHECK(shape("{step: 1}").form == Shape::Form::step);
  Shape const logistic = shape("{logistic: {midpoint: 0.3, steepness: 10}}");
  CHECK(logistic.form == Shape::Form::logistic);
  CHECK(logistic.a == 0.3);
  CHECK(logistic.b == 10);
}

TEST_CASE("pools") {
  CHECK(pool("all").of == Pool::Of::all);
  CHECK(pool("country").of == Pool::Of::country);
  CHECK(pool("{same: region}").of == Pool::Of::attribute);
  CHECK(pool("{collaboration: c40}").name.name == "c40");
  CHECK(pool("{network: sister}").of == Pool::Of::network);
}

TEST_CASE("mistakes in mechanisms") {
  CHECK(mechanism_complaint("exposre: {}") ==
        "s.yaml:3:2: unknown mechanism 'exposre', one of exposure, scale was expected; did you mean "
        "'exposure'?");
  CHECK(mechanism_complaint("learning: {}") ==
        "s.yaml:3:2: unknown mechanism 'learning', one of exposure, scale was expected");
  CHECK(mechanism_complaint("strength: 2") ==
        "s.yaml:2:33: 'm' has none of exposure, scale, exactly one of them was expected");
  CHECK(mechanism_complaint("exposure: {}, scale: {progress_ratio: 0.9}") ==
        "s.yaml:3:16: 'scale' cannot stand beside 'exposure', only one of them was expected");
  CHECK(mechanism_complaint("exposure: nearby") == "s.yaml:3:12: 'exposure' is 'nearby', a map was expected");
  CHECK(mechanism_complaint("scale: {}") ==
        "s.yaml:3:2: 'progress_ratio' is missing in 'scale', a number from 0.5 to 1 was expected");
  CHECK(mechanism_complaint("scale: {progress_ratio: 1.1}") ==
        "s.yaml:3:26: 'progress_ratio' is '1.1', a number from 0.5 to 1 was expected");
  CHECK(mechanism_complaint("exposure: {}, strength: .nan") ==
        "s.yaml:3:26: 'strength' is '.nan', a number was expected");
}

TEST_CASE("mistakes in values of mechanisms") {
  auto one = [](std::string const& keys) { return mechanism_complaint("exposure: {" + keys + "}"); };
  CHECK(one("network: sisters") ==
        "s.yaml:3:22: unknown network 'sisters', one of nearby, sister was expected; did you mean 'sister'?");
  CHECK(one("network: [a]") == "s.yaml:3:22: 'network' is a list, the name of a network was expected");
  CHECK(one("pool: {network: sisters}") ==
        "s.yaml:3:29: unknown network 'sisters', one of nearby, sister was expected; did you mean 'sister'?");
  CHECK(one("pool: some") ==
        "s.yaml:3:19: 'pool' is 'some', all, country, {same: ATTRIBUTE}, {collaboration: NAME} or {network: NAME} was "
        "expected");
  CHECK(one("pool: {same: a, network: sister}") ==
        "s.yaml:3:29: 'network' cannot stand beside 'same', only one of them was expected");
  CHECK(one("only: q") == "s.yaml:3:19: unknown policy 'q', p was expected");
  CHECK(one("normalize: shares") ==
        "s.yaml:3:24: 'normalize' is 'shares', one of share, weight, count was expected; did you mean 'share'?");
  CHECK(one("shape: cubic") ==
        "s.yaml:3:20: 'shape' is 'cubic', linear, log1p, {power: a}, {step: s} or {logistic: {midpoint: m, "
        "steepness: k}} was expected");
  CHECK(one("shape: {step: 0}") == "s.yaml:3:27: 'step' is '0', a number above 0 was expected");
  CHECK(one("shape: {power: 0}") == "s.yaml:3:28: 'power' is '0', a number above 0 was expected");
  CHECK(one("shape: {logistic: {midpoint: 1, steepness: -1}}") ==
        "s.yaml:3:56: 'steepness' is '-1', a number above 0 was expected");
  CHECK(one("shape: {logistic: {steepness: 1}}") ==
        "s.yaml:3:21: 'midpoint' is missing in 'logistic', a number was expected");
  CHECK(one("shape: {}") == "s.yaml:3:13: 'shape' has none of power, step, logistic, exactly one of them was expected");
  CHECK(one("lag: 6") == "s.yaml:3:18: 'lag' is '6', a whole number from 0 to 5 was expected");
  CHECK(one("cost: -1") == "s.yaml:3:19: 'cost' is '-1', a number of at least 0 or {attribute: NAME} was expected");
  CHECK(one("at: [1, x]") == "s.yaml:3:21: item 2 of 'at' is 'x', a number was expected");
  CHECK(one("prior: {precision: -1}") == "s.yaml:3:32: 'precision' is '-1', a number of at least 0 was expected");
}

TEST_CASE("mechanisms with mistakes are left out, the others are sorted by name") {
  Checked const checked = check_with(
      "", "{p: {baseline: 0, mechanisms: {z: {exposure: {}}, bad: {exposure: {lag: 9}}, a: {exposure: {}}}}}");
  CHECK(checked.errors.size() == 1);
  auto const& mechanisms = checked.scenario.policies.at(0).mechanisms;
  REQUIRE(mechanisms.size() == 2);
  CHECK(mechanisms[0].name == "a");
  CHECK(mechanisms[1].name == "z");
}

TEST_CASE("strength is no mechanism, and its decimals follow a point") {
  CHECK(mechanism_complaint("exposure: {network: nearby}, strenght: 2") ==
        "s.yaml:3:31: unknown key 'strenght', did you mean 'strength'?");
  CHECK(mechanism_complaint("exposure: {network: nearby}, strength: 1,5") ==
        "s.yaml:3:43: unknown key '5', a decimal point, and no separator of thousands, was expected");
}

TEST_CASE("strength may differ with attributes, sorted by name") {
  auto const by = good_mechanism("exposure: {}, strength: 2, strength_by: {size: 0.2, age: -1}").strength_by;
  REQUIRE(by.size() == 2);
  CHECK(by[0].first.name == "age");
  CHECK(by[0].second == -1);
  CHECK(by[1].first.name == "size");
  CHECK(by[1].second == 0.2);
  CHECK(good_mechanism("exposure: {}").strength_by.empty());
  CHECK(mechanism_complaint("exposure: {}, strength_by: 2") ==
        "s.yaml:3:29: 'strength_by' is '2', a map from attributes to numbers was expected");
  CHECK(mechanism_complaint("exposure: {}, strength_by: {size: big}") ==
        "s.yaml:3:36: 'size' is 'big', a number was expected");
  CHECK(mechanism_complaint("exposure: {}, strength_by: {size: 0,2}").starts_with("s.yaml:3:38: '2' is empty"));
  CHECK(mechanism_complaint("exposure: {}, strenght_by: {size: 2}") ==
        "s.yaml:3:16: unknown key 'strenght_by', did you mean 'strength_by'?");
}
