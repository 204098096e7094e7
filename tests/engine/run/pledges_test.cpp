/// Contracts by hand on three cities: who pledges when, what is kept, and what lapses.
#include "run/pledges.hpp"

#include <cmath>
#include <set>

#include <doctest/doctest.h>

#include "base/flat_math.hpp"
#include "base/random.hpp"
#include "run/replicate.hpp"
#include "run/settle.hpp"

using namespace hansa;

namespace {

/// Cities a, b, c in one club; one policy with a constant hazard, without mechanisms; clock 1 … 20.
struct Club {
  World world;
  Model model;
  RecordPlan plan;

  explicit Club(double baseline) {
    world.cities.id = {"a", "b", "c"};
    for (std::string const& id : world.cities.id) world.cities.hash.push_back(hash_id(id));
    world.collaborations.push_back({"club", hash_id("club"), {{0}, {1}, {2}}});
    model.clock = {1, 20, "year"};
    model.seed = 11;
    model.mechanisms = {"baseline", "attributes", "trend", "frailty", "intervention", "data"};
    PolicyModel policy;
    policy.name = "led";
    policy.hash = hash_id("led");
    policy.baseline = baseline;
    model.policies.push_back(std::move(policy));
    plan.events = true;
    model.members.push_back({&world.collaborations[0], {}, PledgeModel{PolicyId{0}, 2, 0, 1, 20}, {}});
  }
  PledgeModel& pledge() { return *model.members[0].pledge; }
  History run(std::int64_t replicate) {
    Replicate runner(model, world, Lanes::full);
    Recorder recorder(model, world, plan);
    runner.run(replicate, recorder);
    return recorder.finish();
  }
  /// Step at whose end a resistance is used up by the constant hazard.
  [[nodiscard]] int step_of(Purpose purpose, char const* subject, Index city, std::int64_t replicate) const {
    std::uint64_t const key = make_key(11, static_cast<std::uint64_t>(replicate), purpose, hash_id(subject));
    double const h = on_grid(flat::softplus(model.policies[0].baseline));
    return static_cast<int>(std::ceil(-flat::log1p(-draw_uniform(key, world.cities.hash[city], 0)) / h));
  }
};

double total_of(std::vector<double> const& row) {
  double sum = 0;
  for (double const each : row) sum += each;
  return sum;
}

}  // namespace

TEST_CASE("pledges stand from the step in which resistance is used up, and two of them are kept in the step after") {
  Club club(-2.5);
  int kept = 0;
  for (std::int64_t r = 0; r < 60; ++r) {
    History const history = club.run(r);
    std::set<Index> pledged;
    std::vector<std::int32_t> expected(3, never);
    bool over = false;
    for (int t = 1; t <= 20; ++t) {
      if (!over && pledged.size() >= 2) {
        for (Index const city : pledged) expected[city] = t;
        CHECK(history.shared.pledged_adoptions[static_cast<std::size_t>(t - 1)] == static_cast<double>(pledged.size()));
        pledged.clear();
        over = true;
        ++kept;
      }
      for (Index city = 0; city < 3; ++city) {
        if (expected[city] == never && club.step_of(Purpose::resistance, "led", city, r) == t) {
          expected[city] = t;
          pledged.erase(city);
        }
        bool const pledges = !over && expected[city] == never && club.step_of(Purpose::pledge, "club", city, r) == t;
        if (pledges) pledged.insert(city);
      }
      CHECK(history.shared.pledges[static_cast<std::size_t>(t - 1)] == static_cast<double>(pledged.size()));
    }
    CHECK(history.policies[0].adoption_time == expected);
    for (LoggedEvent const& each : history.policies[0].events)
      CHECK((each.kind == EventKind::pledge || each.kind == EventKind::adoption));
  }
  CHECK(kept > 10);
}

TEST_CASE("where all must pledge and somebody cannot, nobody adopts by it") {
  Club club(-30);
  club.model.policies[0].mandated = {{1, 0, 64}, {2, 0, 0}};  // a adopts in step 1: it has no pledge to keep
  club.pledge() = PledgeModel{PolicyId{0}, 3, 0, 1, 20};
  for (std::int64_t r = 0; r < 5; ++r) CHECK(total_of(club.run(r).shared.pledged_adoptions) == 0);
}

TEST_CASE("after the deadline pledges lapse") {
  Club club(-1);
  club.pledge() = PledgeModel{PolicyId{0}, 3, 0, 2, 4};
  int lapsed = 0;
  for (std::int64_t r = 0; r < 30; ++r) {
    History const history = club.run(r);
    CHECK(history.shared.pledges[0] == 0);  // the contract begins in step 2
    for (std::size_t t = 5; t < 20; ++t) CHECK(history.shared.pledges[t] == 0);
    for (std::size_t t = 5; t < 20; ++t) CHECK(history.shared.pledged_adoptions[t] == 0);
    lapsed += history.shared.pledges[3] > 0 && history.shared.pledged_adoptions[4] == 0;
  }
  CHECK(lapsed > 5);
}

TEST_CASE("who leaves the collaboration takes its pledge back") {
  Club club(-1);
  club.world.collaborations[0].members = {{0, 1, 3}, {1, 1, 3}, {2, 1, 3}};
  club.pledge() = PledgeModel{PolicyId{0}, 3, 0, 1, 20};
  for (std::int64_t r = 0; r < 30; ++r) {
    History const history = club.run(r);
    for (std::size_t t = 1; t < 20; ++t) CHECK(history.shared.pledges[t] == 0);  // at the end of step 2 they are gone
  }
}

TEST_CASE("a share of members is met by the quotient that equals it") {
  Club club(-1);
  club.pledge() = PledgeModel{PolicyId{0}, 0, 2.0 / 3, 1, 20};
  Club two(-1);
  for (std::int64_t r = 0; r < 30; ++r)
    CHECK(club.run(r).policies[0].adoption_time == two.run(r).policies[0].adoption_time);
}
