/// Beliefs on their way to the file: one replicate's, shuffled and deflated by the thread that simulated it.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <vector>

#include "io/netcdf.hpp"
#include "record/history.hpp"

namespace hansa {

/// How a replicate's rows of T steps × n cities are cut. Cities stay the same for many steps: steps lie near each other
/// within a chunk, so that deflate, which looks back 32 KiB, finds them again.
struct BeliefCut {
  std::size_t steps = 1, cities = 1;
  std::size_t tall = 1, wide = 1;  ///< steps and cities of a chunk: about a mebibyte
  BeliefCut(std::size_t steps, std::size_t cities) noexcept;
};

/// A compressed chunk and where it begins: policy, step, city.
struct BeliefChunk {
  std::array<std::size_t, 3> at;
  std::vector<unsigned char> bytes;
};

/// One replicate's chunks of either variable; none of policies without beliefs. Thread safe. row_city[k]: the city in
/// row k of the file.
struct PackedBeliefs {
  std::vector<BeliefChunk> mean, precision;
  [[nodiscard]] std::uint64_t bytes() const noexcept;
  [[nodiscard]] std::size_t chunks() const noexcept { return mean.size() + precision.size(); }
};
[[nodiscard]] PackedBeliefs pack_beliefs(History const& history, BeliefCut const& cut,
                                         std::span<std::uint32_t const> row_city);

/// Writes them as row `replicate` of the variables (replicate, policy, time, city), which are made as long as needed.
void write_beliefs(NetcdfFile& file, H5Dataset const& to, hsize_t replicate, std::vector<BeliefChunk> const& chunks);

}  // namespace hansa
