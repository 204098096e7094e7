/// Tests of scenario/read_dyads.
#include "support.hpp"

using namespace hansa;
using namespace hansa::testing;

namespace {

Checked checked_dyads(std::string const& text) {
  return check_with("networks: {road: {erdos_renyi: {degree: 2}}}, fit: {dyads: " + text + "},");
}

DyadSpec dyads_of(std::string const& text) {
  Checked const checked = checked_dyads(text);
  CHECK(lines(checked.errors) == "");
  REQUIRE(checked.scenario.fit);
  REQUIRE(checked.scenario.fit->dyads);
  return *checked.scenario.fit->dyads;
}

/// The first complaint, without its place.
std::string dyads_complaint(std::string const& text) {
  Checked const checked = checked_dyads(text);
  if (checked.errors.empty()) return {};
  return checked.errors[0].substr(checked.errors[0].find(": ") + 2);
}

}  // namespace

TEST_CASE("covariates are read by name, and the conditional risk set is the default") {
  DyadSpec const spec = dyads_of(
      "{covariates: {b: {tie: road}, a: {log_ratio: size}, far: {distance: log_km}, t: {time: square}}, leaders: road, "
      "cluster: [follower, leader]}");
  REQUIRE(spec.covariates.size() == 4);
  CHECK(spec.covariates[0].of == DyadCovariate::Of::log_ratio);
  CHECK(spec.covariates[0].what.name == "size");
  CHECK(spec.covariates[1].what.name == "road");
  CHECK(spec.covariates[2].form == DyadCovariate::Form::logarithm);
  CHECK(spec.covariates[3].form == DyadCovariate::Form::square);
  CHECK(spec.leaders->name == "road");
  CHECK(spec.risk == DyadRisk::conditional);
  CHECK(spec.clusters == std::vector{DyadCluster::follower, DyadCluster::leader});
  CHECK(dyads_of("{covariates: {b: {same: x}}, risk_set: unconditional, cluster: none}").risk ==
        DyadRisk::unconditional);
  CHECK(dyads_of("{covariates: {b: {same: x}}, cluster: none}").clusters.empty());
  CHECK(dyads_of("{covariates: {b: {same: x}}}").clusters == std::vector{DyadCluster::follower});
}

TEST_CASE("what goes wrong is told") {
  CHECK(dyads_complaint("{}").starts_with("'covariates' is missing in 'dyads'"));
  CHECK(dyads_complaint("{covariates: {}}").starts_with("'covariates' is empty"));
  CHECK(dyads_complaint("{covariates: {a: {tie: raod}}}").starts_with("unknown network 'raod'"));
  CHECK(dyads_complaint("{covariates: {a: {tie: road, same: x}}}").starts_with("'same' cannot stand beside 'tie'"));
  CHECK(dyads_complaint("{covariates: {a: {distance: miles}}}").starts_with("'distance' is 'miles'"));
  CHECK(dyads_complaint("{covariates: {baseline: {same: x}}}")
            .starts_with("'baseline' is the name of the constant of a fit"));
  CHECK(dyads_complaint("{covariates: {a: {same: x}}, cluster: city}").starts_with("'cluster' is 'city'"));
  CHECK(dyads_complaint("{covariates: {a: {same: x}}, risk_set: some}").starts_with("'risk_set' is 'some'"));
  CHECK(dyads_complaint("{covariates: {a: {same: x}}, leaders: lane}").starts_with("unknown network 'lane'"));
}
