/// The logarithm of the number of adopters by hand on three cities.
#include "mechanisms/log_adopters.hpp"

#include <doctest/doctest.h>

#include "three_cities.hpp"

using namespace hansa;
using namespace hansa::test;

namespace {

Parameters of(Pool::Of of, std::string const& name = "") {
  Parameters p;
  p.set("pool", Pool{of, {name, {}}}, {});
  return p;
}

}  // namespace

TEST_CASE("the logarithm of one more than the other current adopters") {
  ThreeCities three;
  auto const term = three.make("log_adopters", of(Pool::Of::all));
  Driven driven(*term);
  CHECK(driven.value(c) == 0);
  driven.step(2000, {adopts(a)});
  CHECK(driven.value(c) == doctest::Approx(std::log(2.0)).epsilon(1e-14));
  driven.step(2001, {adopts(b)});
  CHECK(driven.value(c) == doctest::Approx(std::log(3.0)).epsilon(1e-14));
  CHECK(driven.touched(c));
  driven.step(2002, {leaves(a)});
  CHECK(driven.value(c) == doctest::Approx(std::log(2.0)).epsilon(1e-14));
}

TEST_CASE("in a country, a collaboration, among those observed; outside there is none") {
  ThreeCities three;
  auto const country = three.make("log_adopters", of(Pool::Of::country));
  auto const club = three.make("log_adopters", of(Pool::Of::collaboration, "club"));
  auto const ties = three.make("log_adopters", of(Pool::Of::network, "ties"));
  Driven of_country(*country), of_club(*club), of_ties(*ties);
  for (Driven* each : {&of_country, &of_club, &of_ties}) each->step(2000, {adopts(a), adopts(b)});
  CHECK(of_country.value(c) == 0);
  CHECK(of_club.value(c) == 0);
  CHECK(of_ties.value(c) == doctest::Approx(std::log(3.0)).epsilon(1e-14));
  of_club.step(2001, {});
  CHECK(of_club.value(c) == doctest::Approx(std::log(3.0)).epsilon(1e-14));
}

TEST_CASE("an unknown pool") {
  ThreeCities three;
  CHECK(three.make("log_adopters", of(Pool::Of::network, "tie")) == nullptr);
  CHECK(three.complaints.size() == 1);
}
