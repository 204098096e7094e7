/// Moves members on, step by step.
#include "run/memberships.hpp"

namespace hansa {

Memberships::Memberships(Model const& model, World const& world) : models_(model.members), clock_(model.clock) {
  for (MembersModel const& each : models_) {
    members_.emplace_back(*each.collaboration, model.clock, world.cities.size());
    recruiting_.emplace_back();
    if (each.recruit) recruiting_.back().emplace(*each.recruit, world.cities, model.seed);
  }
}

void Memberships::begin(Outset const& outset) {
  for (std::size_t k = 0; k < members_.size(); ++k) {
    members_[k].begin();
    if (recruiting_[k]) recruiting_[k]->begin(outset, members_[k]);
  }
}

/// Collaborations in order of name, members in order of id.
void Memberships::charge(std::int32_t step, Budgets& budgets) const {
  std::int32_t const label = clock_.start + step - 1;
  for (std::size_t k = 0; step > 0 && k < members_.size(); ++k) {
    std::optional<DueModel> const& fee = models_[k].fee;
    double const amount = fee ? fee->amount.at(step) : 0;
    for (Index city = 0; fee && city < budgets.cities(); ++city) {
      bool const due = fee->per == CostPer::step ? members_[k].has(city) : members_[k].since(city) == label;
      if (due) budgets.charge(city, amount);
    }
  }
}

void Memberships::advance(std::int32_t step, Recorder& recorder) {
  if (step == 0) return;
  std::int32_t const next = clock_.start + step;
  for (std::size_t k = 0; k < members_.size(); ++k) {
    LivingMembers& members = members_[k];
    recorder.members(k, step, members.count());
    std::span<Index const> joining;
    bool const recruits = recruiting_[k] && !members.is_dissolved(next);
    if (recruits) joining = recruiting_[k]->find(step, members);
    members.advance(next);
    for (Index const city : joining) members.join(city, next);
    if (recruits) recruiting_[k]->follow(step, members);
  }
}

}  // namespace hansa
