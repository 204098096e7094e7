/// Who keeps a pledge, of several contracts.
#include "run/kept_pledges.hpp"

#include <array>

#include <doctest/doctest.h>

using namespace hansa;

TEST_CASE("each city keeps one pledge, that of the first contract, unless it is decided otherwise") {
  Collaboration const one{"one", 1, {}}, two{"two", 2, {}};
  KeptPledges kept;
  CHECK(kept.empty());
  std::array<Index, 4> const adopters{1, 3, 5, 7};
  CHECK(kept.others(adopters).data() == adopters.data());
  std::array<Index, 3> const first{1, 3, 5}, second{3, 4, 7};
  kept.add(one, first, [](Index city) { return city == 5; });
  kept.add(two, second, [](Index) { return false; });
  CHECK(kept.groups().size() == 2);
  CHECK(kept.groups()[0].cities == std::vector<Index>{1, 3});
  CHECK(kept.groups()[1].collaboration == &two);
  CHECK(kept.groups()[1].cities == std::vector<Index>{4, 7});
  CHECK(kept.has(7));
  CHECK_FALSE(kept.has(5));
  auto const others = kept.others(adopters);
  CHECK(std::vector<Index>(others.begin(), others.end()) == std::vector<Index>{5});
  kept.clear();
  CHECK(kept.empty());
}
