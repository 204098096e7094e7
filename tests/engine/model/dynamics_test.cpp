/// Ties with dynamics, compiled.
#include "model/dynamics.hpp"

#include <doctest/doctest.h>

using namespace hansa;

namespace {

struct Living {
  Scenario scenario;
  World world;
  Model model;
  Complaints complaints;

  explicit Living(double weight) {
    world.cities.id = {"a", "b", "c"};
    world.networks.push_back(make_layer("ties", {{0, 1, weight}, {0, 2, weight}}, 3, {}, complaints));
    NetworkSpec& spec = scenario.networks.emplace_back();
    spec.name = "ties";
    spec.dynamics = DynamicsSpec{0.1, 0, 0, {}, {}};
  }
  VisitsSpec& visits() {
    auto& visits = scenario.networks[0].dynamics->visits;
    return visits ? *visits : visits.emplace();
  }
  std::string told() {
    compile_dynamics(scenario, world, model, complaints);
    return complaints.errors().empty() ? "" : complaints.errors()[0].problem;
  }
};

}  // namespace

TEST_CASE("each network with dynamics has its layer") {
  Living living(1);
  CHECK(living.told().empty());
  REQUIRE(living.model.dynamics.size() == 1);
  CHECK(living.model.dynamics[0].network == &living.world.networks[0]);
  CHECK(living.model.dynamics[0].by_step.front().spec.decay == 0.1);
  CHECK(living.model.dynamics[0].places.empty());
  Living none(1);
  none.scenario.networks[0].dynamics.reset();
  CHECK(none.told().empty());
  CHECK(none.model.dynamics.empty());
}

TEST_CASE("visits need places where distance matters, and weights beside which 1 is something") {
  Living nowhere(1);
  nowhere.visits().decay_km = 100;
  CHECK(nowhere.told().find("lat") != std::string::npos);
  Living placed(1);
  placed.world.cities.numbers["lat"] = {0, 1, 2};
  placed.world.cities.numbers["lon"] = {0, 0, 0};
  placed.visits().decay_km = 100;
  CHECK(placed.told().empty());
  CHECK(placed.model.dynamics[0].places.size() == 3);
  Living heavy(4e14);
  heavy.visits().rate = 1;
  CHECK(heavy.told() == "the ties of 'ties' have weights so large that a new one of weight 1 vanishes");
  Living light(1e-9);
  light.visits().rate = 1;
  CHECK(light.told() == "the ties of 'ties' have weights so small that a new one of weight 1 is beyond them");
  Living decaying(4e14);
  CHECK(decaying.told().empty());
}

TEST_CASE("dynamics that are set have steps of their own, of which no two after each other are alike") {
  Living living(1);
  living.scenario.clock = {2000, 2009, "year"};
  living.visits().rate = 0.5;
  auto const set = [&](std::int32_t at, std::int32_t until, std::string const& key, double number) {
    SetValue const value{{"networks.ties.dynamics." + key, {}}, {}, {NumberAt::Of::dynamics, "ties", key}, number};
    living.scenario.interventions.push_back({key, "set", {}, at, until, {}, SetSpec{{value}, {}}});
  };
  set(2002, 2004, "decay", 0.4);
  set(2004, 2009, "visits.rate", 0);
  set(2006, 2007, "floor", 0);  // as it is anyway
  CHECK(living.told().empty());
  auto const& by_step = living.model.dynamics[0].by_step;
  REQUIRE(by_step.size() == 4);
  std::vector<std::int32_t> steps;
  std::vector<double> decays, rates;
  for (DynamicsStep const& each : by_step) {
    steps.push_back(each.step);
    decays.push_back(each.spec.decay);
    rates.push_back(each.spec.visits->rate);
  }
  CHECK(steps == std::vector<std::int32_t>{1, 3, 5, 6});
  CHECK(decays == std::vector<double>{0.1, 0.4, 0.4, 0.1});
  CHECK(rates == std::vector<double>{0.5, 0.5, 0, 0});
}
