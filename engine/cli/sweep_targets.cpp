/// Compares files by what they are, not by how they are spelled.
#include "cli/sweep_targets.hpp"

#include <algorithm>
#include <fstream>
#include <string>
#include <string_view>
#include <system_error>

#include "base/error.hpp"
#include "tell/sweep_csv.hpp"

namespace hansa::cli {

namespace {

namespace files = std::filesystem;

std::vector<files::path> targets_of(SweepWords const& words) {
  std::vector<files::path> targets = {words.result()};
  if (!words.csv.empty()) targets.emplace_back(words.csv);
  if (!words.each_csv.empty()) targets.emplace_back(words.each_csv);
  return targets;
}

files::path whole_path(files::path const& file) {
  std::error_code none;
  return files::weakly_canonical(files::absolute(file, none), none);
}

bool is_same_file(files::path const& a, files::path const& b) {
  std::error_code none;
  return files::equivalent(a, b, none) || whole_path(a) == whole_path(b);
}

bool begins_with(files::path const& file, std::string const& text) {
  std::ifstream in(file, std::ios::binary);
  std::string there(text.size(), '\0');
  in.read(there.data(), static_cast<std::streamsize>(there.size()));
  return in.gcount() == static_cast<std::streamsize>(there.size()) && there == text;
}

void check_one(files::path const& file, bool ours) {
  std::error_code none;
  require(ours || !files::exists(file, none), "exists, and is not of this sweep", {file.string()},
          "--force replaces it");
}

}  // namespace

void spare_kept(files::path const& target, files::path const& folder, std::span<std::string_view const> prefixes) {
  std::string const name = target.filename().string();
  bool const kept =
      std::any_of(prefixes.begin(), prefixes.end(), [&](std::string_view each) { return name.starts_with(each); });
  require(!kept || !is_same_file(files::absolute(target).parent_path(), folder), "is where finished work is kept",
          {target.string()}, "write elsewhere");
}

void check_targets(SweepWords const& words, std::span<files::path const> inputs) {
  std::vector<files::path> const targets = targets_of(words);
  for (std::size_t k = 0; k < targets.size(); ++k) {
    constexpr std::string_view kept[] = {"block-", "manifest-", "contradiction-", "slurm-", "at-work."};
    spare_kept(targets[k], words.place(), kept);
    for (std::size_t other = 0; other < k; ++other)
      require(!is_same_file(targets[k], targets[other]), "is to be written twice", {targets[k].string()},
              "a file for each was expected");
    for (files::path const& input : inputs)
      for (files::path const& written : {targets[k], files::path(targets[k]).concat(".part")})
        require(!is_same_file(written, input), "is an input of this run", {written.string()}, "write elsewhere");
  }
}

void check_replaced(SweepWords const& words, SweepManifest const& manifest) {
  if (words.force) return;
  bool const ours = sweep_named_in(words.result()) == manifest.sweep;
  check_one(words.result(), ours);
  if (!words.csv.empty())
    check_one(words.csv, ours && begins_with(words.csv, sweep_csv_header(manifest.points, manifest.layout)));
  if (!words.each_csv.empty())
    check_one(words.each_csv,
              ours && begins_with(words.each_csv, replicate_csv_header(manifest.points, manifest.layout)));
}

std::vector<files::path> inputs_of(SweepWords const& words, SweepManifest const& manifest) {
  std::vector<files::path> inputs = {words.scenario()};
  for (auto const& [name, digest] : manifest.common)
    if (name.starts_with("file ")) inputs.push_back(words.scenario().parent_path() / name.substr(5));
  return inputs;
}

}  // namespace hansa::cli
