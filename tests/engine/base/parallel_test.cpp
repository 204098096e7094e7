/// Tests of work spread over threads.
#include "base/parallel.hpp"

#include <atomic>
#include <barrier>
#include <chrono>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

#include <doctest/doctest.h>

namespace {

TEST_CASE("thread_count takes a request as it is and else counts processors") {
  CHECK(hansa::thread_count(7) == 7);
  CHECK(hansa::thread_count(0) >= 1);
  CHECK(hansa::thread_count(-3) == hansa::thread_count(0));
}

TEST_CASE("parallel_for does every index once") {
  for (int threads : {1, 2, 4, 7}) {
    std::vector<std::atomic<int>> seen(1000);
    hansa::parallel_for(seen.size(), threads, [&](std::size_t i) { ++seen[i]; });
    for (auto const& each : seen) CHECK(each == 1);
  }
  hansa::parallel_for(0, 4, [](std::size_t) { FAIL("no index was asked for"); });
}

TEST_CASE("a crew does every index once, call after call, and rethrows the exception of the smallest") {
  for (int threads : {1, 2, 4}) {
    hansa::Crew crew(threads);
    CHECK(crew.size() == threads);
    std::vector<std::atomic<int>> seen(64);
    for (int call = 0; call < 200; ++call) {
      crew.run(seen.size(), [&](std::size_t i) { ++seen[i]; });
    }
    for (auto const& each : seen) CHECK(each == 200);
    CHECK_THROWS_WITH(crew.run(50,
                               [](std::size_t i) {
                                 if (i % 10 == 3) throw std::runtime_error(std::to_string(i));
                               }),
                      "3");
  }
}

TEST_CASE("parallel_for keeps within the threads asked for") {
  std::atomic<int> now = 0, most = 0;
  hansa::parallel_for(200, 2, [&](std::size_t) {
    int const here = ++now;
    int before = most.load();
    while (before < here && !most.compare_exchange_weak(before, here)) {
    }
    std::this_thread::sleep_for(std::chrono::microseconds(50));
    --now;
  });
  CHECK(most <= 2);
}

TEST_CASE("parallel_for rethrows the exception of the smallest index, on any number of threads") {
  for (int threads : {1, 2, 4}) {
    std::vector<std::atomic<int>> seen(500);
    std::string said;
    try {
      hansa::parallel_for(seen.size(), threads, [&](std::size_t i) {
        ++seen[i];
        if (i % 100 == 37) throw std::runtime_error(std::to_string(i));
      });
    } catch (std::runtime_error const& error) {
      said = error.what();
    }
    CHECK(said == "37");
    for (std::size_t i = 0; i <= 37; ++i) CHECK(seen[i] == 1);
  }
}

TEST_CASE("run_workers runs all at the same time, more than there are processors too") {
  int const threads = 9;
  std::barrier all(threads);
  std::vector<int> seen(threads, 0);
  hansa::run_workers(threads, [&](int worker) {
    all.arrive_and_wait();
    ++seen[static_cast<std::size_t>(worker)];
  });
  CHECK(seen == std::vector<int>(threads, 1));
}

TEST_CASE("run_workers rethrows the exception of the smallest worker") {
  std::string said;
  try {
    hansa::run_workers(4, [](int worker) {
      if (worker >= 2) throw std::runtime_error(std::to_string(worker));
    });
  } catch (std::runtime_error const& error) {
    said = error.what();
  }
  CHECK(said == "2");
}

}  // namespace
