/// What data say about adoption, in the shape of the result file: beside the simulated histories.
#pragma once

#include <cstdint>
#include <vector>

#include "model/model.hpp"
#include "record/recorder.hpp"
#include "scenario/scenario.hpp"
#include "world/world.hpp"

namespace hansa {

/// Policies in the scenario's order, cities in the order of the input's rows. Counts are those at the end of each step;
/// -1 where the data do not tell: the policy has no file, or the label lies after the last one in the file.
struct ObservedAdoption {
  bool any = false;                         ///< some policy has a file of adopters
  std::vector<std::int32_t> adoption_time;  ///< policies × cities: first year in the file; `never`
  std::vector<std::int8_t> status_known;    ///< policies × cities: 1 if the file names or covers the city
  std::vector<std::int32_t> adopters;       ///< policies × T: of the cities that may adopt in the run
  std::vector<std::int32_t> elsewhere;      ///< policies × T: of the other cities
  /// Per grouping: policies × groups × T, of the cities that may adopt in the run; -1 also where the status of none of
  /// them is known.
  std::vector<std::vector<std::int32_t>> adopters_by;
};

[[nodiscard]] ObservedAdoption observed_adoption(Scenario const& scenario, World const& world, Model const& model,
                                                 RecordPlan const& plan);

}  // namespace hansa
