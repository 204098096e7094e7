/// Tests of chunks of adoption times, against zlib's and the shuffle filter's inverse.
#include "io/chunk_rows.hpp"

#include <string>

#include <doctest/doctest.h>
#include <zlib.h>

namespace {

std::vector<std::int32_t> inflate_labels(std::vector<unsigned char> const& packed, std::size_t count) {
  std::vector<unsigned char> bytes(4 * count);
  uLongf size = bytes.size();
  REQUIRE(uncompress(bytes.data(), &size, packed.data(), packed.size()) == Z_OK);
  REQUIRE(size == 4 * count);
  std::vector<std::int32_t> values(count);
  for (std::size_t i = 0; i < count; ++i) {
    std::uint32_t value = 0;
    for (std::size_t byte = 0; byte < 4; ++byte) value |= std::uint32_t{bytes[byte * count + i]} << (8 * byte);
    values[i] = static_cast<std::int32_t>(value);
  }
  return values;
}

hansa::History history(std::int64_t replicate, std::vector<std::vector<std::int32_t>> times) {
  hansa::History made;
  made.replicate = replicate;
  for (auto& each : times) {
    made.policies.emplace_back();
    made.policies.back().adoption_time = std::move(each);
  }
  return made;
}

TEST_CASE("shuffling and deflating keep every value") {
  std::vector<std::int32_t> const values = {0, 1, -1, 2000, 0x12345678, hansa::never, 255, 256};
  CHECK(inflate_labels(hansa::shuffle_and_deflate(values), values.size()) == values);
}

TEST_CASE("chunks are replicates by cities in the order of the file's rows, padded with `never`") {
  std::vector<std::uint32_t> const rows = {2, 0, 1};
  hansa::ChunkRows chunks({2, 3, 5, 2, 2}, rows);  // 2 policies, 3 cities, 5 replicates in blocks of 2, 2 cities wide
  chunks.fill(1, history(1, {{110, 111, 112}, {210, 211, 212}}));
  chunks.fill(0, history(0, {{100, 101, 102}, {200, 201, 202}}));
  hansa::ChunkRows::Chunks const first = chunks.take(0);
  REQUIRE(first.size() == 4);
  CHECK(inflate_labels(first[0], 4) == std::vector<std::int32_t>{102, 100, 112, 110});
  CHECK(inflate_labels(first[1], 4) == std::vector<std::int32_t>{101, hansa::never, 111, hansa::never});
  CHECK(inflate_labels(first[2], 4) == std::vector<std::int32_t>{202, 200, 212, 210});
  CHECK(inflate_labels(first[3], 4) == std::vector<std::int32_t>{201, hansa::never, 211, hansa::never});
}

TEST_CASE("a failed replicate, and what a stopped run did not reach, stay `never`") {
  std::vector<std::uint32_t> const rows = {0, 1};
  hansa::ChunkRows chunks({1, 2, 9, 3, 2}, rows);
  chunks.fill(3, history(3, {}));
  chunks.fill(4, history(4, {{5, 6}}));
  hansa::ChunkRows::Chunks const second = chunks.take(1);
  REQUIRE(second.size() == 1);
  std::int32_t const none = hansa::never;
  CHECK(inflate_labels(second[0], 6) == std::vector<std::int32_t>{none, none, 5, 6, none, none});
  CHECK(chunks.take(1).empty());
}

}  // namespace
