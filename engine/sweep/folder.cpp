/// Checks blocks against the manifest.
#include "sweep/folder.hpp"

#include <algorithm>
#include <chrono>
#include <limits>
#include <set>
#include <system_error>

#include <fmt/format.h>

#include "base/error.hpp"
#include "io/durable_file.hpp"
#include "io/sweep_block.hpp"

namespace hansa {

namespace {

namespace fs = std::filesystem;

constexpr std::string_view contradiction_prefix = "contradiction-";

/// Why a block is not the one that the manifest has; empty: it is.
std::string why_different(SweepBlock const& block, SweepManifest const& manifest, std::size_t number,
                          std::int64_t width) {
  if (block.sweep != manifest.sweep) return "is of another sweep, or another version of hansa made it";
  if (block.width != width || block.number != static_cast<std::int64_t>(number)) return "is another block";
  std::vector<PlannedCell> const planned = manifest.block(number);
  bool const same = std::equal(planned.begin(), planned.end(), block.cells.begin(), block.cells.end(),
                               [&](PlannedCell const& cell, BlockCell const& there) {
                                 std::int64_t const key = manifest.keys[static_cast<std::size_t>(cell.point)];
                                 return BlockCell{key, cell.first, cell.count} == there;
                               });
  return same ? "" : "has other runs than the manifest says";
}

bool is_sound(fs::path const& file) {
  try {
    (void)read_block(file, BlockParts::head);
    return true;
  } catch (Error const&) {
    return false;
  }
}

}  // namespace

SweepState look_at(fs::path const& folder, SweepManifest const& manifest, std::int64_t width) {
  auto const begun = std::chrono::steady_clock::now();
  SweepState state;
  state.blocks.assign(manifest.ends.size(), BlockState::missing);
  std::set<std::string> there;
  std::error_code problem;
  for (auto entry = fs::directory_iterator(folder, problem); !problem && entry != fs::directory_iterator();
       entry.increment(problem))
    there.insert(entry->path().filename().string());
  for (std::size_t k = 0; k < state.blocks.size(); ++k) {
    fs::path const file = block_path(folder, static_cast<std::int64_t>(k));
    if (there.erase(file.filename().string()) == 0) continue;
    try {
      SweepBlock const block = read_block(file, BlockParts::head);
      std::string const why = why_different(block, manifest, k, width);
      state.blocks[k] = why.empty() ? BlockState::finished : BlockState::different;
      if (!why.empty()) state.problems.push_back(fmt::format("{}: {}", file.string(), why));
      if (!why.empty()) continue;
      state.finished += block.runs();
      state.failed += static_cast<std::int64_t>(block.failed.size());
    } catch (Error const& error) {
      state.blocks[k] = BlockState::damaged;
      for (Complaint const& each : error.complaints()) state.problems.push_back(format(each));
    }
  }
  for (std::string const& name : there) {
    bool const block = name.starts_with("block-") && name.ends_with(".h5");
    if (block || name.starts_with(contradiction_prefix)) state.strays.push_back((folder / name).string());
  }
  state.missing_blocks = std::count(state.blocks.begin(), state.blocks.end(), BlockState::missing);
  state.workers = count_workers(folder);
  state.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - begun).count();
  return state;
}

double seconds_left(fs::path const& folder, SweepManifest const& manifest, SweepState const& state) {
  constexpr std::chrono::minutes looked_at{10};
  using FileTime = fs::file_time_type;
  FileTime const now = FileTime::clock::now();
  FileTime first = now;
  std::int64_t runs = 0, of_first = 0;  // those of the first block were begun before it
  for (std::size_t k = 0; k < state.blocks.size(); ++k) {
    if (state.blocks[k] != BlockState::finished) continue;
    std::error_code problem;
    FileTime const written = fs::last_write_time(block_path(folder, static_cast<std::int64_t>(k)), problem);
    if (problem || now - written > looked_at) continue;
    std::int64_t of_block = 0;
    for (PlannedCell const& each : manifest.block(k)) of_block += each.count;
    runs += of_block;
    if (written >= first && of_first > 0) continue;
    first = std::min(first, written);
    of_first = of_block;
  }
  double const seconds = std::chrono::duration<double>(now - first).count();
  double const rate = seconds > 0 ? static_cast<double>(runs - of_first) / seconds : 0;
  if (rate <= 0) return std::numeric_limits<double>::quiet_NaN();
  return static_cast<double>(manifest.runs() - state.finished) / rate;
}

fs::path contradiction_path(fs::path const& folder, std::int64_t number) {
  return folder / fmt::format("{}{:06}-{}.h5", contradiction_prefix, number, writer_name());
}

void put_aside(fs::path const& file) {
  if (is_sound(file)) return;
  std::error_code problem;
  fs::path aside = fs::path(file).concat(".damaged");
  if (fs::exists(aside, problem)) aside = fs::path(file).concat("." + writer_name() + ".damaged");
  fs::rename(file, aside, problem);
  if (problem == std::errc::no_such_file_or_directory) return;
  if (problem)
    throw Error(Complaint{"cannot be put aside: " + problem.message(), {file.string(), 0, 0}, "remove it"},
                Fault::failure);
  if (!is_sound(aside)) return;
  // Another process was faster, and this is the block that it made: equal blocks have equal bytes.
  fs::create_hard_link(aside, file, problem);
  if (!problem || problem == std::errc::file_exists) fs::remove(aside, problem);
}

}  // namespace hansa
