/// What cities and others pay for a policy, city by city.
#pragma once

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "reference/acts.hpp"
#include "reference/facts.hpp"
#include "reference/mechanisms.hpp"
#include "reference/reference.hpp"
#include "reference/rules.hpp"

namespace hansa::reference {

/// What happened in a step: events, of which some were seeded, and the standing after it.
struct Happened {
  std::vector<DatedFact> const& events;
  std::set<Index> const& seeded;
  Standing const& standing;
};

/// Of one policy, which is number `p` of the scenario.
class Payments {
 public:
  Payments(Facts const& facts, PolicySpec const& policy, std::size_t p, Acts acts, Draws const& draws)
      : facts_(facts), policy_(policy), p_(p), acts_(std::move(acts)), draws_(draws) {}

  /// What the policy, with the numbers of the step, costs each city at `t`, with adopters of the step before; nothing
  /// if that is not stated.
  [[nodiscard]] std::vector<double> costs_at(PolicySpec const& now, Standing const& standing, std::int32_t t) const;
  /// What subsidies add to M of each mechanism of the kind scale: ln(c / c_net), shared equally.
  [[nodiscard]] double cut(PolicySpec const& now, Standing const& standing, Index city, std::int32_t t,
                           PolicyOutcome const& outcome) const;
  /// What a city would pay at `t`, subsidies aside; nothing if that is not stated.
  [[nodiscard]] std::optional<double> price(PolicySpec const& now, Standing const& standing, Index city, std::int32_t t,
                                            PolicyOutcome const& outcome) const;
  /// Pays what the step costs; per city. `adopted`: the policy as it was when each city adopted it.
  std::vector<double> pay(std::vector<double> const& costs, Happened const& happened,
                          std::map<Index, PolicySpec const*> const& adopted, std::int32_t t,
                          PolicyOutcome& outcome) const;

 private:
  [[nodiscard]] std::map<std::string, double> subsidies(double c, Index city, std::int32_t t,
                                                        PolicyOutcome const& outcome) const;

  Facts const& facts_;
  PolicySpec const& policy_;
  std::size_t p_;
  Acts acts_;
  Draws draws_;
};

}  // namespace hansa::reference
