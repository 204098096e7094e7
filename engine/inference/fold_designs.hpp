/// The designs of one fold: rows to be fitted and rows to be scored, without what the fitted rows cannot tell.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "inference/build_design.hpp"
#include "inference/folds.hpp"

namespace hansa {

/// Columns of which each row has at most one that is 1.
enum class Family : std::uint8_t { none, baseline, period, country };

/// The family of each column, by the kind of its coefficient. A baseline is of a family only where each policy has
/// one.
[[nodiscard]] std::vector<Family> families_of(ObservedDesign const& observed);

struct FoldDesigns {
  Design training, test;             ///< with the same columns
  std::vector<std::uint8_t> scored;  ///< per row of `test`: whether it can be predicted
};

/// A group (a policy with a baseline of its own, a period, a country) without an adoption among the fitted rows leaves
/// them, as it would leave the sample of a fit, and its rows are not predicted; nor is any row of such a trial. If the
/// group that others are compared with leaves, the first of the others takes its place. Where policies are left out,
/// all share one baseline, since what was left out has none of its own.
[[nodiscard]] FoldDesigns fold_designs(Design const& design, std::vector<Family> const& families, Fold const& fold,
                                       LeaveOut leave);

}  // namespace hansa
