/// The attributes of a result file: where it comes from and how far it got.
#include "io/result_attributes.hpp"

#include <algorithm>
#include <ctime>

#include <fmt/chrono.h>
#include <fmt/format.h>

#include "base/version.hpp"

namespace hansa {

namespace {

/// UTC, ISO 8601.
std::string now() {
  return fmt::format("{:%Y-%m-%dT%H:%M:%SZ}", fmt::gmtime(std::time(nullptr)));
}

/// The lines that `sha256sum` prints.
std::string digest_lines(std::map<std::string, std::string> const& digests) {
  std::string lines;
  for (auto const& [file, digest] : digests) lines += digest + "  " + file + "\n";
  return lines;
}

std::string engine() {
  return fmt::format("hansa {} ({})", version(), commit());
}

}  // namespace

void write_origin(NetcdfFile& file, Origin const& origin) {
  hid_t const root = file.root();
  bool const dated = origin.reproducible == Reproducible::no;
  h5_set_text(root, "title", origin.title);
  h5_set_text(root, "Conventions", "CF-1.10");
  h5_set_text(root, "source", engine());
  h5_set_text(root, "history", (dated ? now() + " " : std::string()) + "written by " + engine());
  h5_set_text(root, "scenario", origin.scenario_text);
  h5_set_text(root, "input_sha256", digest_lines(origin.input_digests));
  h5_set_text(root, "world_sha256", origin.world_sha256);
  h5_set_text(root, "engine_version", std::string(version()));
  h5_set_text(root, "engine_commit", std::string(commit()));
  h5_set_text(root, "compiler", std::string(compiler()));
}

void write_provenance(NetcdfFile& file, ResultShape const& shape, ResultFileOptions const& options) {
  hid_t const root = file.root();
  bool const dated = options.reproducible == Reproducible::no;
  write_origin(file, {shape.scenario.title, options.scenario_text, options.input_digests, digest(shape.world),
                      options.reproducible});
  std::string bases;
  for (std::filesystem::path const& each : shape.scenario.bases) bases += each.string() + "\n";
  if (!bases.empty()) h5_set_text(root, "scenario_bases", bases);
  h5_set_text(root, "seed", fmt::format("0x{:016x}", shape.model.seed));
  if (!shape.scenario.currency.empty()) h5_set_text(root, "currency", shape.scenario.currency);
  if (!options.drawn_from.empty()) h5_set_text(root, "parameters_drawn_from", options.drawn_from);
  h5_set_number<std::int32_t>(root, "replicates", static_cast<std::int32_t>(options.replicates));
  h5_set_number<std::int32_t>(root, "replicates_complete", 0);
  h5_set_number<std::int32_t>(root, "replicates_failed", 0);
  h5_set_number<std::int8_t>(root, "complete", 0);
  if (dated) h5_set_text(root, "started", now());
  // Made now and filled at the end: what is there already can be changed in fewer steps.
  if (dated) h5_set_text(root, "finished", "");
  h5_set_text(root, "failed_replicates", "");
}

void write_progress(NetcdfFile& file, ResultCounts const& counts) {
  h5_update_number(file.root(), "replicates_complete", static_cast<std::int32_t>(counts.complete));
  auto const counted = [&](auto const& failed) { return failed.first < counts.first + counts.complete; };
  auto const failed = std::count_if(counts.failed.begin(), counts.failed.end(), counted);
  h5_update_number(file.root(), "replicates_failed", static_cast<std::int32_t>(failed));
}

void write_ending(NetcdfFile& file, ResultCounts const& counts, ResultFileOptions const& options, bool complete) {
  write_progress(file, counts);
  std::string failed;
  std::size_t const told = std::min(counts.failed.size(), most_failures_told);
  for (std::size_t k = 0; k < told; ++k)
    failed += fmt::format("{}: {}\n", counts.failed[k].first, counts.failed[k].second);
  if (counts.failed.size() > told) failed += fmt::format("and {} more\n", counts.failed.size() - told);
  h5_update_text(file.root(), "failed_replicates", failed);
  if (options.reproducible == Reproducible::no) h5_update_text(file.root(), "finished", now());
  h5_update_number<std::int8_t>(file.root(), "complete", complete ? 1 : 0);
}

}  // namespace hansa
