/// What a fit sees of a decision is what the decision saw when it was simulated.
#include <algorithm>
#include <array>
#include <cmath>

#include <doctest/doctest.h>

#include "base/flat_math.hpp"
#include "inference/risk_rows.hpp"
#include "run/frailty.hpp"
#include "run/resistance.hpp"
#include "worlds.hpp"

namespace hansa::metamorphic {

namespace {

/// The hazard of a row at the scenario's own coefficients.
double hazard(Rule rule, double log_linear, double rest, bool exogenous) {
  double const eta = log_linear + rest;
  switch (rule) {
    case Rule::logit:
      return flat::softplus(eta);
    case Rule::cloglog:
      return flat::exp(eta);
    case Rule::additive:
      return (exogenous ? flat::exp(log_linear) : 0) + rest;
    default:
      return eta >= 1 ? 1e9 : eta <= 0 ? 0 : flat::hazard_of_probability(eta);
  }
}

std::vector<ObservedHistory> histories_of(test::Question& question, History const& simulated) {
  std::vector<ObservedHistory> histories;
  for (PolicyHistory const& each : simulated.policies) {
    histories.push_back(simulated_history(each, question.model.clock));
  }
  return histories;
}

/// Adds the hazards of all rows of a city and finds each adoption where they reach its resistance.
std::int64_t check_policy(test::Question& question, std::vector<ObservedHistory> const& histories, PolicyId id) {
  PolicyModel const& policy = question.model.policies[id.value];
  Index const n = question.world.cities.size();
  Covariates covariates(question.scenario, question.world, question.model, id);
  std::int32_t const last = question.model.clock.steps();
  RiskWindow const window{policy.first_decision, last, policy.first_decision};
  RiskRows const found = risk_rows(question.world, question.model, id, histories, window, covariates);
  Frailty frailty(policy, question.world.cities, last);
  frailty.begin({question.model.seed, 0, nullptr});
  Resistances resistances(policy, question.world.cities, question.model.seed);
  resistances.begin(0);
  std::vector<double> left(n);
  resistances.accumulated(0, left);
  std::vector<CovariateName> const& names = covariates.names();
  bool const exogenous = policy.baseline > -1e300;
  std::int64_t adoptions = 0;
  for (std::size_t k = 0; k < found.rows.size(); ++k) {
    RiskRow const& row = found.rows[k];
    double log_linear = frailty.lasting(row.city) + frailty.period(row.step);
    double rest = 0;
    for (std::size_t c = 0; c < names.size(); ++c) {
      double const part = names[c].value * found.values[k * names.size() + c];
      (c < covariates.log_linear() ? log_linear : rest) += part;
    }
    left[row.city] -= hazard(policy.rule, log_linear, rest, exogenous);
    CAPTURE(question.world.cities.id[row.city]);
    CAPTURE(row.step);
    if (std::abs(left[row.city]) > 1e-9) CHECK((left[row.city] <= 0) == (row.event != 0));
    adoptions += row.event;
  }
  return adoptions;
}

}  // namespace

TEST_CASE("the rows of a simulated history lead to its adoptions, and to no others") {
  std::int64_t adoptions = 0;
  for_worlds(60,
             {"cascade", "threshold", "abandonment", "requires", "excludes", "attention", "resources:", "dynamics:"},
             [&](test::Texts const& texts, test::Question const&) {
               test::Texts quiet = texts;  // no fit knows what is done in most worlds
               if (auto const at = quiet.yaml.find("\ninterventions:\n"); at != std::string::npos)
                 quiet.yaml.resize(at + 1);
               auto const asked = test::ask(quiet);
               test::Question& question = *asked;
               bool const returns =
                   std::any_of(question.model.policies.begin(), question.model.policies.end(), [](auto const& each) {
                     return std::any_of(each.dated.begin(), each.dated.end(),
                                        [](DatedEvent const& d) { return d.event.sign < 0; });
                   });
               if (returns) return;
               History const simulated = test::run_one(question, 0, Lanes::full);
               std::vector<ObservedHistory> const histories = histories_of(question, simulated);
               for (Index p = 0; p < question.model.policies.size(); ++p) {
                 Rule const rule = question.model.policies[p].rule;
                 bool const lawless = question.model.policies[p].laws.empty();  // no fit knows who was bound or barred
                 if (rule != Rule::cascade && rule != Rule::threshold && lawless)
                   adoptions += check_policy(question, histories, PolicyId{p});
               }
             });
  CHECK(adoptions > 300);
}

}  // namespace hansa::metamorphic
