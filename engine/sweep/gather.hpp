/// Collects the blocks of a sweep, checked against its manifest, into statistics of points.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <vector>

#include "io/sweep_file.hpp"
#include "io/sweep_manifest.hpp"
#include "measures/measure_layout.hpp"
#include "sweep/folder.hpp"

namespace hansa {

struct GatherOptions {
  std::vector<double> quantiles;                ///< per cent
  std::size_t memory = std::size_t{256} << 20;  ///< bytes of values at a time, about
  std::size_t most_failures = 10'000;           ///< that are told one by one
};

/// Calls `take` for all points, slices in order; what does not depend on how the sweep was cut and run. Blocks that are
/// not finished are missing replicates. Reads each block whole once, and then its rows of every `memory` bytes of
/// values. Error (Fault::input): a block that was found finished is not any more.
SweepEnding gather(SweepManifest const& manifest, MeasureLayout const& layout, std::filesystem::path const& folder,
                   SweepState const& state, GatherOptions const& options,
                   std::function<void(PointsSlice const&)> const& take);

}  // namespace hansa
