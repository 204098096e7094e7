/// Tests of scenario/read_sweep: what a section `sweep` becomes, and what is said of its mistakes.
#include "scenario/sweep_points.hpp"
#include "support.hpp"

using namespace hansa;
using namespace hansa::testing;

namespace {

constexpr std::string_view policies =
    "{led: {baseline: -5, adopters: {file: a.csv}, mechanisms: {peers: {exposure: {pool: all, lag: 1}}, cheap: {scale: "
    "{progress_ratio: 0.8}}}}}";

SweepSpec sweep(std::string const& keys) {
  Checked const checked = check_with("sweep: {" + keys + "},", policies);
  CHECK(lines(checked.errors) == "");
  REQUIRE(checked.scenario.sweep);
  return *checked.scenario.sweep;
}

/// Complaints about a section with these keys, from column 10 of line 1.
std::string told_of_sweep(std::string const& keys) {
  return lines(check_with("sweep: {" + keys + "},", policies).errors);
}

std::string of_parameter(std::string const& parameter) {
  return told_of_sweep("design: {random: 8}, parameters: {" + parameter + "}");
}

std::string of_measure(std::string const& measure) {
  return told_of_sweep("design: {random: 8}, parameters: {policies.led.baseline: {uniform: [0, 1]}}, measures: [" +
                       measure + "]");
}

MeasureSpec measured(std::string const& measure) {
  SweepSpec const spec =
      sweep("design: {random: 8}, parameters: {policies.led.baseline: {uniform: [0, 1]}}, measures: [" + measure + "]");
  REQUIRE(spec.measures.size() == 1);
  return spec.measures[0];
}

}  // namespace

TEST_CASE("a sweep is read with its defaults") {
  SweepSpec const spec = sweep("design: {saltelli: 16}, parameters: {policies.led.baseline: {normal: [-5, 1]}}");
  CHECK(spec.design.kind == DesignKind::saltelli);
  CHECK(spec.design.size == 16);
  CHECK_FALSE(spec.design.second_order);
  CHECK_FALSE(spec.replicates);
  CHECK(spec.random_numbers == RandomNumbers::common);
  REQUIRE(spec.measures.size() == 2);
  CHECK(spec.measures[0].name == "final_share");
  CHECK(spec.measures[1].name == "time_to_half");
  CHECK(spec.measures[1].share == 0.5);
  REQUIRE(spec.parameters.size() == 1);
  CHECK(spec.parameters[0].keys == std::vector<std::string>{"policies", "led", "baseline"});
  CHECK(spec.parameters[0].distribution.numbers == std::vector<double>{-5, 1});
  CHECK(count_points(spec, {}) == 16 * 3);
  CHECK_FALSE(check_with("", policies).scenario.sweep);
}

TEST_CASE("parameters are sorted by their paths, whatever order they stand in") {
  SweepSpec const spec = sweep(
      "design: {morris: 4, plan: radial, levels: 6}, replicates: 7, random_numbers: independent, parameters: "
      "{policies.led.mechanisms.peers.strength: {uniform: [0, 2]}, policies.led.baseline: {values: [-5, -4]}}");
  REQUIRE(spec.parameters.size() == 2);
  CHECK(spec.parameters[0].path.name == "policies.led.baseline");
  CHECK(spec.parameters[0].distribution.values[1].text == "-4");
  CHECK(spec.design.plan == MorrisPlan::radial);
  CHECK(spec.design.levels == 6);
  CHECK(*spec.replicates == 7);
  CHECK(spec.random_numbers == RandomNumbers::independent);
  CHECK(count_points(spec, {}) == 12);
}

TEST_CASE("points are counted by design") {
  std::string const two =
      ", parameters: {policies.led.baseline: {values: [-5, -4, -3]}, policies.led.rule: {values: [logit, cloglog]}}";
  CHECK(count_points(sweep("design: grid" + two), {}) == 6);
  CHECK(count_points(sweep("design: one_at_a_time" + two), {}) == 1 + 3 + 2);
  CHECK(count_points(sweep("design: {saltelli: 8, second_order: true}" + two), {}) == 8 * 6);
  CHECK(count_points(sweep("design: {latin_hypercube: 9}" + two), {}) == 9);
  SweepSpec const tables = sweep("design: grid, tables: [t.csv]" + two);
  std::size_t const rows[] = {5};
  CHECK(count_points(tables, rows) == 30);
  CHECK(tables.tables[0].path == "folder/t.csv");
  CHECK(count_points(sweep("design: {list: p.csv}"), rows) == 5);
}

TEST_CASE("designs are told what they lack") {
  CHECK(told_of_sweep("parameters: {}") ==
        "s.yaml:1:2: 'design' is missing in 'sweep', a map was expected\n"
        "s.yaml:1:10: 'parameters' is empty, at least one path was expected");
  CHECK(told_of_sweep("design: {random: 8}") ==
        "s.yaml:1:27: the design has no parameters, 'parameters', a map from paths to distributions, or 'tables' was "
        "expected beside it");
  CHECK(told_of_sweep("design: sobol, parameters: {policies.led.baseline: {uniform: [0, 1]}}") ==
        "s.yaml:1:18: 'design' is 'sobol', grid, one_at_a_time or a map such as {saltelli: 1024} was expected; did you "
        "mean {sobol: …}?");
  CHECK(told_of_sweep("design: grid, parameters: {policies.led.baseline: {uniform: [0, 1]}}") ==
        "s.yaml:1:70: 'policies.led.baseline' has a distribution, and the design is a grid, {values: [..]} was "
        "expected, or another design, such as {sobol: 256}");
  CHECK(told_of_sweep("design: {sobol: 8, levels: 4}, parameters: {policies.led.baseline: {uniform: [0, 1]}}") ==
        "s.yaml:1:29: 'levels' stands beside a design other than morris, leave it out");
  CHECK(told_of_sweep("design: {morris: 8, levels: 5}, parameters: {policies.led.baseline: {uniform: [0, 1]}}") ==
        "s.yaml:1:38: 'levels' is 5, an even number was expected, so that every level is as likely as another");
  CHECK(told_of_sweep("design: {list: p.csv}, tables: [t.csv]") ==
        "s.yaml:1:33: 'tables' stands beside a list of points, the columns of the list say which values are run");
  CHECK(told_of_sweep("design: {saltelli: 8, sobol: 8}, parameters: {policies.led.baseline: {uniform: [0, 1]}}") ==
        "s.yaml:1:32: 'sobol' cannot stand beside 'saltelli', only one of them was expected");
}

TEST_CASE("Sobol's points are wanted in powers of two") {
  Checked const checked =
      check_with("sweep: {design: {sobol: 100}, parameters: {policies.led.baseline: {uniform: [0, 1]}}},", policies);
  CHECK(lines(checked.warnings) ==
        "s.yaml:1:26: 'sobol' is 100, no power of two, Sobol's points are balanced at powers of two only, such as 512 "
        "or 1024");
}

TEST_CASE("paths are tried with the ends of their ranges") {
  CHECK(of_parameter("policies.led.mechanisms.peers.strenght: {uniform: [0, 1]}") ==
        "s.yaml:1:44: unknown key 'strenght', did you mean 'strength'?");
  CHECK(
      of_parameter("policies.let.baseline: {uniform: [0, 1]}") ==
      "s.yaml:1:44: the path 'policies.let.baseline' leads to an unknown policy 'let', led was expected; did you mean "
      "'led'?");
  CHECK(
      of_parameter("polices.led.baseline: {uniform: [0, 1]}")
          .starts_with("s.yaml:1:44: the path 'polices.led.baseline' leads to 'polices', which is not there, one of "));
  CHECK(of_parameter("policies.led.mechanisms.cheap.scale.progress_ratio: {uniform: [0.5, 1.5]}") ==
        "s.yaml:1:44: 'progress_ratio' is '1.5', a number from 0.5 to 1 was expected");
  CHECK(
      of_parameter("policies.led.rule: {values: [logit, clog]}").starts_with("s.yaml:1:44: 'rule' is 'clog', one of "));
  CHECK(of_parameter("policies.led.mechanisms.peers: {uniform: [0, 1]}").starts_with("s.yaml:1:44: 'peers' is '0'"));
  CHECK(of_parameter("policies.led.mechanisms.peers.exposure.lag: {uniform: [0, 1.5]}") ==
        "s.yaml:1:44: 'lag' is '1.5', a whole number from 0 to 5 was expected");
  CHECK(of_parameter("policies.led.mechanisms.peers.exposure.lag: {integer: [0, 5]}") == "");
  CHECK(of_parameter("seed: {integer: [0, 5]}").starts_with("s.yaml:1:44: 'seed' cannot be swept"));
  CHECK(
      of_parameter("policies.led.baseline: {uniform: [0, 1]}, policies.\"led\".baseline: {uniform: [0, 1]}") ==
      "s.yaml:1:86: 'policies.\"led\".baseline' is the same as 'policies.led.baseline', one of them was expected; the "
      "other stands at s.yaml:1:44");
}

TEST_CASE("ranges are not empty, and logarithms do not go through zero") {
  auto const of = [](std::string const& law) { return of_parameter("policies.led.baseline: {" + law + "}"); };
  CHECK(of("uniform: [3, 3]") ==
        "s.yaml:1:77: 'uniform' goes from 3 to 3, which is empty, the first end was expected below the last");
  CHECK(of("log_uniform: [0, 1]") ==
        "s.yaml:1:82: the logarithmic range begins at 0, ends above 0 were expected, or {uniform: [a, b]}");
  CHECK(of("log_uniform: [-2, 1]") ==
        "s.yaml:1:82: the logarithmic range begins at -2, ends above 0 were expected, or {uniform: [a, b]}");
  CHECK(of("uniform: [-1e308, 1e308]").find("which is too wide") != std::string::npos);
  CHECK(of("normal: [0, 0]") == "s.yaml:1:76: 'normal' has the standard deviation 0, a number above 0 was expected");
  CHECK(of("beta: [0, 1, 0, 1]") == "s.yaml:1:74: 'beta' has the shapes 0 and 1, numbers above 0 were expected");
  CHECK(of("integer: [0.5, 2]") == "s.yaml:1:77: 'integer' goes from 0.5 to 2, whole numbers were expected");
  CHECK(of("triangular: [0, 3, 2]") ==
        "s.yaml:1:80: 'triangular' has its mode 3 outside of 0 to 2, the mode was expected between the ends");
  CHECK(of("truncated_normal: [0, 1, 2]") ==
        "s.yaml:1:86: 'truncated_normal' has 3 numbers, 4 were expected: [mean, sd, a, b]: normal, given that it is "
        "between");
  CHECK(of("values: []") == "s.yaml:1:76: 'values' is empty, at least one value was expected");
  CHECK(of("values: [1, 1]") == "s.yaml:1:80: '1' is given twice, it stands already at s.yaml:1:77");
  CHECK(of_parameter("policies.led.baseline: 3") ==
        "s.yaml:1:67: 'policies.led.baseline' is '3', a distribution, as in {uniform: [0, 1]} or {values: [1, 2]}, was "
        "expected");
}

TEST_CASE("measures are words, maps and calls") {
  CHECK(measured("peak_time").of == MeasureSpec::Of::peak_time);
  MeasureSpec const quarter = measured("{time_to: 0.25}");
  CHECK(quarter.of == MeasureSpec::Of::time_to);
  CHECK(quarter.share == 0.25);
  CHECK(quarter.name == "time_to_0.25");
  MeasureSpec const grouped = measured("{by: region, of: final_share}");
  CHECK(grouped.by->name == "region");
  CHECK(grouped.name == "final_share_by_region");
  MeasureSpec const paired = measured("{difference: {by: region, of: peak}, to: 3}");
  CHECK(*paired.paired_to == 3);
  CHECK(paired.by->name == "region");
  CHECK(paired.of == MeasureSpec::Of::peak);
  CHECK(measured("{distance: adopters}").of == MeasureSpec::Of::distance);
  CHECK(measured("{series: adopters}").name == "adopters");
  MeasureSpec const call = measured("\"share(where: {region: [Europe, 'North Africa']}, at: 2005)\"");
  CHECK(call.of == MeasureSpec::Of::share);
  CHECK(*call.at == 2005);
  REQUIRE(call.cities);
  REQUIRE(call.cities->conditions.size() == 1);
  CHECK(call.cities->conditions[0].values[1].name == "North Africa");
  CHECK(call.name == "share_where_region_Europe_NorthAfrica_2005");
  CHECK(measured("{name: east, time_to: {share: 0.1, where: {lon: {min: 10}}}}").name == "east");
  CHECK(measured("\"time_to(share: 0.1)\"").share == 0.1);
}

TEST_CASE("measures are told what they lack") {
  CHECK(of_measure("final_shar").starts_with("s.yaml:1:98: item 1 of 'measures' is 'final_shar', one of "));
  CHECK(of_measure("{time_to: 1.5}") ==
        "s.yaml:1:108: 'time_to' is '1.5', a number above 0 and at most 1 was expected");
  CHECK(of_measure("{by: region}").starts_with("s.yaml:1:98: item 1 of 'measures' has none of "));
  CHECK(of_measure("{difference: peak}") ==
        "s.yaml:1:99: 'difference' stands without 'to', {by: ATTRIBUTE, of: MEASURE} or {difference: MEASURE, to: "
        "POINT} was expected");
  CHECK(of_measure("{difference: peak, to: 8}") == "s.yaml:1:98: 'to' is 8, a point from 0 to 7 was expected");
  CHECK(of_measure("\"share(at: 2011)\"") == "s.yaml:1:98: 'at' is 2011, a step from 2000 to 2010 was expected");
  CHECK(of_measure("\"peak(at: 2001)\"") ==
        "s.yaml:1:98: 'at' stands in 'peak', it was expected in share, spending and population_covered only");
  CHECK(of_measure("\"share(at: 2011\"").find("share(where: {region: Europe}, at: 2030)) was expected") !=
        std::string::npos);
  CHECK(of_measure("peak, peak") ==
        "s.yaml:1:104: two measures are called 'peak', the other stands at s.yaml:1:98; give one a 'name'");
  CHECK(of_measure("{name: policy, time_to: 0.5}") ==
        "s.yaml:1:98: a measure is called 'policy', as is a variable of every sweep, give it another 'name'");
  CHECK(of_measure("peak, {name: peak_sd, time_to: 0.5}") ==
        "s.yaml:1:104: a measure is called 'peak_sd', as is a statistic of 'peak', give it another 'name'");
  CHECK(of_measure("{name: group_region, time_to: 0.5}, {by: region, of: peak}")
            .find("as is the groups of 'peak_by_region'") != std::string::npos);
  CHECK(of_measure("{by: region, of: attribution}").starts_with("s.yaml:1:115: 'of' is 'attribution'"));
}

TEST_CASE("differences between replicates that share no luck are warned of") {
  auto const warned = [](std::string const& numbers, std::string const& measure) {
    return lines(check_with("sweep: {design: {random: 8}, random_numbers: " + numbers +
                                ", parameters: {policies.led.baseline: {uniform: [0, 1]}}, measures: [" + measure +
                                "]},",
                            policies)
                     .warnings);
  };
  CHECK(warned("common", "{difference: peak, to: 0}").find("share no luck") == std::string::npos);
  CHECK(warned("independent", "peak").find("share no luck") == std::string::npos);
  CHECK(warned("independent", "{difference: peak, to: 0}")
            .find("'peak_minus_0' is the difference of replicates that share no luck") != std::string::npos);
}
