/// Tests of reading events back: what was written, and what is refused.
#include "io/result_events.hpp"

#include <filesystem>
#include <functional>
#include <string>

#include <doctest/doctest.h>

#include "engine/io/files.hpp"
#include "io/result_file.hpp"
#include "io/result_reader.hpp"
#include "support/result_samples.hpp"

namespace {

namespace fs = std::filesystem;
using hansa::Expect;
using hansa::ResultEvent;
using hansa::ResultReader;
using hansa::test::Sample;
using hansa::test::Scratch;

hansa::ResultFileOptions told_options(Sample const& sample, fs::path const& file) {
  hansa::ResultFileOptions made;
  made.file = file;
  made.replicates = sample.replicates;
  made.scenario_text = "hansa: 1\n";
  return made;
}

void write_events(Sample& sample, fs::path const& file, std::int64_t failed = -1) {
  sample.plan.events = sample.plan.abandonments = true;
  hansa::ResultFile made(sample.scenario, sample.world, sample.model, sample.plan, told_options(sample, file));
  for (std::int64_t r = 0; r < sample.replicates; ++r) {
    hansa::History history = sample.history(r);
    if (r == failed) {
      history.policies.clear();
      history.failure = "failed on purpose";
    }
    made.put(r, made.pack(history));
  }
  made.finish(sample.replicates, true);
}

TEST_CASE("events are read back replicate by replicate") {
  Scratch const scratch;
  Sample sample(60);
  write_events(sample, scratch / "a.h5", 31);
  ResultReader const reader(scratch / "a.h5");
  CHECK(reader.has("event_count"));
  std::vector<ResultEvent> const all = reader.events(0, 60);
  std::vector<ResultEvent> joined;
  std::size_t events = 0;
  for (std::int64_t r = 0; r < 60; ++r) {
    std::vector<ResultEvent> const own = reader.events(r, 1);
    joined.insert(joined.end(), own.begin(), own.end());
    if (r == 31) CHECK(own.empty());
    if (r == 31) continue;
    hansa::History const history = sample.history(r);
    events += history.policies[0].events.size() + history.policies[1].events.size();
    for (ResultEvent const& each : own) {
      CHECK(each.replicate == r);
      hansa::LoggedEvent const logged{each.time, static_cast<hansa::Index>(22 - each.city), each.mechanism, each.kind};
      auto const& there = history.policies[static_cast<std::size_t>(each.policy)].events;
      CHECK(std::count(there.begin(), there.end(), logged) == 1);
    }
  }
  CHECK(joined == all);
  CHECK(all.size() == events);
  CHECK(reader.events(60, 0).empty());
  CHECK_THROWS_WITH_AS((void)reader.events(59, 2), doctest::Contains("has no replicates 59 to 61, it has 60"),
                       hansa::Error);
}

TEST_CASE("a file without a log says how to get one") {
  Scratch const scratch;
  Sample sample(3);
  hansa::ResultFile made(sample.scenario, sample.world, sample.model, sample.plan,
                         told_options(sample, scratch / "a.h5"));
  for (std::int64_t r = 0; r < 3; ++r) made.put(r, made.pack(sample.history(r)));
  made.finish(3, true);
  ResultReader const reader(scratch / "a.h5");
  CHECK_THROWS_WITH_AS((void)reader.events(0, 1),
                       doctest::Contains("has no log of events, a run with 'output: {events: true}' was expected"),
                       hansa::Error);
}

TEST_CASE("what a killed run left is read as far as it counts") {
  Scratch const scratch;
  Sample sample(100);
  sample.plan.events = sample.plan.abandonments = true;
  {
    hansa::ResultFile made(sample.scenario, sample.world, sample.model, sample.plan,
                           told_options(sample, scratch / "a.h5"));
    for (std::int64_t r = 0; r < 60; ++r) made.put(r, made.pack(sample.history(r)));
  }
  ResultReader const reader(scratch / "a.h5.part", Expect::counted);
  std::int64_t const count = reader.replicates();
  CHECK(count >= 25);
  std::size_t events = 0;
  for (std::int64_t r = 0; r < count; ++r) {
    hansa::History const history = sample.history(r);
    events += history.policies[0].events.size() + history.policies[1].events.size();
  }
  CHECK(reader.events(0, count).size() == events);
}

/// What reading all events says after a change, without the name of the file; "" if nothing is wrong.
std::string said_after(std::function<void(hid_t)> const& change) {
  Scratch const scratch;
  Sample sample(3, 5);
  write_events(sample, scratch / "a.h5");
  hansa::H5Quiet const quiet;
  {
    hansa::H5File const h5(H5Fopen((scratch / "a.h5").c_str(), H5F_ACC_RDWR, H5P_DEFAULT), "open");
    change(h5.id());
  }
  try {
    ResultReader const reader(scratch / "a.h5", Expect::counted);
    (void)reader.events(0, 3);
  } catch (hansa::Error const& error) {
    std::string const text = error.what(), file = (scratch / "a.h5").string() + ": ";
    CHECK(text.starts_with(file));
    return text.substr(std::min(text.size(), file.size()));
  }
  return "";
}

/// Writes `value` over number `at` of a variable.
void put_number(hid_t h5, char const* name, hsize_t at, std::int32_t value) {
  hansa::H5Dataset const data(H5Dopen2(h5, name, H5P_DEFAULT), name);
  hansa::H5Space const file(H5Dget_space(data.id()), name);
  hsize_t const one = 1;
  hansa::h5_check(H5Sselect_hyperslab(file.id(), H5S_SELECT_SET, &at, nullptr, &one, nullptr), name);
  hansa::H5Space const memory = hansa::h5_space({&one, 1});
  hansa::h5_check(H5Dwrite(data.id(), H5T_NATIVE_INT32, memory.id(), file.id(), H5P_DEFAULT, &value), name);
}

TEST_CASE("numbers that no event can have are refused, with the event") {
  CHECK(said_after([](hid_t) {}) == "");
  struct Case {
    char const* name;
    std::int32_t value;
    char const* said;
  };
  for (Case const& each : {Case{"event_replicate", 1, "is of replicate 1"},
                           {"event_policy", 2, "is of policy 2"},
                           {"event_policy", -1, "is of policy -1"},
                           {"event_city", 5, "is of city 5"},
                           {"event_city", -2147483647, "is of city -2147483647"},
                           {"event_time", 1999, "is of time 1999"},
                           {"event_time", 2005, "is of time 2005"},
                           {"event_kind", 7, "is of kind 7"},
                           {"event_kind", -1, "is of kind -1"},
                           {"event_kind", 1, "is of kind 1 and mechanism 1"},
                           {"event_mechanism", 3, "is of kind 0 and mechanism 3"},
                           {"event_mechanism", -1, "is of kind 0 and mechanism -1"}}) {
    CAPTURE(each.name);
    CAPTURE(each.value);
    std::string const said = said_after([&](hid_t h5) { put_number(h5, each.name, 0, each.value); });
    CHECK(said == "event 0 of replicate 0 " + std::string(each.said) + ", a result file of hansa was expected");
  }
  std::string const late = said_after([](hid_t h5) { put_number(h5, "event_time", 0, 2004); });
  CHECK(late.starts_with("event 1 of replicate 0 stands behind a later one"));
}

TEST_CASE("counts and variables that do not fit together are refused") {
  CHECK(said_after([](hid_t h5) {
          put_number(h5, "event_count", 1, -1);
        }).starts_with("counts -1 events in replicate 1"));
  CHECK(said_after([](hid_t h5) {
          put_number(h5, "event_count", 2, 1000000);
        }).find("events, but replicates have 1000") != std::string::npos);
  CHECK(said_after([](hid_t h5) {
          H5Ldelete(h5, "event_kind", H5P_DEFAULT);
        }).starts_with("there is no variable 'event_kind'"));
  CHECK(said_after([](hid_t h5) {
          H5Ldelete(h5, "event_city", H5P_DEFAULT);
          H5Lcreate_hard(h5, "adopters", h5, "event_city", H5P_DEFAULT, H5P_DEFAULT);
        }).starts_with("the variable 'event_city' is no list of whole numbers"));
  CHECK(said_after([](hid_t h5) {
          H5Ldelete(h5, "event_count", H5P_DEFAULT);
          H5Lcreate_hard(h5, "adopters", h5, "event_count", H5P_DEFAULT, H5P_DEFAULT);
        }).starts_with("the variable 'event_count' is no list"));
  CHECK(said_after([](hid_t h5) {
          hansa::H5Dataset const rows(H5Dopen2(h5, "event_time", H5P_DEFAULT), "event_time");
          hsize_t const shorter = 1;
          H5Dset_extent(rows.id(), &shorter);
        }).starts_with("the variable 'event_time' has 1 events, but replicates have"));
  CHECK(said_after([](hid_t h5) {
          H5Ldelete(h5, "mechanism", H5P_DEFAULT);
          hansa::H5Space const scalar = hansa::h5_space({});
          hansa::H5Dataset const one(
              H5Dcreate2(h5, "mechanism", H5T_STD_I32LE, scalar.id(), H5P_DEFAULT, H5P_DEFAULT, H5P_DEFAULT),
              "mechanism");
        }).starts_with("the variable 'mechanism' is no list of texts"));
  CHECK(said_after([](hid_t h5) {
          hansa::H5Dataset const counts(H5Dopen2(h5, "event_count", H5P_DEFAULT), "event_count");
          hsize_t const shorter = 2;
          H5Dset_extent(counts.id(), &shorter);
        }).starts_with("the variable 'event_count' has no rows 0 to 3"));
}

TEST_CASE("a finished file has exactly the events that it counts") {
  Scratch const scratch;
  Sample sample(3, 5);
  write_events(sample, scratch / "a.h5");
  hansa::H5File const h5(H5Fopen((scratch / "a.h5").c_str(), H5F_ACC_RDWR, H5P_DEFAULT), "open");
  put_number(h5.id(), "event_count", 2, 1);
  std::vector<std::int32_t> const status(3, 0), numbers{0, 1, 2};
  auto const open = [&](hansa::ResultEvents::Length length) {
    (void)hansa::ResultEvents(h5.id(), status, numbers, length);
  };
  CHECK_NOTHROW(open(hansa::ResultEvents::Length::at_least));
  CHECK_THROWS_AS(open(hansa::ResultEvents::Length::exact), hansa::Error);
}

}  // namespace
