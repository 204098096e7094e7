/// Reads blocks into windows of points, and sums these up.
#include "sweep/gather.hpp"

#include <algorithm>
#include <limits>
#include <map>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <utility>

#include "io/sweep_block.hpp"
#include "measures/replicate_statistics.hpp"

namespace hansa {

namespace {

constexpr double no_value_yet = std::numeric_limits<double>::quiet_NaN();

class Gathering {
 public:
  Gathering(SweepManifest const& manifest, MeasureLayout const& layout, std::filesystem::path const& folder,
            SweepState const& state, GatherOptions const& options)
      : manifest_(manifest),
        layout_(layout),
        folder_(folder),
        state_(state),
        options_(options),
        replicates_(static_cast<std::size_t>(manifest.replicates)),
        width_(layout.width) {
    std::size_t const bytes = std::max<std::size_t>(1, replicates_ * width_ * sizeof(double));
    window_ = std::clamp<std::size_t>(options.memory / bytes, 1, std::max<std::size_t>(1, manifest.points.size()));
  }

  SweepEnding run(std::function<void(PointsSlice const&)> const& take) {
    ending_.runs = manifest_.runs();
    read_references();
    for (std::size_t first = 0; first < manifest_.points.size(); first += window_) {
      std::size_t const count = std::min(window_, manifest_.points.size() - first);
      read(first, count, Keep::failures);
      sum_up(first, count);
      take({first, count, values_, status_, mean_, sd_, se_, missing_, quantile_, finished_, failed_});
    }
    std::sort(ending_.failures.begin(), ending_.failures.end(), [](SweepFailure const& a, SweepFailure const& b) {
      return std::pair(a.point, a.replicate) < std::pair(b.point, b.replicate);
    });
    return std::move(ending_);
  }

 private:
  enum class Keep { values, failures };

  /// Values of points to which others are paired.
  void read_references() {
    std::set<std::int64_t> points;
    for (MeasureVariable const& each : layout_.variables)
      if (each.paired_to) points.insert(*each.paired_to);
    for (std::int64_t const each : points) {
      if (each < 0 || static_cast<std::size_t>(each) >= manifest_.points.size()) continue;
      read(static_cast<std::size_t>(each), 1, Keep::values);
      references_[each] = values_;
    }
  }

  void read(std::size_t first, std::size_t count, Keep keep) {
    values_.assign(count * replicates_ * width_, no_value_yet);
    status_.assign(count * replicates_, RunStatus::missing);
    for (std::size_t k = 0; k < manifest_.ends.size(); ++k)
      if (state_.blocks[k] == BlockState::finished) take_block(k, first, count, keep);
  }

  /// A block with its rows of the window [first, first + count) of points, and where these begin; nothing if it has
  /// none.
  std::optional<std::pair<SweepBlock, std::size_t>> rows_of(std::size_t number, std::vector<PlannedCell> const& cells,
                                                            std::size_t first, std::size_t count) {
    std::size_t row = 0, begin = std::numeric_limits<std::size_t>::max(), end = 0;
    for (PlannedCell const& cell : cells) {
      auto const point = static_cast<std::size_t>(cell.point), runs = static_cast<std::size_t>(cell.count);
      if (point >= first && point < first + count) {
        begin = std::min(begin, row);
        end = row + runs;
      }
      row += runs;
    }
    if (end == 0) return std::nullopt;
    std::filesystem::path const file = block_path(folder_, static_cast<std::int64_t>(number));
    if (seen_.insert(number).second) return std::pair(read_block(file, BlockParts::all), std::size_t{0});
    return std::pair(reread_block(file, begin, end - begin), begin);
  }

  void take_block(std::size_t number, std::size_t first, std::size_t count, Keep keep) {
    std::vector<PlannedCell> const cells = manifest_.block(number);
    auto const found = rows_of(number, cells, first, count);
    if (!found) return;
    auto const& [block, begin] = *found;
    std::size_t row = 0;
    auto failed = block.failed.begin();
    for (PlannedCell const& cell : cells) {
      auto const point = static_cast<std::size_t>(cell.point);
      bool const inside = point >= first && point < first + count;
      for (std::int32_t r = cell.first; r < cell.first + cell.count; ++r, ++row) {
        bool const broke = failed != block.failed.end() && static_cast<std::size_t>(failed->run) == row;
        if (inside) {
          std::size_t const to = (point - first) * replicates_ + static_cast<std::size_t>(r);
          status_[to] = broke ? RunStatus::failed : RunStatus::finished;
          std::copy_n(block.values.begin() + static_cast<std::ptrdiff_t>((row - begin) * width_), width_,
                      values_.begin() + static_cast<std::ptrdiff_t>(to * width_));
          if (broke && keep == Keep::failures) note({cell.point, r, seed_of(point), failed->why});
        }
        if (broke) ++failed;
      }
    }
  }

  [[nodiscard]] std::string seed_of(std::size_t point) const {
    if (!manifest_.seeds.empty()) return manifest_.seeds[point];
    auto const common = manifest_.common.find("seed");
    return common == manifest_.common.end() ? "" : common->second;
  }

  /// The first failures in order of points and replicates, whatever the order of blocks.
  void note(SweepFailure failure) {
    auto const before = [](SweepFailure const& a, SweepFailure const& b) {
      return std::pair(a.point, a.replicate) < std::pair(b.point, b.replicate);
    };
    auto& all = ending_.failures;
    if (all.size() == options_.most_failures) {
      if (!before(failure, all.front())) return;
      std::pop_heap(all.begin(), all.end(), before);
      all.pop_back();
    }
    all.push_back(std::move(failure));
    std::push_heap(all.begin(), all.end(), before);
  }

  void sum_up(std::size_t, std::size_t count) {
    pair();
    std::size_t const depth = options_.quantiles.size();
    mean_.resize(count * width_);
    sd_.resize(count * width_);
    se_.resize(count * width_);
    missing_.resize(count * width_);
    quantile_.resize(count * width_ * depth);
    finished_.assign(count, 0);
    failed_.assign(count, 0);
    std::vector<double> column;
    for (std::size_t p = 0; p < count; ++p) {
      for (std::size_t r = 0; r < replicates_; ++r) {
        RunStatus const status = status_[p * replicates_ + r];
        finished_[p] += status == RunStatus::finished ? 1 : 0;
        failed_[p] += status == RunStatus::failed ? 1 : 0;
      }
      ending_.finished += finished_[p] + failed_[p];
      ending_.failed += failed_[p];
      for (std::size_t c = 0; c < width_; ++c) {
        column.clear();
        for (std::size_t r = 0; r < replicates_; ++r)
          if (status_[p * replicates_ + r] == RunStatus::finished)
            column.push_back(values_[(p * replicates_ + r) * width_ + c]);
        std::size_t const to = p * width_ + c;
        ReplicateStatistics const found =
            replicate_statistics(column, options_.quantiles, std::span(quantile_).subspan(to * depth, depth));
        mean_[to] = found.mean;
        sd_[to] = found.sd;
        se_[to] = found.se;
        missing_[to] = found.missing;
      }
    }
  }

  /// Takes the same replicate of the reference point off where a measure is paired.
  void pair() {
    for (MeasureVariable const& each : layout_.variables) {
      if (!each.paired_to) continue;
      auto const reference = references_.find(*each.paired_to);
      std::size_t const numbers = layout_.policies.size() * each.length;
      for (std::size_t run = 0; run < status_.size(); ++run) {
        std::size_t const r = run % replicates_;
        for (std::size_t c = each.first; c < each.first + numbers; ++c)
          values_[run * width_ + c] -=
              reference == references_.end() ? no_value_yet : reference->second[r * width_ + c];
      }
    }
  }

  SweepManifest const& manifest_;
  MeasureLayout const& layout_;
  std::filesystem::path folder_;
  SweepState const& state_;
  GatherOptions const& options_;
  std::size_t replicates_, width_, window_ = 1;
  std::map<std::int64_t, std::vector<double>> references_;
  std::set<std::size_t> seen_;  ///< blocks that were read whole
  std::vector<double> values_, mean_, sd_, se_, quantile_;
  std::vector<std::int32_t> missing_, finished_, failed_;
  std::vector<RunStatus> status_;
  SweepEnding ending_;
};

}  // namespace

SweepEnding gather(SweepManifest const& manifest, MeasureLayout const& layout, std::filesystem::path const& folder,
                   SweepState const& state, GatherOptions const& options,
                   std::function<void(PointsSlice const&)> const& take) {
  return Gathering(manifest, layout, folder, state, options).run(take);
}

}  // namespace hansa
