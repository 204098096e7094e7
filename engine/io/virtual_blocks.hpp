/// The blocks to which a gathered file refers instead of copying them: which ones, whether they are still what they
/// were.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "io/netcdf.hpp"
#include "io/sweep_manifest.hpp"

namespace hansa {

/// A finished block.
struct VirtualBlock {
  std::string file;  ///< relative to the folder of the gathered file
  std::string seal;  ///< read_seal() of it
  std::vector<PlannedCell> cells;
};

/// Readers keep every block open that they have read from, and most systems let a process open 1024 files: HDF5 takes
/// what it cannot open for missing, without a word.
inline constexpr std::size_t most_virtual_blocks = 500;
/// Each costs readers some 40 KB for every variable that they open.
inline constexpr std::size_t most_virtual_parts = 4000;

enum class Masses { refused, accepted };

/// Finished blocks of the folder as a file at `gathered` would refer to them. Errors (Fault::input): there are more
/// than readers can be asked to open (Masses::refused); one is not sound.
[[nodiscard]] std::vector<VirtualBlock> virtual_blocks(std::filesystem::path const& gathered,
                                                       std::filesystem::path const& folder,
                                                       SweepManifest const& manifest,
                                                       std::vector<std::int64_t> const& finished, Masses masses);

/// Parts of a variable (design × replicate × …) that are `columns` numbers of each run from `column` on, of `width`.
[[nodiscard]] std::vector<VirtualPart> virtual_parts(std::vector<VirtualBlock> const& blocks, std::size_t width,
                                                     std::size_t column, std::size_t columns);

/// Variables `block_file` and `block_seal` along a dimension `block`.
void write_virtual_blocks(NetcdfFile& file, std::vector<VirtualBlock> const& blocks);

/// Blocks that an open file refers to, without their cells; none where it has everything.
[[nodiscard]] std::vector<VirtualBlock> referred_blocks(hid_t root);

/// Reads them all. Error (Fault::input): one is not there, or is not what it was when the file at `path` was gathered.
void check_virtual_blocks(std::filesystem::path const& path, std::vector<VirtualBlock> const& blocks);

}  // namespace hansa
