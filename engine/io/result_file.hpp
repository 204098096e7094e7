/// The result file: HDF5 that is also valid netCDF-4.
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <string>

#include "model/model.hpp"
#include "record/recorder.hpp"
#include "record/sink.hpp"
#include "scenario/scenario.hpp"
#include "world/world.hpp"

namespace hansa {

enum class Overwrite { no, yes };
enum class Reproducible { no, yes };

struct ResultFileOptions {
  std::filesystem::path file;
  Overwrite overwrite = Overwrite::no;
  Reproducible reproducible = Reproducible::no;
  std::int64_t replicates = 0;
  std::string scenario_text;                         ///< the resolved scenario as YAML
  std::map<std::string, std::string> input_digests;  ///< file as given -> SHA-256
};

/// Writes FILE.part, and renames it when finished. Destroyed without finish(): the .part file is left with what was
/// complete. Errors (Fault::failure): cannot create, write, close, rename; the text names the file and the errno.
class ResultFile : public Sink {
 public:
  ResultFile(Scenario const& scenario, World const& world, Model const& model, RecordPlan const& plan,
             ResultFileOptions options);
  ~ResultFile() override;
  [[nodiscard]] std::int64_t block() const noexcept;  ///< replicates per chunk row
  [[nodiscard]] std::unique_ptr<Packet> pack(History const& history) override;
  void put(std::int64_t replicate, std::unique_ptr<Packet> packet) override;
  /// Writes what needs all replicates (quantiles, means), marks the file complete or not, syncs and renames.
  void finish(std::int64_t finished, bool complete);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace hansa
