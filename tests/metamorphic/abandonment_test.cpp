/// What abandonment must not change, and what it must.
#include <algorithm>

#include <doctest/doctest.h>

#include "io/yaml.hpp"
#include "worlds.hpp"

namespace hansa::metamorphic {

namespace {

/// All policies with this `abandonment`, in the place of what the scenario has.
std::unique_ptr<test::Question> with_abandonment(test::Texts const& texts, std::string const& yaml) {
  return test::ask(texts, {}, [&](ScenarioDraft& draft) {
    for (Node::Entry& policy : draft.root.find("policies")->entries) {
      std::erase_if(policy.value.entries, [](Node::Entry const& each) { return each.key == "abandonment"; });
      policy.value.entries.push_back(
          {"abandonment", {}, parse_yaml("x: " + yaml, "abandonment").root.entries.at(0).value});
    }
  });
}

std::int64_t departures(History const& history) {
  std::int64_t sum = 0;
  for (PolicyHistory const& policy : history.policies)
    for (std::int16_t const left : policy.abandonments) sum += left;
  return sum;
}

}  // namespace

TEST_CASE("a hazard of leaving of 0 changes no bit") {
  for_worlds(40, {"abandonment", ", left"}, [](test::Texts const& texts, test::Question const& base) {
    auto const other = with_abandonment(texts, "{hazard: 0}");
    for (Lanes const lanes : {Lanes::fast, Lanes::full}) check_same(base, *other, lanes, Depth::everything);
  });
}

TEST_CASE("leaving moves nothing that comes before it or in its step") {
  int left = 0, compared = 0;
  // Thresholds that are drawn above the pressure of a first step need not exist for who comes back.
  for_worlds(60, {"abandonment", "settled"}, [&](test::Texts const& texts, test::Question const& base) {
    auto const other = with_abandonment(texts, "{hazard: 0.05}");
    for (std::int64_t r = 0; r < replicates; ++r) {
      History const stay = test::run_one(base, r, Lanes::fast), leave = test::run_one(*other, r, Lanes::fast);
      left += departures(leave) > departures(stay);
      // The first to leave are missing among the adopters of that step, and nobody else is.
      std::size_t same = static_cast<std::size_t>(base.model.clock.steps());
      for (std::size_t p = 0; p < stay.policies.size(); ++p) {
        std::vector<std::int32_t> const &all = stay.policies[p].adopters, &fewer = leave.policies[p].adopters;
        auto const differs = std::mismatch(all.begin(), all.end(), fewer.begin()).first;
        same = std::min(same, static_cast<std::size_t>(differs - all.begin()));
      }
      auto const until_then = [&](std::int32_t time) {
        bool const counts = time != never && time <= base.model.clock.start + static_cast<std::int32_t>(same);
        return counts ? time : never;
      };
      for (std::size_t p = 0; p < stay.policies.size(); ++p) {
        for (std::size_t i = 0; i < stay.policies[p].adoption_time.size(); ++i) {
          std::int32_t const before = until_then(stay.policies[p].adoption_time[i]);
          REQUIRE(before == until_then(leave.policies[p].adoption_time[i]));
          compared += before != never;
        }
      }
    }
  });
  CHECK(left > 40);
  CHECK(compared > 400);
}

TEST_CASE("neither threads nor shards change who leaves") {
  std::int64_t left = 0;
  for_worlds(40, {".abandonment."}, [&](test::Texts const& texts, test::Question const&) {
    auto const base = with_abandonment(texts, "{hazard: 0.4}");
    std::vector<History> all, shared, shard;
    try {
      all = test::run_many(*base, 0, 6, 1, Lanes::fast);
      shared = test::run_many(*base, 0, 6, 3, Lanes::fast);
      shard = test::run_many(*base, 4, 2, 2, Lanes::fast);
    } catch (Error const& error) {
      REQUIRE(error.fault() == Fault::failure);
      return;
    }
    for (std::size_t r = 0; r < 6; ++r) {
      left += departures(all[r]);
      for (History const* other : {&shared[r], r < 4 ? &shared[r] : &shard[r - 4]}) {
        REQUIRE(all[r].policies.size() == other->policies.size());
        for (std::size_t p = 0; p < all[r].policies.size(); ++p) {
          CHECK(all[r].policies[p].adoption_time == other->policies[p].adoption_time);
          CHECK(all[r].policies[p].abandonments == other->policies[p].abandonments);
          CHECK(all[r].policies[p].adopters == other->policies[p].adopters);
        }
      }
    }
  });
  CHECK(left > 200);
}

}  // namespace hansa::metamorphic
