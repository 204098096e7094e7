/// Blocks by generation and first proposal; the identity as a file of lines.
#include "calibration/proposals_on_disk.hpp"

#include <algorithm>
#include <fstream>
#include <iterator>
#include <limits>
#include <system_error>

#include <fmt/format.h>

#include "base/digest.hpp"
#include "base/error.hpp"
#include "io/durable_file.hpp"
#include "io/sweep_block.hpp"

namespace hansa {

namespace {

namespace fs = std::filesystem;

constexpr char const* identity_file = "calibration.sha256";

std::string generation_word(std::int64_t generation) {
  return fmt::format("generation-{:04}-", generation);
}

/// "sha256  name" per line, as sha256sum prints it.
std::string identity_text(std::map<std::string, std::string> const& identity) {
  std::string text;
  for (auto const& [name, words] : identity) text += sha256(words) + "  " + name + "\n";
  return text;
}

std::map<std::string, std::string> lines_of(std::string const& text) {
  std::map<std::string, std::string> lines;
  for (std::size_t at = 0; at < text.size();) {
    std::size_t const end = std::min(text.find('\n', at), text.size());
    std::string const line = text.substr(at, end - at);
    if (std::size_t const gap = line.find("  "); gap != std::string::npos)
      lines[line.substr(gap + 2)] = line.substr(0, gap);
    at = end + 1;
  }
  return lines;
}

[[noreturn]] void refuse_other(fs::path const& folder, std::string const& before, std::string const& now) {
  std::vector<Complaint> complaints;
  auto const refuse = [&](std::string const& what) {
    complaints.push_back({"the folder holds another calibration: " + what,
                          {folder.string(), 0, 0},
                          "the calibration that began there was expected; --folder names another folder"});
  };
  std::map<std::string, std::string> const old_lines = lines_of(before), new_lines = lines_of(now);
  for (auto const& [name, digest] : old_lines) {
    auto const found = new_lines.find(name);
    if (found == new_lines.end()) refuse(fmt::format("{} is not there any more", name));
    if (found != new_lines.end() && found->second != digest) refuse(fmt::format("{} was other", name));
  }
  for (auto const& [name, digest] : new_lines)
    if (old_lines.count(name) == 0) refuse(fmt::format("{} is new", name));
  if (complaints.empty()) refuse("its identity cannot be read");
  throw Error(std::move(complaints));
}

std::string bytes_in(fs::path const& file) {
  std::ifstream in(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

ProposalResults results_in(SweepBlock const& block) {
  ProposalResults results;
  results.first = block.cells.front().key;
  results.count = static_cast<std::int64_t>(block.cells.size());
  results.replicates = block.cells.front().count;
  results.width = block.width;
  results.values = block.values;
  results.failures.resize(static_cast<std::size_t>(block.runs()));
  for (FailedRun const& each : block.failed) results.failures[static_cast<std::size_t>(each.run)] = each.why;
  return results;
}

bool fits(SweepBlock const& block, std::string const& name, std::int64_t generation) {
  if (block.sweep != name || block.number != generation || block.cells.empty()) return false;
  for (std::size_t k = 0; k < block.cells.size(); ++k) {
    BlockCell const& cell = block.cells[k];
    bool const next = cell.key == block.cells.front().key + static_cast<std::int64_t>(k);
    if (!next || cell.key < 0 || cell.first != 0 || cell.count != block.cells.front().count) return false;
  }
  return true;
}

}  // namespace

ProposalFolder::ProposalFolder(fs::path folder, std::map<std::string, std::string> const& identity)
    : folder_(std::move(folder)) {
  std::string const text = identity_text(identity);
  name_ = sha256(text);
  if (folder_.empty()) return;
  std::error_code problem;
  fs::create_directories(folder_, problem);
  if (problem || !fs::is_directory(folder_))
    throw Error(
        Complaint{
            "the folder cannot be made: " + problem.message(), {folder_.string(), 0, 0}, "--folder names another"},
        Fault::failure);
  remove_stale(folder_);
  fs::path const file = folder_ / identity_file;
  if (place_file(file, text) == PlacedFile::different) refuse_other(folder_, bytes_in(file), text);
}

fs::path ProposalFolder::file_of(std::int64_t generation, ProposalResults const& results) const {
  return folder_ / fmt::format("{}{:010}-{}.h5", generation_word(generation), results.first, results.count);
}

std::vector<ProposalResults> ProposalFolder::load(std::int64_t generation, std::vector<std::string>& problems) const {
  std::vector<ProposalResults> all;
  if (folder_.empty()) return all;
  std::vector<fs::path> files;
  for (fs::directory_entry const& each : fs::directory_iterator(folder_))
    if (each.path().extension() == ".h5" && each.path().filename().string().starts_with(generation_word(generation)))
      files.push_back(each.path());
  std::sort(files.begin(), files.end());
  for (fs::path const& file : files) {
    try {
      SweepBlock const block = read_block(file, BlockParts::all);
      require(fits(block, name_, generation), "the folder holds a block of something else", {file.string(), 0, 0},
              "remove it, and it is made again");
      all.push_back(results_in(block));
    } catch (Error const& error) {
      if (error.complaints().front().problem.starts_with("the folder holds")) throw;
      std::error_code none;
      fs::rename(file, fs::path(file).concat(".damaged"), none);
      problems.push_back(file.string() + ": " + error.complaints().front().problem);
    }
  }
  return all;
}

void ProposalFolder::save(std::int64_t generation, ProposalResults const& results) const {
  if (folder_.empty()) return;
  SweepBlock block;
  block.sweep = name_;
  block.number = generation;
  block.width = results.width;
  block.values = results.values;
  for (std::int64_t k = 0; k < results.count; ++k)
    block.cells.push_back({results.first + k, 0, static_cast<std::int32_t>(results.replicates)});
  for (std::size_t run = 0; run < results.failures.size(); ++run)
    if (!results.failures[run].empty()) block.failed.push_back({static_cast<std::int64_t>(run), results.failures[run]});
  fs::path const file = file_of(generation, results);
  if (place_file(file, block_image(block)) == PlacedFile::different)
    throw Error(Complaint{"another process found other numbers for the same proposals",
                          {file.string(), 0, 0},
                          "one of the machines or programs differs: look at both, and remove the folder"},
                Fault::failure);
}

}  // namespace hansa
