/// Scans against plain loops.
#include "run/scan.hpp"

#include <doctest/doctest.h>

#include "base/aligned.hpp"
#include "base/random.hpp"
#include "model/term.hpp"

using namespace hansa;

TEST_CASE("scans find what plain loops find, in index order") {
  for (std::size_t const n : {0u, 64u, 1024u, 4096u}) {
    AlignedVector<std::int16_t> due(n);
    AlignedVector<std::uint8_t> flags(n);
    for (std::size_t i = 0; i < n; ++i) {
      due[i] = static_cast<std::int16_t>(draw_bits(1, i, 0, 0).low % 5 - 2);
      flags[i] = static_cast<std::uint8_t>(draw_bits(2, i, 0, 0).low % 8);
    }
    std::vector<std::uint8_t> marks(n / 8);
    Touched touched{nullptr, marks.data()};
    std::vector<Index> out(n + 64);
    auto const agree = [&](std::uint32_t count, auto wanted) {
      std::uint32_t k = 0;
      for (std::size_t i = 0; i < n; ++i) {
        if (!wanted(i)) continue;
        REQUIRE(k < count);
        REQUIRE(out[k++] == i);
      }
      REQUIRE(k == count);
    };
    for (std::int16_t const step : {std::int16_t{-2}, std::int16_t{0}, std::int16_t{2}, no_step}) {
      agree(find_due(due.data(), n, step, out.data()), [&](std::size_t i) { return due[i] == step; });
    }
    for (std::size_t i = 0; i < n; ++i) {
      if (flags[i] % 2 == 1) touched.add(static_cast<Index>(i));
    }
    agree(take_touched(marks.data(), flags.data(), n, out.data()),
          [&](std::size_t i) { return flags[i] % 2 == 1 && (flags[i] & flag_asleep) == 0; });
    CHECK(take_touched(marks.data(), flags.data(), n, out.data()) == 0);
    for (std::size_t i = 0; i < n; ++i) {
      bool const awake = (awake_mask(&flags[i / scan_width * scan_width]) >> (i % scan_width) & 1) != 0;
      REQUIRE(awake == ((flags[i] & flag_asleep) == 0));
    }
    std::vector<std::uint8_t> const before(flags.begin(), flags.end());
    clear_touched(flags.data(), n);
    for (std::size_t i = 0; i < n; ++i) REQUIRE(flags[i] == (before[i] & ~flag_touched));
  }
}
