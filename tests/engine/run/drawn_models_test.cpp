/// Tests of run/drawn_models: each replicate's model has the parameters that were drawn for it, and all else.
#include "run/drawn_models.hpp"

#include <doctest/doctest.h>

#include "base/error.hpp"
#include "engine/scenario/support.hpp"
#include "mechanisms/catalogue.hpp"
#include "scenario/validate.hpp"

namespace {

using namespace hansa;
using hansa::testing::FlowReader;

constexpr std::string_view lamps =
    "{hansa: 1, time: {start: 2000, end: 2004}, seed: 9, cities: {generate: 12}, policies: {led: {rule: additive, "
    "baseline: -4, frailty: {city: 0.5}, trend: linear, mechanisms: {peers: {exposure: {pool: all, half_life: 4}, "
    "strength: 4}}}}}";

/// The scenario and its world.
struct Lamps {
  ScenarioDraft draft;
  World world;

  explicit Lamps(std::string_view text = lamps) : draft{"lamps.yaml", FlowReader(text).read()} {
    Complaints complaints;
    Scenario const scenario = validate(draft, schemas(standard_catalogue()), complaints);
    world = build_world(scenario, {}, complaints, 1);
    complaints.throw_if_any();
  }
  [[nodiscard]] DrawnModels drawn(std::vector<Estimates> const& estimates,
                                  std::vector<std::string> const& settings = {}) const {
    return {{draft, settings, {"fit.h5", 0, 0}, standard_catalogue()}, estimates, 9, world};
  }
};

Estimates all_of_led() {
  std::vector<double> covariance(25, 0.0);
  for (std::size_t k = 0; k < 5; ++k) covariance[k * 6] = 0.25;
  return {.name = "led",
          .terms = {"baseline", "peers", "trend_1", "city_sd", "half_life"},
          .paths = {{"policies.led.baseline"},
                    {"policies.led.mechanisms.peers.strength"},
                    {"policies.led.trend.polynomial[0]"},
                    {"policies.led.frailty.city"},
                    {"policies.led.mechanisms.peers.exposure.half_life"}},
          .values = {-3, 0.2, 0.1, 0.4, 5},
          .covariance = covariance,
          .link = "additive"};
}

TEST_CASE("every drawn number is in the model, of every kind") {
  Lamps const question;
  DrawnModels const models = question.drawn({all_of_led()});
  EstimateDraws const draws(all_of_led(), 9);
  std::int64_t redrawn = 0;
  for (std::int64_t replicate = 0; replicate < 40; ++replicate) {
    Draw const draw = draws.draw(replicate);
    redrawn += draw.redrawn;
    Model const model = models.model(replicate);
    REQUIRE(model.policies.size() == 1);
    PolicyModel const& led = model.policies[0];
    CHECK(led.baseline == draw.values[0]);
    REQUIRE(led.terms.size() == 1);
    CHECK(led.terms[0].strength == draw.values[1]);
    REQUIRE(led.trend.size() == 5);
    CHECK(led.trend[2] == doctest::Approx(2 * draw.values[2]).epsilon(1e-14));
    CHECK(led.frailty.sds.at(0).city == draw.values[3]);
    CHECK(model.seed == 9);
  }
  CHECK(redrawn > 0);
  CHECK(models.redrawn(40) == redrawn);
}

TEST_CASE("what settings say is not drawn") {
  Lamps const question;
  DrawnModels const models = question.drawn({all_of_led()}, {"policies.led.baseline=-4", "policies.led.trend=linear"});
  Model const model = models.model(3);
  CHECK(model.policies[0].baseline == -4);
  for (double const value : model.policies[0].trend) CHECK(value == 0);
  CHECK(model.policies[0].terms[0].strength == EstimateDraws(all_of_led(), 9).draw(3).values[1]);
}

TEST_CASE("what interventions set is set, whatever was drawn; before and after it is as drawn") {
  std::string text(lamps);
  text.insert(
      text.size() - 1,
      ", interventions: [{at: 2002, until: 2003, set: {policies.led.baseline: -1, policies.led.trend.linear: 0.5, "
      "policies.led.mechanisms.peers.strength: 2, policies.led.mechanisms.peers.exposure.half_life: 1}}]");
  Lamps const question(text);
  DrawnModels const models = question.drawn({all_of_led()});
  EstimateDraws const draws(all_of_led(), 9);
  for (std::int64_t replicate = 0; replicate < 10; ++replicate) {
    std::vector<double> const drawn = draws.draw(replicate).values;
    Model const model = models.model(replicate);
    PolicyModel const& led = model.policies[0];
    CHECK(led.baseline == drawn[0]);
    REQUIRE(led.baselines_later.size() == 2);
    CHECK(led.baselines_later[0].number == -1);
    CHECK(led.baselines_later[1].number == drawn[0]);
    CHECK(led.trend[1] == doctest::Approx(drawn[2]));
    CHECK(led.trend[2] == 1);  // 0.5 (2002 - 2000)
    CHECK(led.trend[4] == doctest::Approx(4 * drawn[2]));
    REQUIRE(led.terms.size() == 2);
    CHECK(led.terms[0].strengths == std::vector<double>(12, drawn[1]));
    CHECK(led.terms[1].strengths_later.front().sum == 2);
  }
}

TEST_CASE("draws that the format refuses, and what cannot be drawn, are told") {
  Lamps const question;
  Estimates negative = all_of_led();
  negative.values[4] = -20;  // a half-life
  CHECK_THROWS_WITH_AS((void)question.drawn({negative}).model(0), doctest::Contains("a number above 0 was expected"),
                       Error);
  Estimates network = all_of_led();
  network.paths[4] = {"networks.near.weight.decay_km"};
  network.covariance[0] = -1;
  CHECK_THROWS_WITH_AS(
      (void)question.drawn({network}),
      doctest::Contains("fit.h5: 'networks.near.weight.decay_km' cannot be drawn anew in each replicate"), Error);
  try {
    (void)question.drawn({network});
  } catch (Error const& error) {
    CHECK(error.complaints().size() == 2);
  }
}

}  // namespace
