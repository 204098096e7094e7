/// Tests of design/sobol: the published sequence, and what scrambling keeps and changes.
#include "design/sobol.hpp"

#include <set>
#include <vector>

#include <doctest/doctest.h>

#include "base/random.hpp"

using namespace hansa;

namespace {

/// Whether every elementary interval of a (t, m, s)-net in base 2 holds 2^t of the 2^m points: all shapes with
/// 2^k_1 × … × 2^k_s intervals, Σ k = m - t.
bool is_net(std::vector<std::vector<std::uint64_t>> const& columns, unsigned m, unsigned t) {
  std::size_t const dimensions = columns.size();
  std::vector<unsigned> shape(dimensions, 0);
  auto const holds = [&]() {
    std::vector<unsigned> count(std::size_t{1} << (m - t), 0);
    for (std::size_t point = 0; point < columns[0].size(); ++point) {
      std::size_t cell = 0;
      for (std::size_t d = 0; d < dimensions; ++d)
        cell = (cell << shape[d]) | static_cast<std::size_t>(shape[d] ? columns[d][point] >> (52 - shape[d]) : 0);
      ++count[cell];
    }
    for (unsigned const each : count)
      if (each != 1u << t) return false;
    return true;
  };
  auto const all = [&](auto const& self, std::size_t d, unsigned left) -> bool {
    if (d + 1 == dimensions) {
      shape[d] = left;
      return holds();
    }
    for (unsigned k = 0; k <= left; ++k) {
      shape[d] = k;
      if (!self(self, d + 1, left - k)) return false;
    }
    return true;
  };
  return all(all, 0, m - t);
}

std::vector<std::vector<std::uint64_t>> scrambled(std::size_t dimensions, std::uint32_t points, std::uint64_t seed) {
  SobolSequence const sequence(dimensions);
  std::vector<std::vector<std::uint64_t>> columns(dimensions);
  for (std::size_t d = 0; d < dimensions; ++d)
    for (std::uint32_t k = 0; k < points; ++k)
      columns[d].push_back(scramble_digits(sequence.digits(k, d), make_key(seed, 0, Purpose::scramble, d)));
  return columns;
}

}  // namespace

TEST_CASE("the sequence is that of Joe and Kuo in all its dimensions") {
  // scipy.stats.qmc.Sobol(1111, scramble=False, bits=32) of scipy 1.10.1, which goes through points in Gray code.
  struct Known {
    std::size_t dimension;
    std::uint32_t fifth, thirty_seventh, last;
  };
  constexpr Known known[] = {{0, 3758096384u, 3959422976u, 67108864u},     {1, 3758096384u, 2751463424u, 3422552064u},
                             {2, 536870912u, 2483027968u, 1543503872u},    {9, 536870912u, 738197504u, 2483027968u},
                             {99, 1610612736u, 738197504u, 335544320u},    {618, 1610612736u, 335544320u, 1811939328u},
                             {619, 2684354560u, 738197504u, 603979776u},   {620, 536870912u, 2348810240u, 3825205248u},
                             {621, 3758096384u, 1543503872u, 1409286144u}, {1110, 1610612736u, 4227858432u, 67108864u}};
  SobolSequence const sequence(most_sobol_dimensions);
  auto const gray = [](std::uint32_t n) { return n ^ (n >> 1); };
  for (Known const& each : known) {
    CHECK(sequence.digits(gray(5), each.dimension) == each.fifth);
    CHECK(sequence.digits(gray(37), each.dimension) == each.thirty_seventh);
    CHECK(sequence.digits(gray(63), each.dimension) == each.last);
  }
}

TEST_CASE("every coordinate of the first 2^m scrambled points has one point in each of 2^m intervals") {
  constexpr std::size_t dimensions = most_sobol_dimensions;
  for (unsigned const m : {1u, 4u, 8u}) {
    auto const columns = scrambled(dimensions, 1u << m, 7);
    std::size_t stratified = 0;
    for (auto const& column : columns) {
      std::set<std::uint64_t> cells;
      for (std::uint64_t const digits : column) cells.insert(digits >> (52 - m));
      stratified += cells.size() == column.size() ? 1 : 0;
    }
    CHECK(stratified == dimensions);
  }
}

TEST_CASE("scrambled points stay digital nets, also in later blocks of the sequence") {
  for (std::uint64_t const seed : {1, 2, 3}) {
    CHECK(is_net(scrambled(2, 256, seed), 8, 0));  // the first two dimensions are a (0, 2)-sequence
    CHECK(is_net(scrambled(3, 256, seed), 8, 1));  // t = Σ (degree - 1) = 0 + 0 + 1 bounds it
    CHECK(is_net(scrambled(4, 512, seed), 9, 3));
    auto columns = scrambled(2, 1024, seed);
    for (auto& column : columns) column.erase(column.begin(), column.begin() + 768);
    CHECK(is_net(columns, 8, 0));
  }
  CHECK_FALSE(is_net(scrambled(3, 256, 1), 8, 0));  // what is asked can fail
}

TEST_CASE("scramblings differ by key, and the same key scrambles alike") {
  auto const one = scrambled(2, 64, 1), again = scrambled(2, 64, 1), other = scrambled(2, 64, 2);
  CHECK(one == again);
  CHECK(one != other);
  CHECK(one[0] != one[1]);
}

TEST_CASE("digits are flipped by what stands before them") {
  // Two points that share their first k digits share those of the scrambled points, and differ in the next.
  for (std::uint64_t key = 1; key < 50; ++key)
    for (unsigned shared = 0; shared < 31; ++shared) {
      std::uint32_t const a = static_cast<std::uint32_t>(mix64(key * 77)), b = a ^ (0x80000000u >> shared);
      std::uint64_t const difference = scramble_digits(a, key) ^ scramble_digits(b, key);
      CHECK((difference >> (51 - shared)) == 1);  // and above that digit nothing
    }
}

TEST_CASE("a scrambled point is uniform over scramblings") {
  // 16 cells, 4,096 scramblings of one point; chi-square with 15 degrees of freedom is above 44.3 with chance 1e-4.
  std::vector<double> count(16, 0);
  for (std::uint64_t key = 0; key < 4096; ++key) ++count[scramble_digits(0xDEADBEEFu, mix64(key)) >> 48];
  double chi = 0;
  for (double const each : count) chi += (each - 256) * (each - 256) / 256;
  CHECK(chi < 44.3);
}
