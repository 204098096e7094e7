/// Assurance contracts of one replicate: who pledges, and when enough have for all of them to adopt.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "model/model.hpp"
#include "record/recorder.hpp"
#include "run/coupling.hpp"
#include "run/policy_run.hpp"
#include "world/living_members.hpp"
#include "world/world.hpp"

namespace hansa {

/// In each step from the first to the deadline a member at risk of adopting the policy consumes of a resistance
/// R ~ Exp(1), drawn by collaboration, city and how often a pledge of it has ended before, the hazard of adopting with
/// what the collaboration produces at its most, G(1); who does not adopt in the step and has used R up has pledged at
/// its end. A pledge stands until its city adopts or leaves the collaboration. In the step after, those whose pledges
/// stand adopt at its beginning, before anybody decides, if they are enough: of them who is at risk, not barred by
/// what is seeded or replayed in the step, and has attention and money left, or is seeded itself. Who cannot defaults,
/// and if the others are too few nobody adopts: since neither what is needed nor what is paid depends on who defaults,
/// they are the largest set that supports itself (of several contracts each in turn, by the hash of the policy's name,
/// then by name, with what those before it leave). A contract that is kept, or not by the step after its deadline,
/// ends, and with it the pledges. (Bagnoli & Lipman 1989; Tabarrok 1998.)
class Pledges {
 public:
  /// Both outlive it.
  Pledges(Model const& model, Cities const& cities);

  using Policies = std::span<std::unique_ptr<PolicyRun> const>;

  [[nodiscard]] bool empty() const noexcept { return contracts_.empty(); }
  void begin(std::int64_t replicate);
  /// Finds by how much members come to pledge in `step`; before anything is found in it. `members`: in the order of
  /// Model::members.
  void press(std::int32_t step, std::span<LivingMembers const> members, Policies policies);
  /// Has pledges be kept in `step`, once it is known what else would happen.
  void keep(std::int32_t step, std::span<LivingMembers const> members, Policies policies, Coupling& coupling);
  /// Ends `step`: `members` are already those of the next one, or of the last.
  void close(std::int32_t step, std::span<LivingMembers const> members, Policies policies, Recorder& recorder);

 private:
  struct Contract {
    std::size_t of;  ///< position in Model::members
    PledgeModel const* terms;
    std::uint64_t hash;  ///< of the policy's name
    std::uint64_t key = 0;
    bool ended = false;
    std::int64_t kept = 0;                                        ///< in the step
    std::vector<std::uint8_t> pledged = {};                       ///< per city
    std::vector<std::uint32_t> episode = {};                      ///< per city: pledges that have ended
    std::vector<double> resistance = {}, used = {}, hazard = {};  ///< per city; the last one in the step
  };
  [[nodiscard]] bool is_open(Contract const& contract, std::int32_t step) const noexcept;
  [[nodiscard]] static bool is_enough(PledgeModel const& terms, std::size_t pledges, std::int64_t members) noexcept;
  void draw(Contract& contract, Index city);
  void end(Contract& contract);

  std::vector<MembersModel> const& models_;
  Cities const& cities_;
  std::uint64_t seed_;
  std::vector<Contract> contracts_;  // by hash of the policy, then name of the collaboration
  std::vector<Index> list_;
  std::vector<double> hazards_;
};

}  // namespace hansa
