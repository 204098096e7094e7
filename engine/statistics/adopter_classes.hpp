/// Categories of adopters: by time (Rogers 1962) and by threshold (Valente 1996).
#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

namespace hansa {

inline constexpr std::string_view time_classes[] = {"never", "early_adopters", "early_majority", "late_majority",
                                                    "laggards"};
inline constexpr std::string_view threshold_classes[] = {"never", "very_low", "low", "high", "very_high"};

/// Of a city of which nothing is known.
inline constexpr std::int8_t no_class = -1;

/// Per city: no_class where it is not known, 0 (never) without a value, else 1 … 4: below mean − sd, below the mean,
/// below mean + sd, and above. A value that is a cut but for rounding (1e-12 of mean and sd) belongs above it. Mean and
/// standard deviation (with n − 1) are of the values; with one value there is no class but the third.
[[nodiscard]] std::vector<std::int8_t> adopter_classes(std::span<double const> values,
                                                       std::span<std::uint8_t const> known);

}  // namespace hansa
