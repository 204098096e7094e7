/// The slow simulator: one replicate, city by city and step by step, straight from the formulas.
/// It shares with the engine only the random keys, the flat mathematics and the grid; of a world it reads facts.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "record/history.hpp"
#include "reference/rules.hpp"
#include "scenario/scenario.hpp"
#include "scenario/tables.hpp"
#include "world/world.hpp"

namespace hansa::reference {

/// One city's decision on one policy in one step, as the reference sees it.
struct Decision {
  std::size_t policy;
  Index city;
  std::int32_t label;
  double resistance;
  double pressure;  ///< accumulated, or under the rule `threshold` that of the step
  bool adopts;
};

/// What is done in the end; the default does as the reference says.
using Arbiter = std::function<bool(Decision const&)>;

/// What happened to a city in a step, and the share of each mechanism of an adoption, by reserved or mechanism name.
struct LoggedFact {
  std::int32_t label;
  Index city;
  EventKind kind;
  std::map<std::string, double> shares;
};

struct PolicyOutcome {
  std::vector<LoggedFact> log;                             ///< of the steps, by label, then city
  std::vector<std::int32_t> adoption_time;                 ///< label of the first adoption, or `never`
  std::vector<std::int16_t> abandonments;                  ///< how often each city has left
  std::vector<std::int32_t> adopters;                      ///< current adopters at the end of each step
  std::vector<std::vector<bool>> adopted;                  ///< who they are
  std::vector<double> adoptions;                           ///< adoptions of each step
  std::map<std::string, std::vector<double>> attribution;  ///< by reserved or mechanism name: a sum per step
  std::map<std::string, int> laws;                         ///< in force in the end, countries by "kind trigger"
  std::map<std::string, SeedCounts> seeds;                 ///< by the name of the intervention
  std::int64_t adapted = 0;                                ///< adoptions in which the city adapted the policy
  std::vector<double> spending, unit_cost;                 ///< of each step; empty where no cost is stated
  std::vector<double> subsidies;                           ///< of each step; empty where nobody subsidises
  std::map<std::string, SubsidyCounts> subsidy_counts;     ///< by the name of the intervention
  std::vector<double> belief_mean, belief_precision;       ///< steps × cities; empty where nobody learns
};

/// What all policies share.
struct SharedOutcome {
  SharedHistory history;
  std::vector<std::vector<double>> balances;  ///< by step and city; empty where cities have no budgets
};

/// One outcome a policy, in the scenario's order; budgets, ties in use and fees go to `shared`. Throws Refused where
/// the model refuses a pressure.
[[nodiscard]] std::vector<PolicyOutcome> simulate(Scenario const& scenario, World const& world, Tables const& tables,
                                                  std::int64_t replicate, Arbiter const& arbiter = {},
                                                  SharedOutcome* shared = nullptr);

}  // namespace hansa::reference
