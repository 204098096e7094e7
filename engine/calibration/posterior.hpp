/// What a calibration leaves for later runs, and the file that holds it.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "calibration/calibrate.hpp"
#include "io/fit_file.hpp"
#include "record/estimates.hpp"

namespace hansa {

/// Numbers of a parameter under one hypothesis, by the weights of its particles.
struct PosteriorOf {
  std::size_t parameter = 0, hypothesis = 0;
  double mean = 0, sd = 0, low = 0, median = 0, high = 0;  ///< low, high: 2.5 % and 97.5 %
};

/// Of all hypotheses that are alive, and their parameters.
[[nodiscard]] std::vector<PosteriorOf> posterior_table(Calibration const& found);

/// The hypothesis with most weight, of equal ones the first; nothing where no generation was finished.
[[nodiscard]] std::optional<std::size_t> best_hypothesis(Calibration const& found);

/// One Estimates a policy, of the best hypothesis: medians, the posterior's covariance, and its particles; strengths
/// that the hypothesis leaves out are 0.
[[nodiscard]] std::vector<Estimates> posterior_estimates(Calibration const& found, Question const& question);

/// Writes the file that `--from` takes: the layout of fits (io/fit_file.hpp) with particles, and all of the
/// calibration beside it. `options` without `more`. Errors as write_fit_file; (Fault::failure) where there is nothing.
void write_posterior(Calibration const& found, Question const& question, FitFileOptions options);

}  // namespace hansa
