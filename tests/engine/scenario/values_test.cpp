/// Tests of scenario/values.
#include "support.hpp"

using namespace hansa;
using namespace hansa::testing;

namespace {

double baseline_of_chance(std::string const& chance) {
  Checked const checked = check_with("", "{p: {rule: cloglog, baseline: {chance: " + chance + "}}}");
  CHECK(lines(checked.errors) == "");
  return checked.scenario.policies.at(0).baseline.value();
}

std::string chance_complaint(std::string const& chance) {
  return policy_complaint("baseline: {chance: " + chance + "}");
}

Parameters exposure_of(std::string const& keys) {
  Checked const checked = check(
      "{hansa: 1, time: {start: 2000, end: 2010}, cities: {file: c.csv}, networks: {sister: "
      "{file: t.csv}}, policies: {p: {baseline: -5, mechanisms: {m: {exposure: {" +
      keys + "}}}}}}");
  CHECK(lines(checked.errors) == "");
  return checked.scenario.policies.at(0).mechanisms.at(0).parameters;
}

}  // namespace

TEST_CASE("a chance may have a per cent sign, and is the same number") {
  double const plain = baseline_of_chance("0.0015");
  for (std::string const same : {"0.15 %", "0.15%", "\"0.15 %\"", "\"0.15%\"", "1.5e-3", "1.5e-1 %", "+0.15   %"})
    CHECK(baseline_of_chance(same) == plain);
  CHECK(baseline_of_chance("99.9 %") == baseline_of_chance("0.999"));
  CHECK(baseline_of_chance("0.001 %") == baseline_of_chance("0.00001"));
}

TEST_CASE("a chance is above 0 and below 1, and a number") {
  std::string const expected = ", a number above 0 and below 1, as in 0.0015 or 0.15 %, was expected";
  CHECK(chance_complaint("100 %") == "s.yaml:2:25: 'chance' is '100 %'" + expected);
  CHECK(chance_complaint("0%") == "s.yaml:2:25: 'chance' is '0%'" + expected);
  CHECK(chance_complaint("-1 %") == "s.yaml:2:25: 'chance' is '-1 %'" + expected);
  CHECK(chance_complaint("\"0.0015\"") == "s.yaml:2:25: 'chance' is the text '0.0015'" + expected);
  CHECK(chance_complaint("%") == "s.yaml:2:25: 'chance' is '%'" + expected);
  CHECK(chance_complaint("0.1 % %") == "s.yaml:2:25: 'chance' is '0.1 % %'" + expected);
  CHECK(chance_complaint("0.1 percent") == "s.yaml:2:25: 'chance' is '0.1 percent'" + expected);
  CHECK(chance_complaint("nan %") == "s.yaml:2:25: 'chance' is 'nan %'" + expected);
  CHECK(chance_complaint("1e999 %") == "s.yaml:2:25: 'chance' is '1e999 %'" + expected);
  CHECK(chance_complaint("[0.1]") == "s.yaml:2:25: 'chance' is a list" + expected);
}

TEST_CASE("each kind becomes the value that it names") {
  Parameters const read = exposure_of(
      "network: sister, normalize: count, shape: {power: 2}, only: p, lag: 3, cost: {attribute: price}, at: [3, 4.5], "
      "clubs: [c40, \"1\"], prior: {precision: 2}");
  CHECK(read.reference("network").name == "sister");
  CHECK(read.text("normalize") == "count");
  CHECK(read.shape("shape").form == Shape::Form::power);
  CHECK(read.shape("shape").a == 2);
  CHECK(read.reference("only").name == "p");
  CHECK(read.integer("lag") == 3);
  CHECK(std::get<Reference>(std::get<NumberOrAttribute>(read.value("cost"))).name == "price");
  CHECK(std::get<std::vector<double>>(read.value("at")) == std::vector{3.0, 4.5});
  CHECK(read.references("clubs").at(1).name == "1");
  CHECK(read.number("prior.precision") == 2);
  CHECK(read.number("prior.mean") == 0);
}

TEST_CASE("what is left out has its default, and without one nothing") {
  Parameters const read = exposure_of("");
  CHECK(read.text("normalize") == "share");
  CHECK(read.shape("shape").form == Shape::Form::linear);
  CHECK(read.integer("lag") == 1);
  CHECK(std::get<std::vector<double>>(read.value("at")) == std::vector{1.0, 2.5});
  CHECK(!read.has("network"));
  CHECK(!read.has("pool"));
}

TEST_CASE("pools and shapes in all their forms") {
  CHECK(exposure_of("pool: all").pool("pool").of == Pool::Of::all);
  CHECK(exposure_of("pool: country").pool("pool").name.name == "country");
  CHECK(exposure_of("pool: {same: region}").pool("pool").of == Pool::Of::attribute);
  CHECK(exposure_of("pool: {collaboration: c40}").pool("pool").of == Pool::Of::collaboration);
  CHECK(exposure_of("pool: {network: sister}").pool("pool").of == Pool::Of::network);
  CHECK(exposure_of("shape: log1p").shape("shape").form == Shape::Form::log1p);
  CHECK(exposure_of("shape: {step: 0.3}").shape("shape").a == 0.3);
  Parameters const read = exposure_of("shape: {logistic: {midpoint: 0.3, steepness: 10}}");
  CHECK(read.shape("shape").form == Shape::Form::logistic);
  CHECK(read.shape("shape").b == 10);
  CHECK(mechanism_complaint("exposure: {pool: everybody}") ==
        "s.yaml:3:19: 'pool' is 'everybody', all, country, {same: ATTRIBUTE}, {collaboration: NAME} or {network: NAME} "
        "was expected");
  CHECK(mechanism_complaint("exposure: {shape: {power: 2, step: 1}}") ==
        "s.yaml:3:31: 'step' cannot stand beside 'power', only one of them was expected");
}

TEST_CASE("numbers in quotes are texts, and texts are no numbers") {
  CHECK(mechanism_complaint("exposure: {lag: \"1\"}") ==
        "s.yaml:3:18: 'lag' is the text '1', a whole number from 0 to 5 was expected");
  CHECK(mechanism_complaint("exposure: {lag: 2.0}") ==
        "s.yaml:3:18: 'lag' is '2.0', a whole number from 0 to 5 was expected");
  CHECK(mechanism_complaint("exposure: {at: [1, x]}") == "s.yaml:3:21: item 2 of 'at' is 'x', a number was expected");
  CHECK(mechanism_complaint("exposure: {clubs: [a, a]}") ==
        "s.yaml:3:24: 'a' is given twice, it stands already at "
        "s.yaml:3:21");
}
