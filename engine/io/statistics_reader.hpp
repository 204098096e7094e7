/// Reads a file of statistics back.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "world/cities.hpp"

namespace hansa {

/// A variable of the file, in the terms of the kinds of statistics. NaN: missing.
struct ReadStatistic {
  std::string name, entry, kind, meaning;
  bool by_city = false, by_time = false;
  std::vector<std::string> classes;  ///< of categories; empty: numbers
  /// Without city replicate × policy [× time], of data one replicate; with city policy × city [× time, or × class of
  /// many replicates], cities in canonical order. Of categories of data the number of the class.
  std::vector<double> values;
};

struct StatisticsContents {
  std::string title, histories;  ///< "observed", or the name of the result that they are of
  std::string engine_version, engine_commit, time_unit;
  std::vector<std::string> policies;
  Cities cities;
  std::vector<std::int32_t> time;
  std::size_t replicates = 0;  ///< 0: of data
  std::vector<ReadStatistic> statistics;
  std::vector<std::string> too_large;  ///< names of variables with more than 20 million numbers, which are not read
};

/// Error (Fault::input) with the file's name where it is none of statistics, or not as it was written: every length,
/// label and number is checked. Memory: what is read, and once more the largest variable.
[[nodiscard]] StatisticsContents read_statistics_file(std::filesystem::path const& file);

}  // namespace hansa
