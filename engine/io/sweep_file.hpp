/// The file of a sweep: every parameter and measure along a dimension `design`, written points after points.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "io/part_file.hpp"
#include "io/result_attributes.hpp"
#include "io/sweep_manifest.hpp"
#include "io/virtual_blocks.hpp"
#include "measures/measure_layout.hpp"

namespace hansa {

/// Values of single replicates: of measures that are single numbers or groups, and of whole series too.
enum class EachReplicate { none, numbers, all };

/// What the file is laid out from. References outlive it.
struct SweepFileShape {
  PointTable const& points;
  MeasureLayout const& layout;
  std::vector<std::string> const& seeds;  ///< per point; empty: one for all
  std::int64_t replicates = 0;            ///< of each point
  std::vector<double> quantiles;          ///< per cent
  std::string time_unit;
  EachReplicate each = EachReplicate::numbers;
  /// Blocks that have the values of single replicates, which the file then refers to instead of holding them; but for
  /// those of paired measures, which no block has.
  std::vector<VirtualBlock> blocks = {};
};

enum class RunStatus : std::uint8_t { missing, finished, failed };

/// Points [first, first + count) with what their runs came to. Rows of W = layout.width numbers.
struct PointsSlice {
  std::size_t first = 0, count = 0;
  std::span<double const> values;                  ///< count × replicates × W; missing and failed: NaN
  std::span<RunStatus const> status;               ///< count × replicates
  std::span<double const> mean, sd, se;            ///< count × W
  std::span<std::int32_t const> missing;           ///< count × W: finished replicates without the measure
  std::span<double const> quantile;                ///< count × W × quantiles
  std::span<std::int32_t const> finished, failed;  ///< count: replicates
};

struct SweepFailure {
  std::int32_t point = 0, replicate = 0;
  std::string seed;
  std::string why;
};

/// What is known when all points are written.
struct SweepEnding {
  std::vector<SweepFailure> failures;  ///< the first ones, in order of points
  std::int64_t runs = 0;               ///< asked for
  std::int64_t finished = 0;           ///< failed ones included
  std::int64_t failed = 0;
};

/// One file being written. Errors as PartFile and NetcdfFile. Not thread safe.
class SweepFile {
 public:
  SweepFile(std::filesystem::path file, Overwrite overwrite, SweepFileShape const& shape, Origin const& origin,
            std::vector<std::pair<std::string, std::string>> const& attributes);
  ~SweepFile();  ///< what was not finished is removed
  SweepFile(SweepFile const&) = delete;
  SweepFile& operator=(SweepFile const&) = delete;

  /// Slices in order, without gaps.
  void write(PointsSlice const& slice);
  /// Seals the file and gives it its name.
  void finish(SweepEnding const& ending);

 private:
  struct Open;
  std::unique_ptr<Open> open_;
};

/// The attribute of a sweep's file (FILE, or empty if it is none) that names the sweep.
[[nodiscard]] std::string sweep_named_in(std::filesystem::path const& file);

}  // namespace hansa
