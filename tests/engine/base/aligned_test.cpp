/// Where aligned vectors begin, small ones and those on large pages.
#include "base/aligned.hpp"

#include <cstdint>
#include <numeric>

#include <doctest/doctest.h>

using namespace hansa;

namespace {

template <class T>
std::size_t remainder(AlignedVector<T> const& v, std::size_t alignment) {
  return reinterpret_cast<std::uintptr_t>(v.data()) % alignment;
}

}  // namespace

TEST_CASE("vectors begin on a cache line, from half a large page on at a large page") {
  constexpr std::size_t large = std::size_t{2} << 20;
  for (std::size_t const n :
       {std::size_t{1}, std::size_t{1000}, large / 2 - 1, large / 2, large, large + 1, 3 * large}) {
    CAPTURE(n);
    AlignedVector<std::uint8_t> const bytes(n, 7);
    CHECK(remainder(bytes, n < large / 2 ? 64 : large) == 0);
    CHECK(std::accumulate(bytes.begin(), bytes.end(), std::size_t{0}) == 7 * n);
  }
}

TEST_CASE("a vector that grows through both kinds of memory keeps its values") {
  AlignedVector<std::uint32_t> grown;
  for (std::uint32_t k = 0; k < 1'000'000; ++k) grown.push_back(k);
  CHECK(remainder(grown, 64) == 0);
  for (std::uint32_t k = 0; k < 1'000'000; ++k) {
    if (grown[k] != k) FAIL("value " << k << " is " << grown[k]);
  }
  grown.resize(10);
  grown.shrink_to_fit();
  CHECK(grown == AlignedVector<std::uint32_t>{0, 1, 2, 3, 4, 5, 6, 7, 8, 9});
}
