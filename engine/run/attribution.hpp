/// Which mechanism brought about an adoption: the Aumann–Shapley shares of the hazard at the moment of decision.
#pragma once

#include <cstddef>
#include <span>

#include "model/model.hpp"
#include "record/recorder.hpp"
#include "run/settle.hpp"

namespace hansa {

/// The parts of η of at most batch_size deciding cities.
struct PredictorParts {
  std::span<Index const> cities;
  double baseline = 0;                    ///< the same for all
  double trend = 0;                       ///< the same for all
  std::span<double const> attributes;     ///< Σ β x of each; empty: 0
  std::span<double const> frailty;        ///< of each, that of the period included; empty: 0
  std::span<double const> theta_m;        ///< θ·M, terms × cities, row-major
  std::span<double const> pushes = {};    ///< of each; empty: 0
  std::span<double const> mandated = {};  ///< hazard that mandates add for each; empty: 0
  /// Parts of it: that of interventions, then those of the laws that are mandates; (1 + laws) × cities, row-major.
  /// Empty: all is the interventions'.
  std::span<double const> of_mandates = {};
};

/// Adds the shares of these adoptions to the recorder, summed in the order given. With η = β0 + Σ x_g: baseline
/// h(β0)/h(η), g gets x_g/(η - β0) · (h(η) - h(β0))/h(η), as η→β0 its limit (Aumann & Shapley 1974). Rule `additive`:
/// the terms in proportion to their hazards, the rest e^(β0 + x) shared in itself in that way. Rule `threshold`: in
/// proportion to x_g; baseline where the x_g are 0 or cancel. What mandates add to the hazard h(η) has its part of the
/// sum, and the others share the rest. Shares are signed and sum to 1. Not for rule `cascade`.
/// Where a pledge is kept that nothing presses for any more, all is the baseline's.
void attribute(PolicyModel const& model, PolicyId policy, std::int32_t step, PredictorParts const& parts,
               Recorder& recorder, EventKind kind = EventKind::adoption);

}  // namespace hansa
