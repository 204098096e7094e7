/// What does not go with random effects of policies.
#include "inference/fit_choices.hpp"

#include <doctest/doctest.h>

#include "five_cities.hpp"

namespace hansa {

namespace {

constexpr char two[] = R"(hansa: 1
time: {start: 2000, end: 2005}
cities: {file: cities.csv}
networks: {sister: {file: ties.csv, directed: true}}
policies:
  led: {baseline: -2, adopters: {file: led.csv}, mechanisms: {peers: {exposure: {network: sister}, strength: 1}}}
  tram: {baseline: -2, adopters: {file: led.csv}, mechanisms: {peers: {exposure: {network: sister}, strength: 1}}}
fit: {pooled: true, policy_effects: random}
)";

std::string complaints_of_choices(std::vector<std::string> const& settings) {
  try {
    (void)test::pose(test::five_texts("city,year\nb,1995\nd,2001\n", two), settings);
  } catch (Error const& error) {
    return error.what();
  }
  return "";
}

bool complains(std::vector<std::string> const& settings, std::string const& what) {
  return complaints_of_choices(settings).find(what) != std::string::npos;
}

}  // namespace

TEST_CASE("random effects of policies go alone") {
  CHECK(complaints_of_choices({}) == "");
  CHECK(complains({"policies.led.frailty.city=1"}, "are crossed"));
  CHECK(complains({"policies.tram.frailty.city_policy=1"}, "are crossed"));
  CHECK(complains({"fit.penalty=firth"}, "Firth's penalty"));
  CHECK(complaints_of_choices({"fit.cross_validation.leave=policies"}) == "");
  CHECK(complains({"fit.imputations=5"}, "not combined over imputations"));
  CHECK(complains({"fit.pooled=false"}, "'policy_effects' is random, and 'pooled' is not true"));
  CHECK(complains({"fit.policies=[led]"}, "of a single policy"));
  CHECK(complaints_of_choices({"fit.policy_effects=fixed", "policies.led.frailty.city=1"}) == "");
}

TEST_CASE("the design has one baseline, and the fit says how policies are effects") {
  test::Posed const posed = test::pose(test::five_texts("city,year\nb,1995\nd,2001\n", two));
  std::vector<PolicyId> const policies = fits_of(posed.fit).at(0);
  ObservedDesign const observed = design_of(posed.fit, policies);
  CHECK(observed.design.names == std::vector<std::string>{"baseline", "peers"});
  CHECK(observed.coefficients[0].paths == std::vector<std::string>{"policies.led.baseline", "policies.tram.baseline"});
  CHECK(options_of(posed.fit, policies).policy_intercept);
  CHECK_FALSE(options_of(posed.fit, {policies[0]}).policy_intercept);
}

}  // namespace hansa
