/// Beliefs of the cities, from a list of all looks that were ever made.
#pragma once

#include <cstdint>
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

  /// Learns what there is to learn at the end of the step with label `t`, from those who have adopted then, and as who
  /// has left in its `events`; the policy is `now`.
  void learn(PolicySpec const& now, Standing const& standing, std::vector<DatedFact> const& events, std::int32_t t);

  /// What an adopter believes of the policy in its own hands.
  [[nodiscard]] double own_belief(Index city) const;
  /// M, where the policy is `now`.
  [[nodiscard]] double news(PolicySpec const& now, Index city) const;
  [[nodiscard]] double mean(Index city) const { return mean_[city]; }
  [[nodiscard]] double precision(Index city) const { return precision_[city]; }

 private:
  void perform(PolicySpec const& now, Standing const& standing, std::int32_t t);
  void look(Standing const& standing, std::set<Index> const& left, std::int32_t t);
  void average(Standing const& standing, std::int32_t t);
  /// The weight of what a city has seen of its own, as one look at a performance.
  [[nodiscard]] double worth_of_own(Index city) const;
  [[nodiscard]] Parameters const& given(PolicySpec const& now) const;
  [[nodiscard]] double normal(Purpose purpose, Index city, std::int32_t counter) const;
  [[nodiscard]] double own(std::string const& parameter, Index city) const;
  [[nodiscard]] double performance(PolicySpec const& now, Index city, int episode, std::int32_t t) const;
  /// ‖z_a - z_b‖², z standardised.
  [[nodiscard]] double distance(Index a, Index b) const;

  Scenario const& scenario_;
  World const& world_;
  Facts const& facts_;
  PolicySpec const& policy_;
  std::string name_;
  Parameters given_;  // now
  std::int64_t replicate_;
  std::vector<double> start_mean_, start_precision_, mean_, precision_;
  std::map<std::pair<Index, int>, double> performance_;  // by city and episode
  std::set<std::tuple<Index, Index, int>> looks_;        // who has looked at whom, in which episode
  /// What adopters have seen of their own in this episode, and with what precision.
  std::map<Index, std::vector<std::pair<double, double>>> seen_;
};

}  // namespace hansa::reference
