/// Log and Brier scores, and their paired differences.
#include "inference/scores.hpp"

#include <limits>
#include <map>
#include <vector>

#include <fmt/format.h>

#include "base/error.hpp"
#include "base/flat_math.hpp"
#include "inference/hypothesis_tests.hpp"

namespace hansa {

namespace {

constexpr double not_a_number = std::numeric_limits<double>::quiet_NaN();

double log_score(double chance, bool event) noexcept {
  return event ? -flat::log(chance) : -flat::log1p(-chance);
}

double brier_score(double chance, bool event) noexcept {
  double const miss = chance - (event ? 1 : 0);
  return miss * miss;
}

ScoreDifference difference(std::vector<double> const& each, std::vector<Index> const& city, double own,
                           double reference) {
  auto const n = static_cast<double>(each.size());
  ScoreDifference result;
  double sum = 0;
  for (double const d : each) sum += d;
  result.mean = n > 0 ? sum / n : not_a_number;
  result.skill = reference > 0 ? 1 - own / reference : not_a_number;
  std::map<Index, double> of_city;
  for (std::size_t i = 0; i < each.size(); ++i) of_city[city[i]] += each[i] - result.mean;
  double squares = 0;
  for (auto const& [id, total] : of_city) squares += total * total;
  auto const clusters = static_cast<double>(of_city.size());
  result.error = clusters >= 2 ? __builtin_sqrt(clusters / (clusters - 1) * squares) / n : not_a_number;
  // Two predictions that are the same differ by nothing, surely.
  result.z = result.mean == 0 && result.error == 0 ? 0 : result.mean / result.error;
  result.p = two_sided_p(result.z);
  return result;
}

}  // namespace

Scores scores_of(Trials const& trials) {
  Scores sums;
  for (std::size_t i = 0; i < trials.size(); ++i) {
    sums.log += log_score(trials.chance[i], trials.event[i] != 0);
    sums.brier += brier_score(trials.chance[i], trials.event[i] != 0);
  }
  if (trials.size() == 0) return {not_a_number, not_a_number};
  auto const n = static_cast<double>(trials.size());
  return {sums.log / n, sums.brier / n};
}

ScoreComparison compare_scores(Trials const& own, std::span<double const> reference) {
  require(reference.size() == own.size(),
          fmt::format("{} predictions are compared with {}", own.size(), reference.size()), {},
          "both must predict the same trials");
  ScoreComparison result;
  Trials other = own;
  other.chance.assign(reference.begin(), reference.end());
  result.trials = own.size();
  result.own = scores_of(own);
  result.reference = scores_of(other);
  std::vector<double> log(own.size()), brier(own.size());
  std::map<Index, std::size_t> cities;
  for (std::size_t i = 0; i < own.size(); ++i) {
    bool const event = own.event[i] != 0;
    result.events += event;
    ++cities[own.city[i]];
    log[i] = log_score(own.chance[i], event) - log_score(reference[i], event);
    brier[i] = brier_score(own.chance[i], event) - brier_score(reference[i], event);
  }
  result.cities = cities.size();
  result.log = difference(log, own.city, result.own.log, result.reference.log);
  result.brier = difference(brier, own.city, result.own.brier, result.reference.brier);
  return result;
}

}  // namespace hansa
