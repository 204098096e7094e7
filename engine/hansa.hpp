/// The face of the library: read a question, run it into a file, a sink, or a function of yours.
///
///     hansa::Question const question = hansa::read_question("bike-share.yaml");
///     hansa::run(question, [](hansa::History const& history) { … });
///
/// Or a base and what-ifs over it, on common random numbers (study/what_ifs.hpp; tell/comparison.hpp has the words):
///
///     auto const questions = hansa::read_questions({"bike-share.yaml", "fund-twenty.yaml"});
///     hansa::CompareOutcome const outcome = hansa::compare(questions, {.replicates = 1000});
///     double const followers = outcome.comparison.what_ifs[0].policies[0].followers.followers.mean;
///
/// Everything below throws hansa::Error: Fault::input for mistakes in the question, Fault::failure for the rest.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.hpp"
#include "base/progress.hpp"
#include "base/version.hpp"
#include "io/result_file.hpp"
#include "mechanisms/catalogue.hpp"
#include "model/model.hpp"
#include "record/history.hpp"
#include "record/recorder.hpp"
#include "record/sink.hpp"
#include "run/drawn_models.hpp"
#include "run/ensemble.hpp"
#include "run/question.hpp"
#include "scenario/draft.hpp"
#include "scenario/scenario.hpp"
#include "study/what_ifs.hpp"
#include "tell/summary.hpp"
#include "world/world.hpp"

namespace hansa {

/// Of a run from a fit.
enum class EstimatesAre { taken, drawn };

/// How a question is read.
struct ReadOptions {
  std::vector<std::string> settings = {};       ///< "path=value", applied in order
  std::optional<std::int64_t> replicates = {};  ///< instead of the scenario's
  Catalogue mechanisms = standard_catalogue();
  int threads = 0;  ///< that build the world: 0 as in RunOptions; no world depends on it
  /// A file of estimates, which replace the scenario's numbers; `settings` go before them. Empty: none.
  std::filesystem::path from = {};
  EstimatesAre estimates = EstimatesAre::taken;  ///< or drawn in each replicate, from their distribution
};

/// Reads a scenario file, its bases, and everything that they name. One Error tells all mistakes, in the order of their
/// places.
[[nodiscard]] Question read_question(std::filesystem::path const& file, ReadOptions const& options = {});

/// A base and its what-ifs, as compare() takes them: data files are read once, and a world that several have before
/// anybody intervenes is built once and shared. One Error tells the mistakes of all, each once.
[[nodiscard]] std::vector<Question> read_questions(std::vector<std::filesystem::path> const& files,
                                                   ReadOptions const& options = {});

/// The same as read_question from YAML text; `name` stands for the file in messages, and files are read relative to its
/// folder.
[[nodiscard]] Question parse_question(std::string_view text, std::filesystem::path const& name,
                                      ReadOptions const& options = {});

/// The scenario as YAML, merged with its bases and with all settings applied: what a result file keeps. Read in the
/// scenario's folder it asks the same.
[[nodiscard]] std::string resolved_text(Question const& question);

/// Where the scenario says that results go: `output: file`, or its own name with .h5, in the current directory.
[[nodiscard]] std::filesystem::path result_path(Question const& question);

/// Throws Error if FILE or FILE.part, which would be replaced, is what the question was read from.
void spare_inputs(Question const& question, std::filesystem::path const& file);

/// How a question is run. No result depends on `threads`.
struct RunOptions {
  int threads = 0;  ///< 0: all processors that this process may use
  Lanes lanes = Lanes::fast;
  Progress progress = {};     ///< may be empty
  std::stop_token stop = {};  ///< finishes the replicates in hand
};

struct Outcome {
  EnsembleReport report;
  Summary summary;
  std::filesystem::path file;  ///< empty: none was written
  double seconds = 0;          ///< of the run, reading excluded
  std::int64_t redrawn = 0;    ///< draws of parameters that could not be and were made again
};

struct WriteOptions {
  std::filesystem::path file;
  Overwrite overwrite = Overwrite::no;
  Reproducible reproducible = Reproducible::no;
};

/// Runs all replicates into a result file, which cannot be one of the question's inputs. Stopped early, the file keeps
/// what was finished and is marked incomplete. On failure nothing stands under the final name; FILE.part keeps what was
/// finished.
Outcome run(Question const& question, WriteOptions const& writing, RunOptions const& running = {});

/// Runs all replicates into a sink.
Outcome run(Question const& question, Sink& sink, RunOptions const& running = {});

/// Runs all replicates and hands out their histories, in order, on one thread.
Outcome run(Question const& question, std::function<void(History const&)> const& receive,
            RunOptions const& running = {});

}  // namespace hansa
