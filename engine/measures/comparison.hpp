/// What a paired comparison of scenarios came to.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/ids.hpp"
#include "measures/moments.hpp"
#include "scenario/scenario.hpp"

namespace hansa {

/// 5, 50 and 95 % of replicates: what luck does. Where parameters are drawn: luck under one draw, taken over all, each
/// replicate's distance from the mean of its draw (times √(n/(n − 1)) of the draw's n) added to the mean of all.
struct Luck {
  double low = 0, median = 0, high = 0;
};

/// What adopting a policy costs, added up from the first step to the end of each, in the scenario's currency; empty
/// where its cost is not stated.
struct PaidToDate {
  std::vector<Interval> spending;   ///< of the cities, per step
  std::vector<Interval> subsidies;  ///< what others pay of their costs, per step
};

/// One policy in one scenario.
struct ArmOutcome {
  std::vector<Interval> adopters;            ///< per step, at its end
  std::vector<Luck> luck;                    ///< of the same
  std::vector<Interval> population_covered;  ///< per step; empty where no population is known
  PaidToDate paid;
};

/// When a share of all cities has adopted.
struct TimeTo {
  double share = 0;
  std::int64_t without = 0, with = 0, both = 0;  ///< replicates that come so far
  Interval difference;                           ///< labels, what-if less base, over those of `both`
};

/// Adopters at the end of the clock among the cities with one value of a grouping attribute.
struct GroupDifference {
  std::string attribute, label;
  std::int64_t cities = 0;
  Interval without, difference;
};

/// Per city, over replicates. `earlier` … `only_without` count pairs: they rest on the resistances that the scenarios
/// share. The chances are of each scenario by itself.
struct CityDifferences {
  std::vector<double> chance_without, chance_with;  ///< to have adopted by the end of the clock
  std::vector<double> earlier, later;               ///< share of replicates; adopted in both
  std::vector<double> only_with, only_without;      ///< share of replicates
  std::vector<double> gained;  ///< mean number of steps by which it adopts earlier; never: after the clock
};

/// Adoptions of one policy by the end of the clock, by whether cities are seeded in the what-if and not in the base.
struct Followers {
  std::vector<Index> funded;  ///< ascending; empty: nobody is, and the rest is of no use
  Interval deadweight;        ///< funded cities that adopt in the base too
  Interval funded_more;       ///< adopters among the funded, what-if less base
  Interval followers;         ///< adopters among the others, what-if less base
};

/// The kinds of reruns that tell of followers, in the order in which they are counted.
inline constexpr std::array<std::string_view, 7> rerun_kinds = {"no_seeds", "chosen", "best_connected", "most_inclined",
                                                                "random",   "alone",  "left_out"};

/// A rerun of which nothing is told.
struct RerunLeftOut {
  std::string rerun;  ///< "random choice 7", "c00012 alone"
  std::string why;
};

/// Reruns of a what-if with its seeds given to others: how many there were, and of which nothing is told.
struct Reruns {
  struct Count {
    std::int32_t asked = 0, made = 0;
    friend bool operator==(Count const&, Count const&) = default;
  };
  std::int64_t replicates = 0;  ///< of each; those that could not be run at all are not among them
  std::int64_t failed = 0;      ///< these others
  std::array<Count, rerun_kinds.size()> kinds;
  std::vector<RerunLeftOut> left_out;
  std::string none;  ///< why there are none; empty: there are
};

/// The same seeds given to other cities, as many of them: who leads to more followers? Followers are counted among the
/// cities that are not funded in that choice, against no seeds at all. NaN: that rerun is left out.
struct Rivals {
  std::int64_t replicates = 0;
  Interval chosen;               ///< followers of the cities that were chosen
  std::vector<Interval> random;  ///< of random choices
  double beaten = 0;             ///< share of these that lead to fewer, equal ones counted half
  Interval best_connected;       ///< of those whom most cities observe
  Interval most_inclined;        ///< of those whose own attributes press most
};

/// Who follows whom: seeds given to one group alone, and to all but that group. NaN: that rerun is left out.
struct Following {
  std::int64_t replicates = 0;
  std::vector<std::string> groups;  ///< id of a funded city, or name of an intervention
  std::vector<Interval> alone;      ///< per group: followers of it alone, against no seeds
  std::vector<Interval> added;      ///< followers of all seeds, less those without the group's
  std::vector<float>
      changed_alone;  ///< groups × cities: share of replicates in which it alone changes when the city adopts
  std::vector<float> changed_added;  ///< the same for the group added to all others; 0 for the group's own cities
};

/// One policy, what-if less base.
struct PolicyDifference {
  std::vector<Interval> adopters;            ///< per step
  std::vector<Luck> luck;                    ///< of the same
  std::vector<Interval> population_covered;  ///< per step; empty where no population is known
  PaidToDate paid;                           ///< empty unless the cost is stated in both
  /// What the whole what-if costs its funders more, for each adopter more at the end, and for each follower. NaN where
  /// that is not known, or where there may be none.
  Interval cost_per_adopter, cost_per_follower;
  std::vector<TimeTo> times;  ///< to 25, 50 and 75 % of all cities
  std::vector<GroupDifference> groups;
  Followers followers;
  std::optional<Reruns> reruns;        ///< only where cities are funded
  std::optional<Rivals> rivals;        ///< only where cities are funded
  std::optional<Following> following;  ///< only where cities are funded
  CityDifferences cities;
  /// Variance of the difference of adopters at the end, had the scenarios not shared their random numbers, over that
  /// of the pairs. NaN where all pairs are equal.
  double gain = 0;
};

struct WhatIf {
  std::vector<PolicyDifference> policies;
  /// To the funders of its interventions, less those of the base: what these state, and the subsidies paid of all
  /// policies. None: not stated.
  std::optional<Interval> cost;
};

struct Comparison {
  std::vector<std::string> scenarios;  ///< names, the base first
  std::vector<std::string> policies;
  Clock clock;
  std::int64_t cities = 0;
  std::int64_t replicates = 0;                    ///< pairs that did not fail
  std::int64_t failed = 0;                        ///< left out
  std::int64_t draws = 0;                         ///< of parameters, in these pairs; 0: none are drawn
  std::int64_t per_draw = 0;                      ///< replicates of a draw, the last one's may be fewer; 0: none
  std::vector<std::vector<ArmOutcome>> outcomes;  ///< scenarios × policies
  std::vector<WhatIf> what_ifs;                   ///< one less than scenarios
};

}  // namespace hansa
