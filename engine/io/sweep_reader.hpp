/// Reads the file of a sweep back: its points, and what was measured at each.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <utility>
#include <vector>

#include "io/sweep_manifest.hpp"

namespace hansa {

/// A measure that is one number a policy.
struct SweptMeasure {
  std::string name, meaning, unit;
  std::vector<double> mean, se;  ///< points × policies; NaN: missing
  std::vector<double> each;      ///< points × replicates × policies; empty: single replicates were not kept
};

struct SweepRecord {
  std::string title, scenario_text, seed;
  std::string estimates;  ///< none, taken or drawn
  std::string engine_version, engine_commit;
  std::vector<std::pair<std::string, std::string>> inputs;  ///< file and SHA-256
  std::vector<std::string> policies;
  PointTable points;
  std::int64_t replicates = 0;  ///< of each point
  std::int64_t runs = 0, finished = 0, failed = 0;
  std::vector<SweptMeasure> measures;
  std::vector<std::string> others;  ///< names of measures along groups, mechanisms or time, which are not read
};

/// Checks the seal, which reads all bytes, and those of the blocks that a virtual file refers to; then every length,
/// label and number: at most 10 million points, 1000 policies, 100 million numbers in a variable. Error (Fault::input)
/// with the file's name where it is not what `hansa sweep` wrote, Fault::failure where it cannot be read.
[[nodiscard]] SweepRecord read_sweep_file(std::filesystem::path const& file);

}  // namespace hansa
