/// Great-circle distances against the haversine formula in long double, and against published distances.
#include "world/sphere.hpp"

#include <cmath>

#include <doctest/doctest.h>

#include "engine/world/support.hpp"

using namespace hansa;
using namespace hansa::test;

namespace {

double haversine_km(double lat1, double lon1, double lat2, double lon2) {
  long double const radian = std::acos(-1.0L) / 180;
  long double const u = std::sin((lat2 - lat1) * radian / 2);
  long double const v = std::sin((lon2 - lon1) * radian / 2);
  long double const h = u * u + std::cos(lat1 * radian) * std::cos(lat2 * radian) * v * v;
  return static_cast<double>(2 * 6371.0088L * std::asin(std::sqrt(h)));
}

}  // namespace

TEST_CASE("distances between known cities") {
  Complaints complaints;
  Cities const c =
      cities("id,lat,lon\nberlin,52.52437,13.41053\nparis,48.85341,2.3488\nsydney,-33.86785,151.20732\nnorth,90,77\n",
             complaints);
  std::vector<Point> const at = place_on_sphere(c, here, complaints);
  REQUIRE(at.size() == 4);
  // Sorted: berlin, north, paris, sydney. Published: Berlin–Paris 878 km, Berlin–Sydney 16,090 km.
  CHECK(great_circle_km(at[0], at[2]) == doctest::Approx(878).epsilon(0.002));
  CHECK(great_circle_km(at[0], at[3]) == doctest::Approx(16090).epsilon(0.002));
  CHECK(great_circle_km(at[0], at[1]) == doctest::Approx((90 - 52.52437) / 180 * 3.14159265358979 * 6371.0088));
  CHECK(great_circle_km(at[0], at[0]) == 0);
  CHECK(great_circle_km(at[2], at[3]) == great_circle_km(at[3], at[2]));
}

TEST_CASE("distances agree with the haversine formula, from metres to the antipodes") {
  Cities c = generated(300, CitiesSpec::Coordinates::globe);
  Complaints complaints;
  std::vector<Point> const at = place_on_sphere(c, here, complaints);
  std::vector<double> const& lat = *c.number("lat");
  std::vector<double> const& lon = *c.number("lon");
  for (Index i = 0; i < c.size(); ++i) {
    for (Index j = 0; j < i; ++j) {
      double const expected = haversine_km(lat[i], lon[i], lat[j], lon[j]);
      // Both are ill-conditioned near the antipodes, where the sine of half the angle is flat.
      double const tolerance = expected > 19000 ? 1e-4 : 1e-9;
      if (std::abs(great_circle_km(at[i], at[j]) - expected) > tolerance) FAIL_CHECK(c.id[i] << " " << c.id[j]);
    }
  }
  Cities const close = cities("id,lat,lon\na,60,10\nb,60.00001,10\nc,0,180\nd,0,-180\ne,0,0\n", complaints);
  std::vector<Point> const p = place_on_sphere(close, here, complaints);
  CHECK(great_circle_km(p[0], p[1]) == doctest::Approx(haversine_km(60, 10, 60.00001, 10)).epsilon(1e-6));
  CHECK(great_circle_km(p[2], p[3]) < 1e-9);  // the same place
  CHECK(great_circle_km(p[2], p[4]) == doctest::Approx(3.14159265358979 * 6371.0088));
}
