/// The log of events says the same as all that is counted, and nothing that must not change it does.
#include <algorithm>
#include <map>
#include <string>
#include <tuple>

#include <doctest/doctest.h>

#include "changes.hpp"
#include "io/event_variables.hpp"
#include "worlds.hpp"

namespace hansa::metamorphic {

namespace {

std::vector<std::string> const logged{"output.events=true"};

bool adds(EventKind kind) {
  return kind != EventKind::abandonment && kind != EventKind::replayed_abandonment;
}

/// What was met, so that a test can see that it met something.
using Met = std::map<EventKind, int>;

/// Events of one policy beside its counts: adopters by step, first adoptions, abandonments, seeds.
void check_counts(test::Question const& question, PolicyHistory const& history, Index policy, Met& met) {
  Clock const& clock = question.scenario.clock;
  std::vector<std::int32_t> change(static_cast<std::size_t>(clock.steps()) + 1, 0);
  std::vector<std::int32_t> first(question.world.cities.size(), never);
  std::vector<std::int16_t> left(first.size(), 0);
  for (DatedEvent const& each : question.model.policies[policy].dated) {
    if (each.step > 0) continue;
    change[0] += each.event.sign;
    std::int32_t& label = first[each.event.city];
    if (each.event.sign < 0) ++left[each.event.city];
    if (each.event.sign > 0 && label == never) label = each.label;
  }
  for (LoggedEvent const& each : history.events) {
    ++met[each.kind];
    REQUIRE(each.time >= clock.start);
    REQUIRE(each.time <= clock.end);
    change[static_cast<std::size_t>(each.time - clock.start + 1)] += adds(each.kind) ? 1 : -1;
    if (!adds(each.kind)) ++left[each.city];
    if (adds(each.kind) && first[each.city] == never) first[each.city] = each.time;
    REQUIRE((each.mechanism == no_mechanism) == !adds(each.kind));
    REQUIRE(each.mechanism < static_cast<std::int32_t>(question.model.mechanisms.size()));
  }
  for (std::size_t t = 1; t < change.size(); ++t) {
    change[t] += change[t - 1];
    REQUIRE(history.adopters[t - 1] == change[t]);
  }
  REQUIRE(history.adoption_time == first);
  if (!history.abandonments.empty()) REQUIRE(history.abandonments == left);
  auto const place = [](LoggedEvent const& each) { return std::tuple(each.time, each.city); };
  REQUIRE(std::is_sorted(history.events.begin(), history.events.end(),
                         [&](auto const& a, auto const& b) { return place(a) < place(b); }));
}

/// Who adopts alone in a step has all that is attributed in it: the largest share is that of the step.
void check_mechanisms(test::Question const& question, PolicyHistory const& history) {
  std::size_t const steps = static_cast<std::size_t>(question.scenario.clock.steps());
  std::vector<std::int32_t> adoptions(steps, 0), by_data(steps, 0);
  for (LoggedEvent const& each : history.events) {
    if (!adds(each.kind)) continue;
    auto const t = static_cast<std::size_t>(each.time - question.scenario.clock.start);
    ++adoptions[t];
    if (each.mechanism == static_cast<std::int32_t>(Reserved::data)) ++by_data[t];
  }
  for (std::size_t t = 0; t < steps; ++t) {
    REQUIRE(history.adoptions_by_mechanism[std::size_t(Reserved::data) * steps + t] == by_data[t]);
    if (adoptions[t] != 1) continue;
    std::size_t most = 0;
    for (std::size_t m = 1; m < question.model.mechanisms.size(); ++m) {
      if (history.adoptions_by_mechanism[m * steps + t] > history.adoptions_by_mechanism[most * steps + t]) most = m;
    }
    auto const alone = std::find_if(history.events.begin(), history.events.end(), [&](LoggedEvent const& each) {
      return adds(each.kind) && each.time == question.scenario.clock.start + static_cast<std::int32_t>(t);
    });
    CHECK(alone->mechanism == static_cast<std::int32_t>(most));
  }
}

/// Events of a replicate as the file numbers them, cities by id.
using ById = std::vector<std::tuple<std::int32_t, std::int32_t, std::string, std::int8_t, std::int32_t>>;

ById by_id(test::Question const& question, History const& history) {
  Cities const& cities = question.world.cities;
  EventColumns const packed = pack_events(history, rows_of_cities(cities));
  ById events;
  for (std::size_t k = 0; k < packed.size(); ++k) {
    std::string const& id = cities.id[cities.input_order[static_cast<std::size_t>(packed.city[k])]];
    events.emplace_back(packed.time[k], packed.policy[k], id, packed.kind[k], packed.mechanism[k]);
    if (k == 0) continue;
    auto const place = [&](std::size_t at) { return std::tuple(packed.time[at], packed.policy[at], packed.city[at]); };
    CHECK(place(k - 1) <= place(k));
  }
  std::sort(events.begin(), events.end());
  return events;
}

bool same_events(History const& a, History const& b) {
  return std::equal(a.policies.begin(), a.policies.end(), b.policies.begin(), b.policies.end(),
                    [](auto const& x, auto const& y) { return x.events == y.events; });
}

}  // namespace

TEST_CASE("events add up to adopters, first adoptions and abandonments, and to what is attributed") {
  Met met;
  for_worlds(120, {}, [&](test::Texts const& texts, test::Question const&) {
    auto const question = test::ask(texts, logged);
    for (std::int64_t r = 0; r < replicates; ++r) {
      History const history = test::run_one(*question, r, Lanes::fast);
      SeedCounts seeded;
      for (SeedCounts const& each : history.seeds) seeded.seeded += each.seeded;
      std::int32_t seeds = 0;
      for (Index p = 0; p < history.policies.size(); ++p) {
        check_counts(*question, history.policies[p], p, met);
        check_mechanisms(*question, history.policies[p]);
        auto const& events = history.policies[p].events;
        seeds += static_cast<std::int32_t>(
            std::count_if(events.begin(), events.end(), [](auto const& each) { return each.kind == EventKind::seed; }));
      }
      CHECK(seeds == seeded.seeded);
    }
  });
  CHECK(met.size() == 6);
  for (auto const& [kind, times] : met) {
    CAPTURE(static_cast<int>(kind));
    CHECK(times > 2);
  }
}

TEST_CASE("asking for events changes nothing else") {
  for_worlds(30, {}, [](test::Texts const& texts, test::Question const& base) {
    check_same(base, *test::ask(texts, logged), Lanes::fast, Depth::everything);
    check_same(base, *test::ask(texts, logged), Lanes::full, Depth::everything, 1);
  });
}

TEST_CASE("shuffled rows and another order of keys give the same events by id") {
  std::size_t events = 0;
  for_worlds(30, {}, [&](test::Texts const& texts, test::Question const&) {
    auto const base = test::ask(texts, logged), shuffled = test::ask(with_rows_shuffled(texts, 5), logged);
    auto const reversed = test::ask(texts, logged, [](ScenarioDraft& draft) { reverse_keys(draft); });
    for (std::int64_t r = 0; r < replicates; ++r) {
      ById const expected = by_id(*base, test::run_one(*base, r, Lanes::fast));
      CHECK(by_id(*shuffled, test::run_one(*shuffled, r, Lanes::fast)) == expected);
      CHECK(by_id(*reversed, test::run_one(*reversed, r, Lanes::fast)) == expected);
      events += expected.size();
    }
  });
  CHECK(events > 1000);
}

TEST_CASE("the number of threads changes no event") {
  for_worlds(5, {}, [](test::Texts const& texts, test::Question const&) {
    auto const question = test::ask(texts, logged);
    std::vector<History> const one = test::run_many(*question, 0, most_replicates, 1, Lanes::fast);
    std::vector<History> const four = test::run_many(*question, 0, most_replicates, 4, Lanes::fast);
    REQUIRE(std::equal(one.begin(), one.end(), four.begin(), four.end(), same_events));
  });
}

TEST_CASE("a cascade of one mechanism or of two of equal ties tells the same adoptions") {
  auto const ask_with = [](std::string const& second) {
    return test::ask(
        {"hansa: 1\ntime: {start: 1, end: 12}\nseed: 3\ncities: {generate: 300}\n"
         "networks: {net: {erdos_renyi: {degree: 4}}}\noutput: {events: true}\n"
         "policies: {p: {rule: cascade, adopters: {random: 5}, mechanisms: {m: {exposure: {network: net}, "
         "strength: 0.4}" +
             second + "}}}\n",
         {}});
  };
  auto const one = ask_with(""), two = ask_with(", n: {exposure: {network: net}, strength: 0.0000001}");
  History const alone = test::run_one(*one, 0, Lanes::fast), both = test::run_one(*two, 0, Lanes::fast);
  CHECK(alone.policies[0].events.size() > 50);
  CHECK(same_events(alone, both));
}

}  // namespace hansa::metamorphic
