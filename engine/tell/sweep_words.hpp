/// The section `sweep` in words.
#pragma once

#include <string>
#include <string_view>

#include "scenario/sweep_spec.hpp"

namespace hansa {

/// "a Saltelli design of 1024 base points"; without the number of runs.
[[nodiscard]] std::string design_words(DesignSpec const& design);

/// The works that it is from, parted by semicolons; empty for designs that need none.
[[nodiscard]] std::string_view design_source(DesignSpec const& design);

/// "uniform from 0 to 3", "one of logit, cloglog".
[[nodiscard]] std::string law_words(Distribution const& law);

/// "81920 points, 16 replicates each": what is known before the files of a list or of tables are read. `replicates`: of
/// the scenario.
[[nodiscard]] std::string size_words(SweepSpec const& sweep, std::int64_t replicates);

/// What is measured: "first year at which 25 % of the cities with region Europe have adopted" is `time_to`.
[[nodiscard]] std::string measure_words(MeasureSpec const& measure);

}  // namespace hansa
