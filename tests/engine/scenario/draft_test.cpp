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
  apply_setting(draft, "policies.led.baseline", scalar("-6"));
  apply_setting(draft, "seed", scalar("1"));
  apply_setting(draft, "policies.led.baseline", scalar("-7"));
  REQUIRE(draft.root.find("policies"));
  CHECK(draft.root.find("policies")->find("led")->find("baseline")->text == "-7");
  CHECK(draft.root.entries.size() == 2);
  CHECK(draft.root.entries[0].where == Place{"--set", 0, 0});
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
