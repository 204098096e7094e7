/// Tests of scenario/removal: what goes by its path or its name, and what is said where nothing is there.
#include "scenario/removal.hpp"

#include <fmt/format.h>

#include "engine/scenario/support.hpp"

using namespace hansa;
using namespace hansa::testing;

namespace {

constexpr std::string_view base =
    "{seed: 1, policies: {led: {baseline: -5, mechanisms: {imitation: {strength: 1}, lessons: {strength: 2}}}, \"b "
    "c\": "
    "{rule: logit}}, interventions: [{at: 2006, name: fund-20, seed: {policy: led}}, {at: 2010, until: 2012, push: "
    "{policy: led}}, {name: gone, at: 1}]}";

struct Removed {
  std::string left;  ///< keys at the top, then names of interventions
  std::vector<std::string> told;
  RemovedPaths paths;
  Node root;
};

Removed take_out(std::string_view list, std::string_view from = base) {
  Removed removed;
  removed.root = FlowReader(from).read();
  Node const node = FlowReader(list).read();
  Complaints complaints;
  removed.paths = remove_listed(removed.root, node, complaints);
  for (Complaint const& each : complaints.errors()) removed.told.push_back(format(each));
  for (Node::Entry const& each : removed.root.entries) removed.left += each.key + " ";
  if (Node const* const list_of = removed.root.find("interventions"))
    for (Node const& each : list_of->items) removed.left += name_of_intervention(each) + " ";
  return removed;
}

}  // namespace

TEST_CASE("paths delete what they lead to") {
  Removed const removed = take_out("[policies.led.mechanisms.imitation, seed, policies.\"b c\"]");
  CHECK(removed.told.empty());
  CHECK(removed.left == "policies interventions fund-20 push-2010 gone ");
  Node const& led = *removed.root.find("policies")->find("led");
  CHECK(led.find("baseline") != nullptr);
  REQUIRE(led.find("mechanisms")->entries.size() == 1);
  CHECK(led.find("mechanisms")->entries[0].key == "lessons");
  CHECK(removed.root.find("policies")->entries.size() == 1);
  CHECK(removed.paths == RemovedPaths{{"policies", "led", "mechanisms", "imitation"}, {"seed"}, {"policies", "b c"}});
}

TEST_CASE("interventions go by their names, given or made of verb and date") {
  CHECK(take_out("[fund-20]").left == "seed policies interventions push-2010 gone ");
  CHECK(take_out("[push-2010, gone]").left == "seed policies interventions fund-20 ");
  CHECK(take_out("[interventions.fund-20]").left == "seed policies interventions push-2010 gone ");
  CHECK(take_out("[interventions]").left == "seed policies ");
  Removed const within = take_out("[interventions.push-2010.until]");
  CHECK(within.told.empty());
  CHECK(within.root.find("interventions")->items[1].find("until") == nullptr);
  CHECK(within.root.find("interventions")->items[0].find("name") != nullptr);
  CHECK(take_out("[a]", "{interventions: [{name: a, at: 1}, {name: b, at: 2}, {name: a, at: 3}]}").left ==
        "interventions b ");
}

TEST_CASE("a name that is also a key is not guessed") {
  std::string_view const both = "{output: {file: a}, interventions: [{name: output, at: 1}]}";
  CHECK(lines(take_out("[output]", both).told) ==
        "s.yaml:1:2: 'output' is a key of the base and an intervention, write interventions.output for the "
        "intervention");
  CHECK(take_out("[interventions.output]", both).left == "output interventions ");
  CHECK(take_out("[output.file]", both).told.empty());
}

TEST_CASE("what is not there is told with the nearest that is") {
  CHECK(lines(take_out("[fund-2]").told) ==
        "s.yaml:1:2: 'fund-2' is not in the base, one of fund-20, gone, interventions, policies, push-2010, seed was "
        "expected; did you mean 'fund-20'?");
  CHECK(lines(take_out("[policies.led.mechanisms.imitaton]").told) ==
        "s.yaml:1:2: 'imitaton' is not in 'policies.led.mechanisms' of the base, one of imitation, lessons was "
        "expected; did you mean 'imitation'?");
  CHECK(lines(take_out("[policies.let.baseline, policies.let.rule]").told) ==
        "s.yaml:1:2: 'let' is not in 'policies' of the base, one of b c, led was expected; did you mean 'led'?\n"
        "s.yaml:1:25: 'let' is not in 'policies' of the base, one of b c, led was expected; did you mean 'led'?");
  CHECK(
      lines(take_out("[interventions.fond-20]").told) ==
      "s.yaml:1:2: 'fond-20' is not in 'interventions' of the base, one of fund-20, gone, push-2010 was expected; did "
      "you mean 'fund-20'?");
  CHECK(lines(take_out("[seed.x]").told) ==
        "s.yaml:1:2: 'seed.x' leads into 'seed', which is a single value in the base, only keys of maps, and "
        "interventions, can be removed");
  CHECK(
      lines(take_out("[a.b.c]", "{a: {b: [{c: 1}]}}").told) ==
      "s.yaml:1:2: 'a.b.c' leads into 'a.b', which is a list in the base, only keys of maps, and interventions, can be "
      "removed");
  CHECK(lines(take_out("[a.b]", "{a: }").told) == "s.yaml:1:2: 'b' is not in 'a' of the base, nothing is there");
  CHECK(lines(take_out("[a]", "{}").told) == "s.yaml:1:2: 'a' is not in the base, nothing is there");
}

TEST_CASE("what is named twice is told, and what is right goes all the same") {
  Removed const twice = take_out("[seed, policies.led.baseline, seed]");
  CHECK(lines(twice.told) ==
        "s.yaml:1:31: 'seed' goes with 'seed', one of them was expected; the other stands at s.yaml:1:2");
  CHECK(twice.left == "policies interventions fund-20 push-2010 gone ");
  CHECK(lines(take_out("[policies.led, policies.led.baseline]").told) ==
        "s.yaml:1:16: 'policies.led.baseline' goes with 'policies.led', one of them was expected; the other stands at "
        "s.yaml:1:2");
  CHECK(lines(take_out("[policies.led.baseline, policies.led]").told) ==
        "s.yaml:1:25: 'policies.led' goes with 'policies.led.baseline', one of them was expected; the other stands at "
        "s.yaml:1:2");
  CHECK(lines(take_out("[fund-20, interventions.fund-20]").told) ==
        "s.yaml:1:11: 'interventions.fund-20' goes with 'fund-20', one of them was expected; the other stands at "
        "s.yaml:1:2");
}

TEST_CASE("what is no list, no text or no path is told") {
  CHECK(lines(take_out("seed").told) ==
        "s.yaml:1:1: 'remove' is 'seed', a list of paths and names of interventions was expected");
  CHECK(
      lines(take_out("[seed, [a], {b: c}, , a..b]").told) ==
      "s.yaml:1:8: item 2 of 'remove' is a list, a path, or the name of an intervention, was expected\n"
      "s.yaml:1:13: item 3 of 'remove' is a map, a path, or the name of an intervention, was expected\n"
      "s.yaml:1:21: item 4 of 'remove' is empty, a path, or the name of an intervention, was expected\n"
      "s.yaml:1:23: the path 'a..b' has an empty key, keys joined by dots were expected, as in policies.led.baseline");
}

TEST_CASE("thousands of paths, right and wrong, take no time") {
  std::string map = "{", right = "[", wrong = "[";
  for (int k = 0; k < 30000; ++k) {
    map += fmt::format("k{}: 1, ", k);
    right += fmt::format("k{}, ", k);
    wrong += fmt::format("x{}, ", k);
  }
  CHECK(take_out(right + "]", map + "}").left.empty());
  CHECK(take_out(wrong + "]", map + "}").told.size() == 100);
}
