/// Covariates of a run from a fit that are not those of the fit.
#pragma once

#include <span>
#include <vector>

#include "base/schema.hpp"
#include "record/estimates.hpp"
#include "scenario/scenario.hpp"
#include "world/input_digests.hpp"

namespace hansa {

/// What was fitted, and what runs.
struct FittedAndRun {
  Scenario const& fitted;  ///< with the estimates in it
  Scenario const& run;
  InputDigests const& fitted_inputs;  ///< empty: a file that does not hold them
  InputDigests const& run_inputs;
};

/// Warns, at `where`, of mechanisms with estimates whose kind or parameters are others than those of the fit; of
/// networks, attributes and collaborations that estimates are of, with other ties, values or members; and of trends
/// that count time from another start. What changes over time is compared only where time is the same; else a warning
/// says so, and so it does of files without digests.
void warn_of_covariates(std::vector<Estimates> const& fits, FittedAndRun const& both,
                        std::span<Schema const* const> mechanisms, Place const& where, Complaints& complaints);

}  // namespace hansa
