/// The same fit of many histories, and how the estimates scatter about what they were simulated from.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "inference/fit_scenario.hpp"

namespace hansa {

/// A fit of one history. Without estimates `failure` says why, and the vectors are empty.
struct Refit {
  std::string failure;
  std::vector<std::string> names;
  std::vector<double> estimates;
  std::vector<double> errors;                  ///< those that the fit reports: clustered where asked for; NaN: none
  std::vector<double> truth;                   ///< NaN where there is none
  std::vector<double> lower = {}, upper = {};  ///< 95 % intervals; empty: normal, of the errors
};

/// What histories were simulated from: values by the paths of coefficients.
using Truth = std::map<std::string, double>;

/// The coefficients of one fit, and none of its shapes.
[[nodiscard]] Refit refit_of(ObservedDesign const& observed, EventHistoryFit const& fit, Truth const& truth);

/// The values that a compiled scenario gives to the coefficients of its policies.
[[nodiscard]] Truth truth_of(Scenario const& scenario, World const& world, Model const& model);

/// Adds what a scenario says of the shape parameters that the question fits.
void add_shape_truth(Truth& truth, FitQuestion const& question, Scenario const& simulated);

/// histories[r][p] is policy p of history r. A coefficient that `truth` does not have was simulated from no number:
/// NaN. `threads`: at most so many (0: all); no result depends on it.
[[nodiscard]] std::vector<Refit> fit_histories(FitQuestion const& question, std::vector<PolicyId> const& policies,
                                               std::vector<std::vector<ObservedHistory>> const& histories,
                                               Truth const& truth, int threads = 0);

/// One coefficient over many fits.
struct Recovery {
  std::string name;
  double truth = 0;
  std::size_t fits = 0;  ///< in which it was estimated
  double mean = 0;
  double deviation = 0;    ///< of the estimates, with n − 1; NaN below two
  double mean_error = 0;   ///< of the errors that the fits report
  double coverage = 0;     ///< share of 95 % intervals that hold the truth; NaN where there is none. Those of shape
                           ///< parameters are of the profile, others normal
  std::size_t errors = 0;  ///< fits that report an error: those of some shape parameters have none
};

struct Recoveries {
  std::vector<Recovery> terms;
  std::size_t fitted = 0;
  std::map<std::string, std::size_t> failures;  ///< reason -> how often; these fits are in no mean
};

[[nodiscard]] Recoveries recoveries_of(std::vector<Refit> const& refits);

}  // namespace hansa
