/// SHA-256 against the published test vectors, and what separates one input from another.
#include "base/digest.hpp"

#include <vector>

#include <doctest/doctest.h>

using namespace hansa;

TEST_CASE("plain bytes give the digests of FIPS 180-4") {
  CHECK(sha256("") == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  CHECK(sha256("abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  CHECK(sha256("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq") ==
        "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
  CHECK(sha256(std::string(1000000, 'a')) == "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
}

TEST_CASE("texts are told apart by where they end") {
  Digest a;
  a.add(std::string_view("ab"));
  a.add(std::string_view("c"));
  Digest b;
  b.add(std::string_view("a"));
  b.add(std::string_view("bc"));
  CHECK(a.hex() != b.hex());
}

TEST_CASE("numbers enter with their count, in little-endian order") {
  std::vector<std::uint32_t> const values{1, 2};
  Digest a;
  a.add(std::span<std::uint32_t const>(values));
  CHECK(a.hex() == sha256(std::string("\2\0\0\0\0\0\0\0\1\0\0\0\2\0\0\0", 16)));
  Digest b;
  b.add(std::uint64_t{258});
  CHECK(b.hex() == sha256(std::string("\2\1\0\0\0\0\0\0", 8)));
}

TEST_CASE("pieces add up to the whole, also after a move") {
  Digest a;
  a.add(std::as_bytes(std::span("abc", 2)));
  Digest b = std::move(a);
  b.add(std::as_bytes(std::span("c", 1)));
  CHECK(b.hex() == sha256("abc"));
}
