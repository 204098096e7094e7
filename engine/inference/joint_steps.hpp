/// Steps in which policies competed for a city: which rows are decided together, and which tell nothing.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "inference/build_design.hpp"
#include "inference/risk_rows.hpp"

namespace hansa {

/// Rows of several policies, one after the other, as they were found.
struct CompetingRows {
  std::vector<RiskRow> const& rows;
  std::vector<Index> const& policy;                  ///< per row
  std::vector<std::vector<CityStep>> const& veiled;  ///< per policy of the model: RiskRows::veiled
};

struct FoundJointSteps {
  std::vector<JointStep> steps;    ///< `rows` are positions in CompetingRows
  std::vector<std::uint8_t> kept;  ///< per row: 0 where it tells nothing
  std::size_t contradictions = 0;  ///< adoptions in sets that no order of adoptions leads to
};

/// Of the groups of `order.competing`. A city's rows of a step leave where it is not known of all policies of the group
/// whether it decided on them (a mandate, a seed, beyond coverage), or where one that comes at the beginning of the
/// step (rules threshold and cascade) was adopted: neither depends on the resistances of the others. A step with
/// adoptions of a group, in which several were at risk, is a joint step; more adoptions than the city has attention for
/// contradict the model. Throws Error (Fault::input) where a city adopts more than 10 policies of a group in a step, or
/// more than 64 compete for it: the cost of a likelihood is 2^adoptions.
[[nodiscard]] FoundJointSteps joint_steps(Model const& model, std::vector<ObservedHistory> const& histories,
                                          DesignOrder const& order, CompetingRows const& found);

}  // namespace hansa
