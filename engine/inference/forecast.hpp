/// The years after a fit, predicted one step ahead by it and by simpler fits to the same rows.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "inference/calibration_table.hpp"
#include "inference/fit_scenario.hpp"
#include "inference/scores.hpp"

namespace hansa {

/// Two predictions of the same trials, by their names.
struct ComparedPredictions {
  std::string own, reference;
  ScoreComparison comparison;
};

/// A prediction that was not made, and why.
struct FailedPrediction {
  std::string name, failure;
};

struct Forecast {
  std::int32_t from = 0, until = 0;  ///< labels of the first and last decision that was predicted
  std::size_t trials = 0, events = 0, cities = 0;
  std::vector<std::string> left_out;  ///< mechanisms that name a network, sorted
  std::optional<Scores> scores;       ///< of the model; nothing where it was not estimated
  CalibrationTable calibration;       ///< of the model. Its test has a degree for every group, since nothing was fitted
                                      ///< to these trials (Hosmer, Lemeshow & Sturdivant 2013)
  std::vector<ComparedPredictions> comparisons;
  std::vector<FailedPrediction> failed;  ///< in no score
  std::vector<std::string> notes;        ///< sentences without full stop
};

/// Complains of what cannot be carried on beyond the last decision of the fit: coefficients of single periods, and a
/// fit that ends with the scenario.
void check_forecast(FitQuestion const& question, Complaints& complaints);

/// Chances of all decisions after the last that was fitted until the end of time, each given the adoptions, ties and
/// attributes that were observed before it; coefficients stay those of the fit. `fitted` is the fit of `policies`,
/// and its last decision that of the question. Compared are the model, the model without the mechanisms that name a
/// network, and one chance per policy, all of the same rows. Cities of countries whose fixed effect was not estimated
/// leave the trials. Throws Error where nobody was at risk any more.
[[nodiscard]] Forecast forecast(FitQuestion const& question, std::vector<PolicyId> const& policies,
                                FittedPolicies const& fitted, Catalogue catalogue);

}  // namespace hansa
