/// Many histories of one question: each simulated, fitted, and held against what it was simulated from.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "hansa.hpp"
#include "inference/fit_scenario.hpp"

namespace hansa::test {

/// Histories of a question, and what they are to be found again from.
struct Study {
  Question question;
  FitQuestion fit;  ///< refers to the question's world
  std::vector<PolicyId> policies;
  std::vector<std::vector<ObservedHistory>> histories;
  std::vector<std::string> names;  ///< of the coefficients
  std::vector<double> truth;       ///< of the coefficients
  double events = 0;               ///< mean of the histories
};

/// Simulates all replicates of the question.
[[nodiscard]] Study simulate(Question question);

/// The column of a coefficient; throws where there is none.
[[nodiscard]] std::size_t column_of(Study const& study, std::string_view name);

/// How histories are fitted, whatever their scenario says.
struct FitWay {
  bool city_intercept = false;
  Penalty penalty = Penalty::none;
  std::vector<std::size_t> profiled;  ///< columns whose deviance at the truth is computed
};

/// One fit of one history. Without estimates `failure` says why, and the vectors are empty.
struct Sight {
  std::string failure;
  std::vector<double> estimate, error, cluster_error;  ///< per coefficient
  std::vector<double> root;  ///< per profiled column: signed root of the deviance at the truth
  double city_sd = 0;
};

[[nodiscard]] std::vector<Sight> see(Study const& study, FitWay const& way);

/// One coefficient over many fits.
struct Found {
  double bias = 0;                 ///< in standard deviations of the estimates
  double wald = 0, clustered = 0;  ///< shares of 95 % intervals that hold the truth
};

struct Findings {
  std::vector<Found> terms;     ///< per coefficient
  std::vector<double> profile;  ///< per profiled column: the same share of profile intervals
  std::size_t fits = 0;
  std::size_t failed = 0;  ///< in no mean
  std::size_t alike = 0;   ///< fits in which the standard deviation of the city intercept is 0
  double city_sd = 0;      ///< mean
};

[[nodiscard]] Findings findings_of(Study const& study, std::vector<Sight> const& sights);

/// What `hansa fit` warns of in one history, which has so many events.
struct Warned {
  std::size_t events = 0;
  std::vector<std::string> warnings;
};
[[nodiscard]] Warned warned_of(Study const& study, std::size_t history);

}  // namespace hansa::test
