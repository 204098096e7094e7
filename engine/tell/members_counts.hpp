/// What is kept of the members and pledges of one replicate.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "record/history.hpp"
#include "scenario/scenario.hpp"

namespace hansa {

/// Of a collaboration in one replicate.
struct MembersCounts {
  double members = 0;                          ///< at the end
  std::optional<std::int32_t> concluded = {};  ///< label of the step in which pledges were kept,
  double kept = 0;                             ///< and how many
};

/// One a collaboration that is followed, in the order of Model::members.
[[nodiscard]] std::vector<MembersCounts> count_members(SharedHistory const& history, Clock const& clock);

}  // namespace hansa
