/// Histories in events.
#include "inference/histories.hpp"

#include <doctest/doctest.h>

#include "base/error.hpp"

namespace hansa {

namespace {
Clock const clock{2000, 2009};
}

TEST_CASE("only an interval of two years or more is one") {
  PolicyModel policy;
  policy.dated = {{0, 1999, {0, 0, +1}}};
  PolicyRecords records;
  records.observed = {
      {0, 1999, std::nullopt, 1999, std::nullopt, {}},
      {1, 2003, 2002, 2003, std::nullopt, {}},
      {2, 2004, 2002, 2005, 2006, {}},
      {2, 2008, 2006, 2009, std::nullopt, {}},
      {3, 2001, 1990, 2011, std::nullopt, {}},
      {4, 2011, 2009, 2012, std::nullopt, {}},
      {5, 2013, 2005, 2020, std::nullopt, {}},
      {6, 2147483646, -2147483646, 2147483646, std::nullopt, {}},
  };
  ObservedHistory const history = observed_history(policy, records, clock);
  CHECK(history.events.size() == 1);
  REQUIRE(history.intervals.size() == 5);
  CHECK(history.intervals[0].city == 2);
  CHECK(history.intervals[0].episode == 0);
  CHECK(history.intervals[0].after == 3);
  CHECK(history.intervals[0].last == 6);
  CHECK(history.intervals[1].episode == 1);
  CHECK(history.intervals[2].after == -9);
  CHECK(history.intervals[2].middle == 2);
  CHECK(history.intervals[2].last == 12);
  CHECK(history.intervals[3].city == 5);  // its middle is after time's end, but its beginning tells something
  CHECK(history.intervals[3].after == 6);
  CHECK(history.intervals[3].middle == 14);
  CHECK(history.intervals[4].after < -900'000'000);
}

TEST_CASE("a simulated history has its adoptions in order, earlier ones before the first step") {
  PolicyHistory simulated;
  simulated.adoption_time = {2004, never, 1987, 2000, 2004};
  ObservedHistory const history = simulated_history(simulated, clock);
  REQUIRE(history.events.size() == 4);
  std::vector<std::pair<std::int32_t, Index>> found;
  for (DatedEvent const& each : history.events) found.emplace_back(each.step, each.event.city);
  CHECK(found == std::vector<std::pair<std::int32_t, Index>>{{0, 2}, {1, 3}, {5, 0}, {5, 4}});
  CHECK(history.events[0].label == 1987);
  simulated.abandonments = {0, 0, 1, 0, 0};
  CHECK_THROWS_AS((void)simulated_history(simulated, clock), Error);
}

TEST_CASE("when cities left and came back the log of events tells") {
  PolicyHistory simulated;
  simulated.adoption_time = {2004, 1987};
  simulated.abandonments = {1, 1};
  simulated.events = {{2002, 1, no_mechanism, EventKind::abandonment},
                      {2004, 0, 0, EventKind::adoption},
                      {2005, 0, no_mechanism, EventKind::replayed_abandonment},
                      {2005, 1, 0, EventKind::seed}};
  std::vector<std::vector<std::int32_t>> found;
  for (DatedEvent const& each : simulated_history(simulated, clock).events)
    found.push_back({each.step, static_cast<std::int32_t>(each.event.city), each.event.episode, each.event.sign});
  CHECK(found ==
        std::vector<std::vector<std::int32_t>>{{0, 1, 0, 1}, {3, 1, 0, -1}, {5, 0, 0, 1}, {6, 0, 0, -1}, {6, 1, 1, 1}});
  simulated.abandonments = {1, 2};  // one of them before the first step
  CHECK_THROWS_AS((void)simulated_history(simulated, clock), Error);
}

}  // namespace hansa
