/// Blocks by name; the identity as a file of lines.
#include "io/block_folder.hpp"

#include <algorithm>
#include <fstream>
#include <iterator>
#include <system_error>

#include <fmt/format.h>

#include "base/digest.hpp"
#include "base/error.hpp"
#include "io/durable_file.hpp"

namespace hansa {

namespace {

namespace fs = std::filesystem;

/// "sha256  name" per line, as sha256sum prints it.
std::string identity_text(std::map<std::string, std::string> const& identity) {
  std::string text;
  for (auto const& [name, words] : identity) text += sha256(words) + "  " + name + "\n";
  return text;
}

std::map<std::string, std::string> identity_lines(std::string const& text) {
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

[[noreturn]] void refuse_other(fs::path const& folder, std::string const& noun, std::string const& before,
                               std::string const& now) {
  std::vector<Complaint> complaints;
  auto const refuse = [&](std::string const& what) {
    complaints.push_back({fmt::format("the folder holds another {}: {}", noun, what),
                          {folder.string(), 0, 0},
                          fmt::format("the {} that began there was expected; --folder names another folder", noun)});
  };
  std::map<std::string, std::string> const old_lines = identity_lines(before), new_lines = identity_lines(now);
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

}  // namespace

BlockFolder::BlockFolder(fs::path folder, std::map<std::string, std::string> const& identity, std::string noun)
    : folder_(std::move(folder)), noun_(std::move(noun)) {
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
  fs::path const file = folder_ / (noun_ + ".sha256");
  if (place_file(file, text) == PlacedFile::different) refuse_other(folder_, noun_, bytes_in(file), text);
}

std::vector<SweepBlock> BlockFolder::load(std::string const& prefix, std::vector<std::string>& problems,
                                          std::function<bool(SweepBlock const&)> const& belongs) const {
  std::vector<SweepBlock> all;
  if (folder_.empty()) return all;
  std::vector<fs::path> files;
  for (fs::directory_entry const& each : fs::directory_iterator(folder_))
    if (each.path().extension() == ".h5" && each.path().filename().string().starts_with(prefix))
      files.push_back(each.path());
  std::sort(files.begin(), files.end());
  for (fs::path const& file : files) {
    SweepBlock block;
    try {
      block = read_block(file, BlockParts::all);
    } catch (Error const& error) {
      std::error_code none;
      fs::rename(file, fs::path(file).concat(".damaged"), none);
      problems.push_back(file.string() + ": " + error.complaints().front().problem);
      continue;
    }
    require(block.sweep == name_ && belongs(block), "the folder holds a block of something else", {file.string(), 0, 0},
            "remove it, and it is made again");
    all.push_back(std::move(block));
  }
  return all;
}

void BlockFolder::save(std::string const& file_name, SweepBlock const& block) const {
  if (folder_.empty()) return;
  fs::path const file = folder_ / file_name;
  if (place_file(file, block_image(block)) == PlacedFile::different)
    throw Error(Complaint{"another process found other numbers for the same work",
                          {file.string(), 0, 0},
                          "one of the machines or programs differs: look at both, and remove the folder"},
                Fault::failure);
}

}  // namespace hansa
