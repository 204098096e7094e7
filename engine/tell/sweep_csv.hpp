/// Points of a sweep as a CSV table: one row a point and policy.
#pragma once

#include <string>

#include "io/sweep_file.hpp"

namespace hansa {

/// `point`, `scenario` where there are several, what the point sets by its paths, `policy`, `replicates` (finished),
/// `failed`, and of each measure its mean, `_sd`, `_se` and `_missing`; along an axis MEASURE[LABEL]. Missing: empty.
[[nodiscard]] std::string sweep_csv_header(PointTable const& points, MeasureLayout const& layout);
[[nodiscard]] std::string sweep_csv_rows(PointTable const& points, MeasureLayout const& layout,
                                         PointsSlice const& slice);

/// One row a point, policy and replicate that did not fail: what the point sets, `policy`, `replicate` and the
/// measures, as `hansa sensitivity` takes them; of several policies or scenarios it takes one (`--where`).
[[nodiscard]] std::string replicate_csv_header(PointTable const& points, MeasureLayout const& layout);
[[nodiscard]] std::string replicate_csv_rows(PointTable const& points, MeasureLayout const& layout,
                                             PointsSlice const& slice);

/// The design alone: `point`, `scenario`, and what each point sets.
[[nodiscard]] std::string design_csv(PointTable const& points);

}  // namespace hansa
