/// How well a fitted model reproduces the history that it was fitted to: histories simulated from its estimates against
/// the observed one, statistic by statistic (as Hunter, Goodreau & Handcock 2008 do for networks).
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "inference/fit_scenario.hpp"
#include "measures/global_envelope.hpp"
#include "run/question.hpp"
#include "run/replicate.hpp"

namespace hansa {

/// One kind of statistic of one policy.
struct GoodnessPart {
  std::string policy, statistic;   ///< "bike_share", "curve_by_group"
  std::vector<std::string> names;  ///< W: "region.Asia.2010"
  std::vector<double> observed;    ///< W
  GlobalEnvelope envelope;         ///< with α 0.05
};

struct Goodness {
  std::int64_t histories = 0;  ///< that were simulated
  std::int64_t failed = 0;     ///< of these; they are in no envelope
  std::string failure;         ///< of the first of them
  std::vector<GoodnessPart> parts;
  std::vector<std::string> notes;  ///< sentences without full stop
};

struct GoodnessOptions {
  std::int64_t histories = 0;
  Lanes lanes = Lanes::fast;
  int threads = 0;  ///< 0: all; no result depends on it
};

inline constexpr double goodness_alpha = 0.05;

/// Simulates from the estimates of all fits together, from their first scored decision on: what happened before, and
/// what policies did that are not fitted, is as the data have it. Only cities of known status are sources, as in the
/// fit. Summaries are those of inference/summaries.hpp, up to the last scored decision. Where a fit has no estimates
/// nothing is simulated, and a note says so. Errors (Fault::input): estimates that no rule simulates (probit), nothing
/// observed.
[[nodiscard]] Goodness goodness_of(Question const& question, FitQuestion const& posed,
                                   std::vector<FittedPolicies> const& fits, GoodnessOptions const& options);

}  // namespace hansa
