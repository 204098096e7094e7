/// Tests of a network's effect against networks that cannot have mattered: cities that have changed places in it, or
/// ties that lead elsewhere.
///
/// Under the hypothesis that the network of the data is no better than such a one, the statistic of the data has a
/// random rank among theirs (Krackhardt 1988; Aral, Muchnik & Sundararajan 2009). Histories and all other covariates
/// stay as they are, so that what they explain is no part of either statistic; what only permuted networks lose are
/// covariates of cities that go with who is tied to whom. Cities change places with those of the same value of an
/// attribute only, where one is named, and those that never decide (sources only) among themselves.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "inference/fit_scenario.hpp"

namespace hansa {

/// One network, of one kind.
struct NullTest {
  enum class Kind { permutations, rewirings };
  Kind kind = Kind::permutations;
  std::string network;
  std::vector<std::string> terms;  ///< columns of mechanisms on the network
  std::string untested;            ///< why there is no test; empty where there is one
  double statistic = 0;            ///< likelihood ratio of the terms (penalised: Heinze & Schemper 2002)
  std::vector<double> null;        ///< the same of the networks, ascending; of those without estimates not
  std::size_t failed = 0;          ///< networks whose fit has no estimates; they count as reaching the statistic
  std::size_t reached = 0;         ///< networks whose statistic is not smaller
  std::vector<double> estimates, null_means, null_deviations;  ///< per term; deviations with n − 1

  /// (b + 1)/(m + 1), the network of the data being one of them (Phipson & Smyth 2010); NaN without a test.
  [[nodiscard]] double p() const noexcept;
  /// Of the statistics of the networks; NaN of none.
  [[nodiscard]] double null_quantile(double q) const noexcept;
};

/// What is fitted: the rows, and the histories that they are from.
struct NullSubject {
  FitQuestion const& question;
  std::vector<PolicyId> const& policies;
  std::vector<ObservedHistory> const& histories;
  ObservedDesign const& observed;
  EventHistoryOptions options;
};

/// Complains of what the section's nulls do not go with: attributes that are not there, dates that are imputed.
void check_nulls(FitSpec const& spec, World const& world, Complaints& complaints);

/// For each network that mechanisms of the fit use, sorted by name: permutations, then rewirings. `seed`: of the draws,
/// which are keyed by the names of networks and cities. `threads` as elsewhere; no result depends on it. Cost: for each
/// drawn network a replay of the mechanisms on it, and a fit.
[[nodiscard]] std::vector<NullTest> null_tests(NullSubject const& subject, NullsSpec const& spec, std::uint64_t seed,
                                               int threads = 0);

/// The same of a fit of data; shapes are those that it estimated.
[[nodiscard]] std::vector<NullTest> null_tests(FitQuestion const& question, std::vector<PolicyId> const& policies,
                                               FittedPolicies const& fitted, int threads = 0);

}  // namespace hansa
