/// Policies whose numbers change by date, and what that makes of sums over attributes.
#pragma once

#include <cstdint>
#include <vector>

#include "model/attribute_sums.hpp"

namespace hansa {

/// A policy as it is from a step on, until the next phase begins.
struct Phase {
  std::int32_t step = 1;
  PolicySpec spec;
};

/// The phases of a policy, by the numbers that interventions set; the first begins in step 1. A copy of the policy
/// each.
[[nodiscard]] std::vector<Phase> phases_of(PolicySpec const& policy, Scenario const& scenario);

/// For each phase, which set of parameters the mechanism at `position` has in it, numbered from 0 as they first appear.
[[nodiscard]] std::vector<std::size_t> variants_of(std::size_t position, std::vector<Phase> const& phases,
                                                   Scenario const& scenario);

/// Puts the sums of phases together, each from its step on.
class PhasedSums {
 public:
  /// `step`: of the phase, above that of the one before. Sums that are empty in all phases stay so.
  void add(std::int32_t step, AttributeSums sums);
  [[nodiscard]] AttributeSums take();

 private:
  void settle(std::int32_t step);

  AttributeSums all_;
  std::vector<double> now_;
  std::vector<AttributeStep> coming_;  // of the last phase
  bool is_empty_ = true;
};

}  // namespace hansa
