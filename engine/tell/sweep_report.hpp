/// Sweeps in words: the plan before they run, how far they are, and what came out.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "io/sweep_file.hpp"
#include "measures/measure_layout.hpp"
#include "sweep/run_sweep.hpp"
#include "sweep/sweep.hpp"
#include "tell/tree.hpp"

namespace hansa {

/// "4096 points × 64 replicates = …": one paragraph.
[[nodiscard]] std::string plan_words(SweepForecast const& forecast, std::string const& folder);

/// "512 bytes", "3.4 MB", "12 GB".
[[nodiscard]] std::string bytes_words(double bytes);

/// How far a folder is.
[[nodiscard]] std::string status_words(SettledSweep const& settled, std::string const& folder);
[[nodiscard]] Node status_tree(SettledSweep const& settled, std::string const& folder);

/// Over points: lowest, mean and highest mean of each number of a sweep, and where the ends are.
class SweepSummary {
 public:
  explicit SweepSummary(MeasureLayout const& layout);
  void add(PointsSlice const& slice);
  [[nodiscard]] std::string table(SweepEnding const& ending, std::string const& file) const;
  [[nodiscard]] Node tree(SweepEnding const& ending, std::string const& file) const;

 private:
  struct Column {
    std::int64_t known = 0;
    double sum = 0, low = 0, high = 0, widest = 0;
    std::size_t lowest = 0, highest = 0;  ///< points
  };
  [[nodiscard]] std::string label(MeasureVariable const& variable, std::size_t policy, std::size_t position) const;

  MeasureLayout layout_;
  std::vector<Column> columns_;
};

}  // namespace hansa
