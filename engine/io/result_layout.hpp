/// Which dimensions and variables a result file has.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "io/belief_chunks.hpp"
#include "io/netcdf.hpp"
#include "model/model.hpp"
#include "record/history.hpp"
#include "record/recorder.hpp"
#include "scenario/scenario.hpp"
#include "world/world.hpp"

namespace hansa {

/// A count that no replicate has: the fill value of counts.
inline constexpr std::int32_t no_count = -1;

/// What can become of a city of a seed, in the order of SeedCounts.
inline constexpr std::size_t seed_outcomes = 4;

/// What the layout is made from, and its sizes. References outlive it.
struct ResultShape {
  Scenario const& scenario;
  World const& world;
  Model const& model;
  RecordPlan const& plan;
  std::int64_t block;  ///< replicates of a chunk

  [[nodiscard]] std::size_t policies() const noexcept { return model.policies.size(); }
  [[nodiscard]] std::size_t mechanisms() const noexcept { return model.mechanisms.size(); }
  [[nodiscard]] std::size_t interventions() const noexcept { return model.interventions.size(); }
  [[nodiscard]] std::size_t cities() const noexcept { return world.cities.size(); }
  [[nodiscard]] std::size_t steps() const noexcept { return static_cast<std::size_t>(model.clock.steps()); }
  /// True of a subsidy of a policy whose cost is stated.
  [[nodiscard]] bool pays(std::size_t intervention) const noexcept;
  /// True if cities average beliefs about some policy.
  [[nodiscard]] bool averages_beliefs() const noexcept;
  /// How beliefs are cut into chunks of one replicate.
  [[nodiscard]] BeliefCut belief_cut() const noexcept { return {steps(), cities()}; }
  /// Cities of a chunk of adoption_time.
  [[nodiscard]] std::size_t chunk_cities() const noexcept;
};

/// Replicates of a chunk: 25, or what 16 MiB hold of one policy, at least 1.
[[nodiscard]] std::int64_t replicates_of_chunk(std::size_t cities) noexcept;

/// Room that make_result_variables() and the provenance need at most, but for the scenario's text.
[[nodiscard]] std::uint64_t bytes_of_layout(ResultShape const& shape);

/// The numbers of one variable in a history that has not failed, missing ones as no_number. Thread safe.
using SeriesOf = std::function<std::vector<double>(History const&)>;

/// Numbers in each step, by replicate.
struct SeriesVariable {
  H5Dataset variable;
  SeriesOf values;
  std::size_t length;  ///< of one replicate
};

/// Open variables. Those that the plan leaves out have no handle (id() < 0).
struct ResultVariables {
  // along `replicate`
  H5Dataset replicate, replicate_status, adoption_time, abandonments, adopters, mechanism_total, belief_mean,
      belief_precision, belief_period, seeds, subsidy_paid, budget_spent;
  std::vector<H5Dataset> adopters_by;  ///< per grouping
  std::vector<SeriesVariable> series;
  // written when all replicates are known
  H5Dataset mechanism_mean, adopters_quantile;
  std::vector<H5Dataset> mechanism_by;  ///< per grouping
};

/// Makes all dimensions and variables, and writes those that do not depend on a replicate.
[[nodiscard]] ResultVariables make_result_variables(NetcdfFile& file, ResultShape const& shape);

}  // namespace hansa
