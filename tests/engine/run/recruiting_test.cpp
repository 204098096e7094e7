/// Joining by hand on three cities: what is used up of resistances that are drawn apart.
#include "run/recruiting.hpp"

#include <array>
#include <cmath>

#include <doctest/doctest.h>

#include "base/flat_math.hpp"
#include "base/random.hpp"

using namespace hansa;

namespace {

/// b observes a; c observes a (1) and b (3), and from step 3 on only b.
struct Towns {
  World world;
  Collaboration club{"club", 77, {{0}}};
  Clock clock{1, 40, "year"};
  RecruitModel model;

  explicit Towns(double base, double share, bool dated = false) {
    world.cities.id = {"a", "b", "c"};
    for (std::string const& id : world.cities.id) world.cities.hash.push_back(hash_id(id));
    Complaints complaints;
    std::vector<Tie> ties{{0, 1, 1}, {0, 2, 1}, {1, 2, 3}};
    if (dated) ties[1].until = 2;
    world.networks.push_back(make_layer("ties", ties, 3, {}, complaints));
    club.recruits = true;
    model = {&world.networks[0], base, share};
  }
  [[nodiscard]] double resistance(Index city, std::uint32_t episode, std::int64_t replicate) const {
    std::uint64_t const key = make_key(5, static_cast<std::uint64_t>(replicate), Purpose::recruit, club.hash);
    return -flat::log1p(-draw_uniform(key, world.cities.hash[city], episode));
  }
  /// Step after which b and c join; 0: never.
  [[nodiscard]] std::array<int, 3> joined(std::int64_t replicate) const {
    Recruiting recruiting(model, world.cities, 5);
    LivingMembers members(club, clock, 3);
    members.begin();
    recruiting.begin({5, replicate}, members);
    std::array<int, 3> steps{};
    for (std::int32_t step = 1; step < 40; ++step) {
      auto const joining = recruiting.find(step, members);
      std::vector<Index> const now(joining.begin(), joining.end());
      members.advance(step + 1);
      for (Index const city : now) {
        members.join(city, step + 1);
        steps[city] = step;
      }
      recruiting.follow(step, members);
    }
    return steps;
  }
};

}  // namespace

TEST_CASE("a city joins after the step in which its hazards reach its resistance") {
  for (bool const dated : {false, true}) {
    Towns const towns(0.02, 0.2, dated);
    int apart = 0;
    for (std::int64_t r = 0; r < 50; ++r) {
      auto const steps = towns.joined(r);
      double used = 0;
      int expected_b = 0, expected_c = 0;
      for (int step = 1; step < 40 && expected_b == 0; ++step)
        if ((used += 0.22) >= towns.resistance(1, 0, r)) expected_b = step;
      used = 0;
      for (int step = 1; step < 40 && expected_c == 0; ++step) {
        bool const b_is_member = expected_b != 0 && step > expected_b;
        bool const sees_a = !dated || step + 1 <= 2;
        double const s = sees_a ? (1.0 + (b_is_member ? 3 : 0)) / 4 : b_is_member ? 1 : 0;
        if ((used += 0.02 + 0.2 * s) >= towns.resistance(2, 0, r)) expected_c = step;
      }
      CHECK(steps[0] == 0);
      CHECK(steps[1] == expected_b);
      CHECK(steps[2] == expected_c);
      apart += steps[1] != steps[2];
    }
    CHECK(apart > 20);
  }
}

TEST_CASE("who has left has a resistance of another episode, of which nothing is used up") {
  Towns towns(0.5, 0);
  towns.club.departures = {{10, 1}};
  for (std::int64_t r = 0; r < 20; ++r) {
    Recruiting recruiting(towns.model, towns.world.cities, 5);
    LivingMembers members(towns.club, towns.clock, 3);
    members.begin();
    recruiting.begin({5, r}, members);
    int back = 0;
    for (std::int32_t step = 1; step < 40; ++step) {
      auto const joining = recruiting.find(step, members);
      std::vector<Index> const now(joining.begin(), joining.end());
      bool const was = members.has(1);
      members.advance(step + 1);
      for (Index const city : now) members.join(city, step + 1);
      if (step > 9 && !was && members.has(1) && back == 0) back = step;
      recruiting.follow(step, members);
    }
    double const before = std::ceil(towns.resistance(1, 0, r) / 0.5), after = towns.resistance(1, 1, r);
    if (before > 9) continue;  // it was no member in 10
    CHECK(back == 9 + static_cast<int>(std::ceil(after / 0.5)));
  }
}

TEST_CASE("without a hazard nobody joins") {
  for (std::int64_t r = 0; r < 20; ++r) CHECK(Towns(0, 0).joined(r) == std::array{0, 0, 0});
  auto const by_share = Towns(0, 64).joined(0);
  CHECK(by_share[1] == 1);  // whoever observes nobody has a share of 0
}
