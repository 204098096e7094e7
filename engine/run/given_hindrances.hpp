/// Along given histories: what keeps cities from deciding on a policy, or makes an adoption no decision of their own.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <vector>

#include "model/model.hpp"
#include "record/recorder.hpp"
#include "run/affordability.hpp"
#include "run/budgets.hpp"
#include "run/by_date.hpp"
#include "run/costs.hpp"
#include "run/coupling.hpp"
#include "run/laws_in_force.hpp"
#include "run/risk_set.hpp"
#include "world/world.hpp"

namespace hansa {

/// Of a city and policy in a step. `bound`: a mandate is in force or a seed is placed, so that nobody can tell whether
/// it decides. `barred`: something required is missing, something excluded is there, or a national law pre-empts the
/// policy. `poor`: its budget does not reach.
enum class Liberty { free, bound, barred, poor };

/// The bars, laws and budgets of a replicate, moved by the same code in the same order. Nothing is kept, and nothing
/// done, for a model without any of them.
class GivenHindrances {
 public:
  /// Both outlive it.
  GivenHindrances(Model const& model, World const& world);
  ~GivenHindrances();

  [[nodiscard]] bool empty() const noexcept { return empty_; }
  void begin(Outset const& outset);
  /// What happens in `step`, of each policy in their order, before any of it is followed.
  void pay(PolicyId policy, std::int32_t step, std::span<DatedEvent const> events);
  /// The same events as they change bars, laws and the use of ties.
  void follow(PolicyId policy, std::span<Event const> events);
  /// Ends `step`, before ties move.
  void close(std::int32_t step);
  /// Finds who can pay in step + 1, and who is bound; falls(policy) tells by how much its terms lower the cost then.
  template <class FallsOf>
  void prepare(std::int32_t step, FallsOf const& falls_of) {
    for (Index p = 0; p < policies_.size(); ++p) {
      OfPolicy& each = *policies_[p];
      bind(each, step);
      if (!each.costs) continue;
      each.reference.advance(step + 1, [](Index) {});
      each.subsidies.advance(step + 1, [](Index) {});
      auto const has_adopted = [&](Index city) { return each.adopted[city] != 0; };
      each.costs->find(step + 1, has_adopted, falls_of(PolicyId{p}));
      each.affordability->find_poor();
    }
  }

  /// In the next decisions. Who is bound is that first, who is barred before it is poor.
  [[nodiscard]] Liberty of(PolicyId policy, Index city) const noexcept;
  /// Whether a mandate of an intervention or a country binds it, so that an adopter cannot leave.
  [[nodiscard]] bool is_mandated(PolicyId policy, Index city) const noexcept {
    return !empty_ && is_mandated(*policies_[policy.value], city);
  }
  /// What a city would pay in them, and what it has; 0 and 0 where nothing is paid from budgets.
  [[nodiscard]] double price(PolicyId policy, Index city) const noexcept;
  [[nodiscard]] double budget(Index city) const noexcept { return budgets_.are_kept() ? budgets_[city] : 0; }
  /// Whether budgets pay for the policy.
  [[nodiscard]] bool is_paid(PolicyId policy) const noexcept { return policies_[policy.value]->costs != nullptr; }

 private:
  struct OfPolicy {
    OfPolicy(Model const& model, World const& world, PolicyId policy, Budgets& budgets);
    PolicyModel const& model;
    LawsInForce laws;         // mandates
    ByDate<double> mandated;  // by interventions
    RiskSet risk;
    ReferenceCosts reference;
    Subsidies subsidies;
    Hindrances hindrances;
    std::unique_ptr<Costs> costs;  // null: nothing is paid from budgets
    std::unique_ptr<Affordability> affordability;
    std::vector<std::uint8_t> adopted;  // per city; where something is paid
    std::vector<std::uint8_t> seeded;   // per city: in the next decisions; empty: there are no seeds
    std::int32_t step = 1;              // of the next decisions
  };
  static void bind(OfPolicy& policy, std::int32_t step);
  [[nodiscard]] static bool is_mandated(OfPolicy const& policy, Index city) noexcept;

  RecordPlan plan_;
  Recorder recorder_;  // of nothing
  Budgets budgets_;
  Coupling coupling_;
  std::vector<std::unique_ptr<OfPolicy>> policies_;
  bool empty_;
};

}  // namespace hansa
