/// Tests of scenario/read_merit, and of what beliefs in the output need.
#include "support.hpp"

using namespace hansa;
using namespace hansa::testing;

namespace {

constexpr Schema learning{"learning", "", "", "", {}};
constexpr Schema const* with_learning[] = {&learning};

Checked check_policy(std::string const& keys, std::string const& output = "{}") {
  std::string const text = "{policies:\n{p: {" + keys + "}},\noutput: " + output +
                           ", hansa: 1, time: {start: 2000, end: 2010}, cities: {file: c.csv}}";
  Checked checked;
  Complaints complaints;
  checked.scenario = validate({"folder/s.yaml", FlowReader(text).read()}, with_learning, complaints);
  for (Complaint const& each : complaints.errors()) checked.errors.push_back(format(each));
  for (Complaint const& each : complaints.warnings()) checked.warnings.push_back(format(each));
  return checked;
}

MeritSpec good_merit(std::string const& merit) {
  Checked const checked = check_policy("baseline: 0, merit: " + merit + ", mechanisms: {m: {learning: {}}}");
  CHECK(lines(checked.errors) == "");
  CHECK(lines(checked.warnings) == "");
  return checked.scenario.policies.at(0).merit;
}

std::string bad(std::string const& merit) {
  return lines(check_policy("merit: " + merit + ", baseline: 0, mechanisms: {m: {learning: {}}}").errors);
}

}  // namespace

TEST_CASE("merit is drawn around a mean, to which attributes add") {
  MeritSpec const merit = good_merit("{mean: 0.6, spread: 0.3, attributes: {size: 0.1, age: -2}}");
  CHECK(merit.mean == 0.6);
  CHECK(merit.spread == 0.3);
  REQUIRE(merit.attributes.size() == 2);
  CHECK(merit.attributes[0].first.name == "age");
  CHECK(merit.attributes[0].second == -2);
  CHECK(merit.attributes[1].second == 0.1);
  CHECK_FALSE(merit.performance);
  MeritSpec const standard = good_merit("{}");
  CHECK(standard.mean == 0);
  CHECK(standard.spread == 0);
  CHECK(standard.attributes.empty());
}

TEST_CASE("or merit is given") {
  MeritSpec const merit = good_merit("{performance: {attribute: q}, spread: 0}");
  REQUIRE(merit.performance);
  CHECK(merit.performance->name == "q");
  CHECK(merit.spread == 0);
  CHECK(bad("{performance: {attribute: q}, mean: 1, attributes: {size: 2}}") ==
        "s.yaml:2:43: 'mean' cannot stand beside 'performance', performance is either given or drawn\n"
        "s.yaml:2:52: 'attributes' cannot stand beside 'performance', performance is either given or drawn");
  CHECK(bad("{performance: {}}") ==
        "s.yaml:2:14: 'attribute' is missing in 'performance', the name of an attribute was expected");
}

TEST_CASE("mistakes in merit") {
  CHECK(bad("{spread: -1}").starts_with("s.yaml:2:22: 'spread' is '-1', a number from 0"));
  CHECK(bad("{mean: x}").starts_with("s.yaml:2:20: 'mean' is 'x', a number"));
  CHECK(bad("{means: 1}").find("did you mean 'mean'?") != std::string::npos);
  CHECK(bad("3") == "s.yaml:2:13: 'merit' is '3', a map was expected");
  CHECK(bad("{attributes: {size: big}}") == "s.yaml:2:33: 'size' is 'big', a number was expected");
  CHECK(bad("{attributes: [size]}").find("a map from attributes to numbers was expected") != std::string::npos);
}

TEST_CASE("merit that nobody learns of is pointed out, and so are beliefs that nobody has") {
  CHECK(lines(check_policy("baseline: 0, merit: {mean: 1}").warnings) ==
        "s.yaml:2:19: 'merit' of 'p' has no effect, only a learning mechanism takes notice of it");
  CHECK(lines(check_policy("baseline: 0", "{beliefs: true}").warnings) ==
        "s.yaml:3:19: no policy has a mechanism of the kind 'learning', there are no beliefs to keep: they are all "
        "missing");
  Checked const asked = check_policy("baseline: 0, mechanisms: {m: {learning: {}}}", "{beliefs: true}");
  CHECK(lines(asked.warnings) == "");
  CHECK(asked.scenario.output.beliefs);
}
