/// The slow simulator: one replicate, city by city and step by step, straight from the formulas.
/// It shares with the engine only the random keys, the flat mathematics and the grid; of a world it reads facts.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "scenario/scenario.hpp"
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

struct PolicyOutcome {
  std::vector<std::int32_t> adoption_time;                 ///< label of the first adoption, or `never`
  std::vector<std::int32_t> adopters;                      ///< current adopters at the end of each step
  std::vector<double> adoptions;                           ///< adoptions of each step
  std::map<std::string, std::vector<double>> attribution;  ///< by reserved or mechanism name: a sum per step
};

/// One outcome a policy, in the scenario's order. Throws std::runtime_error where |eta| > 80 under a hazard rule.
[[nodiscard]] std::vector<PolicyOutcome> simulate(Scenario const& scenario, World const& world, std::int64_t replicate,
                                                  Arbiter const& arbiter = {});

/// The parts of a pressure besides the baseline, in the order of summation.
using Parts = std::vector<std::pair<std::string, double>>;

/// Shares of one adoption at η = baseline + Σ parts (Aumann & Shapley 1974); `baseline` is among the keys. Rule
/// `threshold`: in proportion to the parts of the pressure, all to `baseline` where there is none.
[[nodiscard]] std::map<std::string, double> attribute(Rule rule, double baseline, Parts const& parts);

}  // namespace hansa::reference
