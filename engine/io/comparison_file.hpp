/// The file of a paired comparison: HDF5 that is also valid netCDF-4, sealed like a result file. README.md in this
/// folder describes its contents.
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <span>
#include <string>
#include <vector>

#include "io/part_file.hpp"
#include "io/result_file.hpp"
#include "measures/comparison.hpp"
#include "record/recorder.hpp"
#include "world/world.hpp"

namespace hansa {

struct ComparisonFileOptions {
  std::filesystem::path file;
  Overwrite overwrite = Overwrite::no;
  Reproducible reproducible = Reproducible::no;
  std::string title;
  std::string currency;
  std::vector<std::string> scenario_texts;           ///< per scenario: resolved, as YAML
  std::map<std::string, std::string> input_digests;  ///< file as given -> SHA-256
  std::uint64_t seed = 1;
  std::int64_t asked = 0;  ///< replicates asked for
  bool complete = true;    ///< all of them were run
  std::string drawn_from;  ///< file of estimates from which each replicate drew its parameters; empty: none
  std::string taken_from;  ///< file of estimates that were taken as certain; empty: none
};

/// What is kept of each replicate that did not fail.
struct ComparedReplicates {
  std::span<std::int32_t const> number;
  std::span<std::int32_t const> adopters;  ///< replicates × scenarios × policies × steps
};

/// Writes FILE.part, seals it and renames it; `world` is that of the base. Errors: as ResultFile. On error nothing is
/// left.
void write_comparison_file(Comparison const& comparison, World const& world, ComparedReplicates const& replicates,
                           ComparisonFileOptions const& options);

}  // namespace hansa
