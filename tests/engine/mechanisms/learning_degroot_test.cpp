/// Averages of beliefs by hand on three cities, and whether they settle.
#include "mechanisms/learning_degroot.hpp"

#include <doctest/doctest.h>

#include "learning_parameters.hpp"

using namespace hansa;
using namespace hansa::test;

namespace {

using doctest::Approx;

Parameters degroot(Parameters p = learning()) {
  p.set("model", "degroot", {});
  p.set("noise", "normal", {});
  return p;
}

/// Prior means 1, 2, 3.
Parameters by_size() {
  return with("prior.mean", NumberOrAttribute(Reference{"size", {}}), degroot());
}

/// The three cities along these ties, for a thousand steps.
struct Averaging : LearningCities {
  Averaging(std::vector<Tie> const& ties, std::int32_t last = 2999) {
    world().networks[0] = make_layer("ties", ties, 3, {}, complaints);
    clock().end = last;
  }

  std::int32_t period(Parameters const& parameters) {
    auto const term = make("learning", parameters);
    REQUIRE(term);
    CHECK(term->averages_beliefs());
    Driven driven(*term);
    for (std::int32_t t = 2000; t <= clock().end; ++t) driven.step(t, {});
    return term->belief_period(driven.kept());
  }
};

}  // namespace

TEST_CASE("a city takes over the weighed mean of those whom it observes, as it was a step before") {
  LearningCities three;
  auto const term = three.make("learning", by_size());
  REQUIRE(term);
  Driven driven(*term);
  driven.step(2000, {});
  CHECK(driven.beliefs().mean[a] == 1);  // observes nobody
  CHECK(driven.beliefs().mean[b] == 1);
  CHECK(driven.beliefs().mean[c] == Approx((1 + 3 * 2) / 4.0).epsilon(1e-15));
  CHECK(driven.value(a) == 0);
  CHECK(driven.value(b) == -1);
  CHECK(driven.value(c) == Approx(7 / 4.0 - 3).epsilon(1e-15));
  CHECK_FALSE(driven.touched(a));
  CHECK(driven.touched(b));
  driven.step(2001, {});
  CHECK(driven.beliefs().mean[c] == 1);
  CHECK(driven.beliefs().precision[c] == 1);  // stays
  CHECK_FALSE(driven.touched(b));
  CHECK(own_belief(driven, c) == 1);
  CHECK(own_belief(driven, c, Believed::at_first) == 3);
}

TEST_CASE("adopters tell what they have of it, as long as they have it, and listen on") {
  LearningCities three;
  auto const term = three.make("learning", with("openness", NumberOrAttribute(0.5), by_size()));
  Driven driven(*term);
  driven.step(2000, {adopts(b)});
  double const c_first = 0.5 * 3 + 0.5 * (1 + 3 * 0.6) / 4;
  CHECK(driven.beliefs().mean[c] == Approx(c_first).epsilon(1e-15));
  CHECK(driven.beliefs().mean[b] == Approx(1.5).epsilon(1e-15));
  driven.step(2001, {leaves(b)});  // tells what it believes again
  CHECK(driven.beliefs().mean[c] == Approx(0.5 * c_first + 0.5 * (1 + 3 * 1.5) / 4).epsilon(1e-15));
}

TEST_CASE("initial adopters are heard in the first step, with what they have drawn and gained") {
  LearningCities three;
  three.policy().merit.spread = 0.5;
  three.policy().reinvention = ReinventionSpec{1, 0.25, 0, {}};
  auto const term = three.make("learning", degroot());
  Driven driven(*term);
  driven.step(1999, {adopts(a)});
  CHECK(driven.value(b) == 0);
  driven.step(2000, {});
  CHECK(driven.value(b) == Approx(0.6 + 0.25 + 0.5 * z(Purpose::merit, hash_id("a"), 0)).epsilon(1e-15));
}

TEST_CASE("openness is each city's own, and who is closed stays as it was") {
  LearningCities three;
  three.world().cities.numbers["open"] = {1, 0, 0.25};
  auto const term = three.make("learning", with("openness", NumberOrAttribute(Reference{"open", {}}), by_size()));
  Driven driven(*term);
  driven.step(2000, {});
  CHECK(driven.beliefs().mean[b] == 2);
  CHECK(driven.beliefs().mean[c] == Approx(0.75 * 3 + 0.25 * 7 / 4).epsilon(1e-15));
  CHECK_FALSE(driven.touched(b));
}

TEST_CASE("prior means are drawn as those of normal beliefs are") {
  LearningCities three;
  Parameters apart = degroot();
  apart.set("prior.spread", 0.5, {});
  auto const term = three.make("learning", apart);
  Driven driven(*term);
  CHECK(driven.beliefs().mean[b] == Approx(0.5 * z(Purpose::prior, hash_id("b"), 0)).epsilon(1e-15));
  driven.step(2000, {adopts(a)});
  driven.begin({});
  CHECK(driven.beliefs().mean[b] == Approx(0.5 * z(Purpose::prior, hash_id("b"), 0)).epsilon(1e-15));
}

TEST_CASE("cities of which nobody knows whether they have adopted are not heard") {
  LearningCities three;
  three.known = {0, 1, 1};
  auto const term = three.make("learning", by_size());
  Driven driven(*term);
  driven.step(2000, {});
  CHECK(driven.beliefs().mean[b] == 2);
  CHECK(driven.beliefs().mean[c] == 2);
}

TEST_CASE("beliefs that settle, and such that go round with a period") {
  // Two cities that take over each other's belief.
  CHECK(Averaging({{a, b, 1}, {b, a, 1}}).period(by_size()) == 2);
  CHECK(Averaging({{a, b, 1}, {b, a, 1}}).period(with("openness", NumberOrAttribute(0.5), by_size())) == 1);
  CHECK(Averaging({{a, b, 1}, {b, c, 1}, {c, a, 1}}).period(by_size()) == 3);
  CHECK(Averaging({{a, b, 1}, {b, c, 1}, {c, a, 1}}).period(degroot()) == 1);  // of one mind from the start
  // A second way round, one shorter: aperiodic.
  CHECK(Averaging({{a, b, 1}, {b, c, 1}, {c, a, 1}, {b, a, 1}}).period(by_size()) == 1);
  // c swings with the two that it hears.
  CHECK(Averaging({{a, b, 1}, {b, a, 1}, {a, c, 1}, {b, c, 3}}).period(by_size()) == 2);
  // Still on the way.
  CHECK(Averaging({{a, b, 1}, {b, a, 1}}, 2003).period(with("openness", NumberOrAttribute(0.1), by_size())) == 0);
  CHECK(Averaging({{a, b, 1}, {b, a, 1}}, 2000).period(by_size()) == 0);  // one step tells nothing of periods
}

TEST_CASE("a consensus is the mean weighed by influence") {
  // b and a observe each other, a more open than b: influence is in proportion to the other's openness.
  Averaging three({{a, b, 1}, {b, a, 1}});
  three.world().cities.numbers["open"] = {0.6, 0.2, 0};
  auto const term = three.make("learning", with("openness", NumberOrAttribute(Reference{"open", {}}), by_size()));
  Driven driven(*term);
  for (std::int32_t t = 2000; t < 2100; ++t) driven.step(t, {});
  CHECK(driven.beliefs().mean[a] == Approx((0.2 * 1 + 0.6 * 2) / 0.8).epsilon(1e-12));
  CHECK(driven.beliefs().mean[b] == Approx(1.75).epsilon(1e-12));
}

TEST_CASE("what is of another model is refused by name") {
  LearningCities three;
  auto const refused = [&](Parameters p) {
    std::size_t const before = three.complaints.size();
    CHECK(three.make("learning", std::move(p)) == nullptr);
    REQUIRE(three.complaints.size() == before + 1);
    Complaint const& told = three.complaints.errors().back();
    return told.problem + ", " + told.mend;
  };
  CHECK(refused(with("own_precision", 0.5, degroot())) ==
        "'own_precision' is of the model normal, 'model: normal', or no own_precision, was expected");
  CHECK(refused(with("observation_sd", 2.0, degroot())).starts_with("'observation_sd' is of the model normal"));
  CHECK(refused(with("risk_aversion", 0.1, degroot())).starts_with("'risk_aversion' is of the model normal"));
  CHECK(refused(with("noise", "none", degroot())).starts_with("'noise' is of the model normal"));
  Parameters distant = with("transferability.on", std::vector<Reference>{{"size", {}}}, degroot());
  distant.set("transferability.sd", 0.5, {});
  CHECK(refused(distant).starts_with("'transferability.on' is of the model normal"));
  CHECK(refused(with("openness", NumberOrAttribute(0.5))) ==
        "'openness' is of the model degroot, 'model: degroot', or no openness, was expected");
  CHECK(refused(with("openness", NumberOrAttribute(Reference{"country", {}}), degroot())).find("country") !=
        std::string::npos);
  three.world().cities.numbers["open"] = {0.5, 1, 1.25};
  CHECK(refused(with("openness", NumberOrAttribute(Reference{"open", {}}), degroot())) ==
        "'open' of city 'c' is 1.25, openness, from 0 to 1, was expected");
}
