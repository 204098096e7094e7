/// The manifest of a sweep: all of its points and which block has which runs, written before anything runs and never
/// changed. An extended sweep has one more, with all that the ones before had.
///
/// HDF5 that is also netCDF-4, made in memory and sealed.
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "io/durable_file.hpp"
#include "measures/measure_layout.hpp"

namespace hansa {

/// What a parameter is at each point: numbers, or words where some are not numbers. NaN, or an empty word: the
/// scenario's own value stays.
struct PointColumn {
  std::string path;
  std::vector<double> numbers;
  std::vector<std::string> words;
  bool operator==(PointColumn const&) const = default;
};

/// The points of a design.
struct PointTable {
  std::vector<std::string> scenarios;     ///< names; at least one
  std::vector<std::int32_t> scenario_of;  ///< per point: position in `scenarios`
  std::vector<PointColumn> columns;
  [[nodiscard]] std::size_t size() const noexcept { return scenario_of.size(); }
  bool operator==(PointTable const&) const = default;
};

/// Replicates [first, first + count) of a point.
struct PlannedCell {
  std::int32_t point = 0;
  std::int32_t first = 0, count = 0;
  bool operator==(PlannedCell const&) const = default;
};

struct SweepManifest {
  std::string sweep;  ///< SHA-256 of what all points have in common; it names the sweep
  /// What that is made of, in words by name: scenarios as YAML, digests of input files, measures, versions, ….
  std::map<std::string, std::string> common;
  std::map<std::string, std::string> told = {};  ///< what else a file of the sweep says, by name
  MeasureLayout layout;
  std::int64_t replicates = 0;
  PointTable points;
  std::vector<std::int64_t> keys;  ///< per point: a hash of what it sets, in whatever order points are
  std::vector<std::string> seeds;  ///< per point, decimal; empty: all have common["seed"]
  std::vector<PlannedCell> cells;  ///< in the order in which they are run
  std::vector<std::int64_t> ends;  ///< per block: the cell after its last
  [[nodiscard]] std::int64_t runs() const noexcept;
  /// Cells of a block.
  [[nodiscard]] std::vector<PlannedCell> block(std::size_t number) const;
  bool operator==(SweepManifest const&) const = default;
};

/// Writes it as the manifest with this number (from 1), which must not be there. Errors as place_file().
[[nodiscard]] PlacedFile write_manifest(SweepManifest const& manifest, std::filesystem::path const& folder, int number);

/// Number of the newest manifest in the folder; 0: there is none. Error (Fault::failure): the folder cannot be read.
[[nodiscard]] int newest_manifest(std::filesystem::path const& folder);

/// Errors (Fault::input): missing, damaged, or not what its lengths say.
[[nodiscard]] SweepManifest read_manifest(std::filesystem::path const& folder, int number);

/// FOLDER/block-000012.h5.
[[nodiscard]] std::filesystem::path block_path(std::filesystem::path const& folder, std::int64_t number);

}  // namespace hansa
