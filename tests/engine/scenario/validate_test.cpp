/// Tests of scenario/validate: what a good scenario becomes, and what is said of the top level.
#include "support.hpp"

using namespace hansa;
using namespace hansa::testing;

TEST_CASE("the least scenario gets the defaults") {
  Checked const checked = check_with("");
  CHECK(checked.errors.empty());
  CHECK(checked.warnings.empty());
  Scenario const& s = checked.scenario;
  CHECK(s.title == "s");
  CHECK(s.clock.start == 2000);
  CHECK(s.clock.end == 2010);
  CHECK(s.clock.unit == "year");
  CHECK(s.seed == 1);
  CHECK(s.replicates == 100);
  CHECK(s.output.histories);
  CHECK(s.output.quantiles == std::vector<double>{5, 25, 50, 75, 95});
  CHECK(s.output.by.empty());
  REQUIRE(s.cities.file);
  CHECK(s.cities.file->given == "c.csv");
  CHECK(s.cities.file->path == "folder/c.csv");
  REQUIRE(s.policies.size() == 1);
  CHECK(s.policies[0].rule == Rule::logit);
  CHECK(s.policies[0].baseline == -5);
}

TEST_CASE("seeds are exact over the whole range") {
  CHECK(check_with("seed: 0,").scenario.seed == 0);
  CHECK(check_with("seed: 18446744073709551615,").scenario.seed == 18446744073709551615u);
  CHECK(check_with("seed: 9223372036854775809,").scenario.seed == 9223372036854775809u);
  constexpr char const* mend = "a whole number from 0 to 18446744073709551615 was expected";
  CHECK(complaint("seed: 18446744073709551616,") ==
        std::string("s.yaml:1:8: 'seed' is '18446744073709551616', ") + mend);
  CHECK(complaint("seed: -1,") == std::string("s.yaml:1:8: 'seed' is '-1', ") + mend);
}

TEST_CASE("unknown keys get the nearest name") {
  CHECK(complaint("sed: 1,") ==
        "s.yaml:1:2: unknown key 'sed', one of hansa, title, time, seed, replicates, currency, purpose, patterns, … "
        "was expected; did you mean 'seed'?");
}

TEST_CASE("repeated keys are told with both places") {
  CHECK(complaint("seed: 1, title: a, seed: 2,") ==
        "s.yaml:1:21: 'seed' is given twice, it stands already at s.yaml:1:2");
  CHECK(complaint("networks: {n: {nearest: {k: 1}}, n: {nearest: {k: 2}}},") ==
        "s.yaml:1:35: 'n' is given twice, it stands already at s.yaml:1:13");
}

TEST_CASE("wrong types are told as they are") {
  CHECK(complaint("replicates: many,") ==
        "s.yaml:1:14: 'replicates' is 'many', a whole number from 1 to 1000000000 was expected");
  CHECK(complaint("replicates: [1],") ==
        "s.yaml:1:14: 'replicates' is a list, a whole number from 1 to 1000000000 was expected");
  CHECK(complaint("replicates: \"5\",") ==
        "s.yaml:1:14: 'replicates' is the text '5', a whole number from 1 to 1000000000 was expected");
  CHECK(complaint("replicates: 2.0,") ==
        "s.yaml:1:14: 'replicates' is '2.0', a whole number from 1 to 1000000000 was expected");
  CHECK(complaint("title: {a: b},") == "s.yaml:1:9: 'title' is a map, a text was expected");
  CHECK(complaint("title:,") == "s.yaml:1:8: 'title' is empty, a text was expected");
  CHECK(complaint("output: {histories: yes},") == "s.yaml:1:22: 'histories' is 'yes', true or false was expected");
  CHECK(complaint("output: 5,") == "s.yaml:1:10: 'output' is '5', a map was expected");
  CHECK(complaint("networks: [a],") == "s.yaml:1:12: 'networks' is a list, a map of networks by name was expected");
}

TEST_CASE("a unit of time is no date") {
  for (std::string const unit : {"years since 1970", "days SINCE then", "since"}) {
    Checked const checked =
        check("{policies: {p: {baseline: -5}}, cities: {file: c.csv}, hansa: 1,\ntime: {unit: " + unit +
              ", start: 2000, end: 2010}}");
    CHECK(lines(checked.errors) == "s.yaml:2:14: the unit of time '" + unit +
                                       "' holds the word since, a plain label such as year was expected: readers of "
                                       "the result would take it for dates");
  }
}

TEST_CASE("a unit of time is one step, not several") {
  auto const told = [](std::string const& unit) {
    return lines(check("{policies: {p: {baseline: -5}}, cities: {file: c.csv}, hansa: 1,\ntime: {unit: " + unit +
                       ", start: 2000, end: 2010}}")
                     .errors);
  };
  constexpr char const* why = "' was expected, in the singular: it is what one step is called";
  CHECK(told("days") == std::string("s.yaml:2:14: the unit of time is 'days', 'day") + why);
  CHECK(told("Nanoseconds") == std::string("s.yaml:2:14: the unit of time is 'Nanoseconds', 'nanosecond") + why);
  for (std::string const unit : {"year", "month", "week", "quarter"}) {
    CHECK(told(unit) == "");
    CHECK(told(unit + "s") == "s.yaml:2:14: the unit of time is '" + unit + "s', '" + unit + why);
  }
  for (char const* const unit : {"day", "second", "round", "census", "half year"}) CHECK(told(unit) == "");
}

TEST_CASE("a network is no mistake where the section of networks was not understood") {
  std::string const policies = "{p: {baseline: -5, mechanisms: {m: {exposure: {network: sister}}}}}";
  CHECK(lines(check_with("networks: {sister: {file: t.csv}},", policies).errors) == "");
  for (std::string const wrong : {"network: {sister: {file: t.csv}},", "networks: [sister],", "networks: ,"}) {
    CAPTURE(wrong);
    Checked const checked = check_with(wrong, policies);
    CHECK(checked.errors.size() == 1);
    CHECK(checked.errors.at(0).find("'network") != std::string::npos);
  }
  CHECK(lines(check_with("", policies).errors).find("unknown network 'sister', none is defined") != std::string::npos);
}

TEST_CASE("what is required is missed, each at its section") {
  Checked const checked = check("{hansa: 1,\n time: {unit: day}, cities: {file: a}}");
  REQUIRE(checked.errors.size() == 3);
  CHECK(checked.errors[0] == "folder/s.yaml:1:1: 'policies' is missing in the scenario, a map was expected");
  CHECK(checked.errors[1] ==
        "s.yaml:2:2: 'end' is missing in 'time', a whole number from -1000000000 to 1000000000 was expected");
  CHECK(checked.errors[2].starts_with("s.yaml:2:2: 'start' is missing in 'time'"));
}

TEST_CASE("a scenario is a map, of version 1") {
  CHECK(lines(check("[a]").errors) ==
        "s.yaml:1:1: the scenario is a list, a map with the keys hansa, time, cities, policies was expected");
  Checked const checked =
      check("{hansa: 2, time: {start: 1, end: 2}, policies: {p: {baseline: 1}}, cities: {file: a}}");
  CHECK(lines(checked.errors) == "s.yaml:1:9: 'hansa' is '2', 1 was expected");
}

TEST_CASE("time runs forward, in at most 32000 steps") {
  auto errors = [](char const* time) {
    return check("{hansa: 1, policies: {p: {baseline: 1}}, cities: {file: a},\ntime: " + std::string(time) + "}")
        .errors;
  };
  CHECK(errors("{start: 5, end: 5}").empty());
  CHECK(errors("{start: 1, end: 32000}").empty());
  CHECK(lines(errors("{start: 0, end: 32000}")) == "s.yaml:2:23: time has 32001 steps, at most 32000 were expected");
  CHECK(lines(errors("{start: 6, end: 5}")) ==
        "s.yaml:2:23: time ends in 5 but starts in 6, the end was expected not to be before the start");
  CHECK(errors("{start: -1000000000, end: 1000000000}")[0].find("2000000001 steps") != std::string::npos);
  CHECK(errors("{start: 3000000000, end: 3000000001}").size() == 2);
}

TEST_CASE("output") {
  Checked const checked =
      check_with("output: {file: x.h5, by: [region, income], histories: false, quantiles: [2.5, 50]},");
  CHECK(checked.errors.empty());
  OutputSpec const& output = checked.scenario.output;
  CHECK(output.file == "x.h5");
  REQUIRE(output.by.size() == 2);
  CHECK(output.by[1].name == "income");
  CHECK(output.by[1].where == Place{"s.yaml", 1, 36});
  CHECK_FALSE(output.histories);
  CHECK_FALSE(output.events);
  Checked const logged = check_with("output: {events: true},");
  CHECK(logged.errors.empty());
  CHECK(logged.scenario.output.events);
  CHECK(output.quantiles == std::vector<double>{2.5, 50});
  CHECK(complaint("output: {quantiles: [50, 5]},") ==
        "s.yaml:1:27: 'quantiles' does not ascend, a number above 50 was expected");
  CHECK(complaint("output: {quantiles: []},") == "s.yaml:1:22: 'quantiles' is empty, at least one number was expected");
  CHECK(complaint("output: {quantiles: [5, 101]},") ==
        "s.yaml:1:26: item 2 of 'quantiles' is '101', a number from 0 to 100 was expected");
  CHECK(complaint("output: {by: region},") ==
        "s.yaml:1:15: 'by' is 'region', a list of names of attributes was expected");
  CHECK(complaint("output: {by: [a, a]},") == "s.yaml:1:19: 'a' is given twice, it stands already at s.yaml:1:16");
}

TEST_CASE("quantiles that look like shares are warned of") {
  CHECK(lines(check_with("output: {quantiles: [0.1, 0.5]},").warnings) ==
        "s.yaml:1:22: no one of 'quantiles' is above 1, quantiles are in per cent: 50 is the median");
  CHECK(check_with("output: {quantiles: [0.5, 50]},").warnings.empty());
}

TEST_CASE("sources are fitted, literature or assumed") {
  Checked const checked = check_with("sources: {policies.p.baseline: assumed, seed: literature (Rogers 2003)},");
  CHECK(checked.errors.empty());
  CHECK(checked.scenario.sources.at("policies.p.baseline") == "assumed");
  CHECK(lines(checked.warnings) == "s.yaml:1:42: 'seed' is not in this file, its source is that of a default");
  CHECK(complaint("sources: {policies.p.baseline: guessed},") ==
        "s.yaml:1:33: 'policies.p.baseline' is 'guessed', fitted, literature (with the reference) or assumed was "
        "expected");
  CHECK(complaint("sources: {policies.p.baseline: literature},") ==
        "s.yaml:1:33: the source of 'policies.p.baseline' is literature without a reference, 'literature (author "
        "year)' was expected");
  CHECK(complaint("sources: {policies..p: assumed},") ==
        "s.yaml:1:12: the path 'policies..p' has an empty key, keys joined by dots were expected, as in "
        "policies.led.baseline");
}

TEST_CASE("thirteen different mistakes get thirteen complaints in order") {
  Checked const checked = check(
      "{hansa: 1, titel: a,\n"
      " time: {start: 2000, end: 1990},\n"
      " seed: -3, seed: 4,\n"
      " replicates: 0,\n"
      " cities: {file: c.csv, generate: 5},\n"
      " networks: {near: {nearest: {k: 2.5}}},\n"
      " policies: {p: {rule: logitt, when_unaffordable: beg,\n"
      "   mechanisms: {m: {exposure: {network: nera}, strength: .inf}}},\n"
      "  q: {attributes: {size: big}}}}");
  std::vector<std::string> const expected = {
      "s.yaml:1:12: unknown key 'titel', one of hansa, title, time, seed, replicates, currency, purpose, patterns, … "
      "was expected; did you mean 'title'?",
      "s.yaml:2:27: time ends in 1990 but starts in 2000, the end was expected not to be before the start",
      "s.yaml:3:8: 'seed' is '-3', a whole number from 0 to 18446744073709551615 was expected",
      "s.yaml:3:12: 'seed' is given twice, it stands already at s.yaml:3:2",
      "s.yaml:4:14: 'replicates' is '0', a whole number from 1 to 1000000000 was expected",
      "s.yaml:5:24: 'generate' cannot stand beside 'file', only one of them was expected",
      "s.yaml:6:33: 'k' is '2.5', a whole number from 1 to 1000000000 was expected",
      "s.yaml:7:23: 'rule' is 'logitt', one of logit, cloglog, additive, linear, cascade, threshold was expected; "
      "did you mean 'logit'?",
      "s.yaml:7:50: 'when_unaffordable' is 'beg', one of stop, queue was expected",
      "s.yaml:8:41: unknown network 'nera', near was expected; did you mean 'near'?",
      "s.yaml:8:58: 'strength' is '.inf', a number was expected",
      "s.yaml:9:3: 'baseline' is missing in 'q', rule logit needs a number or {chance: p}",
      "s.yaml:9:26: 'size' is 'big', a number was expected",
  };
  CHECK(checked.errors == expected);
}
