/// Tests of chunks of beliefs: how they are cut, and that every value is in its place.
#include "io/belief_chunks.hpp"

#include <bit>
#include <cmath>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <numeric>

#include <doctest/doctest.h>
#include <zlib.h>

#include "base/parallel.hpp"
#include "engine/io/files.hpp"
#include "engine/io/numbers.hpp"
#include "io/hdf5.hpp"
#include "io/result_file.hpp"
#include "support/result_samples.hpp"

namespace {

using hansa::test::numbers;
using hansa::test::Sample;
using hansa::test::Scratch;
namespace fs = std::filesystem;
using hansa::test::bytes_of;

std::vector<double> inflate_beliefs(std::vector<unsigned char> const& packed, std::size_t count) {
  std::vector<unsigned char> bytes(8 * count);
  uLongf size = bytes.size();
  REQUIRE(uncompress(bytes.data(), &size, packed.data(), packed.size()) == Z_OK);
  REQUIRE(size == 8 * count);
  std::vector<double> values(count);
  for (std::size_t i = 0; i < count; ++i) {
    std::uint64_t bits = 0;
    for (std::size_t byte = 0; byte < 8; ++byte) bits |= std::uint64_t{bytes[byte * count + i]} << (8 * byte);
    values[i] = std::bit_cast<double>(bits);
  }
  return values;
}

/// Packs on several threads, puts in order; replicate 3 fails.
void write(Sample const& sample, fs::path const& path, int threads) {
  hansa::ResultFileOptions how;
  how.file = path;
  how.reproducible = hansa::Reproducible::yes;
  how.replicates = sample.replicates;
  hansa::ResultFile file(sample.scenario, sample.world, sample.model, sample.plan, how);
  std::vector<std::unique_ptr<hansa::Packet>> packets(static_cast<std::size_t>(sample.replicates));
  hansa::parallel_for(packets.size(), threads, [&](std::size_t r) {
    hansa::History history = sample.history(static_cast<std::int64_t>(r));
    if (r == 3) {
      history.policies.clear();
      history.failure = "failed on purpose";
    }
    packets[r] = file.pack(history);
  });
  for (std::size_t r = 0; r < packets.size(); ++r) file.put(static_cast<std::int64_t>(r), std::move(packets[r]));
  file.finish(sample.replicates, true);
}

}  // namespace

TEST_CASE("the file holds beliefs by replicate, policy, time and city; missing where nobody learns") {
  Scratch const scratch;
  Sample sample(30);
  sample.plan.beliefs = true;
  write(sample, scratch / "r.h5", 1);
  std::vector<double> const mean = numbers<double>(scratch / "r.h5", "belief_mean"),
                            precision = numbers<double>(scratch / "r.h5", "belief_precision");
  std::size_t const n = sample.world.cities.size(), steps = 5;
  REQUIRE(mean.size() == 30 * 2 * steps * n);
  REQUIRE(precision.size() == mean.size());
  for (std::size_t r = 0; r < 30; ++r) {
    for (std::size_t t = 0; t < steps; ++t) {
      auto const rows = sample.beliefs(static_cast<std::int64_t>(r), t + 1);
      for (std::size_t row = 0; row < n; ++row) {
        std::uint32_t const city = sample.world.cities.input_order[row];
        std::size_t const first = ((r * 2 + 0) * steps + t) * n + row, second = ((r * 2 + 1) * steps + t) * n + row;
        REQUIRE(std::isnan(mean[second]));
        REQUIRE(std::isnan(precision[second]));
        if (r == 3) {
          REQUIRE(std::isnan(mean[first]));
        } else {
          REQUIRE(mean[first] == rows[0][city]);
          REQUIRE(precision[first] == rows[1][city]);
        }
      }
    }
  }
}

TEST_CASE("equal runs give equal bytes, and beliefs are in the file only on demand") {
  Scratch const scratch;
  Sample sample(27);
  write(sample, scratch / "without.h5", 1);
  sample.plan.beliefs = true;
  write(sample, scratch / "one.h5", 1);
  write(sample, scratch / "four.h5", 4);
  CHECK(bytes_of(scratch / "one.h5") == bytes_of(scratch / "four.h5"));
  CHECK_THROWS_AS((void)numbers<double>(scratch / "without.h5", "belief_mean"), hansa::Error);
  CHECK(numbers<std::int32_t>(scratch / "without.h5", "adoption_time") ==
        numbers<std::int32_t>(scratch / "one.h5", "adoption_time"));
}

TEST_CASE("chunks hold about a mebibyte, many steps of few cities rather than few of many") {
  hansa::BeliefCut const small(5, 3);
  CHECK(small.tall == 5);
  CHECK(small.wide == 3);
  hansa::BeliefCut const middle(100, 10000);
  CHECK(middle.wide == 10000);
  CHECK(middle.tall == 13);
  hansa::BeliefCut const large(30, 1000000);
  CHECK(large.wide == 16384);
  CHECK(large.tall == 8);
  CHECK(hansa::BeliefCut(1, 0).wide == 1);
}

TEST_CASE("every value stands in the row of its city; what lies past the end is missing") {
  constexpr std::size_t steps = 9, cities = 20000;
  std::vector<std::uint32_t> rows(cities);
  for (std::size_t k = 0; k < cities; ++k) rows[k] = static_cast<std::uint32_t>(cities - 1 - k);
  hansa::History history;
  history.policies.resize(2);
  std::vector<double>& mean = history.policies[1].belief_mean;
  mean.resize(steps * cities);
  std::iota(mean.begin(), mean.end(), 0.25);
  history.policies[1].belief_precision.assign(steps * cities, 2);
  hansa::BeliefCut const cut(steps, cities);
  hansa::PackedBeliefs const packed = hansa::pack_beliefs(history, cut, rows);
  REQUIRE(packed.mean.size() == 4);
  CHECK(packed.chunks() == 8);
  std::size_t seen = 0, missing = 0;
  for (hansa::BeliefChunk const& chunk : packed.mean) {
    CHECK(chunk.at[0] == 1);
    std::vector<double> const values = inflate_beliefs(chunk.bytes, cut.tall * cut.wide);
    for (std::size_t k = 0; k < values.size(); ++k) {
      std::size_t const step = chunk.at[1] + k / cut.wide, row = chunk.at[2] + k % cut.wide;
      bool const inside = step < steps && row < cities;
      missing += std::isnan(values[k]) && !inside;
      seen += inside && values[k] == mean[step * cities + rows[row]];
    }
  }
  CHECK(seen == steps * cities);
  CHECK(seen + missing == 4 * cut.tall * cut.wide);
  CHECK(packed.bytes() < 9 * steps * cities + 10000);
}

TEST_CASE("a failed replicate has none") {
  hansa::History history;
  std::vector<std::uint32_t> const rows{0, 1};
  CHECK(hansa::pack_beliefs(history, hansa::BeliefCut(3, 2), rows).chunks() == 0);
  CHECK(hansa::pack_beliefs(history, hansa::BeliefCut(3, 2), rows).bytes() == 0);
}
