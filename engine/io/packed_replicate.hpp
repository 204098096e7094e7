/// One replicate as a result file takes it.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "io/belief_chunks.hpp"
#include "io/event_variables.hpp"
#include "io/result_layout.hpp"
#include "record/history.hpp"
#include "record/sink.hpp"

namespace hansa {

/// All of one replicate but its adoption times, which are with the ChunkRows. Policies follow one another. What the
/// plan leaves out, and all of a failed replicate, is empty.
struct PackedReplicate : Packet {
  std::string failure;
  std::vector<std::int16_t> abandonments;  ///< policies × rows of cities
  std::vector<std::int32_t> adopters;
  std::vector<std::vector<std::int32_t>> adopters_by;  ///< per grouping
  std::vector<double> by_mechanism;                    ///< policies × mechanisms × T
  std::vector<std::vector<double>> by_mechanism_by;    ///< per grouping: policies × groups × mechanisms
  std::vector<double> mechanism_total;                 ///< policies × mechanisms
  std::vector<std::vector<double>> series;             ///< per series
  std::vector<std::int32_t> belief_period;             ///< per policy; empty where no beliefs are averages
  std::vector<std::int32_t> seeds;                     ///< interventions × outcomes
  std::vector<double> subsidy_paid;                    ///< per intervention
  std::vector<std::int32_t> budget_spent;              ///< per intervention
  PackedBeliefs beliefs;
  EventColumns events;
};

/// `series`: the numbers by step that the file has. row_of_city[i]: the row of city i in the file. Thread
/// safe.
[[nodiscard]] PackedReplicate pack_replicate(History const& history, ResultShape const& shape,
                                             std::span<SeriesOf const> series,
                                             std::span<std::uint32_t const> row_of_city);

}  // namespace hansa
