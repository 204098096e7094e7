/// Reruns of a what-if with its seeds given to others.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <stop_token>
#include <string>
#include <vector>

#include "base/progress.hpp"
#include "measures/comparison.hpp"
#include "model/model.hpp"
#include "run/replicate.hpp"
#include "world/world.hpp"

namespace hansa {

/// The seeds of one policy in a rerun. `against` tells with which of the runs before it its adoption times are
/// compared.
struct SeedChoice {
  std::vector<SeedModel> seeds;
  std::size_t against = 0;
  std::vector<Index> funded;  ///< ascending: not counted as followers
  bool by_city = false;       ///< whether each city's changes are counted
};

/// A replicate that failed.
struct RerunFailure {
  std::int64_t replicate = 0;
  std::string why;
};

struct RerunResult {
  /// Per replicate of the report: adopters among cities that are not funded, less those compared with.
  std::vector<std::int32_t> followers;
  std::vector<std::int32_t> changed;  ///< per city: replicates in which it adopts at another time; empty: not asked for
  std::optional<RerunFailure> failed;  ///< the first: then the rest is of no use
};

struct RerunReport {
  std::vector<RerunResult> results;  ///< one a choice
  /// Those that count, ascending: the model could be made, and the first choice did not fail.
  std::vector<std::int64_t> replicates;
  std::vector<RerunFailure> left_out;  ///< the others
};

struct RerunOptions {
  std::int64_t replicates = 500;
  int threads = 0;  ///< 0: all
  Lanes lanes = Lanes::fast;
  /// A fresh model, called from any thread: for draw number replicate / per_draw of the parameters, or, where none are
  /// drawn, whatever the number.
  std::function<Model(std::int64_t)> model_of;
  std::int64_t per_draw = 0;  ///< so many replicates share a draw; 0: none are drawn
  Progress progress = {};
  std::stop_token stop = {};
};

/// Runs replicates 0 … of all choices on common random numbers; one model a thread, whatever the number of choices.
/// Nothing depends on threads. A choice under which some replicate fails, or the choice that it is compared with, has
/// failed; the others stand. None if it was stopped.
[[nodiscard]] std::optional<RerunReport> rerun(World const& world, PolicyId policy, std::span<SeedChoice const> choices,
                                               RerunOptions const& options);

}  // namespace hansa
