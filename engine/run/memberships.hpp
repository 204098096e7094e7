/// The members of the collaborations of one replicate that recruit, or have a pledge.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "model/model.hpp"
#include "record/recorder.hpp"
#include "run/budgets.hpp"
#include "run/recruiting.hpp"
#include "world/living_members.hpp"
#include "world/world.hpp"

namespace hansa {

/// Members change at the end of a step, after ties have: who was recruited joins, and what data and interventions date
/// for the next step begins and ends. A scenario without such collaborations pays nothing.
class Memberships {
 public:
  /// Both outlive it.
  Memberships(Model const& model, World const& world);

  [[nodiscard]] bool empty() const noexcept { return members_.empty(); }
  /// `outset`: with living ties.
  void begin(Outset const& outset);
  /// In the order of Model::members.
  [[nodiscard]] std::span<LivingMembers const> members() const noexcept { return members_; }
  /// Has the members of `step` pay what those that recruit ask.
  void charge(std::int32_t step, Budgets& budgets) const;
  /// Tells how many members there are in `step` (0: before the first, in which nobody joins), and goes on to the next.
  void advance(std::int32_t step, Recorder& recorder);

 private:
  std::vector<MembersModel> const& models_;
  Clock const& clock_;
  std::vector<LivingMembers> members_;
  std::vector<std::optional<Recruiting>> recruiting_;  // one a collaboration
};

}  // namespace hansa
