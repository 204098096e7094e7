/// The words of `hansa sweep`.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "cli/from.hpp"
#include "cli/sweep_slurm.hpp"
#include "io/sweep_file.hpp"
#include "sweep/run_sweep.hpp"

namespace hansa::cli {

struct SweepWords : FromWords, SlurmWords {
  std::vector<std::string> what;  ///< [status | gather] SCENARIO
  std::vector<std::string> settings;
  std::string output, folder, design, csv, each_csv;
  std::optional<std::string> threads, replicates, shard, block, each;
  bool reproducible = false, force = false, quiet = false, json = false, partial = false, sure = false;
  bool refers = false;  ///< --virtual

  [[nodiscard]] std::filesystem::path scenario() const { return what.back(); }
  [[nodiscard]] std::filesystem::path place() const {
    return folder.empty() ? scenario().stem().concat(".sweep") : std::filesystem::path(folder);
  }
  [[nodiscard]] std::filesystem::path result() const {
    return output.empty() ? scenario().stem().concat("-sweep.h5") : std::filesystem::path(output);
  }
};

void add_sweep_words(CLI::App& command, SweepWords& words);

/// Each throws Error where the word does not fit.
[[nodiscard]] ShardChoice shard_of(SweepWords const& words);
[[nodiscard]] EachReplicate each_of(SweepWords const& words);
[[nodiscard]] int threads_of(SweepWords const& words);
[[nodiscard]] std::optional<std::int64_t> replicates_of(SweepWords const& words);

/// The program and its words that run a part of the sweep, but for shard and threads; and those that gather it.
[[nodiscard]] std::vector<std::string> task_command(SweepWords const& words);
[[nodiscard]] std::vector<std::string> gather_command(SweepWords const& words);

}  // namespace hansa::cli
