/// Tests of scenario/read_merit, and of what beliefs in the output need.
#include <cmath>

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

TEST_CASE("adopters may adapt a policy to themselves") {
  Checked const checked = check_policy(
      "baseline: 0, reinvention: {probability: 20 %, gain: 0.3, cost: 0.1}, cost: {amount: 5}, mechanisms: {m: "
      "{learning: {}}}");
  CHECK(lines(checked.errors) == "");
  CHECK(lines(checked.warnings) == "");
  ReinventionSpec const spec = checked.scenario.policies.at(0).reinvention.value();
  CHECK(spec.probability == 0.2);
  CHECK(spec.gain == 0.3);
  CHECK(spec.cost == 0.1);
  CHECK_FALSE(check_policy("baseline: 0").scenario.policies.at(0).reinvention);
}

TEST_CASE("a reinvention that has nothing to change is refused, and one that changes nothing is pointed out") {
  CHECK(lines(check_policy("baseline: 0, reinvention: {probability: 0.5, gain: 1}").errors) ==
        "s.yaml:2:19: 'reinvention' of 'p' has nothing to change, a mechanism of the kind 'learning', which sees the "
        "gain, or a cost was expected");
  std::string const learned = ", mechanisms: {m: {learning: {}}}", priced = ", cost: {amount: 5}";
  CHECK(lines(check_policy("baseline: 0, reinvention: {probability: 0.5, gain: 1}" + priced).warnings) ==
        "s.yaml:2:57: the gain of 'reinvention' of 'p' has no effect, only a learning mechanism takes notice of it");
  CHECK(lines(check_policy("baseline: 0, reinvention: {probability: 0.5, cost: 1}" + learned).warnings) ==
        "s.yaml:2:57: the cost of 'reinvention' of 'p' has no effect, it is a share of the policy's cost, which is not "
        "stated");
  CHECK(lines(check_policy("baseline: 0, reinvention: {probability: 0.5}" + learned).warnings) ==
        "s.yaml:2:19: 'reinvention' of 'p' has no effect, its gain and its cost are 0");
  CHECK(lines(check_policy("baseline: 0, reinvention: {gain: 1}" + learned).errors) ==
        "s.yaml:2:19: 'probability' is missing in 'reinvention', a number from 0 to 1, as in 0.0015 or 0.15 %, was "
        "expected");
  CHECK(
      lines(check_policy("baseline: 0, reinvention: {probability: 2}" + learned).errors).find("'probability' is '2'") !=
      std::string::npos);
  CHECK(lines(check_policy("baseline: 0, reinvention: {probability: 1, cost: -2}" + priced).errors)
            .find("'cost' is '-2'") != std::string::npos);
}

TEST_CASE("who leaves by its own belief has one") {
  Checked const good =
      check_policy("baseline: 0, abandonment: {logit: {base: -5, own_belief: 1.5}}, mechanisms: {m: {learning: {}}}");
  CHECK(lines(good.errors) == "");
  AbandonmentSpec const spec = good.scenario.policies.at(0).abandonment.value();
  CHECK(spec.base == -5);
  CHECK(spec.own_belief == 1.5);
  CHECK(spec.hazard == 0);
  CHECK(
      lines(check_policy("baseline: 0, abandonment: {logit: {base: -5, own_belief: 1.5}}").errors) ==
      "s.yaml:2:63: 'own_belief' of 'p' has nothing to go by, a mechanism of the kind 'learning' was expected: without "
      "one cities have no beliefs");
  // Of a belief that weighs nothing none is needed: it is a constant hazard.
  AbandonmentSpec const none = check_policy("baseline: 0, abandonment: {logit: {base: 0, own_belief: 0}}")
                                   .scenario.policies.at(0)
                                   .abandonment.value();
  CHECK(none.hazard == doctest::Approx(std::log(2)));
  CHECK(none.own_belief == 0);
  // A learning mechanism with a mistake of its own is told of that alone.
  CHECK(
      lines(check_policy("baseline: 0, abandonment: {logit: {base: 0, own_belief: 1}}, mechanisms: {m: {learning: {}, "
                         "strength: x}}")
                .errors)
          .find("own_belief") == std::string::npos);
}
