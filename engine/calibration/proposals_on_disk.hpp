/// The folder of a calibration: what the proposals of each generation came to, block by block.
///
/// A block is a sweep block (io/sweep_block.hpp) whose cells are proposals, with their numbers as keys. The folder is
/// the truth: generations are computed from it, and what it has is never run again.
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "io/block_folder.hpp"

namespace hansa {

/// What proposals [first, first + count) of a generation came to.
struct ProposalResults {
  std::int64_t first = 0, count = 0;
  std::int64_t replicates = 0;        ///< of each
  std::int64_t width = 0;             ///< numbers of a replicate
  std::vector<double> values;         ///< count × replicates × width; failed: NaN
  std::vector<std::string> failures;  ///< count × replicates: why, or empty
};

class ProposalFolder {
 public:
  /// `identity`: all that results depend on, in words by name; `folder`: empty if nothing is kept. Makes the folder,
  /// and writes the identity where there is none. Error (Fault::input): the folder has another calibration, and what
  /// differs; (Fault::failure): it cannot be made.
  ProposalFolder(std::filesystem::path folder, std::map<std::string, std::string> const& identity);

  /// SHA-256 of the identity.
  [[nodiscard]] std::string const& name() const noexcept { return blocks_.name(); }
  /// Sound blocks of a generation, by first proposal; overlaps stay. One that cannot be read is put aside as .damaged
  /// and noted in `problems`. Error (Fault::input): a block of something else.
  [[nodiscard]] std::vector<ProposalResults> load(std::int64_t generation, std::vector<std::string>& problems) const;
  /// Writes a block (place_file). Errors as there; (Fault::failure) where another process found other numbers.
  void save(std::int64_t generation, ProposalResults const& results) const;

 private:
  BlockFolder blocks_;
};

}  // namespace hansa
