/// A block of a sweep: runs of some points of its design and what was measured in each, as one small file.
///
/// HDF5 that is also netCDF-4, made in memory and sealed. Equal blocks have equal bytes: nothing in them tells when or
/// where they were made.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace hansa {

/// Replicates [first, first + count) of one point.
struct BlockCell {
  std::int64_t key = 0;  ///< of the point: a hash of what it sets
  std::int32_t first = 0, count = 0;
  bool operator==(BlockCell const&) const = default;
};

struct FailedRun {
  std::int64_t run = 0;  ///< position among the runs of the block
  std::string why;
  bool operator==(FailedRun const&) const = default;
};

struct SweepBlock {
  std::string sweep;  ///< SHA-256 of what all points of the sweep have in common, versions included
  std::int64_t number = 0;
  std::int64_t width = 0;  ///< numbers of a run
  std::vector<BlockCell> cells;
  std::vector<FailedRun> failed;  ///< ascending
  std::vector<double> values;     ///< runs × width, cell after cell; missing: NaN
  [[nodiscard]] std::int64_t runs() const noexcept;
};

/// Bytes of the file. Not thread safe: HDF5 is not.
[[nodiscard]] std::string block_image(SweepBlock const& block);

/// All of a block, or all but its values. Errors (Fault::input): no block, cut off, damaged, lengths that do not fit.
enum class BlockParts { head, all };
[[nodiscard]] SweepBlock read_block(std::filesystem::path const& file, BlockParts parts);

/// The head of a block that was read before, and of its values the rows [first, first + count) alone; the seal is not
/// looked at again. Errors as read_block(), and where it has fewer rows.
[[nodiscard]] SweepBlock reread_block(std::filesystem::path const& file, std::size_t first, std::size_t count);

}  // namespace hansa
