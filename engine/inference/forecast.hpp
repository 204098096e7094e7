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

/// What predictions of the same trials are worth.
struct ForecastScores {
  std::size_t trials = 0, events = 0, cities = 0;
  std::optional<Scores> scores;  ///< of the model; nothing where it was not estimated
  CalibrationTable calibration;  ///< of the model. Its test has a degree for every group, since nothing was fitted to
                                 ///< these trials (Hosmer, Lemeshow & Sturdivant 2013)
  std::vector<ComparedPredictions> comparisons;
};

struct Forecast {
  std::int32_t from = 0, until = 0;   ///< labels of the first and last decision that was predicted
  std::vector<std::string> left_out;  ///< mechanisms that name a network, sorted
  ForecastScores one_step;            ///< a decision a trial, given all that was observed before it
  ForecastScores free_running;        ///< a city and policy a trial: does it adopt by the end, given the fitted years
  std::int64_t replicates = 0;        ///< simulated for free_running
  std::vector<FailedPrediction> failed;  ///< in no score
  std::vector<std::string> notes;        ///< sentences without full stop
};

/// Complains of what cannot be carried on beyond the last decision of the fit: coefficients of single periods, and a
/// fit that ends with the scenario.
void check_forecast(FitQuestion const& question, Complaints& complaints);

/// Chances of all decisions after the last that was fitted until the end of time. One step ahead, each is given the
/// adoptions, ties and attributes that were observed before it; free-running, adoptions of the fitted policies after
/// the fit are simulated (`replicates` times), and a city's chance is its share of adoptions, (k + ½) / (n + 1).
/// Coefficients stay those of the fit. `fitted` is the fit of `policies`, and its last decision that of the question.
/// Shape parameters are those of the fit, in all predictions. Compared are the model, the model without the mechanisms
/// that name a network, and one chance per policy and step, all of the same rows. Cities of countries whose fixed
/// effect was not estimated leave the trials. `threads`: at most so many (0: all); no result depends on it. Throws
/// Error where nobody was at risk any more.
[[nodiscard]] Forecast forecast(FitQuestion const& question, std::vector<PolicyId> const& policies,
                                FittedPolicies const& fitted, Catalogue catalogue, std::int64_t replicates = 1000,
                                int threads = 0);

}  // namespace hansa
