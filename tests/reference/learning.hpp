/// Beliefs of the cities, from a list of all looks that were ever made.
#pragma once

#include <map>
#include <set>
#include <tuple>
#include <utility>
#include <vector>

#include "base/random.hpp"
#include "reference/facts.hpp"
#include "reference/mechanisms.hpp"
#include "scenario/scenario.hpp"

namespace hansa::reference {

/// One learning mechanism in one replicate. Update of a normal belief by normal observations: DeGroot (1970).
class Learner {
 public:
  Learner(Scenario const& scenario, World const& world, Facts const& facts, PolicySpec const& policy,
          MechanismSpec const& mechanism, std::int64_t replicate);

  /// Looks at those who have adopted at the end of the step with label `t`.
  void look(Standing const& standing, std::int32_t t);

  /// M.
  [[nodiscard]] double news(Index city) const;
  [[nodiscard]] double mean(Index city) const { return mean_[city]; }
  [[nodiscard]] double precision(Index city) const { return precision_[city]; }

 private:
  [[nodiscard]] double normal(Purpose purpose, Index city, std::int32_t counter) const;
  [[nodiscard]] double own(std::string const& parameter, Index city) const;
  [[nodiscard]] double performance(Index city, int episode, std::int32_t t) const;
  /// ‖z_a - z_b‖², z standardised.
  [[nodiscard]] double distance(Index a, Index b) const;
  [[nodiscard]] double worth(double mean, double precision) const;

  Scenario const& scenario_;
  World const& world_;
  Facts const& facts_;
  PolicySpec const& policy_;
  Parameters const& given_;
  std::int64_t replicate_;
  std::vector<double> start_mean_, start_precision_, mean_, precision_;
  std::map<std::pair<Index, int>, double> performance_;  // by city and episode
  std::set<std::tuple<Index, Index, int>> looks_;        // who has looked at whom, in which episode
};

}  // namespace hansa::reference
