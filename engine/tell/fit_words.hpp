/// Words and numbers that the forms of a fit's report share.
#pragma once

#include <string>
#include <string_view>

#include "inference/fit_report.hpp"

namespace hansa {

[[nodiscard]] std::string_view link_word(FitLink link) noexcept;                 ///< "cloglog"
[[nodiscard]] std::string_view information_word(Information which) noexcept;     ///< "expected"
[[nodiscard]] std::string_view separation_word(Separation separation) noexcept;  ///< "quasi-complete"
[[nodiscard]] std::string_view change_word(Change change) noexcept;              ///< "difference"

/// What the errors are of: "clustered by city and period (87 and 12 clusters), expected information".
[[nodiscard]] std::string error_words(FitReport const& report);
/// "95 % interval (Wald)"
[[nodiscard]] std::string interval_words(FitReport const& report);

/// What the intervals are not: of clusters, where the errors are. Empty where they are of the same.
[[nodiscard]] std::string interval_remark(FitReport const& report);
/// The covariate whose effect it is.
[[nodiscard]] std::string const& effect_name(FitReport const& report, MarginalEffect const& effect);

/// "0.1 to 0.3"; "–" where both ends are no number.
[[nodiscard]] std::string range_words(double lower, double upper);
/// Four significant digits, whole numbers in full up to ten million; "–" for what is no number.
[[nodiscard]] std::string four_digits(double value);
/// Two decimals.
[[nodiscard]] std::string two_decimals(double value);
/// "0.0123", "<0.0001"; "–" for what is no number.
[[nodiscard]] std::string p_words(double p);
/// "χ²(3) = 12.3, p = 0.0064"
[[nodiscard]] std::string test_words(ChiSquareTest const& test);

}  // namespace hansa
