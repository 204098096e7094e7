/// Observed decisions as rows of a regression: who was at risk when, under which pressures, and what was decided.
#pragma once

#include <Eigen/Core>
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "base/ids.hpp"

namespace hansa {

/// A step in which a city adopted one or more of several policies that compete for it.
struct JointStep {
  std::vector<std::size_t> rows;    ///< of the policies at risk: those adopted first, at most 20, of at most 64
  std::vector<std::uint64_t> open;  ///< per set of those adopted (a bit each): the rows that can be adopted after it
  std::size_t adopters = 0;
};

/// Rows are sorted by policy, city, period. A row is one step in which a city could decide on a policy.
struct Design {
  std::vector<std::string> names;     ///< of the columns
  Eigen::MatrixXd x;                  ///< rows × columns
  std::vector<std::uint8_t> event;    ///< per row: 1 where the city adopted; of a spell: in its last row
  std::vector<std::int32_t> spell;    ///< per row: number of the interval-censored adoption that the row is a part of
                                      ///< (rows of one are consecutive), or -1
  std::vector<Index> policy;          ///< per row
  std::vector<Index> city;            ///< per row
  std::vector<std::int32_t> period;   ///< per row: the time label
  std::vector<std::int32_t> country;  ///< per row: code, -1 where unknown; empty: the cities have no countries
  std::vector<JointStep> joint = {};  ///< what was decided together; all other rows are decisions of their own
  std::size_t log_linear = 0;  ///< link additive: the first so many columns make e^(xβ), which the others add to with
                               ///< coefficients of at least 0. Other links: all columns
  std::vector<Index> leader = {};  ///< per row of dyads, whose city is the follower; else empty
  [[nodiscard]] std::size_t rows() const noexcept { return event.size(); }
  [[nodiscard]] std::size_t columns() const noexcept { return names.size(); }
};

}  // namespace hansa
