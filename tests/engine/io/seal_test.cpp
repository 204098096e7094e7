/// Tests of io/seal: a line after the last byte, by which every change shows.
#include "io/seal.hpp"

#include <fstream>
#include <iterator>
#include <string>

#include <doctest/doctest.h>

#include "base/error.hpp"
#include "engine/io/files.hpp"
#include "support/result_samples.hpp"

using namespace hansa;

namespace {

namespace fs = std::filesystem;
using hansa::test::bytes_of;
using hansa::test::write_bytes;

}  // namespace

TEST_CASE("the seal is the CRC-32 and the size of what stands before it") {
  test::Scratch const scratch;
  write_bytes(scratch / "a", "123456789");  // its CRC-32 is the check value of the catalogues
  CHECK(check_seal(scratch / "a") == Seal::none);
  append_seal(scratch / "a");
  CHECK(bytes_of(scratch / "a") == "123456789\nhansa-seal crc32=cbf43926 size=0000000000000009\n");
  CHECK(bytes_of(scratch / "a").size() == 9 + seal_bytes);
  CHECK(check_seal(scratch / "a") == Seal::sound);
}

TEST_CASE("files longer than the buffer, and empty ones, are sealed whole") {
  test::Scratch const scratch;
  for (std::size_t const size : {std::size_t{0}, std::size_t{1} << 20, (std::size_t{5} << 19) + 7}) {
    std::string bytes(size, 'x');
    write_bytes(scratch / "a", bytes);
    append_seal(scratch / "a");
    CHECK(check_seal(scratch / "a") == Seal::sound);
    if (size == 0) continue;
    std::string sealed = bytes_of(scratch / "a");
    for (std::size_t const at : {std::size_t{0}, size / 2, size - 1}) {
      std::string changed = sealed;
      changed[at] ^= 1;
      write_bytes(scratch / "b", changed);
      CHECK_THROWS_WITH_AS((void)check_seal(scratch / "b"), doctest::Contains("b: the file is damaged: "), Error);
    }
    write_bytes(scratch / "b", sealed.substr(1));
    CHECK_THROWS_AS((void)check_seal(scratch / "b"), Error);
  }
}

TEST_CASE("what cannot be read or written is a failure that names the file") {
  test::Scratch const scratch;
  fs::create_directory(scratch / "folder");
  CHECK_THROWS_WITH_AS((void)check_seal(scratch / "none"), doctest::Contains("none: cannot open the file: No such"),
                       Error);
  CHECK_THROWS_WITH_AS(append_seal(scratch / "none"), doctest::Contains("none: cannot open the file: No such"), Error);
  CHECK_THROWS_WITH_AS((void)check_seal(scratch / "folder"), doctest::Contains("is not an ordinary file"), Error);
}
