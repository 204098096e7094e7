/// Recruiting and pledges, compiled.
#include "model/members.hpp"

#include <doctest/doctest.h>

using namespace hansa;

namespace {

struct Clubs {
  Scenario scenario;
  World world;
  Model model;
  Complaints complaints;

  Clubs() {
    scenario.clock = {2000, 2009, "year"};
    world.cities.id = {"a", "b", "c"};
    world.networks.push_back(make_layer("ties", {{0, 1, 1}}, 3, {}, complaints));
    // a and b are never members together.
    world.collaborations.push_back({"club", 1, {{0, 2000, 2004}, {1, 2004}}});
    model.policies.emplace_back().name = "bus";
    model.policies.emplace_back().name = "led";
    CollaborationProperties& club = scenario.collaborations.properties.emplace_back();
    club.name = "club";
  }
  CollaborationProperties& club() { return scenario.collaborations.properties[0]; }
  std::string told() {
    compile_members(scenario, world, model, complaints);
    return complaints.errors().empty() ? "" : complaints.errors()[0].problem;
  }
};

}  // namespace

TEST_CASE("collaborations that neither recruit nor have a pledge are not followed") {
  Clubs clubs;
  clubs.club().fee = FeeSpec{3, CostPer::step};
  CHECK(clubs.told().empty());
  CHECK(clubs.model.members.empty());
}

TEST_CASE("hazards, contracts and fees are those of the scenario, in steps") {
  Clubs clubs;
  clubs.club().fee = FeeSpec{3, CostPer::once};
  clubs.club().recruit = RecruitSpec{{"ties", {}}, 0.1, 0.4, {}};
  clubs.club().pledge = PledgeSpec{{"led", {}}, 0, 0.5, 2002, std::nullopt, {}};
  CHECK(clubs.told().empty());
  REQUIRE(clubs.model.members.size() == 1);
  MembersModel const& made = clubs.model.members[0];
  CHECK(made.collaboration == &clubs.world.collaborations[0]);
  CHECK(made.recruit->network == &clubs.world.networks[0]);
  CHECK(made.recruit->base == 0.1);
  CHECK(made.recruit->share == 0.4);
  CHECK(made.fee->per == CostPer::once);
  CHECK((made.fee->amount.start() == 3 && made.fee->amount.constant()));
  CHECK(made.pledge->policy.value == 1);
  CHECK(made.pledge->share == 0.5);
  CHECK(made.pledge->from == 3);
  CHECK(made.pledge->until == 10);
}

TEST_CASE("the fee of a collaboration that recruits is another from a date on") {
  Clubs clubs;
  clubs.club().fee = FeeSpec{3, CostPer::step};
  clubs.club().recruit = RecruitSpec{{"ties", {}}, 0.1, 0, {}};
  InterventionSpec& act = clubs.scenario.interventions.emplace_back();
  act.at = 2002;
  act.until = 2003;
  act.act = SetSpec{{{{"fee", {}}, {}, {NumberAt::Of::fee, "club", "amount"}, 7}}, {}};
  CHECK(clubs.told().empty());
  NumberCourse const& fee = clubs.model.members.at(0).fee->amount;
  for (std::int32_t step = 1; step <= 10; ++step) CHECK(fee.at(step) == (step == 3 || step == 4 ? 7 : 3));
}

TEST_CASE("a collaboration that nobody can be the first to join is warned of") {
  auto const warnings = [](std::vector<Membership> members, double base) {
    Clubs clubs;
    clubs.world.collaborations[0].members = std::move(members);
    clubs.club().recruit = RecruitSpec{{"ties", {}}, base, 0.4, {}};
    CHECK(clubs.told().empty());
    return clubs.complaints.warnings().size();
  };
  CHECK(warnings({}, 0) == 1);
  CHECK(warnings({{0, 1990, 2000}, {1, 2010}}, 0) == 1);  // before and after the clock
  CHECK(warnings({}, 0.01) == 0);
  CHECK(warnings({{0, 2008}}, 0) == 0);
}

TEST_CASE("a contract that needs more pledges than there can be members is refused") {
  Clubs clubs;
  clubs.club().pledge = PledgeSpec{{"led", {}}, 2, 0, {}, {}, {}};
  CHECK(clubs.told() == "'club' needs 2 pledges, and has at most 1 member at a time while they can be kept");
  Clubs brief;
  brief.world.collaborations[0].members = {{0, 2000, 2003}, {1, 2000, 2003}, {2, 2008}};
  brief.club().pledge = PledgeSpec{{"led", {}}, 2, 0, 2002, {}, {}};
  CHECK_FALSE(brief.told().empty());  // kept in 2003 at the earliest
  Clubs early;
  early.world.collaborations[0].members = {{0, 2000, 2004}, {1, 2000, 2004}};
  early.club().pledge = PledgeSpec{{"led", {}}, 2, 0, 2002, {}, {}};
  CHECK(early.told().empty());
  Clubs open;
  open.club().recruit = RecruitSpec{{"ties", {}}, 0.1, 0, {}};
  open.club().pledge = PledgeSpec{{"led", {}}, 3, 0, {}, {}, {}};
  CHECK(open.told().empty());
}
