/// One replicate: the definition of adoption, reuse of its state, and what it refuses.
#include "run/replicate.hpp"

#include <cmath>
#include <string>

#include <doctest/doctest.h>

#include "base/flat_math.hpp"
#include "base/random.hpp"
#include "run/settle.hpp"

using namespace hansa;

namespace {

/// n cities, one policy without mechanisms whose predictor differs by city; clock 2000 … 2029.
struct Plain {
  World world;
  Model model;
  RecordPlan plan;

  explicit Plain(Index n, Rule rule = Rule::logit) {
    for (Index i = 0; i < n; ++i) {
      world.cities.id.push_back("c" + std::to_string(10'000 + i));
      world.cities.hash.push_back(hash_id(world.cities.id.back()));
    }
    model.clock = {2000, 2029, "year"};
    model.seed = 99;
    model.mechanisms = {"baseline", "attributes", "trend", "frailty", "intervention", "data"};
    PolicyModel policy;
    policy.name = "led";
    policy.hash = hash_id("led");
    policy.rule = rule;
    policy.baseline = -4;
    for (Index i = 0; i < n; ++i) policy.attributes.push_back(3 * draw_uniform(1, i, 0));
    model.policies.push_back(std::move(policy));
  }
  History run(std::int64_t replicate, Lanes lanes = Lanes::full) {
    Replicate runner(model, world, lanes);
    Recorder recorder(model, world, plan);
    runner.run(replicate, recorder);
    return recorder.finish();
  }
};

}  // namespace

TEST_CASE("a city adopts when its hazards add up to its keyed resistance") {
  Plain plain(500);
  History const history = plain.run(7);
  std::uint64_t const key = make_key(99, 7, Purpose::resistance, hash_id("led"));
  for (Index i = 0; i < 500; ++i) {
    double left = std::fmax(on_grid(-flat::log1p(-draw_uniform(key, plain.world.cities.hash[i], 0))), grid_unit);
    double const h = on_grid(flat::softplus(-4 + plain.model.policies[0].attributes[i]));
    std::int32_t time = never;
    for (std::int32_t label = 2000; label <= 2029 && time == never; ++label) {
      left -= h;
      if (left <= 0) time = label;
    }
    REQUIRE(history.policies[0].adoption_time[i] == time);
  }
}

TEST_CASE("a replicate is the same alone, after others, and in either lane up to near ties") {
  Plain plain(300);
  History const alone = plain.run(3);
  Replicate runner(plain.model, plain.world, Lanes::full);
  Recorder recorder(plain.model, plain.world, plain.plan);
  for (std::int64_t const r : {0, 1, 2, 3}) runner.run(r, recorder);
  CHECK(recorder.finish().policies[0].adoption_time == alone.policies[0].adoption_time);
  CHECK(plain.run(4).policies[0].adoption_time != alone.policies[0].adoption_time);
  CHECK(plain.run(3, Lanes::fast).policies[0].adoption_time == alone.policies[0].adoption_time);
}

TEST_CASE("a predictor beyond 80 fails the replicate, and names city and step") {
  Plain plain(70);
  plain.model.policies[0].attributes[66] = 90;
  CHECK_THROWS_WITH_AS(
      plain.run(0),
      doctest::Contains("the linear predictor of city 'c10066' for policy 'led' is 86.000000 at year 2000"), Error);
  plain.model.policies[0].exit.assign(70, 30);
  plain.model.policies[0].exit[66] = 0;  // a city that never decides may be as extreme as it likes
  CHECK_NOTHROW(plain.run(0));
}

TEST_CASE("thresholds are met by equality, and attributes lower them") {
  Plain plain(3, Rule::threshold);
  PolicyModel& policy = plain.model.policies[0];
  policy.baseline = 0;
  policy.attributes = {0, 0.1, 0};
  policy.threshold.form = ThresholdLaw::Form::attribute;
  policy.threshold.given = {0.3, 0.4, 0.5};
  policy.trend = std::vector<double>(30, 0.0);
  policy.trend[10] = 0.3;
  policy.trend[20] = 0.5;
  History const history = plain.run(0);
  CHECK(history.policies[0].adoption_time[0] == 2010);
  CHECK(history.policies[0].adoption_time[1] == 2020);  // 0.4 - 0.1 is above 0.3 in doubles
  CHECK(history.policies[0].adoption_time[2] == 2020);
}
