/// Chances beside what happened: the rows of a design as trials, which scores and tables are made of.
#pragma once

#include <Eigen/Core>
#include <cstdint>
#include <vector>

#include "inference/design.hpp"

namespace hansa {

/// One entry a trial, in the order of the rows. A row is a trial; the rows of an interval-censored adoption are one
/// together, whose chance is 1 − Π(1 − chance of the row).
struct Trials {
  std::vector<double> chance;
  std::vector<std::uint8_t> event;
  std::vector<Index> city;
  [[nodiscard]] std::size_t size() const noexcept { return chance.size(); }
};

/// The first row of each trial, and the number of rows.
[[nodiscard]] std::vector<std::size_t> trial_starts(Design const& design);

/// `chances`: one a row.
[[nodiscard]] Trials trials_of(Design const& design, Eigen::VectorXd const& chances);

}  // namespace hansa
