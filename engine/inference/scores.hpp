/// Proper scores of predicted chances, and whether one prediction beats another.
#pragma once

#include <cstddef>
#include <span>

#include "inference/trials.hpp"

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

/// Both predict the same trials; `reference`: one chance a trial. Throws Error where their numbers differ.
[[nodiscard]] ScoreComparison compare_scores(Trials const& own, std::span<double const> reference);

}  // namespace hansa
