/// Tests of io/sweep_block and io/sweep_manifest: what is written is read, and nothing that was damaged.
#include "io/sweep_block.hpp"

#include <cmath>
#include <cstdlib>
#include <filesystem>
#include <limits>

#include <doctest/doctest.h>

#include "files.hpp"
#include "io/sweep_manifest.hpp"

using namespace hansa;

namespace {

struct BlockFolder {
  std::filesystem::path path;
  BlockFolder() {
    std::string name = (std::filesystem::temp_directory_path() / "hansa-XXXXXX").string();
    REQUIRE(mkdtemp(name.data()) != nullptr);
    path = name;
  }
  ~BlockFolder() { std::filesystem::remove_all(path); }
  BlockFolder(BlockFolder const&) = delete;
  BlockFolder& operator=(BlockFolder const&) = delete;
};

SweepBlock some_block() {
  SweepBlock block;
  block.sweep = "0123";
  block.number = 7;
  block.width = 2;
  block.cells = {{-5, 0, 2}, {6, 3, 1}};
  block.failed = {{1, "|eta| > 80"}};
  block.values = {1.5, 2, std::numeric_limits<double>::quiet_NaN(), 4, 0.1, -6};
  return block;
}

SweepManifest some_manifest() {
  SweepManifest manifest;
  manifest.sweep = "0123";
  manifest.common = {{"seed", "7"}, {"scenario s", "a: 1\n"}};
  manifest.told = {{"title", "Städte"}};
  manifest.layout.policies = {"led", "brt"};
  manifest.layout.axes = {{MeasureAxis::Of::time, "time", {"2000", "2001"}}};
  manifest.layout.variables = {{"final_share", "share", "1", {}, 1, 0, {}}, {"adopters", "number", "1", 0, 2, 2, 1}};
  manifest.layout.width = 6;
  manifest.replicates = 4;
  manifest.points = {{"s", "t"}, {0, 1}, {{"a.b", {1, 0.25}, {}}, {"c", {}, {"x", "y"}}}};
  manifest.keys = {11, -12};
  manifest.seeds = {"1", "2"};
  manifest.cells = {{0, 0, 3}, {1, 0, 4}, {0, 3, 1}};
  manifest.ends = {1, 3};
  return manifest;
}

}  // namespace

TEST_CASE("a block is read as it was written, and equal blocks have equal bytes") {
  BlockFolder const folder;
  auto const file = folder.path / "b.h5";
  SweepBlock const block = some_block();
  std::string const bytes = block_image(block);
  CHECK(bytes == block_image(block));
  test::write_bytes(file, bytes);
  SweepBlock const read = read_block(file, BlockParts::all);
  CHECK(read.sweep == block.sweep);
  CHECK(read.number == 7);
  CHECK(read.width == 2);
  CHECK(read.cells == block.cells);
  CHECK(read.failed == block.failed);
  REQUIRE(read.values.size() == 6);
  CHECK(std::isnan(read.values[2]));
  CHECK(read.values[4] == 0.1);
  CHECK(read.runs() == 3);
  CHECK(read_block(file, BlockParts::head).values.empty());
  SweepBlock empty = block;
  empty.failed.clear();
  test::write_bytes(file, block_image(empty));
  CHECK(read_block(file, BlockParts::all).failed.empty());
}

TEST_CASE("a block that was cut off, or has a flipped bit anywhere, is refused") {
  BlockFolder const folder;
  auto const file = folder.path / "b.h5";
  std::string const bytes = block_image(some_block());
  for (std::size_t length = 0; length < bytes.size(); length += 97) {
    test::write_bytes(file, bytes.substr(0, length));
    CHECK(test::error_of([&] { (void)read_block(file, BlockParts::head); }) != "");
  }
  for (std::size_t at = 0; at < bytes.size(); at += 61) {
    std::string flipped = bytes;
    flipped[at] = static_cast<char>(flipped[at] ^ 4);
    test::write_bytes(file, flipped);
    CHECK(test::error_of([&] { (void)read_block(file, BlockParts::head); }) != "");
  }
}

TEST_CASE("a manifest is read as it was written, and the newest is found") {
  BlockFolder const folder;
  SweepManifest const manifest = some_manifest();
  CHECK(newest_manifest(folder.path) == 0);
  CHECK(write_manifest(manifest, folder.path, 1) == PlacedFile::new_file);
  CHECK(write_manifest(manifest, folder.path, 1) == PlacedFile::same);
  CHECK(read_manifest(folder.path, 1) == manifest);
  SweepManifest longer = manifest;
  longer.seeds.clear();
  CHECK(write_manifest(longer, folder.path, 1) == PlacedFile::different);
  CHECK(write_manifest(longer, folder.path, 12) == PlacedFile::new_file);
  CHECK(newest_manifest(folder.path) == 12);
  CHECK(read_manifest(folder.path, 12) == longer);
  CHECK(manifest.block(1) == std::vector<PlannedCell>{{1, 0, 4}, {0, 3, 1}});
  CHECK(test::error_of([&] { (void)read_manifest(folder.path, 3); }) != "");
  longer.cells[0].count = 5;  // more replicates than there are
  CHECK(write_manifest(longer, folder.path, 13) == PlacedFile::new_file);
  CHECK(test::error_of([&] { (void)read_manifest(folder.path, 13); }).find("runs that it does not have") !=
        std::string::npos);
}
