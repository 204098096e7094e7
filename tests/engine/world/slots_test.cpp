/// Virtual places, and ties drawn over them.
#include "world/slots.hpp"

#include <map>
#include <set>

#include <doctest/doctest.h>

#include "engine/world/draws.hpp"

using namespace hansa;
using namespace hansa::test;

namespace {

/// The place of every city.
std::vector<std::uint64_t> places_of(Slots const& slots, std::size_t cities) {
  std::vector<std::uint64_t> place(cities, ~std::uint64_t{0});
  for (std::uint64_t at = 0; at < slots.places(); ++at) {
    if (slots.is_taken(at)) place.at(slots.cities().at(slots.rank(at))) = at;
  }
  return place;
}

PairParts draw_over_slots(double const& probability, Drawing const& drawing) {
  return draw_by_slots(probability, drawing);
}

}  // namespace

TEST_CASE("every city has a place of its own, 8 to 16 in a slot of 64") {
  for (std::int64_t n : {1, 2, 7, 100, 1000, 5000}) {
    Cities const c = generated(n);
    Slots const slots(c.hash);
    std::vector<std::uint64_t> const place = places_of(slots, c.hash.size());
    CHECK(std::set<std::uint64_t>(place.begin(), place.end()).size() == c.hash.size());
    CHECK(std::count(place.begin(), place.end(), ~std::uint64_t{0}) == 0);
    if (n < 16) continue;
    CHECK(slots.places() >= 4 * c.hash.size());
    CHECK(slots.places() <= 8 * c.hash.size());
  }
}

TEST_CASE("a further city moves few others") {
  Cities const few = generated(5000);
  Cities const more = generated(5001);
  std::vector<std::uint64_t> const before = places_of(Slots(few.hash), 5000);
  std::vector<std::uint64_t> const after = places_of(Slots(more.hash), 5001);
  int moved = 0;
  for (Index i = 0; i < 5000; ++i) moved += before[i] != after[*more.find(few.id[i])];
  CHECK(moved <= 3);
}

TEST_CASE("a crowded slot runs over into the next") {
  std::vector<std::uint64_t> hashes;
  for (std::uint64_t k = 0; k < 300; ++k) hashes.push_back(k * 3);  // all of one slot, the last, and one place
  for (std::uint64_t& hash : hashes) hash |= std::uint64_t{0xFF} << 56;
  Slots const slots(hashes);
  CHECK(slots.places() == 32 * 64);
  std::vector<std::uint64_t> place = places_of(slots, 300);
  for (std::uint64_t& each : place) each = (each + 64) % slots.places();  // the last slot first
  std::sort(place.begin(), place.end());
  CHECK(place.front() == 0);
  CHECK(place.back() == 299);
}

TEST_CASE("each pair has the probability, alike and independently of the others") {
  Cities const c = generated(12);
  int const draws = 3000;
  for (Sense sense : {Sense::both_ways, Sense::one_way}) {
    std::map<Pair, int> count;
    double ties = 0, squares = 0;
    for (int draw = 0; draw < draws; ++draw) {
      std::vector<Pair> const pairs = draw_sound(draw_over_slots, 0.2, c, key_of(draw), sense);
      for (Pair const& pair : pairs) ++count[pair];
      ties += static_cast<double>(pairs.size());
      squares += static_cast<double>(pairs.size() * pairs.size());
    }
    double const possible = sense == Sense::both_ways ? 66 : 132;
    CHECK(static_cast<double>(count.size()) == possible);
    for (auto const& [pair, times] : count) check_count(times, draws, 0.2);
    check_count(ties, draws * possible, 0.2);
    // The variance of the number of ties, within 5 of its standard deviations, sqrt(2 / draws) of it.
    double const variance = squares / draws - (ties / draws) * (ties / draws);
    CHECK(std::fabs(variance / (possible * 0.2 * 0.8) - 1) < 5 * std::sqrt(2.0 / draws));
  }
}

TEST_CASE("certain ties are all ties, the same on any number of threads") {
  Cities const c = generated(600);
  CHECK(draw_sound(draw_over_slots, 1.0, c).size() == 179700);
  CHECK(draw_sound(draw_over_slots, 1.0, c, 1, Sense::one_way).size() == 359400);
  CHECK(draw_sound(draw_over_slots, 0.01, c) == draw_sound(draw_over_slots, 0.01, c, 77, Sense::both_ways, 4));
  CHECK(draw_sound(draw_over_slots, 0.01, c) != draw_sound(draw_over_slots, 0.01, c, 78));
}
