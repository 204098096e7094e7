/// What the policies of a city do to each other within a step: bars, and the limit of attention.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <vector>

#include "model/model.hpp"
#include "run/bars.hpp"
#include "run/laws_in_force.hpp"
#include "run/policy_run.hpp"

namespace hansa {

/// Pressure overcomes resistance at the fraction u of the step at which their difference is used up; seeds, replays,
/// compliance and thresholds at 0. A city takes its crossings in order of u, then of the hashes of the policies' names;
/// each adoption pays, counts against its attention and raises its bars at once, and what is stopped at u has consumed
/// h u of resistance, no more: competing risks. Where cities queue for a policy, want of money alone does not stop its
/// clock: who crosses then waits. Seeds, replays and pledges that are kept are never stopped, and what a mandate binds
/// a city to not by want of attention or money. One per thread.
class Coupling {
 public:
  /// Both outlive it.
  Coupling(Model const& model, Budgets const& budgets, Index cities);

  /// True if no policy requires or excludes another or is pre-empted, attention has no limit, and no two are paid from
  /// one budget: then nothing else is to be called but bars().
  [[nodiscard]] bool empty() const noexcept { return order_.empty(); }
  /// Null where nothing bars the policy.
  [[nodiscard]] Bars const* bars(PolicyId policy) const noexcept;
  void begin(Outset const& outset);
  /// The policies, in the order of their hashes.
  [[nodiscard]] std::span<Index const> order() const noexcept { return order_; }
  /// What a policy found in this step, each in turn in that order.
  void note(PolicyId policy, PolicyRun const& run);
  /// After note() of all, before the next two: puts what was found in the step in order.
  void gather(std::int32_t step);
  /// Whether what is certain to happen in the step, other pledges that are kept included, leaves a city attention and
  /// money for the policy.
  [[nodiscard]] bool admits(PolicyId policy, PolicyRun const& run, Index city,
                            std::span<std::unique_ptr<PolicyRun> const> policies) const;
  /// Cities (ascending) keep a pledge in the step: that is certain too, and paid.
  void keep_pledges(PolicyId policy, std::span<Index const> cities);
  /// Stops in all policies what comes too late.
  void settle(std::span<std::unique_ptr<PolicyRun> const> policies, std::int32_t step);
  /// Events as they happen, of which the bars of the next step are made.
  void follow(PolicyId policy, std::span<Event const> events);
  /// Brings the laws that pre-empt policies to the decisions of step + 1.
  void advance(std::int32_t step);

 private:
  struct Found {
    Crossing crossing;
    Index policy;
    std::uint32_t rank;  ///< in order()
  };
  void sort_found();
  /// Those of one city, after sort_found().
  [[nodiscard]] std::span<Found const> found_in(Index city) const;
  void take_turns(std::span<Found const> found, std::span<std::unique_ptr<PolicyRun> const> policies);
  [[nodiscard]] double barred_at(Index policy) const noexcept;
  [[nodiscard]] double broke_at(Index policy, PolicyRun const& run, Index city) const;
  void adopt(Found const& each, PolicyRun const& run);

  /// What is left after an adoption that is paid.
  struct Purchase {
    double fraction, left;
  };

  /// Most adoptions of a city in the step that gather() or settle() was called for.
  [[nodiscard]] std::size_t attention_of(Index city) const noexcept {
    return attention_ ? static_cast<std::size_t>(*attention_) : static_cast<std::size_t>(model_.attention[city]);
  }

  Model const& model_;
  Budgets const& budgets_;
  std::optional<double> attention_;  // of all cities, once it is another than at the start
  std::vector<Index> order_;
  std::vector<std::uint32_t> rank_;                     // per policy
  bool competes_ = false;                               // attention, exclusion or money
  bool spends_ = false;                                 // several policies are paid from budgets
  std::vector<Bars> bars_;                              // per policy
  std::vector<LawsInForce> preemptions_;                // per policy
  std::vector<std::vector<Index>> requirers_, barred_;  // per policy: who requires it, whom it bars
  std::vector<Found> found_;                            // once sorted, by city, then in order of their turns
  std::vector<Crossing> crossings_;
  std::vector<Found> adopted_;            // of one city, in order of u
  std::vector<Purchase> purchases_;       // of one city, in the same order
  std::vector<std::uint8_t> met_;         // per policy: it crosses in the city at hand
  std::vector<std::vector<Stop>> stops_;  // per policy
};

}  // namespace hansa
