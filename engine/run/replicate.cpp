/// The step loop over all policies.
#include "run/replicate.hpp"

#include <vector>

#include "run/coupling.hpp"
#include "run/living_networks.hpp"
#include "run/memberships.hpp"
#include "run/pledges.hpp"
#include "run/policy_run.hpp"

namespace hansa {

struct Replicate::State {
  State(Model const& of, World const& world, int threads)
      : model(of),
        networks(world),
        crew(threads),
        budgets(of, world),
        living(of, world),
        memberships(of, world),
        coupling(of, budgets, world.cities.size()),
        pledges(of, world.cities) {}

  Model const& model;
  Redraw networks;
  Crew crew;
  Budgets budgets;
  LivingNetworks living;
  Memberships memberships;
  Coupling coupling;
  Pledges pledges;
  std::vector<std::unique_ptr<PolicyRun>> policies;

  /// Events of all policies are found before any is applied: decisions of a step see the end of the step before.
  void step(std::int32_t step, Recorder& recorder) {
    if (!living.empty() && step > 0) living.open(step);
    if (!pledges.empty()) pledges.press(step, memberships.members(), policies);
    find(step, recorder);
    for (auto const& policy : policies) policy->decide(step, recorder);
    for (std::size_t p = 0; p < policies.size(); ++p) {
      for (auto events = policies[p]->next_events(); !events.empty(); events = policies[p]->next_events()) {
        if (!coupling.empty()) coupling.follow(PolicyId{static_cast<Index>(p)}, events);
        if (!living.empty()) living.note(PolicyId{static_cast<Index>(p)}, events);
        if (budgets.are_kept()) budgets.note(PolicyId{static_cast<Index>(p)}, events);
        for (std::size_t q = 0; q < policies.size(); ++q) {
          if (q == p) {
            policies[q]->follow(events);
          } else {
            policies[q]->follow_other(PolicyId{static_cast<Index>(p)}, events);
          }
        }
      }
    }
    if (!coupling.empty()) coupling.advance(step);
    if (!memberships.empty()) memberships.charge(step, budgets);
    if (!budgets.empty()) budgets.close(step, recorder);  // by the ties of the step
    if (!living.empty()) living.advance(step);
    if (!memberships.empty()) memberships.advance(step, recorder);
    if (!pledges.empty()) pledges.close(step, memberships.members(), policies, recorder);
    if (recorder.wants_ties()) living.tell(step, recorder);
    for (auto const& policy : policies) policy->prepare(step, recorder);
  }

  void find(std::int32_t step, Recorder& recorder) {
    if (coupling.empty()) {
      for (auto const& policy : policies) policy->find(step, recorder);
      if (!pledges.empty()) pledges.keep(step, memberships.members(), policies, coupling);
      return;
    }
    for (Index const p : coupling.order()) {
      policies[p]->find(step, recorder);
      coupling.note(PolicyId{p}, *policies[p]);
    }
    if (!pledges.empty()) {
      coupling.gather(step);
      pledges.keep(step, memberships.members(), policies, coupling);
    }
    coupling.settle(policies, step);
  }
};

Replicate::Replicate(Model const& model, World const& world, Lanes lanes, int threads)
    : state_(std::make_unique<State>(model, world, threads)) {
  State& state = *state_;
  bool const alone = state.coupling.empty() && !model.resources;
  for (Index p = 0; p < model.policies.size(); ++p) {
    SharedRun const shared{state.coupling.bars(PolicyId{p}), state.budgets, state.crew, alone};
    state.policies.push_back(make_policy_run(model, world, PolicyId{p}, lanes, shared));
  }
}

Replicate::~Replicate() = default;
Replicate::Replicate(Replicate&&) noexcept = default;

void Replicate::run(std::int64_t replicate, Recorder& recorder) {
  recorder.begin(replicate);
  state_->networks.draw(state_->model.seed, replicate);
  Outset outset{state_->model.seed, replicate, &state_->networks};
  state_->living.begin(outset);
  outset.living = state_->living.ties();
  state_->memberships.begin(outset);
  outset.members = state_->memberships.members();
  state_->coupling.begin(outset);
  state_->pledges.begin(replicate);
  state_->budgets.begin(outset);
  for (auto const& policy : state_->policies) policy->begin(outset);
  for (std::int32_t step = 0; step <= state_->model.clock.steps(); ++step) state_->step(step, recorder);
}

}  // namespace hansa
