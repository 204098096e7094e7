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

/// Cities a, b, c, whose rows are c, a, b in the file; 2000 … 2003; a policy with a file and one without.
struct Three {
  hansa::Scenario scenario;
  hansa::World world;
  hansa::Model model;
  hansa::RecordPlan plan;

  Three() {
    world.cities.id = {"a", "b", "c"};
    world.cities.input_order = {2, 0, 1};
    world.records.resize(2);
    scenario.policies.resize(2);
    scenario.policies[0].adopters.source = hansa::FileRef{};
    model.clock = {2000, 2003, "year"};
    model.policies.resize(2);
  }
  [[nodiscard]] hansa::ObservedAdoption observed() const {
    return hansa::observed_adoption(scenario, world, model, plan);
  }
};

using Counts = std::vector<std::int32_t>;

TEST_CASE("observations become first times, counts at the end of each step, and known statuses") {
  Three three;
  // City a: twice, the second time before it left for good; city b: before the start; city c: nothing, not covered.
  three.world.records[0].observed = {row(0, 2000, 2001), row(0, 2002, 2003), row(1, 1990)};
  three.world.records[0].covered = {0, 1, 0};
  hansa::ObservedAdoption const observed = three.observed();
  CHECK(observed.any);
  CHECK(observed.adoption_time == Counts{hansa::never, 2000, 1990, hansa::never, hansa::never, hansa::never});
  CHECK(observed.adopters == Counts{2, 1, 2, 1, -1, -1, -1, -1});
  CHECK(observed.elsewhere == Counts{0, 0, 0, 0, -1, -1, -1, -1});
  CHECK(observed.status_known == std::vector<std::int8_t>{0, 1, 1, 0, 0, 0});
}

TEST_CASE("cities that may not adopt in the run are counted elsewhere, and a list that ends tells nothing later") {
  Three three;
  three.world.records[0].observed = {row(0, 2000), row(1, 2001), row(2, 2001)};
  three.model.policies[0].exit = {4, 0, 0};                // b and c never decide …
  three.model.policies[0].dated = {{2, 2001, {2, 0, 1}}};  // … but the data give it to c
  hansa::ObservedAdoption const observed = three.observed();
  CHECK(observed.adopters == Counts{1, 2, -1, -1, -1, -1, -1, -1});
  CHECK(observed.elsewhere == Counts{0, 1, -1, -1, -1, -1, -1, -1});
}

TEST_CASE("groups have the known cities that may adopt, and nothing where there is none") {
  Three three;
  hansa::TextColumn kind;
  kind.labels = {"x", "y", "z"};
  kind.code = {0, 1, -1};
  three.plan.groupings = {&kind};
  three.plan.grouping_names = {"kind"};
  three.world.records[0].observed = {row(0, 2001), row(2, 2003)};
  three.world.records[0].covered = {0, 0, 0};
  hansa::ObservedAdoption const unknown = three.observed();
  REQUIRE(unknown.adopters_by.size() == 1);
  Counts expected(2 * 3 * 4, -1);
  for (std::size_t t = 0; t < 4; ++t) expected[t] = t < 1 ? 0 : 1;
  CHECK(unknown.adopters_by[0] == expected);

  three.world.records[0].covered = {0, 1, 0};
  for (std::size_t t = 0; t < 4; ++t) expected[4 + t] = 0;
  CHECK(three.observed().adopters_by[0] == expected);
}

TEST_CASE("without a file of adopters there is nothing observed") {
  Three three;
  three.scenario.policies[0].adopters.source = {};
  CHECK_FALSE(three.observed().any);
}

}  // namespace
