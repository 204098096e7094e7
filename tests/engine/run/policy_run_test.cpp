/// One policy from step to step: the order of calls, blocks of events, replay, and the risk set.
#include "run/policy_run.hpp"

#include <algorithm>
#include <set>
#include <string>

#include <doctest/doctest.h>

#include "base/random.hpp"

using namespace hansa;

namespace {

/// Remembers the events that it was given, and gives 1000 to everybody once the first adoption came.
class Alarm final : public TermOf<Alarm> {
 public:
  struct Heard final : Kept {
    std::vector<Event> events;
    std::size_t largest = 0;
    int others = 0;
  };
  std::unique_ptr<Kept> keep() const override { return std::make_unique<Heard>(); }
  void reset(Kept& kept, Outset const&) const override { static_cast<Heard&>(kept) = Heard{}; }
  void apply(Kept& kept, std::span<Event const> events, Touched& touched) const override {
    auto& heard = static_cast<Heard&>(kept);
    heard.events.insert(heard.events.end(), events.begin(), events.end());
    heard.largest = std::max(heard.largest, events.size());
    touched.everybody = touched.everybody || !events.empty();
    last = &heard;
  }
  void apply_other(Kept& kept, PolicyId, std::span<Event const> events, Touched&) const override {
    static_cast<Heard&>(kept).others += static_cast<int>(events.size());
  }
  template <class Lane>
  void evaluate(Kept const& kept, std::span<Index const> cities, Lane* m) const {
    auto const& heard = static_cast<Heard const&>(kept);
    std::fill_n(m, cities.size(), heard.events.empty() ? Lane{0} : Lane{1});
  }
  mutable Heard* last = nullptr;
};

/// n cities and one policy that nobody adopts unless the alarm sounds.
struct Quiet {
  World world;
  Model model;
  RecordPlan plan;
  Alarm const* alarm = nullptr;
  Crew crew{1};

  explicit Quiet(Index n) {
    for (Index i = 0; i < n; ++i) {
      world.cities.id.push_back("c" + std::to_string(100'000 + i));
      world.cities.hash.push_back(hash_id(world.cities.id.back()));
    }
    model.clock = {2000, 2009, "year"};
    model.mechanisms = {"baseline", "attributes", "trend", "frailty", "intervention", "data", "alarm"};
    PolicyModel policy;
    policy.name = "led";
    policy.hash = hash_id("led");
    policy.baseline = -60;
    auto term = std::make_unique<Alarm>();
    alarm = term.get();
    CompiledTerm compiled;
    compiled.name = "alarm";
    compiled.mechanism = 6;
    compiled.strength = 110;
    compiled.term = std::move(term);
    policy.terms.push_back(std::move(compiled));
    model.policies.push_back(std::move(policy));
  }
  PolicyModel& policy() { return model.policies[0]; }
  void give(std::int32_t step, Index city) {
    policy().dated.push_back({step, model.clock.start + step - 1, {city, 0, +1}});
  }
};

/// One replicate by hand: who adopted in which step, 0 for those before the first.
std::vector<std::set<Index>> steps_of(Quiet& quiet) {
  Budgets budgets(quiet.model, quiet.world);
  auto const run =
      make_policy_run(quiet.model, quiet.world, PolicyId{0}, Lanes::full, {nullptr, budgets, quiet.crew, true});
  Recorder recorder(quiet.model, quiet.world, quiet.plan);
  recorder.begin(0);
  run->begin({quiet.model.seed, 0, nullptr});
  std::vector<std::set<Index>> adopters;
  for (std::int32_t step = 0; step <= quiet.model.clock.steps(); ++step) {
    run->find(step, recorder);
    run->decide(step, recorder);
    std::set<Index>& now = adopters.emplace_back();
    for (auto events = run->next_events(); !events.empty(); events = run->next_events()) {
      CHECK(events.size() <= 1024);
      CHECK(std::ranges::is_sorted(events, {}, &Event::city));
      for (Event const& each : events) CHECK(now.insert(each.city).second);
      run->follow(events);
    }
    run->prepare(step, recorder);
  }
  return adopters;
}

}  // namespace

TEST_CASE("without pressure nobody adopts; one adopter of the data sounds the alarm for the step after") {
  Quiet silent(300);
  for (auto const& adopters : steps_of(silent)) CHECK(adopters.empty());
  Quiet loud(300);
  loud.give(0, 7);
  auto const steps = steps_of(loud);
  CHECK(steps[0] == std::set<Index>{7});
  CHECK(steps[1].size() == 299);
  CHECK(!steps[1].contains(7));
  for (std::size_t step = 2; step < steps.size(); ++step) CHECK(steps[step].empty());
}

TEST_CASE("many adopters come in blocks, each city once, and every term hears of all") {
  Quiet loud(5000);
  loud.give(0, 0);
  auto const steps = steps_of(loud);
  CHECK(steps[1].size() == 4999);
}

TEST_CASE("while data date adoptions nobody decides, whatever presses") {
  Quiet loud(50);
  loud.give(0, 1);
  loud.give(2, 5);
  loud.give(3, 9);
  loud.policy().first_decision = 4;
  auto const steps = steps_of(loud);
  CHECK(steps[1].empty());
  CHECK(steps[2] == std::set<Index>{5});
  CHECK(steps[3] == std::set<Index>{9});
  CHECK(steps[4].size() == 47);
}

TEST_CASE("cities outside the risk set wait, or never decide") {
  Quiet loud(4);
  loud.give(0, 0);
  loud.policy().entry = {1, 3, 1, 1};
  loud.policy().exit = {10, 10, 10, 0};
  auto const steps = steps_of(loud);
  CHECK(steps[1] == std::set<Index>{2});
  CHECK(steps[2].empty());
  CHECK(steps[3] == std::set<Index>{1});
  for (auto const& adopters : steps) CHECK(!adopters.contains(3));
}

TEST_CASE("events of other policies reach the terms") {
  Quiet quiet(10);
  quiet.give(0, 2);
  Budgets budgets(quiet.model, quiet.world);
  auto const run =
      make_policy_run(quiet.model, quiet.world, PolicyId{0}, Lanes::full, {nullptr, budgets, quiet.crew, true});
  Recorder recorder(quiet.model, quiet.world, quiet.plan);
  recorder.begin(0);
  run->begin({quiet.model.seed, 0, nullptr});
  run->find(0, recorder);
  run->decide(0, recorder);
  run->follow(run->next_events());
  Event const other[] = {{1, 0, +1}, {3, 0, +1}};
  run->follow_other(PolicyId{1}, other);
  REQUIRE(quiet.alarm->last != nullptr);
  CHECK(quiet.alarm->last->others == 2);
  CHECK(quiet.alarm->last->events.size() == 1);
}
