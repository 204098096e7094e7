/// Ties in use, by hand on three cities.
#include "run/tie_use.hpp"

#include <array>

#include <doctest/doctest.h>

using namespace hansa;

namespace {

/// b observes a; c observes a and b.
NetworkLayer three_ties() {
  Complaints complaints;
  return make_layer("ties", {{0, 1, 1}, {0, 2, 1}, {1, 2, 3}}, 3, {}, complaints);
}

using Used = std::vector<std::array<int, 3>>;  // source, target, policies

Used settle(TieUse& use, std::int32_t step) {
  Used used;
  use.settle(step, [&](Index source, Index target, std::uint32_t, int n) {
    used.push_back({static_cast<int>(source), static_cast<int>(target), n});
  });
  return used;
}

void note(TieUse& use, Index policy, std::vector<Event> const& events) {
  use.note(PolicyId{policy}, events);
}

}  // namespace

TEST_CASE("a tie is used when its target adopts what its source had before") {
  NetworkLayer const layer = three_ties();
  TieUse use(2, 3);
  use.begin(layer);
  note(use, 0, {{0, 0, +1}, {1, 0, +1}});
  note(use, 1, {{0, 0, +1}});
  CHECK(settle(use, 0).empty());  // before the first step
  note(use, 0, {{2, 0, +1}});
  note(use, 1, {{1, 0, +1}, {2, 0, +1}});
  CHECK(settle(use, 1) == Used{{0, 1, 1}, {0, 2, 2}, {1, 2, 1}});
  note(use, 0, {{0, 0, -1}, {2, 0, -1}});
  CHECK(settle(use, 2).empty());
  note(use, 0, {{2, 1, +1}});
  CHECK(settle(use, 3) == Used{{1, 2, 1}});
}

TEST_CASE("a leaver was an adopter until then, and each replicate begins anew") {
  NetworkLayer const layer = three_ties();
  TieUse use(1, 3);
  use.begin(layer);
  note(use, 0, {{0, 0, +1}});
  (void)settle(use, 0);
  note(use, 0, {{0, 0, -1}, {1, 0, +1}});
  CHECK(settle(use, 1) == Used{{0, 1, 1}});
  use.begin(layer);
  note(use, 0, {{1, 0, +1}});
  CHECK(settle(use, 1).empty());
}

TEST_CASE("ties count in the steps in which they hold") {
  NetworkLayer layer = three_ties();
  layer.from = {1, 1, 2};
  layer.until = {1, 3, 3};
  TieUse use(1, 3);
  for (std::int32_t const step : {1, 2}) {
    use.begin(layer);
    note(use, 0, {{0, 0, +1}, {1, 0, +1}});
    (void)settle(use, 0);
    note(use, 0, {{2, 0, +1}});
    CHECK(settle(use, step) == (step == 1 ? Used{{0, 2, 1}} : Used{{0, 2, 1}, {1, 2, 1}}));
  }
}
