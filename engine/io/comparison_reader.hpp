/// Reads the file of a comparison back: what was found, of which cities, and where it comes from.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <utility>
#include <vector>

#include "measures/comparison.hpp"
#include "world/cities.hpp"

namespace hansa {

/// What the file holds. The cities have the attributes of the file, constant ones, and no hash. A file of versions
/// before has neither the sizes of groups nor their adopters without (0 here), nor reruns.
struct ComparisonRecord {
  Comparison comparison;
  Cities cities;
  std::string title;     ///< of the base; empty: it has none
  std::string currency;  ///< empty: none
  std::string seed;      ///< in hexadecimal digits
  std::int64_t asked = 0;
  bool complete = true;                     ///< all replicates that were asked for
  std::vector<std::string> scenario_texts;  ///< per scenario: resolved, as YAML
  std::string drawn_from;                   ///< file of estimates from which parameters were drawn; empty: none
  std::string taken_from;                   ///< file of estimates that were taken as certain; empty: none
  std::vector<std::pair<std::string, std::string>> inputs;  ///< file and SHA-256
  std::string world_sha256, engine_version, engine_commit;
};

/// Checks the seal, which reads all bytes, then every length, label and number. At most 1000 scenarios and policies,
/// 100,000 steps, 10 million cities, 100 million numbers in a variable. Error (Fault::input) with the file's name where
/// it is not what `hansa compare` wrote, Fault::failure where it cannot be read.
[[nodiscard]] ComparisonRecord read_comparison_file(std::filesystem::path const& file);

}  // namespace hansa
