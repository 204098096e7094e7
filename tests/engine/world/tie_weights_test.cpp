/// Weights by distance and by attribute.
#include "world/tie_weights.hpp"

#include <cmath>

#include <doctest/doctest.h>

#include "engine/world/support.hpp"
#include "world/sphere.hpp"

using namespace hansa;
using namespace hansa::test;

TEST_CASE("weights decay with distance, or are the source's attribute") {
  Complaints complaints;
  Cities const c = cities("id,lat,lon,size\na,0,0,2\nb,0,90,0\nc,0,1,3\n", complaints);
  NetworkSpec spec = from_file(false);
  spec.weight = DecayWeight{1000};
  NetworkLayer const decayed = built_ties(spec, "source,target\na,b\na,c\n", c, complaints);
  double const near = std::exp(-earth_radius_km * 3.14159265358979 / 180 / 1000);
  double const far = std::exp(-earth_radius_km * 3.14159265358979 / 2 / 1000);
  std::vector<StoredTie> const ties = stored(decayed);
  REQUIRE(ties.size() == 4);
  CHECK(ties[0].weight * decayed.unit == doctest::Approx(far).epsilon(1e-3));  // of 2^24 / 20,000 units
  CHECK(ties[1].weight * decayed.unit == doctest::Approx(near).epsilon(1e-6));
  CHECK(ties[3].weight == ties[1].weight);
  spec.weight = SourceWeight{reference("size")};
  CHECK(stored(built_ties(spec, "source,target\na,b\na,c\n", c, complaints)) ==
        std::vector<StoredTie>{{0, 1, 2}, {0, 2, 2}, {2, 0, 3}});  // b's attribute is 0: nobody is influenced by b
  CHECK(mistakes(complaints) == "");
}

TEST_CASE("weights that cannot be computed are refused") {
  Complaints complaints;
  Cities const c = cities("id,size\na,-2\nb,0\n", complaints);
  NetworkSpec spec = from_file();
  spec.weight = DecayWeight{1000};
  (void)built_ties(spec, "source,target\na,b\n", c, complaints);
  (void)built_ties(spec, "source,target,weight\na,b,1\n", c, complaints);
  spec.weight = SourceWeight{reference("size")};
  (void)built_ties(spec, "source,target\na,b\n", c, complaints);
  CHECK(mistakes(complaints) ==
        "s.yaml:5:3: network 'sister' has weights in its file and under `weight`, remove one of them\n"
        "s.yaml:5:3: unknown attribute 'lat' (great-circle distance), size was expected\n"
        "s.yaml:5:3: unknown attribute 'lon' (great-circle distance), size was expected\n"
        "s.yaml:7:3: attribute 'size' of city 'a' is negative (weight of ties), weights from 0 were expected\n");
  Complaints far;
  Cities const poles = cities("id,lat,lon\na,90,0\nb,-90,0\n", far);
  spec.weight = DecayWeight{10};
  CHECK(built_ties(spec, "source,target\na,b\n", poles, far).ties() == 0);
  CHECK(contains(warnings(far), "1 tie is so long that its weight"));
}
