/// Calibrations in words: what would be compared, and what came out.
#pragma once

#include <string>
#include <string_view>

#include "calibration/calibrate.hpp"
#include "scenario/calibrate_spec.hpp"
#include "tell/tree.hpp"

namespace hansa {

/// The works that it is from, parted by semicolons.
[[nodiscard]] std::string_view calibration_source(CalibrateSpec const& spec);

/// "share of adopters in every step, by region".
[[nodiscard]] std::string summary_words(SummarySpec const& summary);

/// Generations, hypotheses and parameters; `file`: that holds the posterior, empty if none was written.
[[nodiscard]] std::string posterior_words(Calibration const& found, std::string const& file);
[[nodiscard]] Node posterior_tree(Calibration const& found, std::string const& file);

}  // namespace hansa
