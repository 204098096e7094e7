/// Describes, compares and settles sweeps.
#include "sweep/sweep.hpp"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <limits>
#include <set>
#include <system_error>
#include <utility>

#include <fmt/format.h>

#include "base/digest.hpp"
#include "base/parallel.hpp"
#include "base/version.hpp"
#include "io/csv.hpp"
#include "io/yaml.hpp"
#include "scenario/files.hpp"
#include "scenario/sweep_points.hpp"
#include "sweep/points.hpp"
#include "sweep/sweep_design.hpp"
#include "sweep/sweep_identity.hpp"

namespace hansa {

namespace {

namespace fs = std::filesystem;

constexpr std::int64_t first_points = 1;  // of paired measures

/// What no run depends on, and what the manifest says by itself.
constexpr std::string_view apart_in_sweep[] = {"title",  "purpose", "patterns",  "sources", "replicates",
                                               "output", "sweep",   "calibrate", "fit",     "power",
                                               "stats",  "base",    "remove"};

std::string common_text(Question const& question) {
  Node root = without_bases(question.draft, *question.scenario);
  std::erase_if(root.entries, [](Node::Entry const& each) {
    return std::find(std::begin(apart_in_sweep), std::end(apart_in_sweep), each.key) != std::end(apart_in_sweep);
  });
  return to_yaml(root);
}

/// Scenario files are told by what they say, and lists of points by the points.
bool is_apart(Question const& question, std::string const& file) {
  if (question.draft.file.string() == file) return true;
  return std::any_of(question.draft.bases.begin(), question.draft.bases.end(),
                     [&](ScenarioFile const& base) { return base.path.string() == file; });
}

std::string name_of(Question const& question) {
  return question.scenario->file.stem().string();
}

std::map<std::string, std::string> common_of(Question const& from, std::vector<Question> const& questions,
                                             SweepManifest const& manifest) {
  SweepSpec const& spec = *from.scenario->sweep;
  std::map<std::string, std::string> common;
  for (Question const& each : questions) {
    common["scenario " + name_of(each)] = common_text(each);
    for (auto const& [file, digest] : each.digests)
      if (!is_apart(each, file)) common["file " + file] = digest;
    for (auto const& [file, digest] : digests_of_points(each, manifest.points)) common.emplace("file " + file, digest);
    common["estimates are"] = each.from.empty() ? "none" : each.drawn ? "drawn" : "taken";
  }
  std::string measures = words_of(manifest.layout);
  for (MeasureSpec const& each : spec.measures) measures += words_of(each);
  common["measures"] = measures;
  common["random numbers"] = spec.random_numbers == RandomNumbers::common ? "common" : "independent";
  common["seed"] = fmt::format("{}", questions.front().scenario->seed);
  common["hansa"] = fmt::format("{} ({})", version(), commit());
  return common;
}

PointColumn column_for(DesignColumn const& from, std::size_t scenarios) {
  PointColumn column{from.name, {}, {}};
  for (std::size_t s = 0; s < scenarios; ++s) {
    if (from.labels.empty())
      column.numbers.insert(column.numbers.end(), from.numbers.begin(), from.numbers.end());
    else
      for (double const number : from.numbers)
        column.words.push_back(std::isnan(number) ? std::string() : from.labels[static_cast<std::size_t>(number)]);
  }
  return column;
}

PointTable points_of(DesignTable const& design, std::vector<Question> const& questions) {
  PointTable points;
  for (std::size_t s = 0; s < questions.size(); ++s) {
    points.scenarios.push_back(name_of(questions[s]));
    points.scenario_of.insert(points.scenario_of.end(), design.rows, static_cast<std::int32_t>(s));
  }
  for (DesignColumn const& each : design.columns) points.columns.push_back(column_for(each, questions.size()));
  return points;
}

std::string digest_of(std::map<std::string, std::string> const& common) {
  Digest digest;
  for (auto const& [name, text] : common) {
    digest.add(std::string_view(name));
    digest.add(std::string_view(text));
  }
  return digest.hex();
}

[[noreturn]] void refuse_folder(fs::path const& folder, std::vector<std::string> const& why) {
  std::vector<Complaint> complaints;
  for (std::string const& each : why)
    complaints.push_back({"the folder holds another sweep: " + each,
                          {folder.string(), 0, 0},
                          "the sweep that began there was expected; --folder names another folder"});
  throw Error(std::move(complaints));
}

SweepForecast forecast_of(SweepManifest const& manifest, SweepManifest const* before, TrialTimes const& times,
                          BlockSizes const& sizes, int threads) {
  SweepForecast forecast;
  forecast.points = static_cast<double>(manifest.points.size());
  forecast.replicates = static_cast<double>(manifest.replicates);
  forecast.runs = forecast.missing = forecast.points * forecast.replicates;
  if (before) forecast.missing -= static_cast<double>(before->runs());
  forecast.extended = before != nullptr;
  forecast.threads = threads;
  double const visits = std::ceil(forecast.missing / static_cast<double>(sizes.replicates_at_once));
  forecast.seconds = (visits * times.point + forecast.missing * times.run) / threads;
  constexpr double bytes_of_file = 14e3;  // of HDF5 and its labels
  forecast.files = 1 + std::ceil(forecast.runs / static_cast<double>(sizes.runs));
  forecast.bytes = forecast.runs * 8 * static_cast<double>(manifest.layout.width) + forecast.files * bytes_of_file;
  return forecast;
}

void make_folder(fs::path const& folder) {
  std::error_code problem;
  fs::create_directories(folder, problem);
  if (problem || !fs::is_directory(folder))
    throw Error(
        Complaint{"the folder cannot be made: " + problem.message(), {folder.string(), 0, 0}, "--folder names another"},
        Fault::failure);
}

}  // namespace

SweepForecast count_sweep(Question const& question, std::optional<std::int64_t> replicates) {
  if (!question.scenario->sweep)
    throw Error(Complaint{
        "there is nothing to sweep", {question.scenario->file.string(), 0, 0}, "a section 'sweep' was expected"});
  SweepSpec const& spec = *question.scenario->sweep;
  Tables tables;
  Complaints complaints;
  read_tables(sweep_files_of(spec), tables, complaints);
  complaints.throw_if_any();
  std::vector<std::size_t> rows;
  for (FileRef const* each : sweep_files_of(spec)) rows.push_back(tables.at(each->path).rows());
  SweepForecast forecast;
  forecast.points = count_points(spec, rows) * static_cast<double>(std::max<std::size_t>(1, spec.scenarios.size()));
  forecast.replicates =
      static_cast<double>(replicates.value_or(spec.replicates.value_or(question.scenario->replicates)));
  forecast.runs = forecast.missing = forecast.points * forecast.replicates;
  forecast.seconds = forecast.bytes = std::numeric_limits<double>::quiet_NaN();
  return forecast;
}

SweepManifest describe_sweep(Question const& from, std::vector<Question> const& questions, DesignTable const& design,
                             std::optional<std::int64_t> replicates) {
  SweepSpec const& spec = *from.scenario->sweep;
  SweepManifest manifest;
  Complaints complaints;
  std::vector<MeasuredCase> cases;
  std::set<std::string> names;
  for (Question const& each : questions) {
    cases.push_back({*each.scenario, *each.world, each.model});
    if (!names.insert(name_of(each)).second)
      complaints.add(fmt::format("two scenarios are called '{}'", name_of(each)), spec.where,
                     "files of different names were expected");
  }
  manifest.layout = lay_out_measures(spec.measures, cases, complaints);
  if (complaints.empty())
    for (MeasuredCase const& each : cases) (void)RunMeasures(spec.measures, manifest.layout, each, complaints);
  manifest.points = points_of(design, questions);
  for (MeasureSpec const& each : spec.measures)
    if (each.paired_to && *each.paired_to >= static_cast<std::int64_t>(manifest.points.size()))
      complaints.add(fmt::format("there is no point {}", *each.paired_to), each.where,
                     fmt::format("a point from 0 to {} was expected", manifest.points.size() - first_points));
  complaints.throw_if_any();
  manifest.replicates = replicates.value_or(spec.replicates.value_or(from.scenario->replicates));
  manifest.keys = point_keys(manifest.points);
  if (spec.random_numbers == RandomNumbers::independent)
    manifest.seeds = independent_seeds(from.scenario->seed, manifest.keys);
  manifest.common = common_of(from, questions, manifest);
  manifest.sweep = digest_of(manifest.common);
  manifest.told["title"] = from.scenario->title;
  manifest.told["scenario"] = to_yaml(without_bases(from.draft, *from.scenario));
  manifest.told["world_sha256"] = digest(*questions.front().world);
  manifest.told["time_unit"] = from.scenario->clock.unit;
  std::string quantiles;
  for (double const each : from.scenario->output.quantiles) quantiles += fmt::format("{} ", each);
  manifest.told["quantiles"] = quantiles;
  return manifest;
}

SettledSweep read_sweep_folder(fs::path const& folder) {
  int const number = newest_manifest(folder);
  require(number > 0, "no sweep has begun there", {folder.string(), 0, 0},
          "hansa sweep SCENARIO begins one; --folder names another folder");
  SettledSweep settled{read_manifest(folder, number), {}};
  settled.state = look_at(folder, settled.manifest, static_cast<std::int64_t>(settled.manifest.layout.width));
  return settled;
}

SettledSweep settle(SweepManifest described, PointWorlds& worlds, fs::path const& folder,
                    SettleOptions const& options) {
  constexpr int patience = 10;
  std::optional<BlockSizes> sizes;
  TrialTimes times;
  for (int attempt = 0; attempt < patience; ++attempt) {
    int const number = newest_manifest(folder);
    std::optional<SweepManifest> before;
    if (number > 0) before = read_manifest(folder, number);
    if (before) {
      if (auto const found = differences(*before, described); !found.empty()) refuse_folder(folder, found);
      if (auto const lost = lost_points(*before, described)) refuse_folder(folder, {*lost});
      if (before->keys == described.keys && before->replicates == described.replicates) {
        if (before->told == described.told) return read_sweep_folder(folder);
        before->told = described.told;
        if (write_manifest(*before, folder, number + 1) != PlacedFile::different) return read_sweep_folder(folder);
        continue;
      }
    }
    if (!sizes) {
      times = try_out(worlds, options.lanes);
      sizes =
          block_sizes(times, static_cast<std::int64_t>(described.points.size()), described.replicates,
                      static_cast<std::int64_t>(described.layout.width), thread_count(options.threads), options.shards);
      if (options.block) *sizes = {std::min(sizes->replicates_at_once, *options.block), *options.block};
    }
    if (options.approve)
      options.approve(
          forecast_of(described, before ? &*before : nullptr, times, *sizes, thread_count(options.threads)));
    plan_blocks(described, before ? &*before : nullptr, *sizes,
                [&](std::size_t point) { return worlds.key_of(point); });
    make_folder(folder);
    if (write_manifest(described, folder, number + 1) != PlacedFile::different) return read_sweep_folder(folder);
  }
  throw Error(Complaint{"others extend this sweep all the time", {folder.string(), 0, 0}, "try again"}, Fault::failure);
}

}  // namespace hansa
