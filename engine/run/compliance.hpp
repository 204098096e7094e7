/// Mandates of one policy in one replicate, under the rule that has no hazards: who complies in a step.
#pragma once

#include <algorithm>
#include <cstdint>
#include <functional>
#include <span>
#include <vector>

#include "model/model.hpp"
#include "record/recorder.hpp"
#include "run/laws_in_force.hpp"
#include "world/cities.hpp"

namespace hansa {

/// A city at risk whose threshold is not reached complies where a uniform number, drawn by the names of the mandate (an
/// intervention, or a national law) and city and by the step, lies below the chance: a stricter mandate has the same
/// cities comply, and more. Who complies with several does so with interventions first, then with laws by name.
class Compliance {
 public:
  /// Both outlive it.
  Compliance(Model const& model, Cities const& cities, PolicyId policy) noexcept
      : mandates_(model.policies[policy.value].mandates),
        policy_(policy),
        cities_(cities),
        seed_(model.seed),
        empty_(mandates_.empty() && !has_laws(model.policies[policy.value])) {}

  void begin(std::int64_t replicate) noexcept {
    replicate_ = replicate;
    complying_.clear();
    found_.clear();
  }
  /// True if nobody is ever bound in that way.
  [[nodiscard]] bool empty() const noexcept { return empty_; }
  /// Who complies in `step` of those that `is_undecided` affirms, ascending; `laws`: as they are in that step. Valid
  /// until the next call, like all that follows.
  std::span<Index const> comply(std::int32_t step, LawsInForce const& laws,
                                std::function<bool(Index)> const& is_undecided);
  /// Of `adopters` (ascending) those that complied go to the recorder as the intervention's, or the law's.
  void tell(std::span<Index const> adopters, std::int32_t step, Recorder& recorder);
  [[nodiscard]] bool has(Index city) const noexcept {
    return std::binary_search(complying_.begin(), complying_.end(), city);
  }
  /// Those of `adopters` (ascending) that did not comply.
  [[nodiscard]] std::span<Index const> others(std::span<Index const> adopters);

 private:
  /// One that complies, with the mandate of this number: 0 interventions, then laws.
  struct Complying {
    Index city;
    std::size_t with;
  };
  [[nodiscard]] static bool has_laws(PolicyModel const& policy) noexcept {
    return policy.rule == Rule::threshold && std::any_of(policy.laws.begin(), policy.laws.end(),
                                                         [](auto const& law) { return law.force == Force::mandate; });
  }
  [[nodiscard]] bool complies(std::uint64_t hash, double chance, Index city, std::int32_t step) const noexcept;

  std::vector<MandateModel> const& mandates_;
  PolicyId policy_;
  Cities const& cities_;
  std::uint64_t seed_;
  bool empty_;
  std::int64_t replicate_ = 0;
  LawsInForce const* laws_ = nullptr;
  std::vector<Complying> found_;  // ascending
  std::vector<Index> complying_, others_;
};

}  // namespace hansa
