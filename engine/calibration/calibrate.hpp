/// Approximate Bayesian computation by sequential Monte Carlo: parameters that make simulated histories like the
/// observed one, generation after generation nearer.
///
/// The first generation is from the priors; its runs give every summary its scale. The tolerance of each later one is a
/// quantile of the distances of the one before (adaptive, as in Del Moral, Doucet & Jasra 2012), or where that falls no
/// further the next smaller distance; proposals and weights
/// are those of Population (population.hpp), with R histories of each proposal: it is taken where one of them is near
/// enough, and its weight is multiplied by the share that are (Toni et al. 2009).
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "base/progress.hpp"
#include "calibration/population.hpp"
#include "inference/summaries.hpp"
#include "run/question.hpp"
#include "run/replicate.hpp"

namespace hansa {

struct CalibrateOptions {
  int threads = 0;  ///< 0: all; no result depends on it
  Lanes lanes = Lanes::fast;
  std::filesystem::path folder = {};  ///< what is finished is kept there, and found again; empty: nowhere
  std::optional<std::vector<double>> observed = {};  ///< W summaries, instead of those of the data
  Progress progress = {};                            ///< particles, of all generations
  std::stop_token stop = {};
};

/// One generation of N particles.
struct GenerationReport {
  double tolerance = 0;                 ///< largest distance; of the first one without an end
  std::int64_t proposals = 0;           ///< until N were taken
  std::int64_t failed = 0;              ///< histories of these
  double effective = 0;                 ///< sample size
  std::vector<double> hypotheses = {};  ///< probability of each
  /// N / proposals.
  [[nodiscard]] double acceptance(std::size_t particles) const noexcept {
    return static_cast<double>(particles) / static_cast<double>(proposals);
  }
};

struct FailedProposal {
  std::int64_t generation = 0, proposal = 0, replicate = 0;
  std::string why;
};

/// Why there are no more generations.
enum class CalibrationEnd {
  generations,  ///< so many were asked for
  tolerance,    ///< the one that was asked for is reached
  acceptance,   ///< fewer proposals than asked for would be taken
  settled,      ///< distances do not fall any more
  stopped       ///< on request; the same call with the same folder goes on
};

struct Calibration {
  std::string name;            ///< SHA-256 of all that it depends on
  Population posterior;        ///< the last generation; empty where none was finished
  std::vector<double> values;  ///< N × K parameters, row-major; NaN where one does not act
  std::vector<GenerationReport> generations;
  CalibrationEnd end = CalibrationEnd::generations;
  std::vector<std::string> parameters, hypotheses;  ///< K paths; H names, or none
  std::vector<std::string> summaries;               ///< W names
  std::vector<double> observed;                     ///< W
  std::vector<double> scales;  ///< W standard deviations under the priors; 0: never differs, and is not compared
  std::vector<std::string> left_unused;  ///< parts of the distance of which nothing differs
  std::int64_t failed = 0;               ///< histories, of proposals that were looked at
  std::vector<FailedProposal> failures;  ///< the first of them
  std::vector<std::string> problems;     ///< blocks that could not be read and were made again
  double seconds = 0;
};

/// Runs what is missing. Errors (Fault::input): the scenario has no section `calibrate`, draws its parameters, or has
/// nothing observed; the folder is of another calibration; no history under the priors succeeds, or they are all alike.
/// Memory: the first generation's summaries (particles × replicates × W numbers).
[[nodiscard]] Calibration calibrate(Question const& question, CalibrateOptions const& options);

/// Summaries as they would be compared, for histories of one's own. Errors as calibrate().
[[nodiscard]] Summaries summaries_of(Question const& question);

}  // namespace hansa
