/// Tests of io/durable_file: names that are taken stay, and nothing half is left.
#include "io/durable_file.hpp"

#include <cstdlib>
#include <filesystem>
#include <fstream>

#include <doctest/doctest.h>

#include "files.hpp"

using namespace hansa;

namespace {

struct EmptyFolder {
  std::filesystem::path path;
  EmptyFolder() {
    std::string name = (std::filesystem::temp_directory_path() / "hansa-XXXXXX").string();
    REQUIRE(mkdtemp(name.data()) != nullptr);
    path = name;
  }
  ~EmptyFolder() { std::filesystem::remove_all(path); }
  EmptyFolder(EmptyFolder const&) = delete;
  EmptyFolder& operator=(EmptyFolder const&) = delete;
  [[nodiscard]] std::ptrdiff_t files() const {
    return std::distance(std::filesystem::directory_iterator(path), std::filesystem::directory_iterator());
  }
};

}  // namespace

TEST_CASE("a file is placed once, and never replaced") {
  EmptyFolder const folder;
  auto const file = folder.path / "a.h5";
  CHECK(place_file(file, "bytes") == PlacedFile::new_file);
  CHECK(place_file(file, "bytes") == PlacedFile::same);
  CHECK(place_file(file, "others") == PlacedFile::different);
  CHECK(place_file(file, "") == PlacedFile::different);
  CHECK(test::bytes_of(file) == "bytes");
  CHECK(folder.files() == 1);
  CHECK(test::error_of([&] { (void)place_file(folder.path / "none" / "a", "bytes"); }).find("cannot create") !=
        std::string::npos);
}

TEST_CASE("marks count who is at work, and what the dead left is removed") {
  EmptyFolder const folder;
  {
    WorkMark const mark(folder.path);
    CHECK(count_workers(folder.path) == 1);
    CHECK(remove_stale(folder.path) == 0);
  }
  CHECK(count_workers(folder.path) == 0);
  std::string const mine = writer_name();
  std::string const host = mine.substr(0, mine.find('.'));
  test::write_bytes(folder.path / ("b.h5." + host + ".999999999.00.part"), "half");
  test::write_bytes(folder.path / ("at-work." + host + ".999999999.00"), "");
  test::write_bytes(folder.path / "b.h5.elsewhere.7.00.part", "half");
  test::write_bytes(folder.path / "at-work.elsewhere.7.00", "");
  test::write_bytes(folder.path / ("b.h5." + mine + ".part"), "half");
  test::write_bytes(folder.path / "mine.part", "not ours");
  CHECK(count_workers(folder.path) == 1);  // elsewhere, a moment ago
  CHECK(remove_stale(folder.path) == 2);
  CHECK(folder.files() == 4);
  CHECK(remove_stale(folder.path, std::chrono::seconds(-1)) == 2);
  CHECK(folder.files() == 2);
}
