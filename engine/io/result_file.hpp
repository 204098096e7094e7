/// The result file: HDF5 that is also valid netCDF-4. README.md in this folder describes its contents.
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <string>

#include "io/part_file.hpp"
#include "model/model.hpp"
#include "record/recorder.hpp"
#include "record/sink.hpp"
#include "scenario/scenario.hpp"
#include "world/world.hpp"

namespace hansa {

enum class Reproducible { no, yes };

struct ResultFileOptions {
  std::filesystem::path file;
  Overwrite overwrite = Overwrite::no;
  Reproducible reproducible = Reproducible::no;
  std::int64_t first = 0;  ///< number of the first replicate
  std::int64_t replicates = 0;
  std::string scenario_text;                         ///< the resolved scenario as YAML
  std::map<std::string, std::string> input_digests;  ///< file as given -> SHA-256
  std::string drawn_from = {};  ///< file of estimates from which each replicate drew its parameters; empty: none did
};

/// Writes FILE.part, and renames it when finished. Destroyed without finish(): the .part file is left with the blocks
/// of replicates that were complete, or removed if there was none. Errors: Fault::input if FILE exists or its folder
/// does not; Fault::failure if it cannot be created, written, closed or renamed; the text names the file and the
/// system's reason. After an error of put() or finish() the object can only be destroyed.
/// Memory: up to a window of the ensemble's blocks, nothing grows with the number of replicates.
class ResultFile : public Sink {
 public:
  /// What is referred to outlives it.
  ResultFile(Scenario const& scenario, World const& world, Model const& model, RecordPlan const& plan,
             ResultFileOptions options);
  ~ResultFile() override;
  [[nodiscard]] std::int64_t block() const noexcept;  ///< replicates per row of chunks
  [[nodiscard]] std::unique_ptr<Packet> pack(History const& history) override;
  void put(std::int64_t replicate, std::unique_ptr<Packet> packet) override;
  /// Writes what needs all replicates (quantiles, means), marks the file complete if `complete`, all replicates were
  /// put and not all of them failed, syncs and renames. `finished`: replicates put, failed ones included.
  void finish(std::int64_t finished, bool complete);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace hansa
