/// Adoptions simulated on from the end of a fit, with its coefficients.
#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "inference/fit_scenario.hpp"

namespace hansa {

/// Which decisions are simulated, and with what.
struct FreeRunOrder {
  std::vector<PolicyId> policies;  ///< the others adopt and abandon as observed
  std::int32_t first = 1;          ///< step; what happened before it is given
  FitLink link = FitLink::logit;
  std::vector<std::pair<std::string, double>> coefficients;  ///< by column of the fit's design; others are 0
  std::vector<std::uint8_t> barred;  ///< per city: 1 where nothing is known of its chances; empty: none
  std::int64_t replicates = 1;
  int threads = 0;  ///< 0: all; no result depends on it
};

/// counts[k * cities + city]: in how many replicates the city adopts policies[k] in steps first … end. Cities that the
/// data do not cover, and those that cannot decide, do not adopt. Attributes and ties are those of each year, decisions
/// those of `rule` with the terms of the fit; resistances are those of the replicate and city in a run, so that
/// different coefficients meet the same ones. Where cities queue, their clocks run without money, from the last step on
/// in which they could pay. Nobody leaves a policy that is simulated. Cost: replicates × a replay.
[[nodiscard]] std::vector<std::int64_t> free_adoptions(FitQuestion const& question, FreeRunOrder const& order);

}  // namespace hansa
