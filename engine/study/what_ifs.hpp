/// Compares questions: a base with what-ifs over it, and with itself without its mechanisms.
///
///     hansa::CompareOutcome const outcome = hansa::compare(questions, {.replicates = 1000, .knock_outs = {"all"}});
///     hansa::write_comparison(outcome, questions, {.file = "what-ifs.h5"});
///
/// All scenarios run on common random numbers, and each is compared with the first, replicate by replicate and city by
/// city. Where a what-if funds cities (seeds some that the base does not), reruns tell who follows whom.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <span>
#include <stop_token>
#include <string>
#include <vector>

#include "base/error.hpp"
#include "base/progress.hpp"
#include "io/part_file.hpp"
#include "io/result_file.hpp"
#include "record/recorder.hpp"
#include "run/question.hpp"
#include "run/replicate.hpp"
#include "study/compare.hpp"

namespace hansa {

struct WhatIfOptions {
  std::optional<std::int64_t> replicates = {};  ///< nothing: the base's number, or 2500 where it has fewer
  /// Replicates of the reruns that tell of followers; 0: none are made. Nothing: 500, but no more than replicates, and
  /// none in worlds of more than 50,000 cities.
  std::optional<std::int64_t> reruns = {};
  std::vector<std::string> knock_outs = {};  ///< mechanisms without which the base is compared with itself, or "all"
  std::optional<PreciseRequest> until = {};  ///< as in CompareOptions
  int threads = 0;                           ///< 0: all; no result depends on it
  Lanes lanes = Lanes::fast;
  Progress progress = {};
  std::stop_token stop = {};
};

/// The first question is the base; scenarios are called by their files' names. Where the questions draw parameters, ten
/// replicates (fewer where there are fewer than 1000, but two) share a draw, the same one in all scenarios. Groups are
/// those of `output: by` of all questions.
///
/// Error (Fault::input), with all reasons, before anything runs: scenarios that cannot be paired (other cities, clock,
/// seed or policies; two of one name), nothing to compare, unknown mechanisms, and a measure that cannot exist. A
/// replicate that fails in some scenario is left out and told; so is a rerun in which one fails.
[[nodiscard]] CompareOutcome compare(std::span<Question const> questions, WhatIfOptions const& options = {});

/// What a comparison remembers of each replicate: adoption times and counts by the groups of all questions, and nothing
/// else that the questions ask for (events, beliefs, attribution). The questions outlive it.
[[nodiscard]] RecordPlan comparison_plan(std::span<Question const> questions);

/// Only throws what compare() would throw before anything runs.
void check_what_ifs(std::span<Question const> questions, WhatIfOptions const& options = {});

/// Warnings of all questions, each once; of replicates that a what-if asks for and the base does not, and of groups
/// that the base's cities do not have: a comparison takes both from the base.
[[nodiscard]] std::vector<Complaint> comparison_warnings(std::span<Question const> questions);

struct ComparisonWriting {
  std::filesystem::path file;
  Overwrite overwrite = Overwrite::no;
  Reproducible reproducible = Reproducible::no;
};

/// Writes the file of the comparison. Errors: as ResultFile.
void write_comparison(CompareOutcome const& outcome, std::span<Question const> questions,
                      ComparisonWriting const& writing);

}  // namespace hansa
