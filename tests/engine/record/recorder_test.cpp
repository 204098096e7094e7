/// Tests of what a recorder remembers, by hand on five cities.
#include "record/recorder.hpp"

#include <cmath>
#include <vector>

#include <doctest/doctest.h>

namespace {

using hansa::Event;

hansa::TextColumn column(std::vector<std::string> labels, std::vector<std::int32_t> code) {
  hansa::TextColumn made;
  made.labels = std::move(labels);
  made.code = std::move(code);
  return made;
}

/// Five cities, steps 2000 … 2003, two policies, region a a b b (one without), populations 10 20 30 40 missing.
struct Five {
  hansa::World world;
  hansa::Model model;
  hansa::OutputSpec output;

  Five() {
    world.cities.id = {"c0", "c1", "c2", "c3", "c4"};
    world.cities.input_order = {4, 3, 2, 1, 0};
    world.cities.texts["region"] = column({"a", "b"}, {0, 0, 1, 1, -1});
    world.cities.numbers["population"] = {10, 20, 30, 40, std::nan("")};
    model.clock = {2000, 2003, "year"};
    model.policies.resize(2);
    model.mechanisms = {"baseline", "data"};
    output.by = {{"region", {"s.yaml", 9, 3}}};
  }
  hansa::RecordPlan plan() const {
    hansa::Complaints complaints;
    hansa::RecordPlan made = hansa::make_plan(output, world, complaints);
    complaints.throw_if_any();
    return made;
  }
};

void record(hansa::Recorder& recorder, std::uint32_t policy, std::int32_t step, std::vector<Event> const& events,
            std::vector<std::int32_t> const& labels) {
  recorder.events(hansa::PolicyId{policy}, step, events, labels);
}

TEST_CASE("a recorder counts adopters, groups and population at the end of each step") {
  Five five;
  hansa::RecordPlan const plan = five.plan();
  CHECK(plan.total_population == 100);
  hansa::Recorder recorder(five.model, five.world, plan);
  recorder.begin(3);
  record(recorder, 0, 0, {{0, 0, 1}, {4, 0, 1}}, {1990, 1995});
  record(recorder, 0, 2, {{1, 0, 1}, {3, 0, 1}}, {2001, 2001});
  record(recorder, 0, 4, {{0, 0, -1}, {2, 0, 1}}, {2003, 2003});
  hansa::History const& history = recorder.finish();

  CHECK(history.replicate == 3);
  CHECK(history.failure.empty());
  hansa::PolicyHistory const& p = history.policies[0];
  CHECK(p.adopters == std::vector<std::int32_t>{2, 4, 4, 4});
  CHECK(p.adopters_by[0] == std::vector<std::int32_t>{1, 2, 2, 1, /* b */ 0, 1, 1, 2});
  CHECK(p.population_covered == std::vector<double>{0.1, 0.7, 0.7, 0.9});
  CHECK(p.adoption_time == std::vector<std::int32_t>{1990, 2001, 2003, 2001, 1995});
  CHECK(history.policies[1].adopters == std::vector<std::int32_t>{0, 0, 0, 0});
  CHECK(history.policies[1].adoption_time == std::vector<std::int32_t>(5, hansa::never));
}

TEST_CASE("a subset is counted by itself, at the end of its step, whether histories are kept or not") {
  Five five;
  hansa::RecordPlan plan = five.plan();
  plan.adoption_time = false;
  plan.subsets = {{3, {1, 0, 1, 1, 1}}, {}};
  hansa::Recorder recorder(five.model, five.world, plan);
  for (std::int64_t const replicate : {0, 1}) {
    recorder.begin(replicate);
    record(recorder, 0, 0, {{0, 0, 1}, {4, 0, 1}}, {1990, 1995});
    record(recorder, 0, 2, {{1, 0, 1}, {3, 0, 1}}, {2001, 2001});
    record(recorder, 0, 3, {{0, 0, -1}}, {2002});
    record(recorder, 0, 4, {{2, 0, 1}}, {2003});
    hansa::History const& history = recorder.finish();
    CHECK(history.policies[0].subset == std::vector<std::int32_t>{2, /* a */ 0, /* b */ 1});
    CHECK(history.policies[1].subset.empty());
  }
}

TEST_CASE("adoption_time keeps the first adoption, later episodes count only in the adopters") {
  Five five;
  hansa::RecordPlan const plan = five.plan();
  hansa::Recorder recorder(five.model, five.world, plan);
  recorder.begin(0);
  record(recorder, 1, 1, {{2, 0, 1}}, {2000});
  record(recorder, 1, 2, {{2, 0, -1}}, {2001});
  record(recorder, 1, 3, {{2, 1, 1}}, {2002});
  hansa::History const& history = recorder.finish();
  CHECK(history.policies[1].adoption_time[2] == 2000);
  CHECK(history.policies[1].adopters == std::vector<std::int32_t>{1, 0, 1, 1});
}

TEST_CASE("abandonments are counted by city where the data have some") {
  Five five;
  hansa::RecordPlan plan = five.plan();
  hansa::plan_abandonments(five.model, plan);
  CHECK_FALSE(plan.abandonments);
  five.model.policies[1].dated = {{1, 2000, {2, 0, 1}}, {2, 2001, {2, 0, -1}}};
  hansa::plan_abandonments(five.model, plan);
  REQUIRE(plan.abandonments);
  hansa::Recorder recorder(five.model, five.world, plan);
  for (std::int64_t replicate : {0, 1}) {
    recorder.begin(replicate);
    record(recorder, 1, 0, {{4, 0, -1}}, {1999});
    record(recorder, 1, 1, {{2, 0, 1}}, {2000});
    record(recorder, 1, 2, {{1, 0, 1}, {2, 0, -1}}, {2001, 2001});
    record(recorder, 1, 3, {{2, 1, 1}}, {2002});
    record(recorder, 1, 4, {{2, 1, -1}}, {2003});
    hansa::History const& history = recorder.finish();
    CHECK(history.policies[1].abandonments == std::vector<std::int16_t>{0, 0, 2, 0, 1});
    CHECK(history.policies[0].abandonments == std::vector<std::int16_t>(5, 0));
  }
  plan.adoption_time = false;
  hansa::plan_abandonments(five.model, plan);
  CHECK_FALSE(plan.abandonments);
}

TEST_CASE("attribution is kept by mechanism and step, and begin() forgets the replicate before") {
  Five five;
  hansa::RecordPlan const plan = five.plan();
  hansa::Recorder recorder(five.model, five.world, plan);
  for (std::int64_t replicate : {0, 1}) {
    recorder.begin(replicate);
    record(recorder, 0, 0, {{1, 0, 1}}, {1999});
    recorder.attribute(hansa::PolicyId{0}, 0, 1, std::vector<hansa::Index>{1});
    record(recorder, 0, 1, {{0, 0, 1}, {2, 0, 1}}, {2000, 2000});
    std::vector<hansa::Index> const first{0}, second{2};
    recorder.attribute(hansa::PolicyId{0}, 1, 0, first, std::vector<double>{0.75});
    recorder.attribute(hansa::PolicyId{0}, 1, 1, first, std::vector<double>{0.25});
    recorder.attribute(hansa::PolicyId{0}, 1, 1, second);
    hansa::History const& history = recorder.finish();
    CHECK(history.policies[0].adoptions_by_mechanism == std::vector<double>{0.75, 0, 0, 0, /* data */ 1.25, 0, 0, 0});
    CHECK(history.policies[0].adoptions_by_mechanism_by ==
          std::vector<std::vector<double>>{{/* a */ 0.75, 0.25, /* b */ 0, 1}});
    CHECK(history.policies[0].adopters == std::vector<std::int32_t>{3, 3, 3, 3});
  }
}

TEST_CASE("what is switched off is not there, and changes nothing else") {
  Five five;
  five.output.histories = false;
  five.output.by.clear();
  five.world.cities.numbers.clear();
  hansa::RecordPlan plan = five.plan();
  plan.attribution = false;
  hansa::Recorder recorder(five.model, five.world, plan);
  CHECK_FALSE(recorder.wants_attribution());
  recorder.begin(0);
  record(recorder, 0, 1, {{0, 0, 1}}, {2000});
  recorder.attribute(hansa::PolicyId{0}, 1, 0, std::vector<hansa::Index>{0});
  hansa::PolicyHistory const& p = recorder.finish().policies[0];
  CHECK(p.adoption_time.empty());
  CHECK(p.adopters_by.empty());
  CHECK(p.abandonments.empty());
  CHECK(p.adoptions_by_mechanism.empty());
  CHECK(p.adoptions_by_mechanism_by.empty());
  CHECK(p.population_covered.empty());
  CHECK(p.adopters == std::vector<std::int32_t>{1, 1, 1, 1});
}

TEST_CASE("make_plan complains of every attribute that cannot be grouped by, and of odd populations") {
  Five five;
  five.world.cities.texts["a/b"] = column({"x"}, {0, 0, 0, 0, 0});
  five.world.cities.numbers["population"][1] = -5;
  five.output.by = {{"regoin", {"s.yaml", 9, 1}},
                    {"population", {"s.yaml", 9, 9}},
                    {"region", {"s.yaml", 9, 20}},
                    {"region", {"s.yaml", 9, 28}},
                    {"a/b", {"s.yaml", 9, 36}}};
  hansa::Complaints complaints;
  hansa::RecordPlan const plan = hansa::make_plan(five.output, five.world, complaints);
  REQUIRE(complaints.size() == 5);
  CHECK(complaints.errors()[0].where.column == 1);
  CHECK(complaints.errors()[0].mend.find("region") != std::string::npos);
  CHECK(complaints.errors()[1].where.column == 9);
  CHECK(complaints.errors()[2].where.column == 28);
  CHECK(complaints.errors()[3].problem.find("a/b") != std::string::npos);
  CHECK(complaints.errors()[4].problem.find("c1") != std::string::npos);
  CHECK(plan.grouping_names == std::vector<std::string>{"region"});
}

TEST_CASE("beliefs are kept step by step, on demand, of policies that have some") {
  Five five;
  std::vector<double> const mean{1, 2, 3, 4, 5}, precision{1, 1, 2, 2, 3};
  hansa::RecordPlan const idle = five.plan();
  hansa::Recorder none(five.model, five.world, idle);
  CHECK_FALSE(none.wants_beliefs());
  none.begin(0);
  none.beliefs(hansa::PolicyId{0}, 1, {mean, precision});
  CHECK(none.finish().policies[0].belief_mean.empty());

  five.output.beliefs = true;
  hansa::RecordPlan const plan = five.plan();
  hansa::Recorder recorder(five.model, five.world, plan);
  CHECK(recorder.wants_beliefs());
  recorder.begin(0);
  for (std::int32_t step = 0; step <= 4; ++step) {
    std::vector<double> now = mean;
    now[1] = 10.0 * step;
    recorder.beliefs(hansa::PolicyId{1}, step, {now, precision});
    recorder.beliefs(hansa::PolicyId{0}, step, {});
  }
  hansa::History const& history = recorder.finish();
  CHECK(history.policies[0].belief_mean.empty());
  REQUIRE(history.policies[1].belief_mean.size() == 4 * 5);
  CHECK(history.policies[1].belief_mean[0 * 5 + 1] == 10);
  CHECK(history.policies[1].belief_mean[3 * 5 + 1] == 40);
  CHECK(history.policies[1].belief_mean[3 * 5 + 4] == 5);
  CHECK(history.policies[1].belief_precision[2 * 5 + 4] == 3);
}

}  // namespace
