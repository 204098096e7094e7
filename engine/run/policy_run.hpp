/// One policy in one replicate: resistances, due dates and the terms' state, from step to step.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>

#include "base/parallel.hpp"
#include "model/model.hpp"
#include "record/recorder.hpp"
#include "run/replicate.hpp"
#include "world/world.hpp"

namespace hansa {

inline constexpr std::size_t block_size = 1024;  ///< events handed to terms at a time

/// One per thread and policy, reused. The calls of a step t are, in this order for all policies together: decide,
/// follow for every policy's events, prepare.
class PolicyRun {
 public:
  virtual ~PolicyRun() = default;
  /// Draws resistances; applies nothing. Step 0. What `outset` names outlives the replicate.
  virtual void begin(Outset const& outset) = 0;
  /// Finds who adopts in `step` (step 0: initial adopters), attributes and records them. Their pressure no longer
  /// counts.
  virtual void decide(std::int32_t step, Recorder& recorder) = 0;
  /// The events that decide() found, in blocks of at most 1024; empty when there are no more.
  [[nodiscard]] virtual std::span<Event const> next_events() = 0;
  /// Applies a block of this policy's own events, or of another's, to the terms.
  virtual void follow(std::span<Event const> events) = 0;
  virtual void follow_other(PolicyId other, std::span<Event const> events) = 0;
  /// Brings memberships, risk set and trend to step + 1 and computes pressures anew where they changed. Beliefs of the
  /// end of `step` go to the recorder.
  virtual void prepare(std::int32_t step, Recorder& recorder) = 0;
};

/// `crew` outlives it; what it computes does not depend on the crew's size.
[[nodiscard]] std::unique_ptr<PolicyRun> make_policy_run(Model const& model, World const& world, PolicyId policy,
                                                         Lanes lanes, Crew& crew);

}  // namespace hansa
