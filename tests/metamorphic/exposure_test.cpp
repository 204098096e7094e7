/// Options of exposure that say nothing, and other ways to say the same.
#include <doctest/doctest.h>
#include <fmt/format.h>

#include "changes.hpp"
#include "worlds.hpp"

namespace hansa::metamorphic {

namespace {

/// Adds a parameter to every exposure that has none of this name and no other word of `unless`.
auto adding(std::string const& name, std::string const& yaml, std::vector<std::string> const& unless = {}) {
  return [=](ScenarioDraft& draft) {
    for_exposures(draft, [&](Node& parameters) {
      Node const* normalize = parameters.find("normalize");
      bool skip = parameters.find(name) != nullptr;
      for (std::string const& word : unless) {
        skip = skip || parameters.find(word) != nullptr || (normalize != nullptr && normalize->text == word);
      }
      if (!skip) add_parameter(parameters, name, yaml);
    });
  };
}

/// Rules under which exposure takes all its options.
std::vector<std::string> const no_attempts{"cascade"};
/// Networks of which exposure takes some sources, or weighs them.
std::vector<std::string> const no_attempts_and_no_living_ties{"cascade", "dynamics:"};

}  // namespace

TEST_CASE("what drifts is the same step by step as where only what is touched is computed") {
  int drifting = 0;
  for_worlds(120, no_attempts, [&](test::Texts const& texts, test::Question const& base) {
    auto const other = test::ask(texts);
    for (PolicyModel& policy : other->model.policies) {
      for (CompiledTerm const& each : policy.terms) drifting += each.term->drifts() ? 1 : 0;
      // A trend, of which no step adds anything: every city is looked at in every step.
      if (policy.trend.empty()) policy.trend.assign(static_cast<std::size_t>(other->model.clock.steps()), 0.0);
    }
    for (Lanes const lanes : {Lanes::fast, Lanes::full}) check_same(base, *other, lanes, Depth::everything);
  });
  CHECK(drifting > 30);
}

TEST_CASE("influence with an endless half-life does not fade") {
  for_worlds(40, no_attempts, [](test::Texts const& texts, test::Question const& base) {
    check_same(base, *test::ask(texts, {}, adding("half_life", "1e300")), Lanes::fast, Depth::everything);
    check_same(base, *test::ask(texts, {}, adding("half_life", "1e300")), Lanes::full, Depth::everything);
  });
}

TEST_CASE("sources that all weigh one weigh nothing new") {
  for_worlds(40, no_attempts_and_no_living_ties, [](test::Texts const& texts, test::Question const& base) {
    test::Texts const more = with_city_columns(texts, "one", "1");
    auto const other = test::ask(more, {}, adding("source_weight", "one", {"count", "transmission"}));
    check_same(base, *other, Lanes::full, Depth::everything);
  });
}

TEST_CASE("only sources of the same world are all of them") {
  for_worlds(40, no_attempts_and_no_living_ties, [](test::Texts const& texts, test::Question const& base) {
    test::Texts const more = with_city_columns(texts, "planet", "earth");
    auto const other = test::ask(more, {}, adding("only", "{same: planet}"));
    check_same(base, *other, Lanes::fast, Depth::everything);
  });
}

TEST_CASE("only sources of another world are none") {
  for_worlds(20, {"cascade", "only", "threshold", " set: {", "campaign", "dynamics:"},
             [](test::Texts const& texts, test::Question const& base) {
               test::Texts const more = with_city_columns(texts, "planet", "earth");
               auto const none = test::ask(more, {}, adding("only", "{different: planet}"));
               auto const idle = test::ask(texts, {}, [](ScenarioDraft& draft) {
                 for (Node::Entry& policy : draft.root.find("policies")->entries) {
                   Node* mechanisms = policy.value.find("mechanisms");
                   if (mechanisms == nullptr) continue;
                   std::erase_if(mechanisms->entries, [](Node::Entry& mechanism) {
                     return mechanism.value.find("exposure") != nullptr ||
                            mechanism.value.find("competition") != nullptr;
                   });
                 }
               });
               CHECK(base.scenario.policies.size() == none->scenario.policies.size());
               check_same(*idle, *none, Lanes::full, Depth::times);
             });
}

TEST_CASE("a tie in two halves is one tie") {
  for_worlds(40, {"learning"}, [](test::Texts const& texts, test::Question const& base) {
    Clock const& clock = base.scenario.clock;
    for (std::int32_t last : {clock.start, (clock.start + clock.end) / 2, clock.end}) {
      auto const other = test::ask(with_ties_cut_in_two(texts, last));
      check_same(base, *other, Lanes::full, Depth::times);
    }
  });
}

TEST_CASE("the first replicate sees the scenario's own ties") {
  int redrawn = 0;
  for_worlds(60, {}, [&](test::Texts const& texts, test::Question const& base) {
    auto const other = test::ask(texts, {}, [](ScenarioDraft& draft) {
      for (Node::Entry& network : draft.root.find("networks")->entries) {
        std::erase_if(network.value.entries, [](Node::Entry const& entry) { return entry.key == "redraw"; });
      }
    });
    redrawn += static_cast<int>(base.world.redrawn.size());
    check_same(base, *other, Lanes::fast, Depth::everything, 1);
  });
  CHECK(redrawn > 3);
}

}  // namespace hansa::metamorphic
