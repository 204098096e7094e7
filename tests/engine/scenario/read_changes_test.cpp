/// Tests of scenario/read_changes.
#include "scenario/files.hpp"
#include "support.hpp"

using namespace hansa;
using namespace hansa::testing;

namespace {

Checked changed(std::string const& list) {
  return check_with(
      "interventions:\n[" + list +
      "],\nnetworks: {net: {file: t.csv}, tongue: {same: language}, gnp: {erdos_renyi: {degree: 2}, redraw: "
      "replicate}},");
}

/// The one complaint; the list begins in column 2 of line 2.
std::string complaint_of(std::string const& list) {
  Checked const checked = changed(list);
  CHECK(checked.errors.size() == 1);
  return lines(checked.errors);
}

}  // namespace

TEST_CASE("joining, leaving and dissolving, with defaults") {
  Checked const checked = changed(
      "{at: 2002, name: a, join: {collaboration: c40, cities: [x]}}, {at: 2003, name: b, cost: 7, leave: "
      "{collaboration: my club}}, {at: 2004, dissolve: {collaboration: c40}}");
  CHECK(checked.errors.empty());
  auto const& found = checked.scenario.interventions;
  REQUIRE(found.size() == 3);
  CHECK(found[0].verb == "join");
  CHECK(found[0].policy() == nullptr);
  CHECK(std::get<JoinSpec>(found[0].act).collaboration.name == "c40");
  CHECK(std::get<JoinSpec>(found[0].act).cities.form == Selector::Form::ids);
  CHECK(found[1].cost == 7);
  CHECK(std::get<LeaveSpec>(found[1].act).collaboration.name == "my club");
  CHECK(std::get<LeaveSpec>(found[1].act).cities.form == Selector::Form::all);
  CHECK(std::get<LeaveSpec>(found[1].act).cities.where.line == 2);
  CHECK(found[2].name == "dissolve-2004");
  CHECK(std::get<DissolveSpec>(found[2].act).collaboration.name == "c40");
}

TEST_CASE("ties by selections, or by a file, which is one of the scenario's") {
  Checked const checked = changed(
      "{at: 2002, name: a, add_ties: {network: net, sources: [x], weight: 0.5}}, {at: 2003, name: b, add_ties: "
      "{network: "
      "net, file: more.csv}}, {at: 2004, name: c, remove_ties: {network: net}}, {at: 2004, name: d, remove_ties: "
      "{network: net, file: less.csv}}");
  CHECK(checked.errors.empty());
  auto const& found = checked.scenario.interventions;
  REQUIRE(found.size() == 4);
  auto const& by_cities = std::get<AddTiesSpec>(found[0].act);
  CHECK(by_cities.network.name == "net");
  CHECK(by_cities.sources.form == Selector::Form::ids);
  CHECK(by_cities.targets.form == Selector::Form::all);
  CHECK(by_cities.weight == 0.5);
  CHECK_FALSE(by_cities.file);
  CHECK(std::get<AddTiesSpec>(found[1].act).file->given == "more.csv");
  CHECK(std::get<AddTiesSpec>(found[1].act).weight == 1);
  CHECK(std::get<RemoveTiesSpec>(found[2].act).sources.form == Selector::Form::all);
  CHECK(found[3].file()->given == "less.csv");
  CHECK(found[2].file() == nullptr);
  std::vector<std::string> files;
  for (FileRef const* each : files_of(checked.scenario)) files.push_back(each->given);
  CHECK(files == std::vector<std::string>{"c.csv", "t.csv", "more.csv", "less.csv"});
}

TEST_CASE("what acts once has no last step, and its reason is told") {
  for (std::string const act :
       {"join: {collaboration: c}", "leave: {collaboration: c}", "dissolve: {collaboration: c}",
        "add_ties: {network: net, sources: [x]}", "remove_ties: {network: net}", "seed: {policy: p}"}) {
    std::string const told = lines(changed("{at: 2004, until: 2006, " + act + "}").errors);
    CAPTURE(told);
    std::string const verb = act.substr(0, act.find(':'));
    CHECK(told.find("s.yaml:2:13: 'until' cannot stand beside '" + verb + "', it acts once, in the step 'at'") !=
          std::string::npos);
  }
}

TEST_CASE("mistakes in interventions that change the world") {
  CHECK(complaint_of("{at: 2004, join: {cities: [x]}}") ==
        "s.yaml:2:13: 'collaboration' is missing in 'join', a text was expected");
  CHECK(complaint_of("{at: 2004, add_ties: {network: nets, sources: [x]}}") ==
        "s.yaml:2:33: unknown network 'nets', one of gnp, net, tongue was expected; did you mean 'net'?");
  CHECK(
      complaint_of("{at: 2004, add_ties: {network: net}}") ==
      "s.yaml:2:13: 'add_ties' has none of sources, targets, file, one of them was expected: not all cities are to be "
      "tied to all others");
  CHECK(complaint_of("{at: 2004, add_ties: {network: net, sources: [x], weight: 0}}")
            .starts_with("s.yaml:2:60: 'weight' is '0'"));
  CHECK(
      complaint_of("{at: 2004, add_ties: {network: net, file: a.csv, weight: 2}}") ==
      "s.yaml:2:51: 'weight' cannot stand beside 'file', either a file of ties, or sources and targets, were expected");
  CHECK(complaint_of("{at: 2004, remove_ties: {network: net, file: a.csv, targets: [x]}}") ==
        "s.yaml:2:54: 'targets' cannot stand beside 'file', either a file of ties, or sources and targets, were "
        "expected");
  CHECK(complaint_of("{at: 2004, remove_ties: {network: tongue}}") ==
        "s.yaml:2:36: network 'tongue' is complete groups, which are never stored as ties, a network of ties was "
        "expected: none can be added to groups or taken from them");
  CHECK(complaint_of("{at: 2004, add_ties: {network: gnp, sources: [x]}}") ==
        "s.yaml:2:33: network 'gnp' is drawn anew in each replicate, but interventions change ties once, leave out "
        "'redraw: replicate'");
  CHECK(complaint_of("{at: 2014, dissolve: {collaboration: c}}") ==
        "s.yaml:2:7: 'at' is 2014, but time runs from 2000 to 2010, a step of that time was expected");
  CHECK(complaint_of("{at: 2004, dissolve: {collaboration: c, cities: [x]}}").find("'cities'") != std::string::npos);
}
