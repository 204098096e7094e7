/// Envelopes of a fit's goodness, beside its estimates in the file of a fit.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace hansa {

class NetcdfFile;

/// W numbers of all statistics, one after the other, and P parts that each are judged as a whole.
struct GoodnessRecord {
  std::vector<std::string> names;                               ///< W: "bike_share.curve.2010"
  std::vector<std::string> parts;                               ///< P: "bike_share.curve"
  std::vector<std::int32_t> part_of;                            ///< W: number of the part, from 0
  std::vector<double> p;                                        ///< P
  std::vector<double> observed, mean, low, high, lower, upper;  ///< W
  std::int64_t histories = 0, failed = 0;
};

/// Adds variables along the dimensions `goodness_value` and `goodness_part`.
void add_goodness(NetcdfFile& file, GoodnessRecord const& record);

/// Reads them back; nothing where the file has none. Error (Fault::input) with the file's name where the file is not
/// as it was written: a value of no part, numbers that are not finite or out of range.
[[nodiscard]] std::optional<GoodnessRecord> read_goodness(std::filesystem::path const& file);

}  // namespace hansa
