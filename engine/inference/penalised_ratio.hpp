/// The likelihood ratio test under Firth's penalty.
#pragma once

#include <cstddef>
#include <optional>
#include <vector>

#include "inference/design.hpp"
#include "inference/event_history.hpp"
#include "inference/hypothesis_tests.hpp"

namespace hansa {

/// That the coefficients of all columns but `kept` (ascending) are 0: twice what the penalised log-likelihood of the
/// whole design loses when they are (Heinze & Schemper 2002). The penalty is that of the whole design on both sides:
/// half the log-determinants of designs of different columns do not compare, as they depend on the columns' units.
/// `full` was made from `design` with Firth's penalty. Nothing where it has no estimates, where no column or each is
/// kept, or where the search under the restriction does not settle. Cost: that of a Firth fit.
[[nodiscard]] std::optional<ChiSquareTest> penalised_ratio_test(Design const& design, EventHistoryFit const& full,
                                                                std::vector<std::size_t> const& kept);

}  // namespace hansa
