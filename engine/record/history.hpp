/// What is remembered of one replicate.
#pragma once

#include <cstdint>
#include <limits>
#include <string>
#include <vector>

#include "base/ids.hpp"

namespace hansa {

/// A label that no adoption takes.
inline constexpr std::int32_t never = std::numeric_limits<std::int32_t>::min();

/// What happened to a city and a policy in a step.
enum class EventKind : std::int8_t {
  adoption,     ///< the city decided
  abandonment,  ///< the city left
  seed,         ///< an intervention made it adopt
  mandate,  ///< it complied with a mandate under the rule `threshold`; under others mandates are one of the pressures
  replay,   ///< data say that it adopted
  replayed_abandonment  ///< data say that it left
};

/// Not one of the mechanisms.
inline constexpr std::int32_t no_mechanism = -1;

/// Of policies about which cities do not average beliefs.
inline constexpr std::int32_t no_period = -1;

struct LoggedEvent {
  std::int32_t time;       ///< label of the step
  Index city;              ///< in canonical order
  std::int32_t mechanism;  ///< position in Model::mechanisms of the one with the largest share of the adoption, of
                           ///< equal ones the first; abandonments: no_mechanism
  EventKind kind;
  bool operator==(LoggedEvent const&) const = default;
};

/// One policy in one replicate. T steps, n cities in canonical order.
struct PolicyHistory {
  std::vector<std::int32_t> adoption_time;  ///< n labels; `never`; initial adopters carry labels before start
  std::vector<std::int32_t> adopters;       ///< T: current adopters at the end of the step
  std::vector<std::vector<std::int32_t>>
      adopters_by;                          ///< per grouping: groups × T, row-major; no group: counted in none
  std::vector<std::int32_t> new_adoptions;  ///< T: adoptions in the step, again after leaving too; empty unless asked
                                            ///< for, like the next two
  std::vector<std::vector<std::int32_t>> new_adoptions_by;  ///< per grouping: groups × T, row-major
  std::vector<std::vector<std::int64_t>> population_by;     ///< the same: persons in adopting cities
  std::vector<double>
      adoptions_by_mechanism;  ///< mechanisms × T, row-major: attributed adoptions; empty unless asked for
  std::vector<std::vector<double>> adoptions_by_mechanism_by;  ///< per grouping: groups × mechanisms, row-major: over
                                                               ///< all steps; no group: counted in none
  std::vector<std::int32_t>
      subset;  ///< adopters of the plan's subset at its step: in all, then by all groups of all groupings; or empty
  std::vector<std::int16_t> abandonments;  ///< n counts; empty unless asked for
  std::vector<LoggedEvent>
      events;  ///< of the steps, by time, then city; initial adopters are none; empty unless asked for
  std::vector<double> belief_mean;  ///< T × n, row-major: at the end of each step; empty unless asked for and kept
  std::vector<double> belief_precision;    ///< like belief_mean
  std::int32_t belief_period = no_period;  ///< of beliefs at the end where cities average them: 1 where they have
                                           ///< settled, p where they come back after p steps, 0 where neither is seen
  std::vector<double> population_covered;  ///< T: share of the known population; empty where the cities have none
  std::vector<double> spending;            ///< T: what cities pay in the step; empty where no cost is stated
  std::vector<double> subsidies;           ///< T: what others pay of their costs in the step; empty where nobody does
  std::vector<double> unit_cost;  ///< T: mean cost over the cities in the world, NaN without any; like spending
};

/// What became of the cities of a seed. Those that were not in the world are in none of these.
struct SeedCounts {
  std::int32_t seeded = 0;    ///< adopted by it
  std::int32_t failed = 0;    ///< it did not succeed
  std::int32_t adopters = 0;  ///< had adopted before, or by another seed of the same step
  std::int32_t excluded = 0;  ///< had adopted a policy that this one excludes
  bool operator==(SeedCounts const&) const = default;
};

/// What became of a subsidy.
struct SubsidyCounts {
  double paid = 0;             ///< in all
  std::int32_t spent = never;  ///< label of the step in which its budget was spent
  bool operator==(SubsidyCounts const&) const = default;
};

/// What all policies of one replicate share, at the end of each of T steps; what the scenario does not have is empty.
struct SharedHistory {
  std::vector<double> budget;                  ///< mean over the cities
  std::vector<std::vector<double>> budget_by;  ///< per grouping: groups × T, row-major: means; NaN of nobody
  std::vector<double> ties_used;
  std::vector<double> fees;                     ///< of all members, in the step
  std::vector<double> tie_count, tie_strength;  ///< networks × T, row-major: ties that there are, and their mean
                                                ///< strength, NaN of none; empty unless asked for
};

struct History {
  std::int64_t replicate = 0;
  std::string failure;  ///< empty, or why this replicate failed (then policies is empty)
  std::vector<PolicyHistory> policies;
  SharedHistory shared = {};
  std::vector<SeedCounts> seeds = {};         ///< one an intervention, sorted by name
  std::vector<SubsidyCounts> subsidies = {};  ///< the same
};

}  // namespace hansa
