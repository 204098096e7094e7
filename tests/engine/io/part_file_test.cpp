/// Tests of files that take their name when they are complete.
#include "io/part_file.hpp"

#include <fstream>
#include <iterator>
#include <limits>
#include <string>

#include <doctest/doctest.h>
#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/error.hpp"
#include "engine/io/files.hpp"
#include "support/result_samples.hpp"

namespace {

namespace fs = std::filesystem;
using hansa::Overwrite;
using hansa::PartFile;
using hansa::test::bytes_of;
using hansa::test::error_of;
using hansa::test::Scratch;

/// Blocks of 512 bytes that a file takes from the disk.
blkcnt_t blocks_of(fs::path const& file) {
  struct stat kind = {};
  REQUIRE(stat(file.c_str(), &kind) == 0);
  return kind.st_blocks;
}

TEST_CASE("what was written takes its name on commit, and nothing does without") {
  Scratch const scratch;
  {
    PartFile part(scratch / "a", Overwrite::no);
    std::ofstream(part.part()) << "first";
    CHECK_FALSE(fs::exists(scratch / "a"));
    part.commit();
  }
  CHECK(bytes_of(scratch / "a") == "first");
  CHECK_FALSE(fs::exists(scratch / "a.part"));
  {
    PartFile part(scratch / "a", Overwrite::yes);
    std::ofstream(part.part()) << "second";
  }
  CHECK(bytes_of(scratch / "a") == "first");
  CHECK(bytes_of(scratch / "a.part") == "second");
  PartFile part(scratch / "a", Overwrite::yes);
  CHECK(bytes_of(part.part()).empty());
  std::ofstream(part.part()) << "third";
  part.commit();
  CHECK(bytes_of(scratch / "a") == "third");
}

TEST_CASE("only ordinary files are replaced: no pipes, no links wherever they lead") {
  Scratch const scratch;
  REQUIRE(mkfifo((scratch / "pipe").c_str(), 0600) == 0);
  std::ofstream(scratch / "data") << "data";
  fs::create_symlink("data", scratch / "to_data");
  fs::create_symlink("pipe", scratch / "to_pipe");
  fs::create_symlink("nothing", scratch / "to_nothing");
  for (Overwrite const overwrite : {Overwrite::no, Overwrite::yes}) {
    for (char const* const name : {"pipe", "to_data", "to_pipe", "to_nothing"}) {
      CAPTURE(name);
      bool const link = std::string(name) != "pipe";
      std::string const told = error_of([&] { PartFile part(scratch / name, overwrite); });
      CHECK(told.find(link ? "is a symbolic link" : "is not an ordinary file") != std::string::npos);
      CHECK(fs::is_symlink(scratch / name) == link);
      CHECK_FALSE(fs::exists(fs::path(scratch / name).concat(".part")));
    }
  }
  CHECK(fs::is_fifo(scratch / "pipe"));
  CHECK(bytes_of(scratch / "data") == "data");
  try {
    PartFile part(scratch / "pipe", Overwrite::yes);
  } catch (hansa::Error const& error) {
    CHECK(error.fault() == hansa::Fault::input);
  }
}

TEST_CASE("a .part that another process holds is left alone, one that nobody holds is replaced") {
  Scratch const scratch;
  std::ofstream(scratch / "a.part") << "being written";
  int const other = open((scratch / "a.part").c_str(), O_RDWR);
  REQUIRE(flock(other, LOCK_EX | LOCK_NB) == 0);
  std::string const refused = error_of([&] { PartFile part(scratch / "a", Overwrite::no); });
  CHECK(refused.find("a.part: is being written by another run") != std::string::npos);
  CHECK(bytes_of(scratch / "a.part") == "being written");
  close(other);
  {
    PartFile part(scratch / "a", Overwrite::no);
    CHECK(bytes_of(scratch / "a.part").empty());
    CHECK(error_of([&] { PartFile second(scratch / "a", Overwrite::no); }) == refused);
    part.discard();
  }
  CHECK(fs::is_empty(scratch / "."));
}

TEST_CASE("an old .part is not emptied under a process that still has it open") {
  Scratch const scratch;
  std::ofstream(scratch / "a.part") << "old";
  std::ifstream old(scratch / "a.part");
  PartFile part(scratch / "a", Overwrite::no);
  std::ofstream(part.part()) << "new";
  std::string word;
  old >> word;
  CHECK(word == "old");
}

TEST_CASE("a name that exists is the user's mistake; one that appears meanwhile is never replaced") {
  Scratch const scratch;
  PartFile part(scratch / "a", Overwrite::no);
  std::ofstream(part.part()) << "mine";
  std::ofstream(scratch / "a") << "theirs";
  CHECK(error_of([&] { part.commit(); }).find("appeared during the run") != std::string::npos);
  CHECK(bytes_of(scratch / "a") == "theirs");
  CHECK(bytes_of(scratch / "a.part") == "mine");
  try {
    PartFile late(scratch / "a", Overwrite::no);
    FAIL("it exists");
  } catch (hansa::Error const& error) {
    CHECK(error.fault() == hansa::Fault::input);
    CHECK(std::string(error.what()).find("a: exists, --force replaces it") != std::string::npos);
  }
}

TEST_CASE("what cannot be a file or a folder is named") {
  Scratch const scratch;
  std::ofstream(scratch / "plain") << "x";
  fs::create_directory(scratch / "folder");
  fs::create_directory(scratch / "b.part");
  fs::create_symlink(scratch / "none" / "c", scratch / "c.part");
  auto const refused = [](fs::path const& file) { return error_of([&] { PartFile part(file, Overwrite::yes); }); };
  CHECK(refused(scratch / "none" / "a").find("none' does not exist") != std::string::npos);
  CHECK(refused(scratch / "plain" / "a").find("plain' is not a folder") != std::string::npos);
  CHECK(refused(scratch / "folder").find("folder: is a folder") != std::string::npos);
  CHECK(refused(scratch / "b").find("b.part: cannot create the file: Is a directory") != std::string::npos);
  CHECK(refused(scratch / "c").find("c.part: cannot be replaced") != std::string::npos);
  CHECK(refused("").find("names no file") != std::string::npos);
  CHECK(refused(scratch / std::string(300, 'x')).find("File name too long") != std::string::npos);
}

TEST_CASE("reserving more than the disk has fails before anything is written, and what fits leaves no trace") {
  Scratch const scratch;
  PartFile part(scratch / "a", Overwrite::no);
  std::ofstream(part.part()) << "content";
  auto const disk = fs::space(scratch / ".");
  std::string const said = error_of([&] { part.reserve(7, disk.capacity * 2); });
  CHECK(said.find("a.part: cannot write: ") != std::string::npos);
  CHECK(blocks_of(scratch / "a.part") <= 256);
  part.reserve(7, 1u << 16);
  CHECK(fs::file_size(scratch / "a.part") == 7);
  part.commit();
  CHECK(bytes_of(scratch / "a") == "content");
}

}  // namespace
