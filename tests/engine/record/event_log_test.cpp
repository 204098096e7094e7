/// What a log says of events, by hand on three cities.
#include "record/event_log.hpp"

#include <vector>

#include <doctest/doctest.h>

#include "record/recorder.hpp"

namespace {

using hansa::EventKind;
using hansa::EventLog;
using hansa::Index;
using hansa::LoggedEvent;
using Cities = std::vector<Index>;
using Log = std::vector<LoggedEvent>;

constexpr std::size_t intervention = 4, neighbours = 6, wealth = 7;

/// One policy whose first two steps are replayed; labels are 2000 + step - 1.
struct Book {
  EventLog log{3};
  Log events;

  void weigh(std::int32_t step, std::size_t mechanism, Cities const& cities, std::vector<double> const& shares,
             EventKind kind = EventKind::adoption) {
    log.weigh(step, mechanism, kind, cities, [&](std::size_t k) { return shares[k]; });
  }
  void note(std::int32_t step, std::vector<hansa::Event> const& happened) {
    std::vector<std::int32_t> const labels(happened.size(), 1999 + step);
    log.note(step, happened, labels, events);
  }
};

TEST_CASE("the mechanism with the largest share has the adoption, of equal ones the first in order") {
  Book book;
  book.weigh(3, 0, {0, 1, 2}, {0.5, 0.25, -1});
  book.weigh(3, neighbours, {0, 1, 2}, {0.25, 0.375, 1});
  book.weigh(3, wealth, {0, 1, 2}, {0.25, 0.375, 1});
  book.note(3, {{0, 0, 1}, {1, 0, 1}, {2, 0, 1}});
  CHECK(book.events == Log{{2002, 0, 0, EventKind::adoption},
                           {2002, 1, neighbours, EventKind::adoption},
                           {2002, 2, neighbours, EventKind::adoption}});
  // Whatever the order in which they are told.
  Book other;
  other.weigh(3, wealth, {1}, {0.375});
  other.weigh(3, neighbours, {1}, {0.375});
  other.weigh(3, 0, {1}, {0.25});
  other.note(3, {{1, 0, 1}});
  CHECK(other.events == Log{{2002, 1, neighbours, EventKind::adoption}});
}

TEST_CASE("several shares of one mechanism add up before they are compared") {
  Book book;
  book.weigh(4, 0, {0}, {0.4});
  book.weigh(4, intervention, {0}, {0.3});
  book.weigh(4, intervention, {0}, {0.3});
  book.note(4, {{0, 0, 1}});
  CHECK(book.events == Log{{2003, 0, intervention, EventKind::adoption}});
}

TEST_CASE("groups of cities come in any order, and abandonments stand between them without a mechanism") {
  Book book;
  book.weigh(3, intervention, {2, 5}, {1, 1}, EventKind::seed);
  book.weigh(3, intervention, {3}, {1}, EventKind::mandate);
  book.weigh(3, 0, {0, 4}, {0.25, 0.75});
  book.weigh(3, wealth, {0, 4}, {0.75, 0.25});
  book.weigh(3, wealth, {6}, {1});
  book.note(3, {{0, 0, 1}, {1, 0, -1}, {2, 0, 1}});  // in two blocks
  book.note(3, {{3, 0, 1}, {4, 1, 1}, {5, 0, 1}, {6, 0, 1}});
  book.note(4, {{0, 0, -1}});
  book.weigh(5, 0, {0}, {1});
  book.note(5, {{0, 1, 1}});
  CHECK(book.events == Log{{2002, 0, wealth, EventKind::adoption},
                           {2002, 1, hansa::no_mechanism, EventKind::abandonment},
                           {2002, 2, intervention, EventKind::seed},
                           {2002, 3, intervention, EventKind::mandate},
                           {2002, 4, 0, EventKind::adoption},
                           {2002, 5, intervention, EventKind::seed},
                           {2002, 6, wealth, EventKind::adoption},
                           {2003, 0, hansa::no_mechanism, EventKind::abandonment},
                           {2004, 0, 0, EventKind::adoption}});
}

TEST_CASE("what is replayed is the data's, and what was before the first step is no event") {
  Book book;
  book.note(0, {{0, 0, 1}, {1, 0, 1}, {1, 0, -1}});
  book.weigh(1, 5, {2}, {1});
  book.note(1, {{1, 1, 1}, {2, 0, 1}});
  book.note(2, {{2, 0, -1}, {2, 1, 1}});
  CHECK(book.events == Log{{2000, 1, 5, EventKind::replay},
                           {2000, 2, 5, EventKind::replay},
                           {2001, 2, hansa::no_mechanism, EventKind::replayed_abandonment},
                           {2001, 2, 5, EventKind::replay}});
}

/// Three cities, steps 1 … 3, mechanisms baseline and m.
struct Three {
  hansa::World world;
  hansa::Model model;
  hansa::RecordPlan plan;

  Three() {
    world.cities.id = {"a", "b", "c"};
    model.clock = {1, 3, "year"};
    model.policies.resize(2);
    model.mechanisms = {"baseline", "m"};
    plan.events = true;
  }
  hansa::History history() const {
    hansa::Recorder recorder(model, world, plan);
    CHECK(recorder.wants_attribution() == (plan.attribution || plan.events));
    for (std::int64_t const replicate : {0, 1}) {  // the second forgets the first
      recorder.begin(replicate);
      Cities const both{0, 2};
      std::vector<double> const some{replicate == 0 ? 1 : 0.25, 0.5}, rest{1 - some[0], 0.5};
      recorder.attribute(hansa::PolicyId{1}, 2, 0, both, some);
      recorder.attribute(hansa::PolicyId{1}, 2, 1, both, rest);
      std::vector<hansa::Event> const events{{0, 0, 1}, {2, 0, 1}};
      recorder.events(hansa::PolicyId{1}, 2, events, std::vector<std::int32_t>{2, 2});
    }
    return recorder.finish();
  }
};

TEST_CASE("a recorder keeps the events of each policy, on demand and whatever else it keeps") {
  Three three;
  hansa::History const all = three.history();
  CHECK(all.policies[0].events.empty());
  CHECK(all.policies[1].events == Log{{2, 0, 1, EventKind::adoption}, {2, 2, 0, EventKind::adoption}});
  three.plan.attribution = three.plan.adoption_time = false;
  hansa::History const alone = three.history();
  CHECK(alone.policies[1].events == all.policies[1].events);
  CHECK(alone.policies[1].adoptions_by_mechanism.empty());
  CHECK(alone.policies[1].adoptions_by_mechanism_by.empty());
  three.plan.events = false;
  CHECK(three.history().policies[1].events.empty());
}

}  // namespace
