/// Policies whose numbers change by date, and what that makes of sums over attributes.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "model/attribute_sums.hpp"
#include "scenario/set_spec.hpp"

namespace hansa {

/// A policy as it is from a step on, until the next phase begins.
struct Phase {
  std::int32_t step = 1;
  PolicySpec spec;
};

/// The phases of a policy, by the numbers that interventions set; the first begins in step 1. A copy of the policy
/// each.
[[nodiscard]] std::vector<Phase> phases_of(PolicySpec const& policy, Scenario const& scenario);

/// A number of the policy by date; number(spec) tells it.
template <class Number>
[[nodiscard]] NumberCourse course_of(std::vector<Phase> const& phases, Number const& number) {
  NumberCourse course(number(phases.front().spec));
  for (Phase const& each : phases) course.add(each.step, number(each.spec));
  return course;
}

/// A number that a mechanism has as a parameter, by date; 0 where it has none, or an attribute.
[[nodiscard]] NumberCourse parameter_by_date(TermContext const& context, MechanismSpec const& mechanism,
                                             std::string const& parameter);

/// Of a policy that has one.
[[nodiscard]] ReinventionModel reinvention_model(std::vector<Phase> const& phases);

/// What is set of something that is no policy's: `first` with other numbers from the steps on in which they change, by
/// step; the first from step 1 on. No two after each other are alike. `of`: resources, dynamics or fee; `name`: of the
/// network or collaboration.
template <class Spec>
struct PhaseOf {
  std::int32_t step = 1;
  Spec spec;
};
template <class Spec>
[[nodiscard]] std::vector<PhaseOf<Spec>> phases_of(Spec const& first, NumberAt::Of of, std::string const& name,
                                                   Scenario const& scenario);

/// The limit of attention that all cities have from steps on, where it is a number.
[[nodiscard]] NumberCourse attention_by_date(Scenario const& scenario);

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
