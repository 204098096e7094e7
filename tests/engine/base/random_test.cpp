/// Keyed draws: known answers, independence of batches, and the shape of the exponential.
#include "base/random.hpp"

#include <algorithm>
#include <set>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "base/flat_math.hpp"

using namespace hansa;

TEST_CASE("Philox4x32-10 gives the published answers") {
  // Known-answer vectors of Random123 (Salmon et al. 2011): counter and key all zero, all ones, digits of pi.
  CHECK(draw_bits(0, 0, 0, 0).low == ((0xE169C58Dull << 32) | 0x6627E8D5ull));
  Bits const ones = draw_bits(~0ull, ~0ull, ~0u, ~0u);
  CHECK(ones.low == ((0x41C83B0Eull << 32) | 0x408F276Dull));
  CHECK(ones.high == ((0x6D5451FDull << 32) | 0xA20BC7C6ull));
}

TEST_CASE("a batch gives the same bits as one at a time, whatever its length") {
  std::vector<std::uint64_t> ids;
  for (int k = 0; k < 700; ++k) ids.push_back(hash_id("city-" + std::to_string(k)));
  for (std::size_t const n : {1u, 3u, 31u, 32u, 33u, 255u, 256u, 257u, 700u}) {
    std::vector<double> out(n);
    draw_exponential(42, std::span(ids).first(n), 5, out);
    for (std::size_t k = 0; k < n; ++k) REQUIRE(out[k] == -flat::log1p(-draw_uniform(42, ids[k], 5)));
  }
}

TEST_CASE("a batch of normal draws gives the bits of single ones") {
  std::vector<std::uint64_t> ids(700);
  for (std::size_t k = 0; k < ids.size(); ++k) ids[k] = hash_id(std::to_string(k));
  for (std::size_t const n : {0u, 1u, 31u, 256u, 700u}) {
    std::vector<double> out(n);
    draw_normal(42, std::span(ids).first(n), 7, out);
    for (std::size_t k = 0; k < n; ++k) {
      REQUIRE(out[k] == flat::inverse_normal(std::max(draw_uniform(42, ids[k], 7), 0x1p-54)));
    }
  }
}

TEST_CASE("resistances are exponential") {
  // Kolmogorov–Smirnov at 1e-6 false alarm: D < 2.7 / sqrt(n).
  std::vector<std::uint64_t> ids;
  for (int k = 0; k < 40'000; ++k) ids.push_back(hash_id(std::to_string(k)));
  std::vector<double> r(ids.size());
  draw_exponential(make_key(1, 2, Purpose::resistance, 3), ids, 0, r);
  std::sort(r.begin(), r.end());
  double d = 0;
  for (std::size_t k = 0; k < r.size(); ++k) {
    double const f = -flat::expm1(-r[k]);
    double const n = static_cast<double>(r.size());
    d = std::max({d, f - static_cast<double>(k) / n, static_cast<double>(k + 1) / n - f});
  }
  CHECK(d < 2.7 / 200);
}

TEST_CASE("keys differ by seed, replicate, purpose and subject") {
  std::set<std::uint64_t> keys;
  for (std::uint64_t seed = 0; seed < 10; ++seed) {
    for (std::uint64_t replicate = 0; replicate < 10; ++replicate) {
      for (std::uint64_t subject = 0; subject < 10; ++subject) {
        keys.insert(make_key(seed, replicate, Purpose::resistance, subject));
        keys.insert(make_key(seed, replicate, Purpose::threshold, subject));
      }
    }
  }
  CHECK(keys.size() == 2000);
}

TEST_CASE("hashes of ids are part of the format") {
  CHECK(hash_id("") != hash_id(" "));
  CHECK(hash_id("bogota-col") == hash_id(std::string("bogota") + "-col"));
  CHECK(hash_id("a") == 9451894974833730488ull);
  CHECK(hash_id("lübeck-deu") == 14254248175189735831ull);
}
