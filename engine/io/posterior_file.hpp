/// The part of a posterior's file that fits do not have: generations, hypotheses, summaries and all particles.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace hansa {

class NetcdfFile;

/// N draws of K parameters under H hypotheses, G generations, W summaries.
struct PosteriorRecord {
  std::string name;  ///< SHA-256 of what the calibration depends on
  std::string end;   ///< why there are no more generations
  std::vector<std::string> parameters, hypotheses, summaries;
  std::vector<double> values;                   ///< N × K; NaN: does not act
  std::vector<double> weights, distances;       ///< N
  std::vector<std::int32_t> hypothesis;         ///< N
  std::vector<double> tolerance, effective;     ///< G
  std::vector<std::int64_t> proposals, failed;  ///< G
  std::vector<double> probability;              ///< G × H
  std::vector<double> observed, scales;         ///< W
};

/// Adds it to a file that is being written.
void add_posterior(NetcdfFile& file, PosteriorRecord const& record);

/// The attribute `calibration_sha256` of a file of hansa; empty where it is none, or has none.
[[nodiscard]] std::string calibration_in_file(std::filesystem::path const& file);

}  // namespace hansa
