/// The file of statistics: what `hansa stats` leaves.
#pragma once

#include <filesystem>
#include <map>
#include <string>

#include "io/part_file.hpp"
#include "io/result_file.hpp"
#include "scenario/scenario.hpp"
#include "statistics/statistics_table.hpp"
#include "world/cities.hpp"

namespace hansa {

struct StatisticsFileOptions {
  std::filesystem::path file;
  Overwrite overwrite = Overwrite::no;
  Reproducible reproducible = Reproducible::no;
  std::string title;
  std::string scenario_text;                         ///< the resolved scenario as YAML
  std::map<std::string, std::string> input_digests;  ///< file as given -> SHA-256
  std::string world_sha256;
  std::string histories = {};  ///< the result whose histories these are of; empty: data
};

/// Writes FILE.part, seals it and renames it. Errors: as ResultFile. On error nothing is left. Memory: one variable
/// more.
void write_statistics_file(StatisticsTable const& table, Cities const& cities, Clock const& clock,
                           StatisticsFileOptions const& options);

}  // namespace hansa
