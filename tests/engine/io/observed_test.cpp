/// Tests of observed adoption in the shape of the result file.
#include "io/observed.hpp"

#include <doctest/doctest.h>

#include "record/history.hpp"

namespace {

hansa::Observation row(hansa::Index city, std::int32_t year, std::optional<std::int32_t> left = std::nullopt) {
  hansa::Observation made;
  made.city = city;
  made.year = made.as_written = year;
  made.left = left;
  return made;
}

TEST_CASE("observations become first times, counts at the end of each step, and known statuses") {
  hansa::World world;
  world.cities.id = {"a", "b", "c"};
  world.cities.input_order = {2, 0, 1};  // the file's rows are c, a, b
  hansa::Scenario scenario;
  scenario.clock = {2000, 2003, "year"};
  scenario.policies.resize(2);
  scenario.policies[0].adopters.source = hansa::FileRef{};
  world.records.resize(2);
  // City a: twice, the second time before it left for good; city b: before the start; city c: nothing, not covered.
  world.records[0].observed = {row(0, 2000, 2001), row(0, 2002), row(1, 1990)};
  world.records[0].covered = {0, 1, 0};

  hansa::ObservedAdoption const observed = hansa::observed_adoption(scenario, world);
  CHECK(observed.any);
  CHECK(observed.adoption_time ==
        std::vector<std::int32_t>{hansa::never, 2000, 1990, hansa::never, hansa::never, hansa::never});
  CHECK(observed.adopters == std::vector<std::int32_t>{2, 1, 2, 2, -1, -1, -1, -1});
  CHECK(observed.status_known == std::vector<std::int8_t>{0, 1, 1, 0, 0, 0});
}

TEST_CASE("without a file of adopters there is nothing observed") {
  hansa::World world;
  world.cities.id = {"a"};
  world.cities.input_order = {0};
  world.records.resize(1);
  hansa::Scenario scenario;
  scenario.clock = {2000, 2001, "year"};
  scenario.policies.resize(1);
  CHECK_FALSE(hansa::observed_adoption(scenario, world).any);
}

}  // namespace
