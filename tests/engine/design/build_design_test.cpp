/// Tests of design/build_design: from a section to its points.
#include "design/build_design.hpp"

#include <cmath>

#include <doctest/doctest.h>

#include "engine/scenario/support.hpp"
#include "samples.hpp"

using namespace hansa;
using namespace hansa::testing;

namespace {

using Law = Distribution::Law;

Node scalar(std::string text) {
  Node node;
  node.form = Node::Form::scalar;
  node.text = std::move(text);
  return node;
}

SweptParameter parameter(std::string path, Law law, std::vector<double> numbers, std::vector<std::string> values = {}) {
  SweptParameter made{{path, {}}, {path}, {law, std::move(numbers)}};
  for (std::string const& each : values) made.distribution.values.push_back(scalar(each));
  return made;
}

SweepSpec sweep(DesignKind kind, std::int64_t size, std::vector<SweptParameter> parameters) {
  SweepSpec spec;
  spec.design.kind = kind;
  spec.design.size = size;
  spec.parameters = std::move(parameters);
  return spec;
}

DesignTable built(SweepSpec const& spec, Tables const& tables = {}, std::uint64_t seed = 3) {
  Complaints complaints;
  DesignTable design = build_design(spec, tables, seed, complaints);
  complaints.throw_if_any();
  return design;
}

std::string refused(SweepSpec const& spec, Tables const& tables = {}) {
  Complaints complaints;
  (void)build_design(spec, tables, 1, complaints);
  return complaints.errors().empty() ? "" : format(complaints.errors()[0]);
}

std::vector<std::string> row_of(DesignTable const& design, std::size_t row) {
  std::vector<std::string> cells;
  for (std::size_t c = 0; c < design.columns.size(); ++c) cells.push_back(design.cell(row, c));
  return cells;
}

using Cells = std::vector<std::string>;

}  // namespace

TEST_CASE("a grid has all combinations, the last dimension fastest") {
  DesignTable const grid =
      built(sweep(DesignKind::grid, 0,
                  {parameter("a", Law::values, {}, {"1", "0.5"}), parameter("b", Law::values, {}, {"x", "c", "3"})}));
  REQUIRE(grid.rows == 6);
  CHECK(row_of(grid, 0) == Cells{"1", "x"});
  CHECK(row_of(grid, 1) == Cells{"1", "c"});
  CHECK(row_of(grid, 2) == Cells{"1", "3"});
  CHECK(row_of(grid, 5) == Cells{"0.5", "3"});
}

TEST_CASE("one at a time begins with the scenario as it is") {
  DesignTable const design =
      built(sweep(DesignKind::one_at_a_time, 0,
                  {parameter("a", Law::uniform, {0, 3}), parameter("b", Law::values, {}, {"p", "q", "r"})}));
  REQUIRE(design.rows == 6);
  CHECK(row_of(design, 0) == Cells{"", ""});
  CHECK(row_of(design, 1) == Cells{"0", ""});
  CHECK(row_of(design, 2) == Cells{"3", ""});
  CHECK(row_of(design, 3) == Cells{"", "p"});
  CHECK(row_of(design, 5) == Cells{"", "r"});
  CHECK(settings_of(design, 0, {}).empty());
  auto const settings = settings_of(design, 5, {"design", 6, 0});
  REQUIRE(settings.size() == 1);
  CHECK(settings[0].first == "b");
  CHECK(settings[0].second.text == "r");
  CHECK(settings[0].second.where.line == 6);
}

TEST_CASE("sampled designs have their points, within their ranges, and the same for the same seed") {
  std::vector<SweptParameter> const parameters = {parameter("a", Law::uniform, {2, 3}),
                                                  parameter("b", Law::integer, {1, 4}),
                                                  parameter("c", Law::values, {}, {"u", "v"})};
  struct Case {
    DesignKind kind;
    std::size_t rows;
  };
  for (Case const& each :
       {Case{DesignKind::random, 32}, Case{DesignKind::latin_hypercube, 32}, Case{DesignKind::sobol, 32},
        Case{DesignKind::saltelli, 32 * 5}, Case{DesignKind::morris, 32 * 4}}) {
    DesignTable const design = built(sweep(each.kind, 32, parameters));
    REQUIRE(design.rows == each.rows);
    CHECK(design_csv(design) == design_csv(built(sweep(each.kind, 32, parameters))));
    CHECK(design_csv(design) != design_csv(built(sweep(each.kind, 32, parameters), {}, 4)));
    for (std::size_t row = 0; row < design.rows; ++row) {
      CHECK((design.columns[0].numbers[row] >= 2 && design.columns[0].numbers[row] <= 3));
      CHECK(design.columns[1].numbers[row] == std::floor(design.columns[1].numbers[row]));
      CHECK((design.cell(row, 2) == "u" || design.cell(row, 2) == "v"));
    }
    if (extends(each.kind)) CHECK(design_csv(built(sweep(each.kind, 64, parameters))).starts_with(design_csv(design)));
  }
  CHECK_FALSE(extends(DesignKind::latin_hypercube));
  CHECK_FALSE(extends(DesignKind::grid));
}

TEST_CASE("rows of tables are drawn whole") {
  SweepSpec spec = sweep(DesignKind::random, 400, {parameter("a", Law::uniform, {0, 1})});
  spec.tables = {{"t.csv", "t.csv", {}}};
  Tables const tables = {{"t.csv", table_of("t.csv", {"b", "c"}, {"1", "one", "2", "two", "3", ""})}};
  DesignTable const design = built(spec, tables);
  REQUIRE(design.columns.size() == 3);
  std::vector<int> count(4, 0);
  for (std::size_t row = 0; row < design.rows; ++row) {
    std::string const b = design.cell(row, 1);
    CHECK(design.cell(row, 2) == (b == "1" ? "one" : b == "2" ? "two" : ""));
    ++count[static_cast<std::size_t>(b[0] - '0')];
  }
  for (int const row : {1, 2, 3})
    CHECK((count[static_cast<std::size_t>(row)] > 90 && count[static_cast<std::size_t>(row)] < 180));
  spec.design.kind = DesignKind::grid;
  spec.parameters = {parameter("a", Law::values, {}, {"5", "6"})};
  CHECK(built(spec, tables).rows == 6);
}

TEST_CASE("a list is as it stands") {
  SweepSpec spec = sweep(DesignKind::list, 0, {});
  spec.design.list = FileRef{"l.csv", "l.csv", {}};
  DesignTable const design = built(spec, {{"l.csv", table_of("l.csv", {"a", "b"}, {"1e-3", "x", "", "y"})}});
  CHECK(row_of(design, 0) == Cells{"0.001", "x"});
  CHECK(row_of(design, 1) == Cells{"", "y"});
}

TEST_CASE("what does not fit is refused") {
  SweepSpec spec = sweep(DesignKind::random, 4, {parameter("b", Law::uniform, {0, 1})});
  spec.tables = {{"t.csv", "t.csv", {}}};
  CHECK(refused(spec, {{"t.csv", table_of("t.csv", {"b"}, {"1"})}}).starts_with("'b' is given twice, one of "));
  SweepSpec huge = sweep(DesignKind::grid, 0, {});
  std::vector<std::string> values;
  for (int k = 0; k < 1000; ++k) values.push_back(std::to_string(k));
  for (char const name : {'a', 'b', 'c'}) huge.parameters.push_back(parameter({name}, Law::values, {}, values));
  CHECK(refused(huge) == "the design has 1000000000 points, at most 100000000 points were expected");
  SweepSpec wide = sweep(DesignKind::saltelli, 2, {});
  for (int k = 0; k < 600; ++k) wide.parameters.push_back(parameter(std::to_string(k), Law::uniform, {0, 1}));
  CHECK(refused(wide) ==
        "the design has 600 dimensions, at most 555 were expected, for which there are Sobol's numbers");
}

TEST_CASE("columns of tables are paths, and their values are tried") {
  ScenarioDraft const draft{
      "s.yaml",
      FlowReader("{hansa: 1, time: {start: 2000, end: 2010}, cities: {generate: 5}, policies: {led: {baseline: -5, "
                 "mechanisms: {cheap: {scale: {progress_ratio: 0.8}}}}}}")
          .read()};
  SweepSpec spec = sweep(DesignKind::list, 0, {});
  spec.design.list = FileRef{"l.csv", "l.csv", {}};
  auto const told = [&](std::string path, std::vector<std::string> cells) {
    Complaints complaints;
    Tables const tables = {{"l.csv", table_of("l.csv", {std::move(path)}, std::move(cells))}};
    check_table_paths(spec, tables, draft, kinds, complaints);
    return complaints.empty() ? "" : format(complaints.errors()[0]);
  };
  CHECK(told("policies.led.baseline", {"-5", "", "3"}) == "");
  CHECK(told("policies.led.rule", {"logit", "cloglog"}) == "");
  CHECK(told("policies.led.basline", {"1"}).starts_with("l.csv:1:1: unknown key 'basline'"));
  CHECK(told("policies.let.baseline", {"1"})
            .starts_with("l.csv:1:1: the path 'policies.let.baseline' leads to an unknown"));
  CHECK(told("seed", {"1"}).starts_with("l.csv:1:1: 'seed' cannot be swept"));
  CHECK(told("policies.led.rule", {"logit", "clog"}).starts_with("l.csv:1:1: 'rule' is 'clog'"));
  CHECK(told("policies.led.mechanisms.cheap.scale.progress_ratio", {"0.9", "1.4", "0.7"}) ==
        "l.csv:1:1: 'progress_ratio' is '1.4', a number from 0.5 to 1 was expected");
}
