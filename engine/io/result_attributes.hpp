/// The attributes of a result file: where it comes from and how far it got.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "io/result_file.hpp"
#include "io/result_layout.hpp"

namespace hansa {

/// Of so many failed replicates the file says why.
inline constexpr std::size_t most_failures_told = 1000;

/// Replicates put until now.
struct ResultCounts {
  std::int64_t complete = 0;                                 ///< in the file, failed ones included
  std::vector<std::pair<std::int64_t, std::string>> failed;  ///< number and why, of the first ones
  std::int64_t first = 0;                                    ///< number of the first replicate
};

/// What every file of hansa says of where it comes from.
struct Origin {
  std::string title;
  std::string scenario_text;                         ///< the resolved scenario as YAML
  std::map<std::string, std::string> input_digests;  ///< file as given -> SHA-256
  std::string world_sha256;
  Reproducible reproducible = Reproducible::no;  ///< yes: no time
};
void write_origin(NetcdfFile& file, Origin const& origin);

/// Provenance, and the counts at 0.
void write_provenance(NetcdfFile& file, ResultShape const& shape, ResultFileOptions const& options);

/// The number of replicates that readers may trust, and of those that failed among them.
void write_progress(NetcdfFile& file, ResultCounts const& counts);

/// The final counts, the failed replicates, `complete`, and the time unless reproducible.
void write_ending(NetcdfFile& file, ResultCounts const& counts, ResultFileOptions const& options, bool complete);

}  // namespace hansa
