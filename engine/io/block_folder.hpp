/// The folder of a study: a file that says what all of its results depend on, and blocks of results.
///
/// The folder is the truth: results are computed from the blocks that are there, and what it has is never made again.
/// Any number of processes may write into it at once.
#pragma once

#include <filesystem>
#include <functional>
#include <map>
#include <string>
#include <vector>

#include "io/sweep_block.hpp"

namespace hansa {

/// A study of its own kind. Moving it leaves it the same.
class BlockFolder {
 public:
  /// `identity`: all that results depend on, in words by name; `folder`: empty if nothing is kept; `noun`: what the
  /// study is, as in "another calibration"; its identity stands in NOUN.sha256. Makes the folder, and writes the
  /// identity where there is none. Error (Fault::input): the folder has another study of the kind, and what differs;
  /// (Fault::failure): it cannot be made.
  BlockFolder(std::filesystem::path folder, std::map<std::string, std::string> const& identity, std::string noun);

  /// SHA-256 of the identity.
  [[nodiscard]] std::string const& name() const noexcept { return name_; }
  [[nodiscard]] std::filesystem::path const& path() const noexcept { return folder_; }

  /// Sound blocks whose file names begin with `prefix`, by file name. One that cannot be read is put aside as .damaged
  /// and noted in `problems`. Error (Fault::input): a block that `belongs` says is of something else.
  [[nodiscard]] std::vector<SweepBlock> load(std::string const& prefix, std::vector<std::string>& problems,
                                             std::function<bool(SweepBlock const&)> const& belongs) const;
  /// Places a block; does nothing where the same one is there, or nothing is kept. Error (Fault::failure): another one
  /// is there, or it cannot be written. Not thread safe: HDF5 is not.
  void save(std::string const& file, SweepBlock const& block) const;

 private:
  std::filesystem::path folder_;
  std::string name_, noun_;
};

}  // namespace hansa
