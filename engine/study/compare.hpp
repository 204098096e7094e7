/// Runs scenarios on common random numbers and compares each with the first.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <stop_token>
#include <string>
#include <vector>

#include "base/progress.hpp"
#include "measures/comparison.hpp"
#include "run/ensemble.hpp"
#include "scenario/scenario.hpp"

namespace hansa {

/// A scenario of a comparison. What it refers to outlives the comparison.
struct ComparedScenario {
  std::string name;
  Scenario const& scenario;
  World const& world;
  Model const& model;
  std::function<Model(std::int64_t)> model_of = {};  ///< as in Arm
};

/// Complains where a scenario cannot be paired with the first one, replicate by replicate and city by city: other
/// cities, another clock, seed or list of policies; and of names that two of them have.
void check_comparable(std::span<ComparedScenario const> scenarios, Complaints& complaints);

/// A measure of which the interval, over pairs, is to become narrow.
enum class Precise {
  final_share,         ///< difference of the share of cities that have adopted at the end
  final_adopters,      ///< of their number
  population_covered,  ///< of the share of the population at the end
  time_to_quarter,     ///< of the first steps with so many
  time_to_half,
  time_to_three_quarters,
  followers  ///< adopters at the end among cities that are not funded
};

struct PreciseRequest {
  Precise measure = Precise::final_share;
  double width = 0;  ///< of the 95 % interval, from end to end, for every what-if and policy that has the measure
};

/// The widest of these intervals. NaN where nothing has the measure, or too few replicates.
[[nodiscard]] double widest(Comparison const& comparison, Precise measure);

struct CompareOptions {
  std::int64_t replicates = 100;
  int threads = 0;  ///< 0: all
  Lanes lanes = Lanes::fast;
  /// Doubles the replicates until the measure is so precise, or there would be more than `most`. Looked at only at
  /// these counts, so that nothing depends on threads.
  std::optional<PreciseRequest> until;
  std::int64_t most = 102'400;
  Progress progress = {};
  std::stop_token stop = {};
};

struct CompareOutcome {
  Comparison comparison;
  std::vector<std::int32_t> replicates;  ///< numbers of those that did not fail
  std::vector<std::int32_t> adopters;    ///< replicates × scenarios × policies × steps
  std::vector<FailedReplicate> failed;
  std::int64_t asked = 0;  ///< replicates, after all doublings
  bool stopped = false;
  bool precise = true;  ///< what was asked for was reached
  double seconds = 0;
};

/// Replicates 0 … of all scenarios, recorded by one plan (adoption times must be kept). The first is the base.
[[nodiscard]] CompareOutcome compare(std::span<ComparedScenario const> scenarios, RecordPlan const& plan,
                                     CompareOptions const& options);

/// Per policy the cities that `with` seeds and `without` does not, ascending. Policies are the same.
[[nodiscard]] std::vector<std::vector<Index>> newly_funded(Model const& without, Model const& with);

/// What the interventions of `with` cost more than those of `without`: nothing where they are the same ones, or where
/// one that only one of them has states no cost.
[[nodiscard]] std::optional<double> more_cost(Model const& without, Model const& with);

}  // namespace hansa
