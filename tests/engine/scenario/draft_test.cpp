/// Tests of scenario/draft: paths and settings.
#include "scenario/draft.hpp"

#include <doctest/doctest.h>

using namespace hansa;

namespace {

Node scalar(std::string text) {
  Node node;
  node.form = Node::Form::scalar;
  node.text = std::move(text);
  node.where = {"--set", 0, 0};
  return node;
}

Node map(std::vector<std::pair<std::string, Node>> entries) {
  Node node;
  node.form = Node::Form::map;
  for (auto& [key, value] : entries) node.entries.push_back({key, {"s.yaml", 1, 1}, std::move(value)});
  return node;
}

}  // namespace

TEST_CASE("paths are keys joined by dots") {
  using Keys = std::vector<std::string>;
  CHECK(split_path("seed", {}) == Keys{"seed"});
  CHECK(split_path("policies.led.baseline", {}) == Keys{"policies", "led", "baseline"});
  CHECK(split_path("a.\"b.c d\".e", {}) == Keys{"a", "b.c d", "e"});
}

TEST_CASE("malformed paths are told") {
  Place const where{"--set", 0, 0};
  constexpr char const* mend = ", keys joined by dots were expected, as in policies.led.baseline";
  auto text = [&](char const* path) {
    try {
      (void)split_path(path, where);
    } catch (Error const& error) {
      return std::string(error.what());
    }
    return std::string("accepted");
  };
  CHECK(text("") == std::string("--set: the path '' has an empty key") + mend);
  CHECK(text("a..b") == std::string("--set: the path 'a..b' has an empty key") + mend);
  CHECK(text("a.") == std::string("--set: the path 'a.' has an empty key") + mend);
  CHECK(text("a.\"b") == std::string("--set: the path 'a.\"b' has a quote that is never closed") + mend);
  CHECK(text("\"a\"b") == std::string("--set: the path '\"a\"b' goes on after a closing quote without a dot") + mend);
  CHECK(text("a\"b\"") == std::string("--set: the path 'a\"b\"' has a quote inside a key") + mend);
}

TEST_CASE("a path cannot be deeper than 64 keys") {
  std::string path = "a";
  for (int i = 1; i < 64; ++i) path += ".a";
  CHECK(split_path(path, {}).size() == 64);
  CHECK_THROWS_AS((void)split_path(path + ".a", {}), Error);
}

TEST_CASE("settings replace, and make maps on the way") {
  ScenarioDraft draft;
  apply_setting(draft, "output.file", scalar("a.h5"));
  apply_setting(draft, "seed", scalar("1"));
  apply_setting(draft, "output.file", scalar("b.h5"));
  REQUIRE(draft.root.find("output"));
  CHECK(draft.root.find("output")->find("file")->text == "b.h5");
  CHECK(draft.root.entries.size() == 2);
  CHECK(draft.root.entries[0].where == Place{"--set", 0, 0});
}

TEST_CASE("a setting changes what has a name, and adds none") {
  ScenarioDraft draft = {
      {},
      map({{"cities", map({{"attributes", map({{"size", Node()}})}})},
           {"networks", map({{"sister", map({})}})},
           {"policies", map({{"led", map({{"mechanisms", map({{"imitation", map({})}})}})}, {"trams", Node()}})}})};
  auto const told = [&](std::string_view path) {
    try {
      apply_setting(draft, path, scalar("2"));
    } catch (Error const& error) {
      return std::string(error.what());
    }
    return std::string("accepted");
  };
  CHECK(told("policies.lde.baseline") ==
        "--set: the path 'policies.lde.baseline' leads to an unknown policy 'lde', one of led, trams was expected; did "
        "you mean 'led'?");
  CHECK(told("policies.q") ==
        "--set: the path 'policies.q' leads to an unknown policy 'q', one of led, trams was expected");
  CHECK(
      told("networks.sistre.directed").find("unknown network 'sistre', sister was expected; did you mean 'sister'?") !=
      std::string::npos);
  CHECK(told("policies.led.mechanisms.imitate.strength").find("unknown mechanism 'imitate', imitation was expected") !=
        std::string::npos);
  CHECK(told("policies.trams.mechanisms.m.strength").find("unknown mechanism 'm', none is known") != std::string::npos);
  CHECK(told("collaborations.properties.c40.dissolved").find("unknown collaboration 'c40', none is known") !=
        std::string::npos);
  CHECK(told("cities.attributes.sise.log").find("unknown attribute 'sise', size was expected; did you mean") !=
        std::string::npos);
  CHECK(draft.root.find("policies")->entries.size() == 2);
  for (char const* const path :
       {"policies.led.baseline", "policies.led.mechanisms.imitation.strength", "policies.trams.attributes.size",
        "networks.sister.nearest.k", "cities.attributes.size.log", "policies.trams", "output.file", "replicates"}) {
    CHECK(told(path) == "accepted");
  }
}

TEST_CASE("a setting cannot step into a value or a list") {
  ScenarioDraft draft;
  apply_setting(draft, "seed", scalar("1"));
  CHECK_THROWS_WITH_AS(apply_setting(draft, "seed.x", scalar("1")),
                       "--set: the path 'seed.x' leads to 'x' inside a single value, only keys of maps can be set",
                       Error);
  draft.root.find("seed")->form = Node::Form::list;
  CHECK_THROWS_WITH_AS(apply_setting(draft, "seed.0", scalar("1")),
                       "--set: the path 'seed.0' leads to '0' inside a list, only keys of maps can be set", Error);
}
