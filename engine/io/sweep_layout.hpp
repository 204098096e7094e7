/// The layout of a sweep's measures in its manifest.
#pragma once

#include "io/netcdf.hpp"
#include "measures/measure_layout.hpp"

namespace hansa {

/// Dimensions `policy`, `axis`, `axis_label` and `measure`, with what describes them.
void write_layout(NetcdfFile& file, MeasureLayout const& layout);

/// Error (Fault::input) without a place: what is there is no layout.
[[nodiscard]] MeasureLayout read_layout(hid_t group);

}  // namespace hansa
