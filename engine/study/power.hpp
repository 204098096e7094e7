/// A study of power: histories simulated from every hypothesis, and every hypothesis fitted to each of them.
///
/// A history is a function of seed, cell and its own number, and so is its row, so that neither threads nor blocks nor
/// shards nor interruptions change one, and cells that are added leave others as they are.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "base/progress.hpp"
#include "run/question.hpp"
#include "run/replicate.hpp"
#include "study/power_cells.hpp"
#include "study/power_fits.hpp"

namespace hansa {

/// Part `number` (from 1) of `count`.
struct StudyShard {
  std::int64_t number = 1, count = 1;
};

struct PowerOptions {
  int threads = 0;  ///< 0: all; no result depends on it
  Lanes lanes = Lanes::fast;
  std::filesystem::path folder = {};  ///< what is finished is kept there, and found again; empty: nowhere
  std::optional<StudyShard> shard = {};
  Progress progress = {};  ///< histories
  std::stop_token stop = {};
};

struct FailedHistory {
  std::size_t cell = 0;
  std::int64_t history = 0;
  std::string why;
};

/// Rows of all cells.
struct PowerStudy {
  std::string name;  ///< SHA-256 of all that rows depend on
  std::vector<Hypothesis> hypotheses;
  std::vector<PowerCell> cells;
  std::vector<FitLayout> fits;
  std::int64_t histories = 0;  ///< of each cell
  std::size_t width = 0;
  std::vector<double> rows;        ///< cells × histories × width; of what is missing or failed NaN
  std::vector<std::uint8_t> made;  ///< cells × histories: 1 where there is a row
  std::vector<double> shifts;      ///< cells × policies: what was added to baselines; empty: nothing
  std::vector<std::optional<std::int64_t>> observed;  ///< per fit: adoptions that the data have; nothing without data
  std::int64_t missing = 0;                           ///< histories that were not run: of other shards, or after a stop
  std::int64_t failed = 0;                            ///< simulations
  std::vector<FailedHistory> failures;                ///< the first of them
  std::vector<std::string> problems;                  ///< blocks that could not be read and were made again
  bool stopped = false;
  double seconds = 0;
  [[nodiscard]] double const* row(std::size_t cell, std::int64_t history) const noexcept {
    return rows.data() + (cell * static_cast<std::size_t>(histories) + static_cast<std::size_t>(history)) * width;
  }
  [[nodiscard]] bool has(std::size_t cell, std::int64_t history) const noexcept {
    return made[cell * static_cast<std::size_t>(histories) + static_cast<std::size_t>(history)] != 0;
  }
};

/// Complains of what keeps a scenario from a study of power, fits that cannot be made among it.
void check_power(Question const& question, Complaints& complaints);

/// Runs what is missing. Errors (Fault::input): what check_power says; the folder is of another study; baselines cannot
/// be moved to the adoptions that are asked for.
[[nodiscard]] PowerStudy study_power(Question const& question, PowerOptions const& options);

}  // namespace hansa
