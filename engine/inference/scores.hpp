/// Proper scores of predicted chances, and whether one prediction beats another.
#pragma once

#include <Eigen/Core>
#include <cstddef>
#include <span>
#include <vector>

#include "inference/trials.hpp"
#include "scenario/fit_spec.hpp"

namespace hansa {

/// Means over trials; lower is better.
struct Scores {
  double log = 0;    ///< −ln of the chance given to what happened (Good 1952); +inf where it was 0
  double brier = 0;  ///< squared difference of chance and event (Brier 1950)
};

/// NaN without trials.
[[nodiscard]] Scores scores_of(Trials const& trials);

/// The mean of own less reference score: negative where the own prediction is better.
struct ScoreDifference {
  double mean = 0;
  double error = 0;  ///< clustered by city, with factor G/(G−1); NaN below two cities
  double z = 0, p = 1;
  double skill = 0;  ///< 1 − own / reference; NaN where the reference's score is 0
};

struct ScoreComparison {
  std::size_t trials = 0, events = 0, cities = 0;
  Scores own, reference;
  ScoreDifference log, brier;
};

/// Minus the log-likelihood of each trial of the rows: its log score, also where its chance would round to 0 or 1.
[[nodiscard]] std::vector<double> trial_log_scores(Design const& design, FitLink link,
                                                   Eigen::VectorXd const& coefficients);

/// Of own and reference scores, one a trial, with the trial's city.
[[nodiscard]] ScoreDifference paired_difference(std::span<double const> own, std::span<double const> reference,
                                                std::span<Index const> city);

/// Both predict the same trials; `reference`: one chance a trial. Throws Error where their numbers differ.
[[nodiscard]] ScoreComparison compare_scores(Trials const& own, std::span<double const> reference);

}  // namespace hansa
