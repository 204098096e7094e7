/// Log and Brier scores, and their paired differences.
#include "inference/scores.hpp"

#include <limits>
#include <map>
#include <vector>

#include <fmt/format.h>

#include "base/error.hpp"
#include "base/flat_math.hpp"
#include "inference/coordinates.hpp"
#include "inference/hypothesis_tests.hpp"
#include "inference/links.hpp"

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

ScoreDifference difference(std::vector<double> const& each, std::span<Index const> city, double own, double reference) {
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

std::vector<double> trial_log_scores(Design const& design, FitLink link, Eigen::VectorXd const& coefficients) {
  std::size_t const a = log_linear_columns(design, link);
  std::vector<double> scores;
  std::vector<std::size_t> const starts = trial_starts(design);
  for (std::size_t t = 0; t + 1 < starts.size(); ++t) {
    double hazards = 0, eta = 0;
    for (std::size_t r = starts[t]; r < starts[t + 1]; ++r) {
      double added = 0;
      eta = 0;
      for (std::size_t k = 0; k < design.columns(); ++k) {
        double const part = coefficients[static_cast<Eigen::Index>(k)] *
                            design.x(static_cast<Eigen::Index>(r), static_cast<Eigen::Index>(k));
        (k < a ? eta : added) += part;
      }
      hazards += (link == FitLink::additive && a == 0 ? 0 : hazard(link, eta).value) + added;
    }
    bool const event = design.event[starts[t + 1] - 1] != 0;
    bool const plain = link != FitLink::additive && starts[t + 1] == starts[t] + 1;
    scores.push_back(-(plain ? row_terms(link, eta, event).value : sum_terms(hazards, event).value));
  }
  return scores;
}

ScoreDifference paired_difference(std::span<double const> own, std::span<double const> reference,
                                  std::span<Index const> city) {
  std::vector<double> each(own.size());
  double sum_own = 0, sum_reference = 0;
  for (std::size_t i = 0; i < own.size(); ++i) {
    each[i] = own[i] - reference[i];
    sum_own += own[i];
    sum_reference += reference[i];
  }
  auto const n = static_cast<double>(own.size());
  return difference(each, city, sum_own / n, sum_reference / n);
}

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
