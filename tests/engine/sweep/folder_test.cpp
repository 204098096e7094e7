/// How long a sweep still takes, by the times of its blocks.
#include "sweep/folder.hpp"

#include <chrono>
#include <cmath>
#include <filesystem>
#include <fstream>
#include <iterator>

#include <doctest/doctest.h>
#include <unistd.h>

#include "io/sweep_block.hpp"

namespace hansa {
namespace {

namespace times_fs = std::filesystem;

/// Blocks of `runs` runs, some of them written so many seconds ago (negative: missing).
struct TimedSweep {
  times_fs::path folder = times_fs::temp_directory_path() / ("hansa-times-" + std::to_string(getpid()));
  SweepManifest manifest;
  SweepState state;

  TimedSweep(std::int32_t runs, std::vector<double> const& ago) {
    times_fs::create_directories(folder);
    for (std::size_t k = 0; k < ago.size(); ++k) {
      manifest.points.scenario_of.push_back(0);
      manifest.cells.push_back({static_cast<std::int32_t>(k), 0, runs});
      manifest.ends.push_back(static_cast<std::int64_t>(k) + 1);
      state.blocks.push_back(ago[k] < 0 ? BlockState::missing : BlockState::finished);
      if (ago[k] < 0) continue;
      state.finished += runs;
      times_fs::path const file = block_path(folder, static_cast<std::int64_t>(k));
      std::ofstream(file) << "";
      auto const age =
          std::chrono::duration_cast<times_fs::file_time_type::duration>(std::chrono::duration<double>(ago[k]));
      times_fs::last_write_time(file, times_fs::file_time_type::clock::now() - age);
    }
    manifest.replicates = runs;
  }
  ~TimedSweep() { times_fs::remove_all(folder); }
  [[nodiscard]] double left() const { return seconds_left(folder, manifest, state); }
};

TEST_CASE("what is left takes as long as the last minutes say") {
  // 20 runs in the 200 seconds since the first of three blocks; 30 are missing.
  CHECK(TimedSweep(10, {200, 50, 100, -1, -1, -1}).left() == doctest::Approx(300).epsilon(0.05));
  // What was written hours ago says nothing.
  CHECK(TimedSweep(10, {9000, 8000, 200, 50, 100, -1}).left() == doctest::Approx(100).epsilon(0.05));
}

TEST_CASE("nothing is foretold from no block, one block or old ones") {
  CHECK(std::isnan(TimedSweep(10, {-1, -1}).left()));
  CHECK(std::isnan(TimedSweep(10, {20, -1}).left()));
  CHECK(std::isnan(TimedSweep(10, {9000, 8000, -1}).left()));
  CHECK(TimedSweep(10, {20, 10}).left() == 0);
}

TEST_CASE("what is damaged is put aside under a free name, what is sound stays, and what is gone is no mistake") {
  TimedSweep const sweep(1, {1});
  times_fs::path const file = block_path(sweep.folder, 0);
  auto const files = [&] {
    return std::distance(times_fs::directory_iterator(sweep.folder), times_fs::directory_iterator());
  };
  put_aside(file);
  CHECK_FALSE(times_fs::exists(file));
  put_aside(file);
  CHECK(files() == 1);
  std::ofstream(file) << "damaged again";
  put_aside(file);
  CHECK_FALSE(times_fs::exists(file));
  CHECK(files() == 2);
  SweepBlock block;
  block.sweep = "a";
  block.width = 1;
  block.cells = {{7, 0, 1}};
  block.values = {0.5};
  std::ofstream(file, std::ios::binary) << block_image(block);
  put_aside(file);  // another process has made it again
  CHECK(times_fs::exists(file));
  CHECK(files() == 3);
}

}  // namespace
}  // namespace hansa
