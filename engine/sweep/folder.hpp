/// The folder of a sweep: its manifests and blocks, and what of them can be trusted.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "io/sweep_manifest.hpp"

namespace hansa {

enum class BlockState : std::uint8_t {
  missing,
  finished,
  damaged,   ///< cut off, or other bytes than were sealed
  different  ///< sound, but of another sweep or version, or with other runs than the manifest says
};

/// What lies in a folder, against the manifest.
struct SweepState {
  std::vector<BlockState> blocks;     ///< per block of the manifest
  std::vector<std::string> problems;  ///< files that are damaged or different, with why
  std::vector<std::string> strays;    ///< blocks that no manifest has, and contradicting ones that were put aside
  std::int64_t finished = 0;          ///< runs in finished blocks
  std::int64_t failed = 0;            ///< of these
  std::int64_t missing_blocks = 0;
  std::size_t workers = 0;  ///< processes that are at work there
  double seconds = 0;       ///< that it took to look
};

/// Reads every block's seal and head. Cost: about a millisecond a block, and reading the bytes.
[[nodiscard]] SweepState look_at(std::filesystem::path const& folder, SweepManifest const& manifest,
                                 std::int64_t width);

/// Seconds until the runs that are missing are finished, if that goes on as in the last ten minutes, by the times at
/// which blocks were written; NaN if nothing was.
[[nodiscard]] double seconds_left(std::filesystem::path const& folder, SweepManifest const& manifest,
                                  SweepState const& state);

/// Where a block with other numbers than one that is there is put aside: FOLDER/contradiction-….
[[nodiscard]] std::filesystem::path contradiction_path(std::filesystem::path const& folder, std::int64_t number);

/// Moves a block that cannot be read out of the way, as FILE.damaged, or FILE.HOST.PID.RANDOM.damaged where there is
/// one already. Any number of processes may do so at once: one that is sound, as another process has made it again,
/// stays, and one that is gone is no mistake. Error (Fault::failure): it cannot be moved.
void put_aside(std::filesystem::path const& file);

}  // namespace hansa
