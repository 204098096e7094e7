/// Tests of run/coupling by hand: three policies, three cities, one step.
#include "run/coupling.hpp"

#include <doctest/doctest.h>

#include "base/random.hpp"
#include "engine/run/timed_law.hpp"

using namespace hansa;

namespace {

/// Finds what it is told to find, and remembers what is stopped.
struct Scripted final : PolicyRun {
  std::vector<Crossing> crossings;
  std::vector<Stop> stopped;
  bool bound = false;
  double asked = 0;
  void begin(Outset const&) override {}
  void find(std::int32_t, Recorder&) override {}
  void add_crossings(std::vector<Crossing>& to) const override {
    to.insert(to.end(), crossings.begin(), crossings.end());
  }
  [[nodiscard]] bool is_bound(Index) const override { return bound; }
  [[nodiscard]] double price(Index) const override { return asked; }
  void stop(std::span<Stop const> stops, std::int32_t) override { stopped.assign(stops.begin(), stops.end()); }
  void decide(std::int32_t, Recorder&) override {}
  [[nodiscard]] std::span<Event const> next_events() override { return {}; }
  void follow(std::span<Event const>) override {}
  void follow_other(PolicyId, std::span<Event const>) override {}
  void prepare(std::int32_t, Recorder&) override {}
};

constexpr Index cities = 3;

struct Step {
  Model model;
  World world;
  std::vector<std::unique_ptr<PolicyRun>> runs;

  Step() {
    world.cities.id = {"x", "y", "z"};
    for (char const* const name : {"a", "b", "c"}) {
      PolicyModel& policy = model.policies.emplace_back();
      policy.name = name;
      policy.hash = hash_id(name);
      runs.push_back(std::make_unique<Scripted>());
    }
  }
  /// All policies have a cost.
  void give_budgets(double each) {
    ResourceModel& resources = model.resources.emplace();
    resources.initial = {each, each, each};
    resources.income = {0, 0, 0};
    for (PolicyModel& policy : model.policies) policy.cost.emplace();
  }
  Scripted& run(std::size_t p) { return static_cast<Scripted&>(*runs[p]); }
  void settle() {
    Budgets budgets(model, world);
    budgets.begin({});
    Coupling coupling(model, budgets, cities);
    coupling.begin({});
    for (Index const p : coupling.order()) coupling.note(PolicyId{p}, *runs[p]);
    coupling.settle(runs, 1);
  }
};

void check_stop(Stop const& stop, Index city, double fraction, bool due) {
  CHECK(stop.city == city);
  CHECK(stop.fraction == fraction);
  CHECK(stop.due == due);
}

}  // namespace

TEST_CASE("without bars and limits nothing is coupled") {
  Step step;
  Budgets const none(step.model, step.world);
  CHECK(Coupling(step.model, none, cities).empty());
  CHECK(Coupling(step.model, none, cities).bars(PolicyId{0}) == nullptr);
}

TEST_CASE("attention goes to whoever comes first, and all others stand still from then on") {
  Step step;
  step.model.attention = {1, 2, 3};
  step.run(0).crossings = {{0, 0.5, false, false}, {1, 0.5, false, false}};
  step.run(1).crossings = {{0, 0.25, false, false}, {1, 0.25, false, false}, {2, 0.75, false, false}};
  step.settle();
  REQUIRE(step.run(0).stopped.size() == 1);
  check_stop(step.run(0).stopped[0], 0, 0.25, true);
  CHECK(step.run(1).stopped.empty());
  // c crosses nowhere; in city 1 attention is used up at 0.5, in city 2 never.
  REQUIRE(step.run(2).stopped.size() == 2);
  check_stop(step.run(2).stopped[0], 0, 0.25, false);
  check_stop(step.run(2).stopped[1], 1, 0.5, false);
}

TEST_CASE("equal fractions go by the hashes of names, and what a mandate binds is not limited") {
  Step step;
  step.model.attention = {1, 1, 1};
  bool const a_first = hash_id("a") < hash_id("b");
  step.run(0).crossings = {{0, 0, false, false}};
  step.run(1).crossings = {{0, 0, false, false}};
  step.settle();
  CHECK(step.run(0).stopped.empty() == a_first);
  CHECK(step.run(1).stopped.empty() != a_first);
  step.run(0).crossings = {{0, 0.5, false, true}};
  step.run(1).crossings = {{0, 0.125, false, false}};
  step.run(2).bound = true;
  for (std::size_t p = 0; p < 3; ++p) step.run(p).stopped.clear();
  step.settle();
  for (std::size_t p = 0; p < 3; ++p) CHECK(step.run(p).stopped.empty());
}

TEST_CASE("what is adopted bars what excludes it from its fraction on") {
  Step step;
  step.model.policies[0].excluded = {PolicyId{1}};
  step.model.policies[2].excluded = {PolicyId{0}};
  step.run(0).crossings = {{0, 0.5, false, true}, {1, 0.25, false, false}};
  step.run(1).crossings = {{0, 0.25, false, false}, {1, 0.5, false, false}};
  step.run(2).crossings = {{0, 0.75, false, false}};
  step.settle();
  REQUIRE(step.run(0).stopped.size() == 1);
  check_stop(step.run(0).stopped[0], 0, 0.25, true);
  CHECK(step.run(1).stopped.empty());
  // In city 0 a was stopped and bars nobody; in city 1 it came first.
  REQUIRE(step.run(2).stopped.size() == 1);
  check_stop(step.run(2).stopped[0], 1, 0.25, false);
}

TEST_CASE("seeds are never stopped, and count") {
  Step step;
  step.model.attention = {1, 1, 1};
  step.run(0).crossings = {{0, 0, true, false}};
  step.run(1).crossings = {{0, 0, true, false}};
  step.run(2).crossings = {{0, 0.5, false, false}};
  step.settle();
  CHECK(step.run(0).stopped.empty());
  CHECK(step.run(1).stopped.empty());
  REQUIRE(step.run(2).stopped.size() == 1);
  check_stop(step.run(2).stopped[0], 0, 0, true);
}

TEST_CASE("bars follow adoptions and departures, and seeds of the step at once") {
  Step step;
  step.model.policies[0].required = {PolicyId{1}, PolicyId{2}};
  step.model.policies[1].excluded = {PolicyId{2}};
  Budgets const none(step.model, step.world);
  Coupling coupling(step.model, none, cities);
  coupling.begin({});
  Bars const& of_a = *coupling.bars(PolicyId{0});
  Bars const& of_b = *coupling.bars(PolicyId{1});
  CHECK(coupling.bars(PolicyId{2}) == nullptr);
  CHECK((of_a.lacks(0) && of_a.lacks(1) && !of_a.excludes(0)));
  std::vector<Event> const adopt{{0, 0, +1}}, leave{{0, 0, -1}};
  coupling.follow(PolicyId{1}, adopt);
  CHECK(of_a.lacks(0));
  coupling.follow(PolicyId{2}, adopt);
  CHECK_FALSE(of_a.lacks(0));
  CHECK((of_b.excludes(0) && !of_b.excludes(1)));
  coupling.follow(PolicyId{2}, leave);
  CHECK((of_a.lacks(0) && !of_b.excludes(0)));
  step.run(2).crossings = {{1, 0, true, false}};
  coupling.note(PolicyId{2}, step.run(2));
  CHECK((of_b.excludes_now(1) && !of_b.excludes(1) && !of_b.excludes_now(0)));
  coupling.settle(step.runs, 1);
  CHECK_FALSE(of_b.excludes_now(1));
  coupling.begin({});
  CHECK(of_a.lacks(0));
}

TEST_CASE("what is bought first leaves too little for others, which stop or wait") {
  Step step;
  step.give_budgets(10);
  step.run(0).asked = 6;
  step.run(1).asked = 5;
  step.run(2).asked = 3;
  step.run(0).crossings = {{0, 0.2, false, false}, {1, 0.6, false, false}, {2, 0.2, false, false}};
  step.run(1).crossings = {{0, 0.5, false, false}, {1, 0.5, false, false}, {2, 0.5, false, true}};
  step.run(2).crossings = {{0, 0.7, false, false}};
  step.model.policies[1].when_unaffordable = Affording::queue;
  step.settle();
  // In x, a leaves 4: b waits, c is bought. In y, b leaves 5: a stops where b was bought. In z a mandate binds b, which
  // leaves -1: c stands still from then on.
  REQUIRE(step.run(0).stopped.size() == 1);
  check_stop(step.run(0).stopped[0], 1, 0.5, true);
  REQUIRE(step.run(1).stopped.size() == 1);
  check_stop(step.run(1).stopped[0], 0, 0.2, true);
  CHECK(step.run(1).stopped[0].waits);
  REQUIRE(step.run(2).stopped.size() == 1);
  check_stop(step.run(2).stopped[0], 2, 0.5, false);
}

TEST_CASE("what a seed brings is not paid, and what is dated is") {
  Step step;
  step.give_budgets(10);
  for (std::size_t p = 0; p < 3; ++p) step.run(p).asked = 6;
  step.run(0).crossings = {{0, 0, true, false, false}, {1, 0, true, true}};
  step.run(1).crossings = {{0, 0.5, false, false}, {1, 0.5, false, false}};
  step.settle();
  REQUIRE(step.run(1).stopped.size() == 1);
  check_stop(step.run(1).stopped[0], 1, 0, true);
}

TEST_CASE("a pledge is kept where what is certain leaves attention, by date, and money") {
  Step step;
  step.give_budgets(10);
  step.model.attention = {1, 1, 1};
  step.model.attention_later = {{3, 2}};
  for (std::size_t p = 0; p < 3; ++p) step.run(p).asked = 6;
  step.run(0).crossings = {{2, 0, true, true, false}, {0, 0, true, true, false}};
  step.run(1).crossings = {{0, 0.5, false, false}, {1, 0.5, false, false}};
  for (std::int32_t const at : {1, 3}) {
    CAPTURE(at);
    Budgets budgets(step.model, step.world);
    budgets.begin({});
    Coupling coupling(step.model, budgets, cities);
    coupling.begin({});
    for (Index const p : coupling.order()) coupling.note(PolicyId{p}, *step.runs[p]);
    coupling.gather(at);
    auto const admits = [&](Index policy, Index city) {
      return coupling.admits(PolicyId{policy}, *step.runs[policy], city, step.runs);
    };
    CHECK(admits(0, 0));  // it is seeded with a itself
    CHECK(admits(1, 1));
    CHECK(admits(1, 0) == (at == 3));
    CHECK(admits(1, 2) == (at == 3));
    std::vector<Index> const kept{0, 1};
    coupling.keep_pledges(PolicyId{1}, kept);
    CHECK(admits(1, 0));
    CHECK_FALSE(admits(2, 0));  // no attention in step 1, in step 3 neither
    CHECK_FALSE(admits(2, 1));  // no attention in step 1, no money in step 3
    CHECK(admits(2, 2) == (at == 3));
    coupling.settle(step.runs, at);
    for (Stop const& each : step.run(1).stopped) CHECK(each.city == 2);
    for (std::size_t p = 0; p < 3; ++p) step.run(p).stopped.clear();
  }
}

TEST_CASE("a law that pre-empts bars cities for good, beside what they have adopted") {
  Step step;
  step.model.clock = {2000, 2005, "year"};
  step.model.policies[0].laws.push_back(hansa::test::timed_law("ban", Force::bar, {2, 0, 9}));
  step.model.policies[0].excluded = {PolicyId{1}};
  Budgets const none(step.model, step.world);
  Coupling coupling(step.model, none, cities);
  CHECK_FALSE(coupling.empty());
  for (int replicate = 0; replicate < 2; ++replicate) {
    coupling.begin({});
    Bars const& bars = *coupling.bars(PolicyId{0});
    CHECK(coupling.bars(PolicyId{1}) == nullptr);
    coupling.advance(0);
    CHECK_FALSE((bars.excludes(0) || bars.excludes(1)));
    coupling.follow(PolicyId{0}, std::vector<Event>{{1, 0, +1}});
    coupling.follow(PolicyId{1}, std::vector<Event>{{0, 0, +1}});
    coupling.advance(1);
    CHECK((bars.excludes(0) && bars.excludes(1) && !bars.excludes(2)));
    CHECK(bars.excluding[0] == 2);
    coupling.follow(PolicyId{1}, std::vector<Event>{{0, 0, -1}});
    coupling.advance(2);
    CHECK((bars.excluding[0] == 1 && bars.excluding[1] == 1));
  }
  step.model.policies[0].excluded.clear();
  CHECK_FALSE(Coupling(step.model, none, cities).empty());
  step.model.policies[0].laws.clear();
  CHECK(Coupling(step.model, none, cities).empty());
}
