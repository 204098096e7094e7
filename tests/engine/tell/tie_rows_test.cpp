/// Ties as rows of CSV.
#include "tell/tie_rows.hpp"

#include <string>

#include <doctest/doctest.h>

using namespace hansa;

namespace {

Cities three() {
  Cities cities;
  cities.id = {"a", "b \"x\", y", "c"};
  return cities;
}

std::string rows_of(NetworkLayer const& layer, Mirrors mirrors, std::uint64_t expected) {
  std::string text;
  Clock const clock{2001, 2010, "year"};
  CHECK(write_tie_rows(layer, three(), clock, 4, mirrors, [&](std::string_view piece) { text += piece; }) == expected);
  return text;
}

}  // namespace

TEST_CASE("one row a tie, ids quoted, weights as they were read") {
  Complaints complaints;
  NetworkLayer const tenths = make_layer("n", {{0, 1, 0.3}, {2, 0, 0.7}}, 3, {}, complaints, Sense::both_ways);
  CHECK(tie_header(tenths) == "draw,source,target,weight\n");
  CHECK(rows_of(tenths, Mirrors::left_out, 2) == "4,a,\"b \"\"x\"\", y\",0.3\n4,a,c,0.7\n");
  CHECK(rows_of(tenths, Mirrors::shown, 4) ==
        "4,a,\"b \"\"x\"\", y\",0.3\n4,a,c,0.7\n4,\"b \"\"x\"\", y\",a,0.3\n4,c,a,0.7\n");
  NetworkLayer const halves = make_layer("n", {{0, 2, 1.0 / 1024 / 1024 / 1024}}, 3, {}, complaints);
  CHECK(rows_of(halves, Mirrors::shown, 1) == "4,a,c,9.313225746154785e-10\n");
  CHECK(rows_of(make_layer("n", {}, 3, {}, complaints), Mirrors::shown, 0) == "");
}

TEST_CASE("dates are labels, blank where the tie holds beyond the steps; lagged ties have those of the file") {
  Complaints complaints;
  NetworkLayer layer = make_layer("n", {{0, 2, 1, 3, 5}, {2, 0, 1}, {2, 0, 1, 2, for_ever}}, 3, {}, complaints);
  CHECK(tie_header(layer) == "draw,source,target,weight,from,until\n");
  CHECK(rows_of(layer, Mirrors::shown, 3) == "4,a,c,1,2003,2005\n4,c,a,1,,2001\n4,c,a,2,2002,\n");
  layer.timing = TieTiming::lagged;
  CHECK(rows_of(layer, Mirrors::shown, 3) == "4,a,c,1,2002,2004\n4,c,a,1,,2000\n4,c,a,2,2001,\n");
}

TEST_CASE("mirrors are left out where they say nothing new") {
  NetworkSpec spec;
  CHECK(mirrors_of(spec) == Mirrors::shown);
  spec.directed = false;
  CHECK(mirrors_of(spec) == Mirrors::left_out);
  spec.weight = DecayWeight{3};
  CHECK(mirrors_of(spec) == Mirrors::left_out);
  spec.weight = SourceWeight{};
  CHECK(mirrors_of(spec) == Mirrors::shown);
  spec = {};
  spec.ties = WithinTies{3.0, {}, {}};
  CHECK(mirrors_of(spec) == Mirrors::left_out);
}
