/// Seeds of one policy in one replicate: who is made to adopt in a step.
#pragma once

#include <algorithm>
#include <cstdint>
#include <functional>
#include <span>
#include <vector>

#include "model/model.hpp"
#include "record/recorder.hpp"
#include "world/world.hpp"

namespace hansa {

/// A seed precedes the decisions of its step: whoever it reaches adopts by it and decides no more, whatever pressure
/// and resistance are. It succeeds with city i where a uniform number, drawn by the names of intervention and city,
/// lies below its chance: a larger chance reaches the same cities, and more.
class Seeding {
 public:
  /// Both outlive it.
  Seeding(Model const& model, Cities const& cities, PolicyId policy) noexcept
      : seeds_(model.policies[policy.value].seeds), policy_(policy), cities_(cities), seed_(model.seed) {}

  void begin(std::int64_t replicate) noexcept {
    replicate_ = replicate;
    seeded_.clear();
  }
  /// True if the policy has no seeds at all.
  [[nodiscard]] bool empty() const noexcept { return seeds_.empty(); }
  /// What keeps a seed from a city.
  struct Standings {
    std::function<bool(Index)> has_adopted;
    std::function<bool(Index)> is_excluded;  ///< by another policy
  };
  /// Who is seeded in `step` (steps ascend) of those that neither has adopted nor is excluded, ascending; what became
  /// of all cities of these seeds, and whose adoptions are theirs, goes to the recorder. Of several seeds of a step the
  /// first by name that succeeds has the city. Valid until the next call, like all that follows.
  std::span<Index const> seed(std::int32_t step, Standings const& standings, Recorder& recorder);
  [[nodiscard]] std::span<Index const> seeded() const noexcept { return seeded_; }
  [[nodiscard]] bool has(Index city) const noexcept { return std::binary_search(seeded_.begin(), seeded_.end(), city); }
  /// Those of `adopters` (ascending) that were not seeded.
  [[nodiscard]] std::span<Index const> others(std::span<Index const> adopters);

 private:
  void place(SeedModel const& seed, Standings const& standings, Recorder& recorder);

  std::vector<SeedModel> const& seeds_;
  PolicyId policy_;
  Cities const& cities_;
  std::uint64_t seed_;
  std::int64_t replicate_ = 0;
  std::vector<Index> seeded_, others_;
};

}  // namespace hansa
