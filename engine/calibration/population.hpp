/// Weighted particles of a generation, and where the proposals of the next one come from.
///
/// Population Monte Carlo for approximate Bayesian computation (Beaumont, Cornuet, Marin & Robert 2009; Toni, Welch,
/// Strelkowa, Ipsen & Stumpf 2009): a proposal is a particle of the generation before, moved by a normal kernel with
/// twice the particles' covariance, and its weight is its prior density over the density of being proposed.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "calibration/priors.hpp"

namespace hansa {

/// N particles on the scale of Priors.
struct Population {
  std::vector<std::int32_t> hypothesis;  ///< N
  std::vector<double> z;                 ///< N × K, row-major
  std::vector<double> weight;            ///< N, of sum 1
  std::vector<double> distance;          ///< N: the smallest of its replicates
  /// Of all accepted replicates, with the weight of each.
  std::vector<double> distances, distance_weights;
  [[nodiscard]] std::size_t size() const noexcept { return weight.size(); }
};

/// (Σw)² / Σw² (Kong, Liu & Wong 1994); 0 of none.
[[nodiscard]] double effective_size(std::span<double const> weights) noexcept;

/// The smallest value that has at least a share q of the weight up to it; NaN of none.
[[nodiscard]] double weighted_quantile(std::vector<double> values, std::span<double const> weights, double q);

/// Weight of each of H hypotheses.
[[nodiscard]] std::vector<double> hypothesis_weights(Population const& population, std::size_t hypotheses);

/// How proposals are made from a population. Const use is thread safe.
class Kernel {
 public:
  /// From the priors alone.
  Kernel(Priors const& priors, std::uint64_t seed);
  Kernel(Priors const& priors, std::uint64_t seed, Population const& from);

  /// Number `attempt` of a generation: a function of seed, generation and attempt.
  [[nodiscard]] Proposal propose(std::int64_t generation, std::int64_t attempt) const;
  /// Prior density over density of being proposed, up to a factor that all share.
  [[nodiscard]] double weight(Proposal const& proposal) const;

 private:
  /// Moves of one hypothesis.
  struct Moves {
    double mass = 0;                   ///< of its particles
    double chance = 0;                 ///< that a proposal is of it
    std::vector<std::size_t> members;  ///< particles
    std::vector<double> cumulated;     ///< of their weights
    std::vector<double> root;          ///< D × D: lower triangle of the Cholesky decomposition, D parameters act
    double log_factor = 0;             ///< of the normal density: -ln |root|
  };
  void fit(Moves& moves, std::size_t hypothesis);
  [[nodiscard]] std::size_t pick_hypothesis(double uniform) const noexcept;

  Priors const& priors_;
  std::uint64_t seed_;
  Population const* from_ = nullptr;
  std::vector<Moves> moves_;
  std::vector<std::uint64_t> who_;  ///< per parameter: hash of its path
};

}  // namespace hansa
