/// Tests of ensembles: order, bounds, stopping, and failures of replicates and of the sink.
#include "run/ensemble.hpp"

#include <algorithm>
#include <atomic>
#include <chrono>
#include <stdexcept>
#include <thread>

#include <doctest/doctest.h>

#include "base/random.hpp"

namespace {

using namespace std::chrono_literals;

/// Throws when a given city adopts: some replicates fail, and which ones depends on their numbers only.
class Fragile : public hansa::Term {
 public:
  explicit Fragile(hansa::Index city) : city_(city) {}
  std::unique_ptr<hansa::Kept> keep() const override { return std::make_unique<hansa::Kept>(); }
  void reset(hansa::Kept&, hansa::Outset const&) const override {}
  void apply(hansa::Kept&, std::span<hansa::Event const> events, hansa::Touched&) const override {
    for (hansa::Event const& event : events) {
      if (event.city == city_) throw std::runtime_error("city 5 broke it");
    }
  }
  void value(hansa::Kept const&, std::span<hansa::Index const> cities, float* m) const override {
    std::fill_n(m, cities.size(), 0.0F);
  }
  void value(hansa::Kept const&, std::span<hansa::Index const> cities, double* m) const override {
    std::fill_n(m, cities.size(), 0.0);
  }

 private:
  hansa::Index city_;
};

/// Sixty cities that adopt by chance, within ten years.
struct Chance {
  hansa::World world;
  hansa::Model model;
  hansa::RecordPlan plan;
  std::function<hansa::Model(std::int64_t)> model_of;

  Chance() {
    for (int i = 0; i < 60; ++i) {
      world.cities.id.push_back("c" + std::to_string(10 + i));
      world.cities.hash.push_back(hansa::hash_id(world.cities.id.back()));
      world.cities.input_order.push_back(static_cast<hansa::Index>(i));
    }
    world.records.resize(1);
    model.clock = {2000, 2009, "year"};
    model.seed = 7;
    model.mechanisms = {"baseline", "attributes", "trend", "frailty", "intervention", "data"};
    model.policies.resize(1);
    model.policies[0].name = "led";
    model.policies[0].hash = hansa::hash_id("led");
    model.policies[0].baseline = -2;
  }
  void break_at_city_5() {
    model.mechanisms.push_back("fragile");
    hansa::CompiledTerm& term = model.policies[0].terms.emplace_back();
    term.name = "fragile";
    term.mechanism = model.mechanisms.size() - 1;
    term.term = std::make_unique<Fragile const>(hansa::Index{5});
  }
  hansa::EnsembleReport run(hansa::Sink& sink, hansa::EnsembleOptions const& options,
                            hansa::Progress const& progress = {}, std::stop_token stop = {}) const {
    return hansa::run_ensemble({model, world, plan, model_of}, options, sink, progress, std::move(stop));
  }
};

struct Copy : hansa::Packet {
  hansa::History history;
};

/// Keeps all histories; may be slow, stop the run, or fail.
struct Collect : hansa::Sink {
  std::vector<hansa::History> histories;
  std::atomic<std::int64_t> packed = 0, put_count = 0, most_ahead = 0;
  std::chrono::microseconds pause = 0us;
  std::int64_t stop_after = -1, fail_put = -1, fail_pack = -1;
  std::stop_source stop;

  std::unique_ptr<hansa::Packet> pack(hansa::History const& history) override {
    if (history.replicate == fail_pack) throw std::runtime_error("cannot pack");
    std::int64_t const ahead = ++packed - put_count;
    std::int64_t before = most_ahead;
    while (before < ahead && !most_ahead.compare_exchange_weak(before, ahead)) {
    }
    auto copy = std::make_unique<Copy>();
    copy->history = history;
    return copy;
  }
  void put(std::int64_t replicate, std::unique_ptr<hansa::Packet> packet) override {
    std::this_thread::sleep_for(pause);
    if (replicate == fail_put) throw std::runtime_error("the disk is full");
    CHECK(dynamic_cast<Copy&>(*packet).history.replicate == replicate);
    histories.push_back(std::move(dynamic_cast<Copy&>(*packet).history));
    ++put_count;
    if (put_count == stop_after) stop.request_stop();
  }
};

hansa::EnsembleOptions of(std::int64_t count, int threads, std::int64_t block = 1) {
  hansa::EnsembleOptions options;
  options.count = count;
  options.threads = threads;
  options.block = block;
  return options;
}

std::vector<std::int32_t> times(hansa::History const& history) {
  return history.policies.at(0).adoption_time;
}

TEST_CASE("replicates arrive in order and are the same on 1, 2, 4 and 7 threads") {
  Chance const chance;
  Collect one;
  chance.run(one, of(90, 1));
  REQUIRE(one.histories.size() == 90);
  CHECK(times(one.histories[0]) != times(one.histories[1]));
  for (int threads : {2, 4, 7}) {
    Collect many;
    hansa::EnsembleReport const report = chance.run(many, of(90, threads, 4));
    CHECK(report.finished == 90);
    CHECK_FALSE(report.stopped);
    REQUIRE(many.histories.size() == 90);
    for (std::size_t r = 0; r < 90; ++r) {
      CHECK(many.histories[r].replicate == static_cast<std::int64_t>(r));
      CHECK(times(many.histories[r]) == times(one.histories[r]));
      CHECK(many.histories[r].policies[0].adoptions_by_mechanism ==
            one.histories[r].policies[0].adoptions_by_mechanism);
    }
  }
}

TEST_CASE("replicate r is the same wherever the ensemble begins") {
  Chance const chance;
  Collect whole, part;
  chance.run(whole, of(12, 2));
  hansa::EnsembleOptions options = of(4, 2);
  options.first = 8;
  chance.run(part, options);
  REQUIRE(part.histories.size() == 4);
  CHECK(part.histories[0].replicate == 8);
  CHECK(times(part.histories[3]) == times(whole.histories[11]));
}

TEST_CASE("each replicate may have a model of its own, and one that cannot be made fails its replicate") {
  auto const own = [](std::int64_t replicate) {
    if (replicate == 5) throw std::runtime_error("no such model");
    hansa::Model model = std::move(Chance().model);
    model.policies[0].baseline = replicate % 2 == 0 ? -1 : -3;
    return model;
  };
  Chance chance, often, seldom;
  often.model.policies[0].baseline = -1;
  seldom.model.policies[0].baseline = -3;
  Collect expected[2];
  often.run(expected[0], of(30, 1));
  seldom.run(expected[1], of(30, 1));
  for (int const threads : {1, 4}) {
    Collect sink;
    hansa::EnsembleOptions const options = of(30, threads);
    chance.model_of = own;
    hansa::EnsembleReport const report = chance.run(sink, options);
    REQUIRE(report.failed.size() == 1);
    CHECK(report.failed[0].replicate == 5);
    CHECK(report.failed[0].why == "no such model");
    CHECK(sink.histories[5].failure == "no such model");
    for (std::size_t r = 0; r < 30; ++r) {
      if (r != 5) CHECK(times(sink.histories[r]) == times(expected[r % 2].histories[r]));
    }
  }
}

TEST_CASE("a slow sink never has more than a window of replicates before it") {
  Chance const chance;
  for (int threads : {1, 4}) {
    Collect slow;
    slow.pause = 300us;
    chance.run(slow, of(120, threads, 3));
    CHECK(slow.histories.size() == 120);
    CHECK(slow.most_ahead <= std::max(4 * threads, (threads + 1) * 3));
    CHECK(slow.most_ahead >= 2);
  }
}

TEST_CASE("a stop finishes what is in hand, and the sink has a prefix") {
  Chance const chance;
  for (int threads : {1, 2, 4}) {
    Collect sink;
    sink.stop_after = 20;
    hansa::EnsembleReport const report = chance.run(sink, of(100000, threads), {}, sink.stop.get_token());
    CHECK(report.stopped);
    CHECK(report.finished == static_cast<std::int64_t>(sink.histories.size()));
    CHECK(report.finished >= 20);
    CHECK(report.finished <= 20 + 4 * threads);
    CHECK(sink.histories.back().replicate == report.finished - 1);
  }
}

TEST_CASE("a stop before the beginning runs nothing, and so does a count of 0") {
  Chance const chance;
  Collect sink;
  sink.stop.request_stop();
  CHECK(chance.run(sink, of(10, 2), {}, sink.stop.get_token()).stopped);
  hansa::EnsembleReport const none = chance.run(sink, of(0, 2));
  CHECK_FALSE(none.stopped);
  CHECK(none.finished == 0);
  CHECK(sink.histories.empty());
}

TEST_CASE("a replicate that fails is reported by its number and does not disturb the others") {
  Chance sound;
  Collect whole;
  sound.run(whole, of(40, 1));
  std::vector<std::int64_t> expected;
  for (hansa::History const& each : whole.histories) {
    if (times(each)[5] != hansa::never) expected.push_back(each.replicate);
  }
  REQUIRE(expected.size() > 3);
  REQUIRE(expected.size() < 37);

  Chance broken;
  broken.break_at_city_5();
  for (int threads : {1, 4}) {
    Collect sink;
    hansa::EnsembleReport const report = broken.run(sink, of(40, threads));
    CHECK(report.finished == 40);
    REQUIRE(report.failed.size() == expected.size());
    for (std::size_t k = 0; k < expected.size(); ++k) {
      CHECK(report.failed[k].replicate == expected[k]);
      CHECK(report.failed[k].why.find("city 5 broke it") != std::string::npos);
    }
    for (hansa::History const& each : sink.histories) {
      bool const failed = std::find(expected.begin(), expected.end(), each.replicate) != expected.end();
      CHECK(each.failure.empty() != failed);
      if (failed) {
        CHECK(each.policies.empty());
      } else {
        CHECK(times(each) == times(whole.histories[static_cast<std::size_t>(each.replicate)]));
      }
    }
  }
}

TEST_CASE("an exception of the sink ends the run and is rethrown") {
  Chance const chance;
  for (int threads : {1, 4}) {
    Collect full;
    full.fail_put = 17;
    CHECK_THROWS_WITH(chance.run(full, of(100000, threads)), "the disk is full");
    CHECK(full.histories.size() == 17);
    Collect unpackable;
    unpackable.fail_pack = 30;
    CHECK_THROWS_WITH(chance.run(unpackable, of(100000, threads)), "cannot pack");
    CHECK(unpackable.histories.size() <= 30);
  }
}

TEST_CASE("progress rises, keeps to its pace, and ends with what was finished") {
  Chance const chance;
  Collect sink;
  sink.pause = 1ms;
  std::vector<std::int64_t> told;
  chance.run(sink, of(150, 2), [&](hansa::Done done) {
    CHECK(done.total == 150);
    told.push_back(done.finished);
  });
  REQUIRE(told.size() >= 2);
  CHECK(told.size() <= 30);
  CHECK(std::is_sorted(told.begin(), told.end()));
  CHECK(told.back() == 150);
}

}  // namespace
