/// The plain loop that the engine is measured against: every city looks at its in-ties and draws, in every step.
#pragma once

#include <cstdint>
#include <vector>

namespace hansa::benchmarks {

/// Who each city observes: sources of city i are source[first[i]] … source[first[i+1] - 1].
struct InTies {
  std::vector<std::uint32_t> first;
  std::vector<std::uint32_t> source;
};

/// P(adopt in step t) = logistic(base + strength · share + trend · (t - 1)); the share is that of the in-ties, or of
/// all other cities where `in_ties` is null.
struct PlainQuestion {
  InTies const* in_ties = nullptr;
  std::uint32_t cities = 0;
  int steps = 0;
  double base = 0;
  double strength = 0;
  double trend = 0;
};

/// Final adopters of each replicate. Frozen: what a competent programmer writes in an afternoon, parallel over
/// replicates, with a fast generator and without cleverness. Changing it would make old ratios worthless.
[[nodiscard]] std::vector<std::int32_t> run_plain_loop(PlainQuestion const& question, int replicates, int threads);

}  // namespace hansa::benchmarks
