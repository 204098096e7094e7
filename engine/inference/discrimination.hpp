/// How well chances tell those who decided from those who did not: the area under the ROC curve, and Tjur's R².
#pragma once

#include <cstddef>
#include <optional>

#include "inference/trials.hpp"

namespace hansa {

/// The chance that a random event had a higher prediction than a random trial without event; ties count half.
struct RocArea {
  double area = 0.5;
  std::optional<double> error;  ///< DeLong, DeLong & Clarke-Pearson 1988; nothing below two events or two others.
                                ///< It takes trials as independent
};

/// Nothing where all trials are events, or none is. O(n log n): midranks (Sun & Xu 2014).
[[nodiscard]] std::optional<RocArea> roc_area(Trials const& trials);

/// Mean chance of the events less that of the others (Tjur 2009); nothing where all trials are events, or none is.
[[nodiscard]] std::optional<double> tjur_r2(Trials const& trials);

}  // namespace hansa
