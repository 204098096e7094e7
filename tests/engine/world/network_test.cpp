/// Layers of ties: sorting, merging, units, and what is read from files.
#include "world/network.hpp"

#include <cmath>

#include <doctest/doctest.h>

#include "base/random.hpp"
#include "engine/world/support.hpp"
#include "world/sphere.hpp"

using namespace hansa;
using namespace hansa::test;

namespace {

NetworkSpec from_file(bool directed = true) {
  NetworkSpec spec;
  spec.name = "sister";
  spec.where = here;
  spec.ties = FileTies{file("ties.csv")};
  spec.directed = directed;
  return spec;
}

NetworkLayer read(NetworkSpec const& spec, std::string_view text, Cities const& c, Complaints& complaints) {
  Tables const tables{{"ties.csv", table(text, "ties.csv")}};
  return build_network(spec, c, tables, 1, complaints);
}

}  // namespace

TEST_CASE("ties are stored by source, and rows of targets add up") {
  Complaints complaints;
  NetworkLayer const layer = make_layer("n", {{2, 0, 0.5}, {0, 2, 0.25}, {0, 1, 1}, {1, 2, 0.75}}, 4, here, complaints);
  CHECK(layer.name == "n");
  CHECK(layer.hash == hash_id("n"));
  CHECK(layer.unit == 0.01);
  CHECK(stored(layer) == std::vector<StoredTie>{{0, 1, 100}, {0, 2, 25}, {1, 2, 75}, {2, 0, 50}});
  CHECK(layer.first == std::vector<std::uint32_t>{0, 2, 3, 4, 4});
  CHECK(layer.in_weight == std::vector<std::uint64_t>{50, 100, 100, 0});
  CHECK(layer.in_degree == std::vector<std::uint32_t>{1, 1, 2, 0});
  CHECK(layer.target.size() == 4 + 64);
  CHECK(layer.weight.size() == 4 + 64);
  CHECK(layer.narrow());
  CHECK(warnings(complaints) == "");
}

TEST_CASE("a layer whose weights are all 1 stores none") {
  Complaints complaints;
  NetworkLayer const layer = make_layer("n", {{1, 0, 1}, {0, 1, 1}}, 2, here, complaints);
  CHECK_FALSE(layer.weighted());
  CHECK(layer.unit == 1);
  CHECK(layer.in_weight == std::vector<std::uint64_t>{1, 1});
  // Equal weights other than 1 are kept: they matter where exposure is not normalised.
  CHECK(make_layer("n", {{1, 0, 0.1}, {0, 1, 0.1}}, 2, here, complaints).weighted());
  CHECK(make_layer("n", {}, 2, here, complaints).ties() == 0);
}

TEST_CASE("self ties, duplicates, zero weights and vanishing weights") {
  Complaints complaints;
  NetworkLayer const layer = make_layer(
      "n", {{0, 0, 1}, {0, 1, 0.1}, {1, 1, 2}, {0, 1, 0.2}, {1, 2, 0}, {2, 1, 0.3}, {0, 1, 0.3}}, 3, here, complaints);
  CHECK(stored(layer) == std::vector<StoredTie>{{0, 1, 6}, {2, 1, 3}});
  CHECK(layer.unit == 0.1);
  CHECK(warnings(complaints) ==
        "s.yaml:5:3: network 'n': 2 ties of cities to themselves dropped\n"
        "s.yaml:5:3: network 'n': 2 duplicate ties added to the weight of the first\n");
  Complaints vanishing;
  CHECK(stored(make_layer("n", {{0, 1, 1 / 3.0}, {1, 0, 1e-12}}, 2, here, vanishing)).size() == 1);
  CHECK(warnings(vanishing) ==
        "s.yaml:5:3: network 'n': 1 tie is so weak beside the strongest that the weight rounds to 0\n");
}

TEST_CASE("the order of ties does not reach the layer, duplicates of any weight included") {
  std::mt19937 generator(5);
  std::vector<Tie> ties;
  for (int k = 0; k < 3000; ++k) {
    ties.push_back({static_cast<Index>(generator() % 40), static_cast<Index>(generator() % 40),
                    std::exp(static_cast<double>(generator() % 1000) / 100)});
  }
  Complaints complaints;
  NetworkLayer const one = make_layer("n", ties, 40, here, complaints);
  for (int round = 0; round < 20; ++round) {
    std::shuffle(ties.begin(), ties.end(), generator);
    NetworkLayer const other = make_layer("n", ties, 40, here, complaints);
    CHECK(stored(one) == stored(other));
    CHECK(one.unit == other.unit);
  }
}

TEST_CASE("ties that stand for both directions are merged before they are mirrored") {
  Complaints complaints;
  NetworkLayer const layer =
      make_layer("n", {{2, 1, 0.1}, {1, 2, 0.2}, {0, 2, 0.5}}, 3, here, complaints, Sense::both_ways);
  CHECK(stored(layer) == std::vector<StoredTie>{{0, 2, 5}, {1, 2, 3}, {2, 0, 5}, {2, 1, 3}});
  CHECK(warnings(complaints) == "s.yaml:5:3: network 'n': 1 duplicate tie added to the weight of the first\n");
}

TEST_CASE("row sums of 2^31 and more are wide") {
  Complaints complaints;
  CHECK(make_layer("n", {{0, 2, 1e9}, {1, 2, 1147483647}}, 3, here, complaints).narrow());
  NetworkLayer const wide = make_layer("n", {{0, 2, 1e9}, {1, 2, 1147483648}}, 3, here, complaints);
  CHECK_FALSE(wide.narrow());
  CHECK(wide.in_weight[2] == std::uint64_t{1} << 31);
}

TEST_CASE("a tie file: the target is influenced by the source; undirected ties run both ways") {
  Complaints complaints;
  Cities const c = cities("id\na\nb\nc\n", complaints);
  std::string_view const text = "target,note,source\na,x,c\nb,y,a\n";
  CHECK(stored(read(from_file(), text, c, complaints)) == std::vector<StoredTie>{{0, 1, 1}, {2, 0, 1}});
  CHECK(stored(read(from_file(false), text, c, complaints)) ==
        std::vector<StoredTie>{{0, 1, 1}, {0, 2, 1}, {1, 0, 1}, {2, 0, 1}});
  CHECK(mistakes(complaints) == "");
  CHECK(warnings(complaints) == "");
}

TEST_CASE("mistakes in a tie file are told with their rows, all at once") {
  Complaints complaints;
  Cities const c = cities("id\nberlin\nparis\nlyon\n", complaints);
  (void)read(from_file(), "source,target,weight,from\nberln,paris,1,\n,lyon,-1,\nparis,lyon,,\nlyon,paris,nan,\n", c,
             complaints);
  CHECK(
      mistakes(complaints) ==
      "ties.csv:1: column 'from' dates the ties of network 'sister', but ties are constant in this version, remove the "
      "column, or name it otherwise if all ties hold at all times\n"
      "ties.csv:2:1: unknown city 'berln', an id of a city was expected; did you mean 'berlin'?\n"
      "ties.csv:3:1: the city in column 'source' is blank, an id of a city was expected\n"
      "ties.csv:3:3: the weight '-1' is negative, a number from 0 was expected\n"
      "ties.csv:4:3: the weight is missing, a number from 0 was expected\n"
      "ties.csv:5:3: the weight 'nan' is not a finite number, a number from 0 was expected\n");
  Complaints columns;
  (void)read(from_file(), "sources,target\n", c, columns);
  CHECK(mistakes(columns) ==
        "ties.csv:1: column 'source' is missing, one of sources, target was expected; did you mean 'sources'?\n");
}

TEST_CASE("a file of strangers' cities is told row by row without a search for near names for each") {
  Complaints complaints;
  Cities const c = generated(2000);
  std::string text = "source,target\n";
  for (int k = 0; k < 20000; ++k) text += "stranger-" + std::to_string(k) + ",c1\n";
  (void)read(from_file(), text, c, complaints);
  CHECK(complaints.size() == 20000);
}

TEST_CASE("weights decay with distance, or are the source's attribute") {
  Complaints complaints;
  Cities const c = cities("id,lat,lon,size\na,0,0,2\nb,0,90,0\nc,0,1,3\n", complaints);
  NetworkSpec spec = from_file(false);
  spec.weight = DecayWeight{1000};
  NetworkLayer const decayed = read(spec, "source,target\na,b\na,c\n", c, complaints);
  double const near = std::exp(-earth_radius_km * 3.14159265358979 / 180 / 1000);
  double const far = std::exp(-earth_radius_km * 3.14159265358979 / 2 / 1000);
  std::vector<StoredTie> const ties = stored(decayed);
  REQUIRE(ties.size() == 4);
  CHECK(ties[0].weight * decayed.unit == doctest::Approx(far).epsilon(1e-3));  // of 2^24 / 20,000 units
  CHECK(ties[1].weight * decayed.unit == doctest::Approx(near).epsilon(1e-6));
  CHECK(ties[3].weight == ties[1].weight);
  spec.weight = SourceWeight{reference("size")};
  CHECK(stored(read(spec, "source,target\na,b\na,c\n", c, complaints)) ==
        std::vector<StoredTie>{{0, 1, 2}, {0, 2, 2}, {2, 0, 3}});  // b's attribute is 0: nobody is influenced by b
  CHECK(mistakes(complaints) == "");
}

TEST_CASE("weights that cannot be computed are refused") {
  Complaints complaints;
  Cities const c = cities("id,size\na,-2\nb,0\n", complaints);
  NetworkSpec spec = from_file();
  spec.weight = DecayWeight{1000};
  (void)read(spec, "source,target\na,b\n", c, complaints);
  (void)read(spec, "source,target,weight\na,b,1\n", c, complaints);
  spec.weight = SourceWeight{reference("size")};
  (void)read(spec, "source,target\na,b\n", c, complaints);
  CHECK(mistakes(complaints) ==
        "s.yaml:5:3: network 'sister' has weights in its file and under `weight`, remove one of them\n"
        "s.yaml:5:3: unknown attribute 'lat' (great-circle distance), size was expected\n"
        "s.yaml:5:3: unknown attribute 'lon' (great-circle distance), size was expected\n"
        "s.yaml:7:3: attribute 'size' of city 'a' is negative (weight of ties), weights from 0 were expected\n");
  Complaints far;
  Cities const poles = cities("id,lat,lon\na,90,0\nb,-90,0\n", far);
  spec.weight = DecayWeight{10};
  CHECK(read(spec, "source,target\na,b\n", poles, far).ties() == 0);
  CHECK(contains(warnings(far), "1 tie is so long that its weight"));
}
