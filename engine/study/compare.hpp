/// Runs scenarios on common random numbers and compares each with the first.
#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <stop_token>
#include <string>
#include <string_view>
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
  /// A model for each draw of the parameters, numbered from 0, in the place of the one for all; as in Arm. Empty: none
  /// are drawn. All scenarios draw, or none does.
  std::function<Model(std::int64_t)> model_of = {};
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

/// How they are called, in the same order.
inline constexpr std::array<std::string_view, 7> precise_names = {
    "final_share",  "final_adopters",         "population_covered", "time_to_quarter",
    "time_to_half", "time_to_three_quarters", "followers"};

struct PreciseRequest {
  Precise measure = Precise::final_share;
  double width = 0;  ///< of the 95 % interval, from end to end, for every what-if and policy that has the measure
};

/// The widest of these intervals. NaN where nothing has the measure; without bound where there are too few replicates
/// to tell.
[[nodiscard]] double widest(Comparison const& comparison, Precise measure);

/// What became of such a request.
enum class Precision {
  not_asked,
  reached,
  missed,  ///< not with the most replicates, or not before it was stopped
  nowhere  ///< nothing has the measure: looked at once, after the first replicates
};

/// A what-if and policy, by their numbers.
struct ComparedPair {
  std::size_t what_if = 0, policy = 0;
  friend bool operator==(ComparedPair const&, ComparedPair const&) = default;
};

/// Those that do not have the measure, as a policy that nobody is newly funded for has no followers.
[[nodiscard]] std::vector<ComparedPair> lacking(Comparison const& comparison, Precise measure);

struct CompareOptions {
  std::int64_t replicates = 100;
  int threads = 0;  ///< 0: all
  Lanes lanes = Lanes::fast;
  /// Doubles the replicates until the measure is so precise, or there would be more than `most`. Looked at only at
  /// these counts, so that nothing depends on threads.
  std::optional<PreciseRequest> until;
  std::int64_t most = 102'400;
  std::int64_t per_draw = 10;  ///< replicates of a draw, where parameters are drawn
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
  Precision precision = Precision::not_asked;
  std::optional<PreciseRequest> until;  ///< what was to be precise
  std::vector<ComparedPair> lacking;    ///< what-ifs and policies without the measure that was to be precise
  double seconds = 0;
};

/// Replicates 0 … of all scenarios, recorded by one plan (adoption times must be kept). The first is the base.
[[nodiscard]] CompareOutcome compare(std::span<ComparedScenario const> scenarios, RecordPlan const& plan,
                                     CompareOptions const& options);

/// Per policy the cities that `with` seeds and `without` does not, ascending. Policies are the same.
[[nodiscard]] std::vector<std::vector<Index>> newly_funded(Model const& without, Model const& with);

/// What the interventions of `with` cost more than those of `without`, as they state it: a subsidy whose policy has a
/// cost may state none, which counts as 0, since what it pays is found in the runs. Nothing where they are the same
/// ones and none is such a subsidy, or where another that only one of them has states no cost.
[[nodiscard]] std::optional<double> more_cost(Model const& without, Model const& with);

}  // namespace hansa
