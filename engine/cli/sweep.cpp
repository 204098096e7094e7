/// `hansa sweep`: plans a sweep, runs what is missing of it, and gathers what is there.
#include "sweep/sweep.hpp"

#include <algorithm>
#include <charconv>
#include <filesystem>
#include <fstream>
#include <memory>
#include <optional>

#include <CLI/App.hpp>
#include <fmt/format.h>

#include "cli/answer.hpp"
#include "cli/commands.hpp"
#include "cli/from.hpp"
#include "cli/interrupt.hpp"
#include "cli/progress_line.hpp"
#include "cli/sweep_slurm.hpp"
#include "cli/sweep_targets.hpp"
#include "cli/sweep_words.hpp"
#include "io/durable_file.hpp"
#include "io/json.hpp"
#include "io/sweep_file.hpp"
#include "io/virtual_blocks.hpp"
#include "scenario/files.hpp"
#include "scenario/tables.hpp"
#include "sweep/gather.hpp"
#include "sweep/sweep_design.hpp"
#include "sweep/sweep_identity.hpp"
#include "tell/sweep_csv.hpp"
#include "tell/sweep_report.hpp"

namespace hansa::cli {

namespace {

namespace fs = std::filesystem;

std::vector<double> quantiles_of(SweepManifest const& manifest) {
  std::vector<double> quantiles;
  auto const told = manifest.told.find("quantiles");
  std::string const text = told == manifest.told.end() ? "" : told->second;
  for (std::size_t at = 0; at < text.size();) {
    std::size_t const end = std::min(text.find(' ', at), text.size());
    if (auto const number = parse_number(text.substr(at, end - at))) quantiles.push_back(*number);
    at = end + 1;
  }
  return quantiles;
}

std::string told(SweepManifest const& manifest, std::string const& name) {
  auto const found = manifest.told.find(name);
  return found == manifest.told.end() ? std::string() : found->second;
}

Origin origin_of(SweepManifest const& manifest, bool reproducible) {
  Origin origin{told(manifest, "title"),
                told(manifest, "scenario"),
                {},
                told(manifest, "world_sha256"),
                reproducible ? Reproducible::yes : Reproducible::no};
  for (auto const& [name, digest] : manifest.common)
    if (name.starts_with("file ")) origin.input_digests.emplace(name.substr(5), digest);
  return origin;
}

std::vector<std::pair<std::string, std::string>> attributes_of(SweepManifest const& manifest) {
  auto const common = [&](char const* name) { return manifest.common.count(name) > 0 ? manifest.common.at(name) : ""; };
  return {{"sweep_sha256", manifest.sweep},
          {"seed", common("seed")},
          {"random_numbers", common("random numbers")},
          {"estimates", common("estimates are")}};
}

/// It was checked that it may be replaced; one that appears meanwhile may not.
bool is_there(std::string const& file) {
  std::error_code none;
  return fs::exists(file, none);
}

std::vector<VirtualBlock> blocks_referred_to(SettledSweep const& settled, SweepWords const& words) {
  if (!words.refers) return {};
  std::vector<std::int64_t> finished;
  for (std::size_t k = 0; k < settled.state.blocks.size(); ++k)
    if (settled.state.blocks[k] == BlockState::finished) finished.push_back(static_cast<std::int64_t>(k));
  return virtual_blocks(words.result(), words.place(), settled.manifest, finished,
                        words.sure ? Masses::accepted : Masses::refused);
}

/// Writes the file of the sweep, and the CSV table, and tells what is in them.
Exit gather_into(SettledSweep const& settled, SweepWords const& words) {
  SweepManifest const& manifest = settled.manifest;
  fs::path const file = words.result();
  check_targets(words, inputs_of(words, manifest));
  check_replaced(words, manifest);
  GatherOptions options;
  options.quantiles = quantiles_of(manifest);
  SweepFileShape const shape{manifest.points,   manifest.layout,
                             manifest.seeds,    manifest.replicates,
                             options.quantiles, told(manifest, "time_unit"),
                             each_of(words),    blocks_referred_to(settled, words)};
  SweepFile writing(file, Overwrite::yes, shape, origin_of(manifest, words.reproducible), attributes_of(manifest));
  std::optional<Answer> table;
  if (!words.csv.empty()) {
    table.emplace(AnswerWords{words.csv, is_there(words.csv)});
    table->write(sweep_csv_header(manifest.points, manifest.layout));
  }
  std::optional<Answer> runs;
  if (!words.each_csv.empty()) {
    runs.emplace(AnswerWords{words.each_csv, is_there(words.each_csv)});
    runs->write(replicate_csv_header(manifest.points, manifest.layout));
  }
  SweepSummary summary(manifest.layout);
  SweepEnding const ending =
      gather(manifest, manifest.layout, words.place(), settled.state, options, [&](PointsSlice const& slice) {
        writing.write(slice);
        summary.add(slice);
        if (table) table->write(sweep_csv_rows(manifest.points, manifest.layout, slice));
        if (runs) runs->write(replicate_csv_rows(manifest.points, manifest.layout, slice));
      });
  writing.finish(ending);
  if (table) table->finish();
  if (runs) runs->finish();
  if (words.json) {
    print(to_json(summary.tree(ending, file.string())) + "\n");
  } else if (!words.quiet) {
    print(summary.table(ending, file.string()));
  }
  constexpr std::size_t most = 20;
  std::vector<Complaint> failures;
  for (std::size_t k = 0; k < std::min(most, ending.failures.size()); ++k) {
    SweepFailure const& each = ending.failures[k];
    failures.push_back(
        {fmt::format("replicate {} of point {} failed (seed {}): {}", each.replicate, each.point, each.seed, each.why),
         {file.string()},
         {}});
  }
  if (ending.failed > static_cast<std::int64_t>(failures.size()))
    failures.push_back(
        {fmt::format("and {} more runs failed", ending.failed - static_cast<std::int64_t>(failures.size())),
         {file.string()},
         {}});
  print_errors(failures);
  return failures.empty() ? Exit::done : Exit::failed;
}

/// Throws where runs are missing, which the gathered file would have to do without.
void check_complete(SettledSweep const& settled, SweepWords const& words) {
  std::int64_t const missing = settled.manifest.runs() - settled.state.finished;
  if (missing > 0)
    throw Error(Complaint{fmt::format("{} of {} runs are missing", missing, settled.manifest.runs()),
                          {words.place().string()},
                          "hansa sweep finishes them; hansa sweep gather --partial gathers what is there"},
                Fault::failure);
}

/// Lines for blocks that are not what they should be. True if there are some.
bool complain_of_blocks(SweepState const& state) {
  std::vector<Complaint> complaints;
  for (std::string const& each : state.problems) complaints.push_back({each, {}, {}});
  for (std::string const& each : state.strays)
    complaints.push_back(
        {"is no block of this sweep, or contradicts one", {each}, "look at it, and remove one of them"});
  print_errors(complaints);
  return !complaints.empty();
}

Exit execute_status(SweepWords const& words) {
  SettledSweep const settled = read_sweep_folder(words.place());
  if (words.json) {
    Node tree = status_tree(settled, words.place().string());
    tree.entries.push_back({"slurm", {}, queue_tree(words.place(), settled.manifest)});
    print(to_json(tree) + "\n");
  } else {
    print(status_words(settled, words.place().string()) + queue_words(words.place(), settled.manifest));
  }
  return complain_of_blocks(settled.state) ? Exit::failed : Exit::done;
}

Exit execute_gather(SweepWords const& words) {
  SettledSweep const settled = read_sweep_folder(words.place());
  remove_stale(words.place());
  bool const bad = complain_of_blocks(settled.state);
  if (!words.partial) check_complete(settled, words);
  Exit const exit = gather_into(settled, words);
  return bad ? Exit::failed : exit;
}

std::vector<Question> scenarios_of(Question const& from, ReadOptions const& reading) {
  std::vector<fs::path> files;
  for (FileRef const& each : from.scenario->sweep->scenarios) files.push_back(each.path);
  return files.empty() ? std::vector<Question>() : read_questions(files, reading);
}

SweepRunReport run_missing(SettledSweep& settled, PointWorlds& worlds, SweepWords const& words, Interrupt& interrupt) {
  remove_stale(words.place());
  for (std::size_t k = 0; k < settled.state.blocks.size(); ++k) {
    BlockState const state = settled.state.blocks[k];
    if (state == BlockState::damaged) put_aside(block_path(words.place(), static_cast<std::int64_t>(k)));
    require(state != BlockState::different, "the folder holds a block of another sweep",
            {block_path(words.place(), static_cast<std::int64_t>(k)).string()}, "remove it, and it is made again");
  }
  std::vector<Complaint> warnings;
  for (std::string const& each : settled.state.problems)
    warnings.push_back({each, {}, "it was put aside, and is made again"});
  print_warnings(warnings);
  ProgressLine line(words.quiet ? Display::none : choose_display(), "runs");
  SweepRunOptions running;
  running.threads = threads_of(words);
  running.shard = shard_of(words);
  running.progress = [&](Done done) { line.show(done); };
  running.stop = interrupt.token();
  interrupt.begin_run();
  return run_sweep(worlds, settled.manifest, settled.state, words.place(), running);
}

/// What a run left to say, but for its results.
Exit tell_run(SweepRunReport const& report, SweepWords const& words) {
  std::vector<Complaint> complaints;
  for (std::string const& each : report.contradictions)
    complaints.push_back({"another process found other numbers for the same runs",
                          {each},
                          "both blocks are kept: one of the machines or programs differs"});
  if (words.shard)
    for (FailedPoint const& each : report.failures)
      complaints.push_back({fmt::format("replicate {} of point {} failed: {}", each.replicate, each.point, each.why),
                            {words.place().string()},
                            {}});
  print_errors(complaints);
  if (words.json && (words.shard || report.stopped || !complaints.empty()))
    print(to_json(map_node({{"asked", number_node(report.asked)},
                            {"finished", number_node(report.finished)},
                            {"failed", number_node(report.failed)},
                            {"interrupted", truth_node(report.stopped)}})) +
          "\n");
  if (report.stopped) {
    if (!words.quiet && !words.json)
      print(fmt::format("interrupted: {} of {} runs that were missing are on disk; the same command goes on\n",
                        report.finished, report.asked));
    return Exit::interrupted;
  }
  return complaints.empty() ? Exit::done : Exit::failed;
}

/// Every file that the sweep reads.
std::vector<fs::path> all_inputs(Question const& section, std::vector<Question> const& questions,
                                 PointTable const& points) {
  std::vector<fs::path> inputs = section.inputs;
  for (FileRef const* each : sweep_files_of(*section.scenario->sweep)) inputs.push_back(each->path);
  for (Question const& each : questions) {
    inputs.insert(inputs.end(), each.inputs.begin(), each.inputs.end());
    for (FileRef const& file : files_of_points(each, points)) inputs.push_back(file.path);
  }
  return inputs;
}

Exit execute_sweep(SweepWords const& words) {
  Interrupt interrupt;
  ShardChoice const shard = shard_of(words);
  check_slurm_words(words, words.shard.has_value());
  (void)each_of(words);
  ReadOptions reading{.settings = words.settings, .threads = threads_of(words)};
  take_estimates(words, reading);
  Question from = read_question(words.scenario(), reading);
  refuse_absurd(count_sweep(from, replicates_of(words)), from, words.sure);
  DesignTable const design = read_sweep_design(*from.scenario, from.draft, schemas(from.mechanisms));
  std::vector<Question> questions = scenarios_of(from, reading);
  bool const own = questions.empty();
  if (own) questions.push_back(std::move(from));
  Question const& section = own ? questions.front() : from;
  print_warnings(section.warnings);
  SweepManifest const described = describe_sweep(section, questions, design, replicates_of(words));
  if (!words.design.empty()) {
    give_answer(design_csv(described.points), {words.design, words.force}, section.inputs);
    return Exit::done;
  }
  check_targets(words, all_inputs(section, questions, described.points));
  PointWorlds worlds(
      {questions, described.points, described.seeds, section.scenario->sweep->measures, described.layout});
  SettleOptions settling;
  settling.threads = threads_of(words);
  settling.shards = shard.count;
  if (words.block) settling.block = whole_number("--block", *words.block, 1, 1'000'000);
  settling.approve = [&](SweepForecast const& forecast) {
    refuse_absurd(forecast, section, words.sure);
    if (!words.shard) check_replaced(words, described);
    if (!words.quiet && !words.json && !words.slurm) print(plan_words(forecast, words.place().string()));
  };
  if (words.slurm)
    return submit_sweep({described, worlds, words.place(), settling, task_command(words), gather_command(words),
                         words.quiet, words.json, words.sure},
                        words);
  SettledSweep settled = settle(described, worlds, words.place(), settling);
  if (!words.shard) check_replaced(words, described);
  SweepRunReport const report = run_missing(settled, worlds, words, interrupt);
  Exit const exit = tell_run(report, words);
  if (exit != Exit::done || words.shard) return exit;
  SettledSweep const finished = read_sweep_folder(words.place());
  bool const bad = complain_of_blocks(finished.state);
  check_complete(finished, words);  // another process may have asked for more meanwhile
  Exit const gathered = gather_into(finished, words);
  return bad ? Exit::failed : gathered;
}

Exit execute_words(SweepWords const& words) {
  if (words.what.size() == 1) return execute_sweep(words);
  if (words.what[0] == "status") return execute_status(words);
  if (words.what[0] == "gather") return execute_gather(words);
  throw Error(Complaint{fmt::format("'{}' is out of place", words.what[0]),
                        {"hansa sweep"},
                        "status or gather was expected before the scenario"});
}

}  // namespace

void add_sweep(CLI::App& program, Act& chosen) {
  CLI::App* const command = program.add_subcommand(
      "sweep", "runs a scenario at many points of its parameters, and goes on where it was stopped");
  auto const words = std::make_shared<SweepWords>();
  add_sweep_words(*command, *words);
  command->callback([words, &chosen] { chosen = [words] { return execute_words(*words); }; });
}

}  // namespace hansa::cli
