/// Budgets and fees, compiled.
#include "model/resources.hpp"

#include <array>

#include <doctest/doctest.h>

using namespace hansa;

namespace {

struct Given {
  Scenario scenario;
  World world;
  Model model;
  Complaints complaints;

  Given() {
    scenario.clock = {2000, 2004, "year"};
    world.cities.id = {"a", "b"};
    world.cities.numbers["wealth"] = {3, 4};
    world.collaborations.push_back({"club", 1, {{0}, {1, 2002, 2004}}});
    world.collaborations.push_back({"guild", 2, {{0, 2001}}, 2003});
  }
  void charge(std::string const& collaboration, double amount, CostPer per) {
    scenario.collaborations.properties.push_back({collaboration, {}, {}, {}, FeeSpec{amount, per}});
  }
  void compile() { compile_resources(scenario, world, model, complaints); }
};

std::vector<std::array<double, 3>> rows(FeeModel const& fees) {
  std::vector<std::array<double, 3>> all;
  for (AttributeStep const& each : fees.fees)
    all.push_back({static_cast<double>(each.step), static_cast<double>(each.city), each.sum});
  return all;
}

}  // namespace

TEST_CASE("fees are paid in every step as a member, or on joining within the clock") {
  Given given;
  given.charge("club", 0.1, CostPer::step);
  given.charge("guild", 0.2, CostPer::step);
  given.compile();
  CHECK(rows(given.model.fees) == std::vector<std::array<double, 3>>{
                                      {1, 0, 0.1}, {2, 0, 0.1 + 0.2}, {3, 1, 0.1}, {4, 0, 0.1}, {5, 1, 0}, {6, 0, 0}});
  CHECK(given.model.fees.total == std::vector<double>{0.1, 0.1 + 0.2, 0.1 + 0.1 + 0.2, 0.1 + 0.1, 0.1});
  Given once;
  once.charge("club", 7, CostPer::once);
  once.charge("guild", 1, CostPer::once);
  once.compile();
  CHECK(rows(once.model.fees) == std::vector<std::array<double, 3>>{{2, 0, 1}, {3, 0, 0}, {3, 1, 7}, {4, 1, 0}});
  Given none;
  none.compile();
  CHECK(none.model.fees.total.empty());
  CHECK_FALSE(none.model.resources);
}

TEST_CASE("an income of all cities that changes by date is one number a date") {
  Given given;
  given.scenario.resources.emplace().income = 5.0;
  InterventionSpec& act = given.scenario.interventions.emplace_back();
  act.at = 2002;
  act.until = 2003;
  act.act = SetSpec{{{{"resources.income", {}}, {}, {NumberAt::Of::resources, {}, "income"}, 7}}, {}};
  given.compile();
  ResourceModel const& made = *given.model.resources;
  CHECK(made.income == std::vector<double>{5, 5});
  CHECK(made.income_later.empty());
  REQUIRE(made.incomes_later.size() == 2);
  CHECK((made.incomes_later[0].step == 3 && made.incomes_later[0].number == 7));
  CHECK((made.incomes_later[1].step == 5 && made.incomes_later[1].number == 5));
}

TEST_CASE("budgets are read off numbers and attributes, which must be known") {
  Given given;
  given.scenario.resources.emplace();
  given.scenario.resources->initial = Reference{"wealth", {}};
  given.scenario.resources->income = 5.0;
  given.compile();
  CHECK(given.complaints.empty());
  CHECK(given.model.resources->initial == std::vector<double>{3, 4});
  CHECK(given.model.resources->income == std::vector<double>{5, 5});
  given.scenario.resources->initial = Reference{"health", {}};
  given.compile();
  CHECK(given.complaints.size() == 1);
  Given wide;
  wide.world.cities.numbers["wealth"] = {3, 4e18};
  wide.scenario.resources.emplace();
  wide.scenario.resources->income = Reference{"wealth", {}};
  wide.compile();
  REQUIRE(wide.complaints.errors().size() == 1);
  CHECK(wide.complaints.errors()[0].problem == "'wealth' of city 'b' is out of range");
}
