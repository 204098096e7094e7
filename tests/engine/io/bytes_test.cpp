/// Tests of io/bytes: what is read whole, and what counts as text.
#include "io/bytes.hpp"

#include <fstream>
#include <string>

#include <doctest/doctest.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "support/result_samples.hpp"

using namespace hansa;
using namespace std::string_literals;

namespace {

namespace fs = std::filesystem;
using test::Scratch;

std::string refusal(fs::path const& file, std::uintmax_t most = 100) {
  try {
    (void)read_bytes(file, most, {"s.yaml", 3, 7});
  } catch (Error const& error) {
    CHECK(error.fault() == Fault::input);
    std::string const text = error.what();
    std::string const name = "'" + file.string() + "'";
    std::size_t const at = text.find(name);
    return at == std::string::npos ? text : text.substr(0, at) + "FILE" + text.substr(at + name.size());
  }
  return "read";
}

}  // namespace

TEST_CASE("a file is read whole, up to its bound") {
  Scratch const scratch;
  std::string const bytes = "a\0\r\n\xFFz"s;
  std::ofstream(scratch / "a", std::ios::binary) << bytes;
  CHECK(read_bytes(scratch / "a", 6, {}) == bytes);
  CHECK(refusal(scratch / "a", 5) == "s.yaml:3:7: FILE cannot be read: it has 6 bytes, at most 5 are read");
  std::ofstream(scratch / "empty").flush();
  CHECK(read_bytes(scratch / "empty", 0, {}).empty());
  fs::create_symlink("a", scratch / "link");
  CHECK(read_bytes(scratch / "link", 6, {}) == bytes);
}

TEST_CASE("what is no regular file is refused at once, with the place that names it") {
  Scratch const scratch;
  REQUIRE(mkfifo((scratch / "pipe").c_str(), 0600) == 0);
  fs::create_symlink("pipe", scratch / "to_pipe");
  fs::create_symlink("b", scratch / "a");
  fs::create_symlink("a", scratch / "b");
  CHECK(refusal(scratch / "none") == "s.yaml:3:7: FILE cannot be read: there is no such file");
  CHECK(refusal(scratch / ".") == "s.yaml:3:7: FILE cannot be read: it is a folder");
  CHECK(refusal(scratch / "pipe") == "s.yaml:3:7: FILE cannot be read: it is not a regular file");
  CHECK(refusal(scratch / "to_pipe") == "s.yaml:3:7: FILE cannot be read: it is not a regular file");
  CHECK(refusal("/dev/zero") == "s.yaml:3:7: FILE cannot be read: it is not a regular file");
  CHECK(refusal(scratch / "a") == "s.yaml:3:7: FILE cannot be read: Too many levels of symbolic links");
  CHECK(refusal(scratch / std::string(300, 'x')) == "s.yaml:3:7: FILE cannot be read: File name too long");
  CHECK(refusal("") == "s.yaml:3:7: FILE cannot be read: there is no such file");
  std::ofstream(scratch / "file") << "x";
  CHECK(refusal(scratch / "file" / "inside") == "s.yaml:3:7: FILE cannot be read: there is no such file");
}

TEST_CASE("the file that may be meant is named") {
  Scratch const scratch;
  fs::create_directories(scratch / "data");
  std::ofstream(scratch / "data" / "cities.csv") << "id";
  fs::create_directories(scratch / "data" / "citys.csw");
  std::string const absent = "s.yaml:3:7: FILE cannot be read: there is no such file, ";
  std::string const meant = "did you mean '" + (scratch / "data" / "cities.csv").string() + "'?";
  CHECK(refusal(scratch / "data" / "citis.csv") == absent + meant);
  CHECK(refusal(scratch / "dta" / "Cities.csv") == absent + meant);
  CHECK(refusal(scratch / "data\\cities.csv") == absent + "'/' was expected between folders; " + meant);
  CHECK(refusal(scratch / "data\\others.txt") == absent + "'/' was expected between folders");
  CHECK(refusal(scratch / "data" / "networks.csv") == "s.yaml:3:7: FILE cannot be read: there is no such file");
  CHECK(refusal(scratch / "data" / "citys.cs") == absent + meant);  // no folder is meant
}

TEST_CASE("a file that its owner may not read says why") {
  Scratch const scratch;
  std::ofstream(scratch / "closed") << "x";
  fs::permissions(scratch / "closed", fs::perms::none);
  if (geteuid() == 0) {
    CHECK(refusal(scratch / "closed") == "read");  // root reads everything
  } else {
    CHECK(refusal(scratch / "closed") == "s.yaml:3:7: FILE cannot be read: Permission denied");
  }
}

TEST_CASE("the first byte that is not UTF-8 is found") {
  CHECK(find_invalid_utf8("") == std::string_view::npos);
  CHECK(find_invalid_utf8("Bogotá 日本 \xF0\x9F\x8F\x99") == std::string_view::npos);
  CHECK(find_invalid_utf8("a\0b"s) == std::string_view::npos);
  CHECK(find_invalid_utf8("\xC2\x80 \xDF\xBF \xE0\xA0\x80 \xED\x9F\xBF \xEF\xBF\xBF \xF4\x8F\xBF\xBF") ==
        std::string_view::npos);
  CHECK(find_invalid_utf8("ab\x80") == 2);
  for (char const* const bad : {"\xC0\x80", "\xC1\xBF", "\xE0\x9F\xBF", "\xED\xA0\x80", "\xF0\x8F\xBF\xBF",
                                "\xF4\x90\x80\x80", "\xF5\x80\x80\x80", "\xFF", "\xE2\x82", "\xC3", "\xC3("}) {
    CAPTURE(bad);
    CHECK(find_invalid_utf8("é"s + bad) == 2);
  }
}

TEST_CASE("UTF-16 is known by its mark or its zeros") {
  CHECK(is_utf16("\xFF\xFEx\0"s));
  CHECK(is_utf16("\xFE\xFF\0x"s));
  CHECK(is_utf16("i\0d\0"s));
  CHECK(is_utf16("\0i\0d"s));
  CHECK_FALSE(is_utf16(""));
  CHECK_FALSE(is_utf16("id,name"));
  CHECK_FALSE(is_utf16("a\0bc"s));
  CHECK_FALSE(is_utf16("\0\0\0\0"s));
}

TEST_CASE("the mark of UTF-8 is left out, once") {
  CHECK(without_mark("\xEF\xBB\xBFid") == "id");
  CHECK(without_mark("\xEF\xBB\xBF\xEF\xBB\xBFid") == "\xEF\xBB\xBFid");
  CHECK(without_mark("\xEF\xBBid") == "\xEF\xBBid");
  CHECK(without_mark("").empty());
}

TEST_CASE("characters are counted, not bytes") {
  CHECK(count_characters("") == 0);
  CHECK(count_characters("Bogotá") == 6);
  CHECK(count_characters("Bogota\xCC\x81") == 7);
  CHECK(count_characters("日本\xF0\x9F\x8F\x99") == 3);
}
