/// Terms that follow given histories.
#include "run/replay.hpp"

#include <doctest/doctest.h>

namespace hansa {

namespace {

/// Keeps how many cities have the policy and another, and in which step it is.
class Counting final : public TermOf<Counting> {
 public:
  struct Counts final : Kept {
    int own = 0, other = 0, step = -1;
  };
  std::unique_ptr<Kept> keep() const override { return std::make_unique<Counts>(); }
  void reset(Kept& kept, Outset const&) const override { static_cast<Counts&>(kept) = {}; }
  void apply(Kept& kept, std::span<Event const> events, Touched&) const override {
    for (Event const& each : events) static_cast<Counts&>(kept).own += each.sign;
  }
  void apply_other(Kept& kept, PolicyId, std::span<Event const> events, Touched&) const override {
    for (Event const& each : events) static_cast<Counts&>(kept).other += each.sign;
  }
  void advance(Kept& kept, Moment moment, Touched&) const override { static_cast<Counts&>(kept).step = moment.step; }
  template <class Lane>
  void evaluate(Kept const& kept, std::span<Index const> cities, Lane* m) const {
    auto const& counts = static_cast<Counts const&>(kept);
    for (std::size_t k = 0; k < cities.size(); ++k) {
      m[k] =
          static_cast<Lane>(counts.own + 100 * counts.other + 10000 * counts.step) + static_cast<Lane>(cities[k]) / 2;
    }
  }
};

}  // namespace

TEST_CASE("decisions of a step see the events before it, and no others") {
  World world;
  world.cities.id.resize(300);
  Model model;
  model.clock = {2000, 2004};
  for (int p = 0; p < 2; ++p) {
    PolicyModel& policy = model.policies.emplace_back();
    CompiledTerm& term = policy.terms.emplace_back();
    term.term = std::make_unique<Counting>();
  }
  std::vector<std::vector<DatedEvent>> const histories{
      {{0, 1990, {7, 0, +1}}, {0, 1995, {9, 0, +1}}, {2, 2001, {1, 0, +1}}, {3, 2002, {7, 0, -1}}},
      {{1, 2000, {5, 0, +1}}},
  };
  Replay replay(model, world);
  std::vector<Index> const cities{0, 299};
  for (int repeat = 0; repeat < 2; ++repeat) {
    std::vector<double> first, second;
    replay.run(histories, 5, [&](std::int32_t step) {
      std::vector<double> m(2);
      replay.value(PolicyId{0}, 0, cities, m.data());
      CHECK(m[1] == m[0] + 149.5);
      first.push_back(m[0] - 10000 * (step - 1));
      replay.value(PolicyId{1}, 0, cities, m.data());
      second.push_back(m[0] - 10000 * (step - 1));
    });
    CHECK(first == std::vector<double>{2, 102, 103, 102, 102});
    CHECK(second == std::vector<double>{200, 201, 301, 201, 201});
  }
}

TEST_CASE("any number of cities is asked at once") {
  World world;
  world.cities.id.resize(300);
  Model model;
  model.clock = {2000, 2000};
  model.policies.emplace_back().terms.emplace_back().term = std::make_unique<Counting>();
  Replay replay(model, world);
  std::vector<Index> cities(300);
  for (Index i = 0; i < 300; ++i) cities[i] = 299 - i;
  std::vector<double> m(300);
  std::vector<std::vector<DatedEvent>> const nothing(1);
  replay.run(nothing, 1, [&](std::int32_t) { replay.value(PolicyId{0}, 0, cities, m.data()); });
  for (Index i = 0; i < 300; ++i) CHECK(m[i] == (299 - i) / 2.0);
}

}  // namespace hansa
