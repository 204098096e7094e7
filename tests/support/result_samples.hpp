/// A small world, model and histories made by hand, for tests of result files.
#pragma once

#include <algorithm>
#include <array>
#include <cmath>
#include <filesystem>
#include <string>
#include <vector>

#include <unistd.h>

#include "model/model.hpp"
#include "record/history.hpp"
#include "record/recorder.hpp"
#include "scenario/scenario.hpp"
#include "world/world.hpp"

namespace hansa::test {

/// A folder of its own, removed at the end.
class Scratch {
 public:
  Scratch() {
    std::string pattern = (std::filesystem::temp_directory_path() / "hansa-test-XXXXXX").string();
    if (mkdtemp(pattern.data()) == nullptr) throw std::runtime_error("no scratch folder");
    folder_ = pattern;
  }
  ~Scratch() {
    std::error_code ignored;
    std::filesystem::remove_all(folder_, ignored);
  }
  Scratch(Scratch const&) = delete;
  Scratch& operator=(Scratch const&) = delete;
  std::filesystem::path operator/(std::filesystem::path const& name) const { return folder_ / name; }

 private:
  std::filesystem::path folder_;
};

/// Two policies, five steps from 2000, cities "c00000" … in reversed rows, regions Nord and Süd (every seventh city has
/// none), and histories that are a function of the replicate's number.
struct Sample {
  Scenario scenario;
  World world;
  Model model;
  RecordPlan plan;
  std::int64_t replicates;

  explicit Sample(std::int64_t count, Index cities = 23) : replicates(count) {
    make_world(cities);
    make_model();
    scenario.title = "A sample";
    scenario.seed = model.seed;
    scenario.clock = model.clock;
    scenario.replicates = count;
    scenario.output.quantiles = {5, 50, 95};
    scenario.output.by = {{"region", {}}};
    scenario.policies.resize(2);
    scenario.policies[0].name = "led";
    scenario.policies[0].adopters.source = FileRef{"data/adoptions.csv", "data/adoptions.csv", {}};
    scenario.policies[1].name = "trams";
    Complaints complaints;
    plan = make_plan(scenario.output, world, complaints);
    complaints.throw_if_any();
  }
  Sample(Sample const&) = delete;
  Sample& operator=(Sample const&) = delete;

  /// Beliefs about the first policy, those about the second are missing: a row of means, then one of precisions.
  std::array<std::vector<double>, 2> beliefs(std::int64_t replicate, std::size_t step) const {
    std::array<std::vector<double>, 2> rows;
    for (Index i = 0; i < world.cities.size(); ++i) {
      rows[0].push_back(std::sqrt(static_cast<double>(replicate)) - 0.1 * static_cast<double>(step * (i % 3)));
      rows[1].push_back(1 + static_cast<double>(step + i) / 3);
    }
    return rows;
  }

  /// What a recorder would make of events drawn by a small congruential generator; where the plan asks for
  /// abandonments, every third city leaves in the step after it adopted.
  History history(std::int64_t replicate) const {
    Recorder recorder(model, world, plan);
    recorder.begin(replicate);
    for (std::uint32_t p = 0; p < 2; ++p) {
      std::vector<std::vector<Event>> steps(6);
      for (Index i = 0; i < world.cities.size(); ++i) {
        std::uint64_t const mixed = (static_cast<std::uint64_t>(replicate) * 2 + p) * 1000003 + i * 7919ull + 12345;
        std::size_t const step = static_cast<std::size_t>((mixed * 6364136223846793005ull >> 33) % 9);
        if (step <= 5) steps[step].push_back({i, 0, 1});
        if (step <= 4 && i % 3 == 0 && plan.abandonments) steps[step + 1].push_back({i, 0, -1});
      }
      for (std::size_t step = 0; step <= 5; ++step) {
        for (std::size_t k = 0; k < steps[step].size(); ++k) {
          if (steps[step][k].sign < 0) continue;
          std::span const city(&steps[step][k].city, 1);
          double const some = city[0] % 3 == 1 ? 0.25 : 0.625, rest = 1 - some;
          recorder.attribute(PolicyId{p}, static_cast<std::int32_t>(step), 0, city, std::span(&some, 1));
          recorder.attribute(PolicyId{p}, static_cast<std::int32_t>(step), 1 + k % 2, city, std::span(&rest, 1));
        }
        std::vector<std::int32_t> const labels(steps[step].size(), 1999 + static_cast<std::int32_t>(step));
        recorder.events(PolicyId{p}, static_cast<std::int32_t>(step), steps[step], labels);
        if (p == 0) {
          auto const rows = beliefs(replicate, step);
          recorder.beliefs(PolicyId{p}, static_cast<std::int32_t>(step), {rows[0], rows[1]});
        }
      }
    }
    return recorder.finish();
  }

 private:
  void make_world(Index n) {
    Cities& cities = world.cities;
    TextColumn region, name;
    region.labels = {"Nord", "Süd"};
    for (Index i = 0; i < n; ++i) {
      std::string digits = std::to_string(i);
      cities.id.push_back("c" + std::string(5 - digits.size(), '0') + digits);
      cities.input_order.push_back(n - 1 - i);
      region.code.push_back(i % 7 == 6 ? -1 : static_cast<std::int32_t>(i % 2));
      name.labels.push_back("Città " + cities.id.back());
      name.code.push_back(static_cast<std::int32_t>(i));
      cities.numbers["population"].push_back(i % 5 == 4 ? std::nan("") : 1000.0 + i);
      cities.numbers["lat"].push_back(-60 + 0.001 * i);
      cities.numbers["lon"].push_back(10 + 0.001 * i);
    }
    cities.texts["region"] = region;
    cities.texts["name"] = name;
    world.records.resize(2);
    world.records[0].covered.assign(n, 1);
    world.records[0].covered[0] = 0;
    Observation second, third;
    second.city = 1;
    second.year = second.as_written = 2001;
    third.city = 2;
    third.year = third.as_written = 1999;
    third.left = 2003;
    world.records[0].observed = {second, third};
  }

  void make_model() {
    model.clock = {2000, 2004, "year"};
    model.seed = 0xfedcba9876543210u;
    model.policies.resize(2);
    model.policies[0].name = "led";
    model.policies[1].name = "trams";
    model.mechanisms = {"baseline", "data", "imitation"};
  }
};

}  // namespace hansa::test
