/// Synergy by hand on three cities.
#include "mechanisms/synergy.hpp"

#include <doctest/doctest.h>

#include "three_cities.hpp"

using namespace hansa;
using namespace hansa::test;

namespace {

Parameters with(std::string const& policy) {
  Parameters p;
  p.set("policy", Reference{policy, {}}, {});
  return p;
}

/// Policies `lanes` and `trams`, of which the term is one of `trams`.
struct TwoPolicies : ThreeCities {
  TwoPolicies() {
    policies.resize(2);
    policies[0].name = "lanes";
    policies[1].name = policy().name = "trams";
  }
};

}  // namespace

TEST_CASE("one where the city has the other policy, and none once it has left it") {
  TwoPolicies three;
  auto const term = three.make("synergy", with("lanes"));
  REQUIRE(term != nullptr);
  auto const kept = term->keep();
  term->reset(*kept, {});
  std::vector<Index> list(16);
  std::vector<std::uint8_t> seen(3, 0);
  Touched touched{list.data(), seen.data()};
  auto const value = [&](Index city) {
    double m = -1;
    term->value(*kept, std::span(&city, 1), &m);
    return m;
  };
  CHECK((value(a) == 0 && value(b) == 0 && value(c) == 0));
  std::vector<Event> const adopts_b{{b, 0, +1}}, leaves_b{{b, 0, -1}};
  term->apply_other(*kept, PolicyId{0}, adopts_b, touched);
  CHECK((value(a) == 0 && value(b) == 1 && value(c) == 0));
  CHECK(touched.count == 1);
  CHECK(list[0] == b);
  float single = 0;
  Index const city = b;
  term->value(*kept, std::span(&city, 1), &single);
  CHECK(single == 1);
  // Neither a third policy nor the policy itself counts.
  term->apply_other(*kept, PolicyId{1}, leaves_b, touched);
  term->apply(*kept, leaves_b, touched);
  CHECK(value(b) == 1);
  term->apply_other(*kept, PolicyId{0}, leaves_b, touched);
  CHECK(value(b) == 0);
  term->apply_other(*kept, PolicyId{0}, adopts_b, touched);
  term->reset(*kept, {});
  CHECK(value(b) == 0);
}

TEST_CASE("a policy has no synergy with itself or with one that is not there") {
  TwoPolicies three;
  CHECK(three.make("synergy", with("trams")) == nullptr);
  CHECK(three.make("synergy", with("ferries")) == nullptr);
  REQUIRE(three.complaints.size() == 2);
  CHECK(three.complaints.errors()[0].problem == "'synergy' is a synergy of 'trams' with itself");
  CHECK(three.complaints.errors()[1].problem == "unknown policy 'ferries'");
}
