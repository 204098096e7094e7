/// Mandates of one policy in one replicate, under the rule that has no hazards: who complies in a step.
#pragma once

#include <algorithm>
#include <cstdint>
#include <functional>
#include <span>
#include <vector>

#include "model/model.hpp"
#include "record/recorder.hpp"
#include "world/cities.hpp"

namespace hansa {

/// A city at risk whose threshold is not reached complies where a uniform number, drawn by the names of intervention
/// and city and by the step, lies below the chance: a stricter mandate has the same cities comply, and more.
class Compliance {
 public:
  /// Both outlive it.
  Compliance(Model const& model, Cities const& cities, PolicyId policy) noexcept
      : mandates_(model.policies[policy.value].mandates), policy_(policy), cities_(cities), seed_(model.seed) {}

  void begin(std::int64_t replicate) noexcept {
    replicate_ = replicate;
    complying_.clear();
  }
  /// True if nobody is ever bound in that way.
  [[nodiscard]] bool empty() const noexcept { return mandates_.empty(); }
  /// Who complies in `step` of those that `is_undecided` affirms, ascending. Valid until the next call, like all that
  /// follows.
  std::span<Index const> comply(std::int32_t step, std::function<bool(Index)> const& is_undecided);
  /// Of `adopters` (ascending) those that complied go to the recorder as the intervention's.
  void tell(std::span<Index const> adopters, std::int32_t step, Recorder& recorder);
  [[nodiscard]] bool has(Index city) const noexcept {
    return std::binary_search(complying_.begin(), complying_.end(), city);
  }
  /// Those of `adopters` (ascending) that did not comply.
  [[nodiscard]] std::span<Index const> others(std::span<Index const> adopters);

 private:
  std::vector<MandateModel> const& mandates_;
  PolicyId policy_;
  Cities const& cities_;
  std::uint64_t seed_;
  std::int64_t replicate_ = 0;
  std::vector<Index> complying_, others_;
};

}  // namespace hansa
