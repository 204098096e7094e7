/// What ties take from resistances: by hand, weighted, dated, in complete groups, and by shares.
#include "run/cascade_ties.hpp"

#include <cmath>

#include <doctest/doctest.h>

#include "run/settle.hpp"

using namespace hansa;

namespace {

/// a (0) is observed by b (1) with weight 1 and by c (2) with weight 3; b by c with weight 2.
NetworkLayer some_ties() {
  Complaints complaints;
  return make_layer("n", {{0, 1, 1}, {0, 2, 3}, {1, 2, 2}}, 3, {}, complaints);
}

struct Pushed {
  std::vector<double> remaining{5, 5, 5};
  std::vector<Index> list{9, 9, 9, 9};
  std::size_t count = 0;
};

std::vector<Event> adoptions(std::vector<Index> const& cities) {
  std::vector<Event> events;
  for (Index const city : cities) events.push_back({city, 0, +1});
  return events;
}

Pushed push(CompiledTerm const& term, std::vector<Index> const& sources, std::int32_t step,
            std::vector<double> remaining = {5, 5, 5}) {
  CascadeTies ties(term);
  ties.begin({});
  ties.advance(step);
  Pushed pushed;
  pushed.remaining = std::move(remaining);
  ties.push(adoptions(sources), step, pushed.remaining.data(), pushed.list.data(), pushed.count);
  return pushed;
}

double amount(double p) {
  return on_grid(-std::log1p(-p));
}

}  // namespace

TEST_CASE("an attempt takes -ln(1 - p), and a certain one more than any resistance") {
  CHECK(CascadeTies::amount(0.2) == amount(0.2));
  CHECK(CascadeTies::amount(1e-8) == doctest::Approx(1e-8).epsilon(1e-5));
  CHECK(CascadeTies::amount(0) == 0);
  CHECK(CascadeTies::amount(1) == 64);
  CHECK(CascadeTies::amount(1.5) == 64);
}

TEST_CASE("weights multiply the chance, and each tie of a source acts") {
  NetworkLayer const layer = some_ties();
  CompiledTerm term;
  term.network = &layer;
  term.strength = 0.25;
  Pushed const one = push(term, {0}, 1);
  CHECK(one.remaining[0] == 5);
  CHECK(one.remaining[1] == doctest::Approx(5 - amount(0.25)).epsilon(1e-13));
  CHECK(one.remaining[2] == doctest::Approx(5 - amount(0.75)).epsilon(1e-13));
  CHECK(one.count == 0);
  Pushed const both = push(term, {0, 1}, 1);
  CHECK(both.remaining[2] == doctest::Approx(5 - amount(0.75) - amount(0.5)).epsilon(1e-13));
}

TEST_CASE("who falls to 0 or below is found once") {
  NetworkLayer const layer = some_ties();
  CompiledTerm term;
  term.network = &layer;
  term.strength = 0.5;  // c: 1.5 and 1, both certain; b: amount(0.5)
  Pushed const found = push(term, {0, 1}, 1, {5, amount(0.5), 5});
  REQUIRE(found.count == 2);
  CHECK(found.list[0] == 1);  // 0 is enough
  CHECK(found.list[1] == 2);
  CHECK(push(term, {0}, 1, {5, amount(0.5) + grid_unit, 70}).count == 0);
  double const closed = std::numeric_limits<double>::infinity();
  Pushed const none = push(term, {0, 1}, 1, {closed, closed, closed});
  CHECK(none.count == 0);
  CHECK(none.remaining[2] == closed);
}

TEST_CASE("strengths may differ between cities, and change") {
  NetworkLayer const layer = some_ties();
  CompiledTerm term;
  term.network = &layer;
  term.strength = 0.5;
  term.strengths = {0.5, 0.1, 0.2};
  term.strengths_later = {{3, 1, 0.4}};
  CHECK(push(term, {0}, 1).remaining[1] == 5 - amount(0.1));
  CHECK(push(term, {0}, 1).remaining[2] == doctest::Approx(5 - amount(0.6)).epsilon(1e-13));
  CHECK(push(term, {0}, 3).remaining[1] == 5 - amount(0.4));
}

TEST_CASE("a tie acts only if it holds in the step") {
  Complaints complaints;
  NetworkLayer layer = make_layer("n", {{0, 1, 1}, {0, 2, 1}}, 3, {}, complaints);
  layer.from = {2, 1};
  layer.until = {4, 2};
  CompiledTerm term;
  term.network = &layer;
  term.strength = 0.5;
  auto const acts = [&](std::int32_t step) {
    Pushed const pushed = push(term, {0}, step);
    return std::pair(pushed.remaining[1] < 5, pushed.remaining[2] < 5);
  };
  CHECK(acts(1) == std::pair(false, true));
  CHECK(acts(2) == std::pair(true, true));
  CHECK(acts(3) == std::pair(true, false));
  CHECK(acts(5) == std::pair(false, false));
}

TEST_CASE("in a complete group everybody is tied to everybody") {
  Complaints complaints;
  NetworkLayer layer = make_layer("n", {}, 4, {}, complaints);
  layer.group = {0, 0, 0, 1};
  CompiledTerm term;
  term.network = &layer;
  term.strength = 0.3;
  CascadeTies ties(term);
  ties.begin({});
  std::vector<double> remaining{std::numeric_limits<double>::infinity(), 5, 0.5, 5};
  std::vector<Index> list(5);
  remaining[1] = remaining[0];
  std::size_t count = 0;
  ties.push(adoptions({0, 1}), 1, remaining.data(), list.data(), count);
  CHECK(remaining[2] == 0.5 - 2 * amount(0.3));
  CHECK(remaining[3] == 5);
  REQUIRE(count == 1);
  CHECK(list[0] == 2);
}

TEST_CASE("what each mechanism brought is told for the cities asked after") {
  NetworkLayer const layer = some_ties();
  CompiledTerm term;
  term.network = &layer;
  term.strength = 0.25;
  CascadeTies ties(term);
  ties.begin({});
  std::vector<double> brought(3, 0.0);
  std::vector<std::uint64_t> const bits{0b100};
  ties.weigh(adoptions({0, 1}), 1, bits, brought.data());
  CHECK(brought[1] == 0);
  CHECK(brought[2] == doctest::Approx(amount(0.75) + amount(0.5)).epsilon(1e-13));
}

TEST_CASE("the number of ties that take all of a resistance, at its bounds and just beside") {
  double const per_tie = amount(0.2);
  CHECK(CascadeTies::ties_to_take(grid_unit, per_tie) == 1);
  for (int k = 1; k <= 200; ++k) {
    CHECK(CascadeTies::ties_to_take(k * per_tie - grid_unit, per_tie) == k);
    CHECK(CascadeTies::ties_to_take(k * per_tie, per_tie) == k);
    CHECK(CascadeTies::ties_to_take(k * per_tie + grid_unit, per_tie) == k + 1);
  }
  CHECK(CascadeTies::ties_to_take(45, 64) == 1);
  CHECK(CascadeTies::ties_to_take(1, grid_unit) == 65535);
}

TEST_CASE("counted ties find whom subtracted ones find, whatever is left") {
  Complaints complaints;
  NetworkLayer const layer = make_layer("n", {{0, 1, 1}, {0, 2, 1}, {1, 2, 1}, {2, 1, 1}}, 3, {}, complaints);
  CompiledTerm term;
  term.network = &layer;
  term.strength = 0.3;
  REQUIRE(CascadeTies::counted(term));
  double const per_tie = amount(0.3);
  CascadeTies ties(term);
  ties.begin({});
  for (double const resistance : {grid_unit, per_tie, per_tie + grid_unit, 2 * per_tie, 2 * per_tie + grid_unit}) {
    Pushed const subtracted = push(term, {0, 1}, 1, {5, 5, resistance});
    std::vector<std::uint16_t> missing{CascadeTies::ties_to_take(5, per_tie), 0,
                                       CascadeTies::ties_to_take(resistance, per_tie)};
    Pushed counted;
    ties.push(adoptions({0, 1}), 1, missing.data(), counted.list.data(), counted.count);
    CHECK(counted.count == subtracted.count);
    if (counted.count > 0) CHECK(counted.list[0] == subtracted.list[0]);
  }
}

TEST_CASE("ties that differ, change, are drawn or belong to groups are not counted") {
  NetworkLayer const plain = [] {
    Complaints complaints;
    return make_layer("n", {{0, 1, 1}, {0, 2, 1}}, 3, {}, complaints);
  }();
  auto const counted = [&](auto const& change) {
    NetworkLayer layer = plain;
    CompiledTerm other;
    other.strength = 0.3;
    change(layer, other);
    other.network = &layer;
    return CascadeTies::counted(other);
  };
  CHECK(counted([](auto&, auto&) {}));
  CHECK(!counted([](NetworkLayer& layer, auto&) { layer = some_ties(); }));
  CHECK(!counted([](NetworkLayer& layer, auto&) { layer.from = layer.until = {1, 1}; }));
  CHECK(!counted([](NetworkLayer& layer, auto&) { layer.redrawn = true; }));
  CHECK(!counted([](NetworkLayer& layer, auto&) { layer.group = {0, 0, -1}; }));
  CHECK(!counted([](NetworkLayer& layer, auto&) { layer.in_degree[2] = 65'535; }));
  CHECK(!counted([](auto&, CompiledTerm& other) { other.strengths = {0.3, 0.3, 0.3}; }));
  CHECK(!counted([](auto&, CompiledTerm& other) { other.strength = 0; }));
}
