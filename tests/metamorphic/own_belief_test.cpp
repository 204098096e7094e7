/// Own experience, own belief, reinvention and averages that should change nothing, and do not.
#include <algorithm>

#include <doctest/doctest.h>

#include "changes.hpp"
#include "io/yaml.hpp"
#include "worlds.hpp"

namespace hansa::metamorphic {

namespace {

/// The parameters of the policy's learning mechanism; null where it has none.
Node* learning_of(Node& policy) {
  auto const mechanisms = std::find_if(policy.entries.begin(), policy.entries.end(),
                                       [](Node::Entry const& each) { return each.key == "mechanisms"; });
  if (mechanisms == policy.entries.end()) return nullptr;
  for (Node::Entry& mechanism : mechanisms->value.entries)
    for (Node::Entry& each : mechanism.value.entries)
      if (each.key == "learning") return &each.value;
  return nullptr;
}

void put(Node& map, std::string const& key, std::string const& yaml) {
  std::erase_if(map.entries, [&](Node::Entry const& each) { return each.key == key; });
  if (!yaml.empty()) map.entries.push_back({key, {}, parse_yaml("x: " + yaml, "changed").root.entries.at(0).value});
}

/// change(policy, its learning) of all policies that learn; how many did.
int change_learners(ScenarioDraft& draft, std::function<void(Node&, Node&)> const& change) {
  int count = 0;
  for (Node::Entry& policy : draft.root.entries) {
    if (policy.key != "policies") continue;
    for (Node::Entry& each : policy.value.entries) {
      Node* const learning = learning_of(each.value);
      if (learning == nullptr) continue;
      change(each.value, *learning);
      ++count;
    }
  }
  return count;
}

/// Random worlds with each of two changes to the policies that learn have the same histories.
void check_both(std::vector<std::string> const& without, std::function<void(Node&, Node&)> const& one,
                std::function<void(Node&, Node&)> const& other, int count = 60) {
  int changed = 0;
  std::vector<std::string> all{".learning.", ".merit.", ".reinvention.", ".abandonment."};  // numbers set of what goes
  all.insert(all.end(), without.begin(), without.end());
  for_worlds(count, all, [&](test::Texts const& texts, test::Question const&) {
    auto const with = [&](std::function<void(Node&, Node&)> const& change) {
      return test::ask(texts, {}, [&](ScenarioDraft& draft) { changed += change_learners(draft, change); });
    };
    auto const a = with(one), b = with(other);
    try {
      for (std::int64_t r = 0; r < replicates; ++r) (void)test::run_one(*a, r, Lanes::full);
    } catch (Error const& error) {  // what leaves otherwise may press beyond all bounds
      REQUIRE(error.fault() == Fault::failure);
      return;
    }
    for (Lanes const lanes : {Lanes::fast, Lanes::full}) check_same(*a, *b, lanes, Depth::everything);
  });
  CHECK(changed > 20);
}

}  // namespace

TEST_CASE("a belief that weighs nothing is a constant hazard, step by step or by date") {
  auto const leave = [](std::string const& how) {
    return [how](Node& policy, Node&) { put(policy, "abandonment", "{logit: {base: -1.5" + how + "}}"); };
  };
  check_both({}, leave(""), leave(", own_belief: 0"));
  check_both({}, leave(""), leave(", own_belief: 1e-300"));
}

TEST_CASE("what adopters see of their own changes nothing as long as nobody leaves") {
  auto const see = [](std::string const& precision) {
    return [precision](Node& policy, Node& learning) {
      put(policy, "abandonment", "");
      put(learning, "own_precision", precision);
    };
  };
  check_both({", left", "degroot", "abandonment"}, see("0"), see("3"), 240);  // few of them learn
}

TEST_CASE("a reinvention that nobody makes, or that changes nothing, is none") {
  auto const reinvent = [](std::string const& how) {
    return [how](Node& policy, Node&) { put(policy, "reinvention", how); };
  };
  check_both({}, reinvent(""), reinvent("{probability: 0, gain: 1, cost: 3}"));
  check_both({}, reinvent(""), reinvent("{probability: 0.7, gain: 0}"));
}

TEST_CASE("cities that are closed to others learn nothing of them") {
  auto const open = [](std::string const& how) {
    return [how](Node& policy, Node& learning) {
      std::string const network = learning.find("network")->text;
      learning = parse_yaml("x: {network: " + network + how, "changed").root.entries.at(0).value;
      put(policy, "abandonment", "{logit: {base: -2, own_belief: 1}}");
    };
  };
  // Without performance above the prior, and closed, there is nothing to learn in either.
  auto const flat = [&](std::string const& how) {
    return [change = open(how)](Node& policy, Node& learning) {
      change(policy, learning);
      put(policy, "merit", "{mean: 0}");
      put(policy, "reinvention", "");
    };
  };
  check_both({}, flat(", noise: none}"), flat(", model: degroot, openness: 0}"));
  check_both({}, flat(", noise: none}"), flat(", model: degroot, openness: 0.3}"));
}

}  // namespace hansa::metamorphic
