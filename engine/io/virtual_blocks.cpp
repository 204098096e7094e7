/// Refers to blocks, and looks after them.
#include "io/virtual_blocks.hpp"

#include <system_error>
#include <utility>

#include <fmt/format.h>

#include "base/error.hpp"
#include "io/hdf5_read.hpp"
#include "io/seal.hpp"

namespace hansa {

namespace {

constexpr std::size_t most_boxes = 512;  // selections are put together in a time that grows with their square

std::filesystem::path place_of(std::filesystem::path const& path) {
  std::error_code none;
  return std::filesystem::weakly_canonical(std::filesystem::absolute(path, none), none);
}

hsize_t runs_of(VirtualBlock const& block) {
  hsize_t runs = 0;
  for (PlannedCell const& each : block.cells) runs += static_cast<hsize_t>(each.count);
  return runs;
}

/// Cells in ascending order, as far as they are, so many at a time.
std::vector<std::vector<VirtualBox>> ascending(VirtualBlock const& block) {
  std::vector<std::vector<VirtualBox>> parts;
  for (PlannedCell const& cell : block.cells) {
    VirtualBox const box{static_cast<hsize_t>(cell.point), static_cast<hsize_t>(cell.first),
                         static_cast<hsize_t>(cell.count)};
    bool const begins =
        parts.empty() || parts.back().size() == most_boxes ||
        std::pair(parts.back().back().first, parts.back().back().second) > std::pair(box.first, box.second);
    if (begins) parts.emplace_back();
    parts.back().push_back(box);
  }
  return parts;
}

void require_few(std::size_t count, std::size_t most, char const* what, std::filesystem::path const& folder) {
  require(count <= most, fmt::format("has {} {}, and a virtual file refers to at most {}", count, what, most),
          {folder.string()},
          "without --virtual one file has everything; --yes refers to all, and readers then need that many open files, "
          "or take what they cannot open for missing without a word");
}

}  // namespace

std::vector<VirtualBlock> virtual_blocks(std::filesystem::path const& gathered, std::filesystem::path const& folder,
                                         SweepManifest const& manifest, std::vector<std::int64_t> const& finished,
                                         Masses masses) {
  if (masses == Masses::refused) require_few(finished.size(), most_virtual_blocks, "finished blocks", folder);
  std::filesystem::path const from = place_of(gathered).parent_path();
  std::vector<VirtualBlock> blocks;
  std::size_t parts = 0;
  for (std::int64_t const each : finished) {
    std::filesystem::path const file = block_path(folder, each);
    blocks.push_back({place_of(file).lexically_relative(from).string(), read_seal(file),
                      manifest.block(static_cast<std::size_t>(each))});
    parts += ascending(blocks.back()).size();
  }
  if (masses == Masses::refused) require_few(parts, most_virtual_parts, "stretches of points in its blocks", folder);
  return blocks;
}

std::vector<VirtualPart> virtual_parts(std::vector<VirtualBlock> const& blocks, std::size_t width, std::size_t column,
                                       std::size_t columns) {
  std::vector<VirtualPart> parts;
  for (VirtualBlock const& block : blocks) {
    hsize_t row = 0;
    for (std::vector<VirtualBox>& boxes : ascending(block)) {
      VirtualPart& made = parts.emplace_back();
      made = {block.file, "value", runs_of(block), width, row, column, columns, std::move(boxes)};
      for (VirtualBox const& each : made.boxes) row += each.count;
    }
  }
  return parts;
}

void write_virtual_blocks(NetcdfFile& file, std::vector<VirtualBlock> const& blocks) {
  std::vector<std::string> files, seals;
  for (VirtualBlock const& each : blocks) {
    files.push_back(each.file);
    seals.push_back(each.seal);
  }
  file.dimension("block", blocks.size());
  H5Dataset const names = file.texts("block_file", {"block"}, files);
  h5_set_text(names.id(), "long_name", "files that have the single replicates, relative to this one");
  H5Dataset const sums = file.texts("block_seal", {"block"}, seals);
  h5_set_text(sums.id(), "long_name", "checksum and bytes of each");
}

std::vector<VirtualBlock> referred_blocks(hid_t root) {
  if (!h5_has(root, "block_file")) return {};
  std::vector<std::string> const files = h5_read_texts({root, "block_file"});
  std::vector<std::string> const seals = h5_read_texts({root, "block_seal"});
  if (files.size() != seals.size()) h5_refuse("does not have a checksum of each block that it refers to");
  std::vector<VirtualBlock> blocks;
  for (std::size_t k = 0; k < files.size(); ++k) blocks.push_back({files[k], seals[k], {}});
  return blocks;
}

void check_virtual_blocks(std::filesystem::path const& path, std::vector<VirtualBlock> const& blocks) {
  std::filesystem::path const folder = place_of(path).parent_path();
  constexpr char const* mend =
      "the folder of the sweep was expected where it was beside the file; hansa sweep gather "
      "makes the file anew, without --virtual with everything in it";
  for (VirtualBlock const& each : blocks) {
    std::error_code none;
    bool const there = std::filesystem::exists(folder / each.file, none);
    require(there, fmt::format("refers to the block '{}', which is not there", each.file), {path.string()}, mend);
    bool const same = read_seal(folder / each.file) == each.seal;
    require(same, fmt::format("refers to the block '{}', which has changed since", each.file), {path.string()}, mend);
  }
}

}  // namespace hansa
