/// Tests of mechanisms/observable.
#include "mechanisms/observable.hpp"

#include <doctest/doctest.h>

#include "mechanisms/learning.hpp"

using namespace hansa;

namespace {

MechanismSpec learning(std::string noise, double prior_spread) {
  MechanismSpec spec;
  spec.kind = "learning";
  spec.parameters.set("noise", std::move(noise), {});
  spec.parameters.set("prior.spread", prior_spread, {});
  return spec;
}

}  // namespace

TEST_CASE("learning is observable where nothing of it is drawn") {
  PolicySpec given;
  given.merit.performance = Reference{};
  given.merit.spread = 2;
  CHECK(is_observable(learning_schema, learning("none", 0), given));
  CHECK_FALSE(is_observable(learning_schema, learning("normal", 0), given));
  CHECK_FALSE(is_observable(learning_schema, learning("none", 0.1), given));
  CHECK_FALSE(is_observable(learning_schema, learning("none", 0), PolicySpec{}));
  CHECK(observable_if(learning_schema).find("noise is none") != std::string_view::npos);
  MechanismSpec averages = learning("normal", 0);
  averages.parameters.set("model", "degroot", {});
  CHECK(is_observable(learning_schema, averages, given));
  CHECK_FALSE(is_observable(learning_schema, averages, PolicySpec{}));
  given.reinvention = ReinventionSpec{0.5, 1, 0, {}};
  CHECK_FALSE(is_observable(learning_schema, learning("none", 0), given));
  given.reinvention->gain = 0;
  CHECK(is_observable(learning_schema, learning("none", 0), given));
  given.reinvention = ReinventionSpec{1, 1, 0, {}};  // all adopters gain: nothing is drawn
  CHECK(is_observable(learning_schema, learning("none", 0), given));
}

TEST_CASE("a kind says of itself whether it is observable") {
  Schema kind = learning_schema;
  kind.name = "whim";
  PolicySpec given;
  given.merit.performance = Reference{};
  CHECK_FALSE(is_observable(kind, learning("none", 0), given));
  CHECK(observable_if(kind).empty());
  kind.observable = true;
  CHECK(is_observable(kind, learning("normal", 1), PolicySpec{}));
  CHECK(observable_if(kind).empty());
}
