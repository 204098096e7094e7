/// Pieces of blocks for whoever is free; the last one to finish a block writes it.
#include "sweep/run_sweep.hpp"

#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <exception>
#include <iterator>
#include <memory>
#include <mutex>
#include <optional>
#include <span>
#include <system_error>
#include <utility>

#include "base/parallel.hpp"
#include "io/durable_file.hpp"
#include "io/sweep_block.hpp"
#include "sweep/point_runner.hpp"
#include "sweep/points.hpp"

namespace hansa {

namespace {

using SweepClock = std::chrono::steady_clock;
constexpr std::size_t most_failures = 100;

double seconds_since(SweepClock::time_point begun) {
  return std::chrono::duration<double>(SweepClock::now() - begun).count();
}

/// A block whose runs are being made.
struct OpenBlock {
  SweepBlock block;
  std::vector<PlannedCell> cells;
  std::size_t cell = 0;    ///< of the next piece
  std::int32_t taken = 0;  ///< of that cell's replicates
  std::int64_t row = 0;    ///< of the next piece
  std::int64_t left = 0;   ///< runs that are not finished
};

/// Some replicates of a point.
struct Piece {
  std::shared_ptr<OpenBlock> block;
  std::int32_t point = 0, first = 0, count = 0;
  std::int64_t row = 0;
};

class SweepRunner {
 public:
  SweepRunner(PointWorlds& worlds, SweepManifest const& manifest, SweepState const& state,
              std::filesystem::path const& folder, SweepRunOptions const& options)
      : worlds_(worlds), manifest_(manifest), folder_(folder), options_(options), mark_(folder) {
    for (std::size_t k = 0; k < state.blocks.size(); ++k)
      if (options.shard.has(k) && state.blocks[k] != BlockState::finished) todo_.push_back(k);
    for (std::size_t const each : todo_)
      for (PlannedCell const& cell : manifest_.block(each)) report_.asked += cell.count;
    int const all = thread_count(options.threads);
    threads_ = static_cast<int>(std::clamp<std::int64_t>(report_.asked, 1, all));
    together_ = std::max(1, all / threads_);
    piece_ = static_cast<std::int32_t>(std::clamp<std::int64_t>(report_.asked / (16 * threads_), 1, 1 << 20));
    most_unwritten_ = most_blocks();
  }

  SweepRunReport run() {
    auto const begun = SweepClock::now();
    // A worker waits only while others have pieces of all open blocks in hand.
    parallel_for(static_cast<std::size_t>(threads_), threads_, [&](std::size_t) { work(); });
    if (broken_) std::rethrow_exception(broken_);
    report_.stopped = options_.stop.stop_requested() && report_.finished < report_.asked;
    report_.seconds = seconds_since(begun);
    if (options_.progress && report_.asked > 0) options_.progress({report_.finished, report_.asked});
    return std::move(report_);
  }

 private:
  void work() {
    try {
      PointRunner runner(worlds_, options_.lanes, together_);
      while (std::optional<Piece> piece = take()) {
        std::vector<FailedRun> failed = simulate(runner, *piece);
        finish(*piece, std::move(failed));
      }
    } catch (...) {
      std::lock_guard const lock(mutex_);
      if (!broken_) broken_ = std::current_exception();
      room_.notify_all();
    }
  }

  /// Two for each thread, as far as memory for numbers reaches; two at least, so that nobody waits for one to be
  /// written.
  [[nodiscard]] int most_blocks() const {
    constexpr std::int64_t memory = std::int64_t{1} << 30;
    std::int64_t largest = 1;
    for (std::size_t const each : todo_) {
      std::int64_t runs = 0;
      for (PlannedCell const& cell : manifest_.block(each)) runs += cell.count;
      largest = std::max(largest, runs);
    }
    auto const bytes = static_cast<std::int64_t>(sizeof(double) * worlds_.swept().layout.width) * largest;
    return static_cast<int>(std::clamp<std::int64_t>(memory / std::max<std::int64_t>(1, bytes), 2, 2 * threads_));
  }

  std::optional<Piece> take() {
    std::unique_lock lock(mutex_);
    for (;;) {
      if (broken_ || options_.stop.stop_requested()) return std::nullopt;
      if (open_) return cut();
      if (next_ == todo_.size()) return std::nullopt;
      if (unwritten_ < most_unwritten_) {
        open_ = open(todo_[next_++]);
        continue;
      }
      room_.wait_for(lock, std::chrono::milliseconds(200));
    }
  }

  /// Nothing if another process has finished it meanwhile.
  std::shared_ptr<OpenBlock> open(std::size_t number) {
    auto made = std::make_shared<OpenBlock>();
    made->cells = manifest_.block(number);
    SweepBlock& block = made->block;
    block.sweep = manifest_.sweep;
    block.number = static_cast<std::int64_t>(number);
    block.width = static_cast<std::int64_t>(worlds_.swept().layout.width);
    for (PlannedCell const& each : made->cells)
      block.cells.push_back({manifest_.keys[static_cast<std::size_t>(each.point)], each.first, each.count});
    made->left = block.runs();
    std::error_code none;
    if (std::filesystem::exists(block_path(folder_, block.number), none)) {
      report_.finished += made->left;
      ++report_.written_elsewhere;
      return nullptr;
    }
    block.values.resize(static_cast<std::size_t>(made->left * block.width));
    ++unwritten_;
    return made;
  }

  Piece cut() {
    OpenBlock& block = *open_;
    PlannedCell const& cell = block.cells[block.cell];
    Piece piece{open_, cell.point, cell.first + block.taken, std::min(piece_, cell.count - block.taken), block.row};
    block.taken += piece.count;
    block.row += piece.count;
    if (block.taken == cell.count) {
      ++block.cell;
      block.taken = 0;
    }
    if (block.cell == block.cells.size()) open_ = nullptr;
    return piece;
  }

  std::vector<FailedRun> simulate(PointRunner& runner, Piece const& piece) {
    std::vector<FailedRun> failed;
    auto const width = static_cast<std::size_t>(piece.block->block.width);
    for (std::int32_t k = 0; k < piece.count; ++k) {
      std::int64_t const run = piece.row + k;
      std::span<double> const row(piece.block->block.values.data() + static_cast<std::size_t>(run) * width, width);
      auto why = runner.run(static_cast<std::size_t>(piece.point), piece.first + k, row);
      if (why) failed.push_back({run, *std::move(why)});
    }
    return failed;
  }

  void finish(Piece const& piece, std::vector<FailedRun> failed) {
    {
      std::lock_guard const lock(mutex_);
      note(piece, failed);
      auto& all = piece.block->block.failed;
      std::move(failed.begin(), failed.end(), std::back_inserter(all));
      made_ += piece.count;
      mark_.touch();
      tell();
      if ((piece.block->left -= piece.count) > 0) return;
    }
    SweepBlock& block = piece.block->block;
    std::sort(block.failed.begin(), block.failed.end(), [](auto const& a, auto const& b) { return a.run < b.run; });
    write(block);
    std::lock_guard const lock(mutex_);
    report_.finished += block.runs();
    report_.failed += static_cast<std::int64_t>(block.failed.size());
    --unwritten_;
    room_.notify_all();
  }

  void note(Piece const& piece, std::vector<FailedRun> const& failed) {
    for (FailedRun const& each : failed) {
      if (report_.failures.size() == most_failures) return;
      report_.failures.push_back(
          {piece.point, piece.first + static_cast<std::int32_t>(each.run - piece.row), each.why});
    }
  }

  /// HDF5 is for one thread at a time.
  void write(SweepBlock const& block) {
    std::lock_guard const lock(writing_);
    std::string const bytes = block_image(block);
    if (place_file(block_path(folder_, block.number), bytes) != PlacedFile::different) return;
    std::filesystem::path const aside = contradiction_path(folder_, block.number);
    (void)place_file(aside, bytes);
    std::lock_guard const noting(mutex_);
    report_.contradictions.push_back(aside.string());
  }

  void tell() {
    auto const now = SweepClock::now();
    if (!options_.progress || now - told_ < std::chrono::milliseconds(100)) return;
    told_ = now;
    options_.progress({made_, report_.asked});
  }

  PointWorlds& worlds_;
  SweepManifest const& manifest_;
  std::filesystem::path folder_;
  SweepRunOptions const& options_;
  WorkMark mark_;
  std::vector<std::size_t> todo_;
  int threads_ = 1, together_ = 1, most_unwritten_ = 2;
  std::int32_t piece_ = 1;

  std::mutex mutex_, writing_;
  std::condition_variable room_;
  std::shared_ptr<OpenBlock> open_;  ///< whose pieces are being given out
  std::size_t next_ = 0;
  int unwritten_ = 0;
  std::int64_t made_ = 0;
  std::exception_ptr broken_;
  SweepClock::time_point told_{};
  SweepRunReport report_;
};

}  // namespace

SweepRunReport run_sweep(PointWorlds& worlds, SweepManifest const& manifest, SweepState const& state,
                         std::filesystem::path const& folder, SweepRunOptions const& options) {
  return SweepRunner(worlds, manifest, state, folder, options).run();
}

TrialTimes try_out(PointWorlds& worlds, Lanes lanes) {
  constexpr std::size_t most_points = 8, looked_at = 64;
  constexpr double long_enough = 0.5;
  std::vector<std::int32_t> order = spread_order(worlds.swept().points.size());
  order.resize(std::min(order.size(), looked_at));
  std::vector<std::string> keys;
  for (std::int32_t const point : order) keys.push_back(worlds.key_of(static_cast<std::size_t>(point)));
  std::sort(keys.begin(), keys.end());
  auto const distinct = std::unique(keys.begin(), keys.end()) - keys.begin();
  bool const own_worlds = 2 * distinct > static_cast<std::ptrdiff_t>(keys.size()) && keys.size() > 1;
  PointRunner runner(worlds, lanes, 1);
  std::vector<double> row(worlds.swept().layout.width);
  auto const begun = SweepClock::now();
  TrialTimes sums;
  std::int64_t points = 0, runs = 0;
  for (std::size_t k = 0; k < std::min(order.size(), most_points); ++k) {
    auto const point = static_cast<std::size_t>(order[k]);
    if (!own_worlds) {  // its world is there already, as it will be for most points
      (void)runner.take(point);
      runner.drop();
    }
    auto const compiling = SweepClock::now();
    bool const broken = runner.take(point).has_value();
    sums.point += seconds_since(compiling);
    ++points;
    auto const running = SweepClock::now();
    for (std::int64_t r = 0; !broken && (r == 0 || seconds_since(running) < long_enough / most_points); ++r, ++runs)
      (void)runner.run(point, r, row);
    sums.run += seconds_since(running);
    if (seconds_since(begun) > long_enough) break;
  }
  if (points > 0) sums.point /= static_cast<double>(points);
  if (runs > 0) sums.run /= static_cast<double>(runs);
  return sums;
}

}  // namespace hansa
