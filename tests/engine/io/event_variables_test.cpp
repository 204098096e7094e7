/// Tests of the log of events in a result file: its order, its chunks, and what a run that ends early leaves of it.
#include "io/event_variables.hpp"

#include <algorithm>
#include <filesystem>
#include <tuple>

#include <doctest/doctest.h>

#include "base/parallel.hpp"
#include "engine/io/files.hpp"
#include "engine/io/numbers.hpp"
#include "io/result_file.hpp"
#include "support/result_samples.hpp"

namespace {

namespace fs = std::filesystem;
using hansa::EventKind;
using hansa::test::bytes_of;
using hansa::test::numbers;
using hansa::test::Sample;
using hansa::test::Scratch;
using Whole = std::vector<std::int32_t>;

/// A sample whose events are logged.
struct Logged : Sample {
  explicit Logged(std::int64_t count, hansa::Index cities = 23) : Sample(count, cities) {
    plan.events = plan.abandonments = true;
  }
  hansa::ResultFileOptions options(fs::path const& file) const {
    hansa::ResultFileOptions made;
    made.file = file;
    made.reproducible = hansa::Reproducible::yes;
    made.replicates = replicates;
    made.scenario_text = "hansa: 1\n";
    return made;
  }
  hansa::History logged(std::int64_t r, std::int64_t failed) const {
    if (r != failed) return history(r);
    hansa::History none;
    none.replicate = r;
    none.failure = "failed on purpose";
    return none;
  }
  /// Puts the first replicates and, if there is something to do then, finishes.
  void write(fs::path const& file, std::int64_t put, bool finishes, std::int64_t failed = -1) const {
    hansa::ResultFile made(scenario, world, model, plan, options(file));
    for (std::int64_t r = 0; r < put; ++r) made.put(r, made.pack(logged(r, failed)));
    if (finishes) made.finish(put, put == replicates);
  }
  /// What the file must hold of the first replicates, column by column.
  hansa::EventColumns expected(std::int64_t count, std::int64_t failed = -1) const {
    std::vector<std::uint32_t> const rows = hansa::rows_of_cities(world.cities);
    hansa::EventColumns all;
    for (std::int64_t r = 0; r < count; ++r) {
      if (r == failed) continue;
      hansa::History const history = this->history(r);
      using Row = std::tuple<std::int32_t, std::int32_t, std::int32_t, std::int8_t, std::int32_t>;
      std::vector<Row> of_replicate;
      for (std::int32_t p = 0; p < 2; ++p) {
        for (hansa::LoggedEvent const& each : history.policies[static_cast<std::size_t>(p)].events)
          of_replicate.emplace_back(each.time, p, rows[each.city], static_cast<std::int8_t>(each.kind), each.mechanism);
      }
      std::sort(of_replicate.begin(), of_replicate.end());
      for (auto const& [time, policy, city, kind, mechanism] : of_replicate) {
        all.replicate.push_back(static_cast<std::int32_t>(r));
        all.time.push_back(time);
        all.policy.push_back(policy);
        all.city.push_back(city);
        all.kind.push_back(kind);
        all.mechanism.push_back(mechanism);
      }
    }
    return all;
  }
};

/// The first `count` values, or all.
template <class T>
std::vector<T> first(std::vector<T> values, std::size_t count) {
  values.resize(std::min(values.size(), count));
  return values;
}

void check_log(fs::path const& file, hansa::EventColumns const& expected) {
  std::size_t const n = expected.size();
  REQUIRE(numbers<std::int8_t>(file, "event_kind").size() >= n);
  CHECK(first(numbers<std::int32_t>(file, "event_replicate"), n) == expected.replicate);
  CHECK(first(numbers<std::int32_t>(file, "event_policy"), n) == expected.policy);
  CHECK(first(numbers<std::int32_t>(file, "event_city"), n) == expected.city);
  CHECK(first(numbers<std::int32_t>(file, "event_time"), n) == expected.time);
  CHECK(first(numbers<std::int8_t>(file, "event_kind"), n) == expected.kind);
  CHECK(first(numbers<std::int32_t>(file, "event_mechanism"), n) == expected.mechanism);
}

std::vector<hsize_t> chunk_of(fs::path const& file, char const* name) {
  hansa::H5File const h5(H5Fopen(file.c_str(), H5F_ACC_RDONLY, H5P_DEFAULT), "open");
  hansa::H5Dataset const data(H5Dopen2(h5.id(), name, H5P_DEFAULT), name);
  hansa::H5List const list(H5Dget_create_plist(data.id()), name);
  std::vector<hsize_t> chunk(1);
  hansa::h5_check(H5Pget_chunk(list.id(), 1, chunk.data()), name);
  CHECK(H5Pget_nfilters(list.id()) == 2);
  return chunk;
}

std::int64_t complete_in(fs::path const& file) {
  hansa::H5File const h5(H5Fopen(file.c_str(), H5F_ACC_RDONLY, H5P_DEFAULT), "open");
  hansa::H5Attribute const attribute(H5Aopen(h5.id(), "replicates_complete", H5P_DEFAULT), "replicates_complete");
  std::int64_t value = -1;
  hansa::h5_check(H5Aread(attribute.id(), H5T_NATIVE_INT64, &value), "replicates_complete");
  return value;
}

TEST_CASE("a log is in the order of time, policy and row, and what a city does in one step stays in its order") {
  hansa::Cities cities;
  cities.id = {"a", "b", "c"};
  cities.input_order = {2, 0, 1};
  std::vector<std::uint32_t> const rows = hansa::rows_of_cities(cities);
  CHECK(rows == std::vector<std::uint32_t>{1, 2, 0});
  hansa::History history;
  history.replicate = 7;
  history.policies.resize(2);
  history.policies[0].events = {{2001, 0, 5, EventKind::replay},
                                {2001, 1, 5, EventKind::replay},
                                {2001, 1, -1, EventKind::replayed_abandonment},
                                {2003, 0, 0, EventKind::adoption},
                                {2003, 2, 4, EventKind::seed}};
  history.policies[1].events = {
      {2000, 1, 1, EventKind::adoption}, {2001, 2, 2, EventKind::mandate}, {2003, 2, -1, EventKind::abandonment}};
  hansa::EventColumns const packed = hansa::pack_events(history, rows);
  CHECK(packed.replicate == Whole(8, 7));
  CHECK(packed.time == Whole{2000, 2001, 2001, 2001, 2001, 2003, 2003, 2003});
  CHECK(packed.policy == Whole{1, 0, 0, 0, 1, 0, 0, 1});
  CHECK(packed.city == Whole{2, 1, 2, 2, 0, 0, 1, 0});
  CHECK(packed.kind == std::vector<std::int8_t>{0, 4, 4, 5, 3, 2, 0, 1});
  CHECK(packed.mechanism == Whole{1, 5, 5, -1, 2, 4, 0, -1});
  CHECK(hansa::pack_events({}, rows).size() == 0);
}

TEST_CASE("a file holds every event, counted by replicate; a failed one has none") {
  Scratch const scratch;
  Logged const sample(70);
  constexpr std::int64_t failed = 4;
  sample.write(scratch / "r.h5", 70, true, failed);
  hansa::EventColumns const expected = sample.expected(70, failed);
  check_log(scratch / "r.h5", expected);
  CHECK(numbers<std::int8_t>(scratch / "r.h5", "event_kind").size() == expected.size());
  CHECK(numbers<float>(scratch / "r.h5", "event").size() == expected.size());
  Whole const counts = numbers<std::int32_t>(scratch / "r.h5", "event_count");
  REQUIRE(counts.size() == 70);
  for (std::int32_t r = 0; r < 70; ++r) {
    CAPTURE(r);
    auto const own = std::count(expected.replicate.begin(), expected.replicate.end(), r);
    CHECK(counts[static_cast<std::size_t>(r)] == (r == failed ? -1 : own));
  }
  // Both kinds and several mechanisms were there to be told apart, and chunks are as long as the first block's events.
  CHECK(std::count(expected.kind.begin(), expected.kind.end(), 1) > 100);
  for (std::int32_t const mechanism : {-1, 0, 1, 2})
    CHECK(std::count(expected.mechanism.begin(), expected.mechanism.end(), mechanism) > 100);
  CHECK(chunk_of(scratch / "r.h5", "event_city").front() == sample.expected(25, failed).size());
}

TEST_CASE("equal runs give equal bytes on 1, 2, 4 and 7 threads") {
  Scratch const scratch;
  Logged const sample(57);
  for (int threads : {1, 2, 4, 7}) {
    fs::path const file = scratch / (std::to_string(threads) + ".h5");
    hansa::ResultFile made(sample.scenario, sample.world, sample.model, sample.plan, sample.options(file));
    std::vector<std::unique_ptr<hansa::Packet>> packets(57);
    hansa::parallel_for(packets.size(), threads,
                        [&](std::size_t r) { packets[r] = made.pack(sample.history(static_cast<std::int64_t>(r))); });
    for (std::size_t r = 0; r < packets.size(); ++r) made.put(static_cast<std::int64_t>(r), std::move(packets[r]));
    made.finish(57, true);
    CHECK(bytes_of(file) == bytes_of(scratch / "1.h5"));
  }
}

TEST_CASE("asked for or not, all else is the same") {
  Scratch const scratch;
  Logged sample(30);
  sample.write(scratch / "with.h5", 30, true);
  sample.plan.events = false;
  sample.write(scratch / "without.h5", 30, true);
  for (char const* const name : {"adoption_time", "adopters", "adopters_by_region", "at_risk"})
    CHECK(numbers<std::int32_t>(scratch / "with.h5", name) == numbers<std::int32_t>(scratch / "without.h5", name));
  for (char const* const name : {"new_adoptions_by_mechanism", "new_adoptions_by_mechanism_total",
                                 "new_adoptions_by_mechanism_by_region", "adopters_quantile", "population_covered"})
    CHECK(numbers<double>(scratch / "with.h5", name) == numbers<double>(scratch / "without.h5", name));
  for (char const* const name : {"event", "event_count", "event_time", "event_kind"})
    CHECK_THROWS_AS((void)numbers<double>(scratch / "without.h5", name), hansa::Error);
  sample.plan.events = true;
  sample.plan.attribution = false;
  sample.write(scratch / "alone.h5", 30, true);
  CHECK_THROWS_AS((void)numbers<double>(scratch / "alone.h5", "new_adoptions_by_mechanism_total"), hansa::Error);
  check_log(scratch / "alone.h5", sample.expected(30));
}

TEST_CASE("a run that dies leaves the whole events of every replicate that it counts") {
  Scratch const scratch;
  Logged const sample(200);
  std::int64_t before = 0;
  for (std::int64_t put : {24, 25, 30, 50, 75, 100, 110}) {
    CAPTURE(put);
    fs::path const file = scratch / (std::to_string(put) + ".h5");
    sample.write(file, put, false);
    fs::path part = file;
    part += ".part";
    REQUIRE(fs::exists(part) == (put >= 25));
    if (put < 25) continue;
    std::int64_t const complete = complete_in(part), written = put / 25 * 25;
    CHECK(complete <= written);
    CHECK(complete > written - 25 - 1);  // a chunk is as long as a block, which others need not be
    CHECK(complete >= before);
    before = complete;
    check_log(part, sample.expected(complete));
    Whole const counts = numbers<std::int32_t>(part, "event_count");
    std::int64_t sum = 0;
    for (std::int64_t r = 0; r < complete; ++r) sum += counts.at(static_cast<std::size_t>(r));
    CHECK(sum == static_cast<std::int64_t>(sample.expected(complete).size()));
  }
}

TEST_CASE("an interrupted run keeps all events of what it finished") {
  Scratch const scratch;
  Logged const sample(200);
  for (std::int64_t put : {0, 1, 25, 33, 60}) {
    CAPTURE(put);
    fs::path const file = scratch / (std::to_string(put) + ".h5");
    sample.write(file, put, true);
    CHECK(complete_in(file) == put);
    check_log(file, sample.expected(put));
    CHECK(numbers<std::int8_t>(file, "event_kind").size() == sample.expected(put).size());
    CHECK(numbers<std::int32_t>(file, "event_count").size() == static_cast<std::size_t>(put));
  }
}

TEST_CASE("without events all replicates count at once, and few events wait for a chunk of 64") {
  Scratch const scratch;
  Logged sample(100);
  auto const put = [&](fs::path const& file, auto const& has_event) {
    hansa::ResultFile made(sample.scenario, sample.world, sample.model, sample.plan, sample.options(file));
    for (std::int64_t r = 0; r < 100; ++r) {
      hansa::History history = sample.history(r);
      for (hansa::PolicyHistory& each : history.policies) each.events.clear();
      if (has_event(r)) history.policies[1].events = {{2003, 5, 1, EventKind::adoption}};
      made.put(r, made.pack(history));
    }
  };
  put(scratch / "none.h5", [](std::int64_t) { return false; });
  CHECK(complete_in(scratch / "none.h5.part") == 100);
  CHECK(numbers<std::int8_t>(scratch / "none.h5.part", "event_kind").empty());
  put(scratch / "few.h5", [](std::int64_t) { return true; });
  CHECK(complete_in(scratch / "few.h5.part") == 64);
  CHECK(numbers<std::int32_t>(scratch / "few.h5.part", "event_replicate").back() == 63);
  put(scratch / "late.h5", [](std::int64_t r) { return r >= 70; });
  CHECK(complete_in(scratch / "late.h5.part") == 70);
}

TEST_CASE("many events are written before their block is full: what waits is less than a chunk") {
  Scratch const scratch;
  hansa::NetcdfFile file(scratch / "a.h5");
  (void)file.growing_labels<std::int32_t>("replicate", 25);
  hansa::EventVariables events(25, "year");
  hansa::EventColumns many;
  constexpr std::size_t count = 200000, chunk = std::size_t{1} << 18;
  for (auto* each : {&many.replicate, &many.policy, &many.city, &many.time, &many.mechanism}) each->assign(count, 3);
  many.kind.assign(count, 0);
  for (std::uint64_t r = 0; r < 5; ++r) {
    events.add(many, "");
    CHECK(events.is_due() == (r > 0 && r < 4));  // 200, 400, 338, 276 and 213 thousand wait, a chunk is 262
    if (events.is_due()) events.write(file);
    CHECK(events.whole() == static_cast<std::int64_t>((r + 1) * count / chunk * chunk / count));
    CHECK(events.bytes() < 22 * chunk);
  }
  events.write_block(file, 0, 5, hansa::EventVariables::Rest::too);
  CHECK(events.whole() == 5);
  events.close();
  file.close();
  CHECK(chunk_of(scratch / "a.h5", "event_time").front() == chunk);
  CHECK(numbers<std::int32_t>(scratch / "a.h5", "event_city") == Whole(5 * count, 3));
  CHECK(numbers<std::int32_t>(scratch / "a.h5", "event_count") == Whole(5, count));
}

}  // namespace
