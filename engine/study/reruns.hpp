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

struct RerunResult {
  std::vector<std::int32_t>
      followers;  ///< per replicate: adopters among cities that are not funded, less those compared with
  std::vector<std::int32_t> changed;  ///< per city: replicates in which it adopts at another time; empty: not asked for
};

struct RerunOptions {
  std::int64_t replicates = 500;
  int threads = 0;  ///< 0: all
  Lanes lanes = Lanes::fast;
  std::function<Model(std::int64_t)> model_of;  ///< a fresh model for a replicate; called from any thread
  bool drawn = false;                           ///< it differs between replicates
  Progress progress = {};
  std::stop_token stop = {};
};

/// Runs replicates 0 … of all choices on common random numbers; one model a thread, whatever the number of choices.
/// Nothing depends on threads. None if it was stopped. A replicate that fails under some choice throws.
[[nodiscard]] std::optional<std::vector<RerunResult>> rerun(World const& world, PolicyId policy,
                                                            std::span<SeedChoice const> choices,
                                                            RerunOptions const& options);

}  // namespace hansa
