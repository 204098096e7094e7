/// Terms that follow given histories.
#include "run/replay.hpp"

#include <algorithm>

#include "run/fall.hpp"
#include "run/scan.hpp"
#include "run/settle.hpp"

namespace hansa {

/// M of the terms of one policy that lower its cost, as the decisions of a step see it.
struct Replay::Falls {
  PolicyModel const& policy;
  std::vector<std::unique_ptr<Kept>> const& kept;
  std::int32_t step;

  void fall(std::span<Index const> cities, Standing standing, double* m) const {
    fall_of(policy, kept, step, cities, standing, m);
  }
};

Replay::Replay(Model const& model, World const& world)
    : model_(model),
      next_(model.policies.size(), 0),
      events_(model.policies.size()),
      living_(model, world),
      hindrances_(model, world),
      touched_(padded(world.cities.size())) {
  for (PolicyModel const& policy : model.policies) {
    std::vector<std::unique_ptr<Kept>>& kept = kept_.emplace_back();
    for (CompiledTerm const& term : policy.terms) kept.push_back(term.term->keep());
  }
}

void Replay::run(std::span<std::vector<DatedEvent> const> histories, std::int32_t last,
                 std::function<void(std::int32_t step)> const& visit) {
  Outset outset{model_.seed, 0, nullptr};
  living_.begin(outset);
  outset.living = living_.ties();
  hindrances_.begin(outset);
  for (std::size_t p = 0; p < kept_.size(); ++p) {
    next_[p] = 0;
    for (std::size_t k = 0; k < kept_[p].size(); ++k) model_.policies[p].terms[k].term->reset(*kept_[p][k], outset);
  }
  for (std::int32_t step = 0; step < last; ++step) {
    follow(histories, step);
    visit(step + 1);
  }
}

/// The events of a step, and what is paid for them.
void Replay::gather(std::span<std::vector<DatedEvent> const> histories, std::int32_t step) {
  for (std::size_t p = 0; p < kept_.size(); ++p) {
    std::vector<DatedEvent> const& history = histories[p];
    std::size_t const first = next_[p];
    events_[p].clear();
    for (; next_[p] < history.size() && history[next_[p]].step == step; ++next_[p])
      events_[p].push_back(history[next_[p]].event);
    hindrances_.pay(PolicyId{static_cast<Index>(p)}, step, std::span(history).subspan(first, next_[p] - first));
  }
}

/// The events of one policy, to all terms.
void Replay::apply(std::size_t policy, Touched& touched) {
  PolicyId const other{static_cast<Index>(policy)};
  for (std::size_t q = 0; q < kept_.size(); ++q) {
    for (std::size_t k = 0; k < kept_[q].size(); ++k) {
      Term const& term = *model_.policies[q].terms[k].term;
      if (q == policy) {
        term.apply(*kept_[q][k], events_[policy], touched);
      } else {
        term.apply_other(*kept_[q][k], other, events_[policy], touched);
      }
    }
  }
}

/// Hands on the events of a step, and brings terms, ties and hindrances to the decisions of the next.
void Replay::follow(std::span<std::vector<DatedEvent> const> histories, std::int32_t step) {
  Touched touched = untracked();
  if (!living_.empty() && step > 0) living_.open(step);
  gather(histories, step);
  for (std::size_t p = 0; p < kept_.size(); ++p) {
    if (events_[p].empty()) continue;
    PolicyId const policy{static_cast<Index>(p)};
    if (!hindrances_.empty()) hindrances_.follow(policy, events_[p]);
    if (!living_.empty()) living_.note(policy, events_[p]);
    apply(p, touched);
  }
  if (!hindrances_.empty()) hindrances_.close(step);
  if (!living_.empty()) living_.advance(step);
  Moment const moment{step, model_.clock.start + step - 1};
  for (std::size_t q = 0; q < kept_.size(); ++q) {
    for (std::size_t k = 0; k < kept_[q].size(); ++k) {
      Term const& term = *model_.policies[q].terms[k].term;
      term.advance(*kept_[q][k], moment, touched);
      if (term.drifts()) term.touch_drifting(*kept_[q][k], touched);
    }
  }
  if (hindrances_.empty() || step >= model_.clock.steps()) return;
  hindrances_.prepare(step, [&](PolicyId policy) {
    return Falls{model_.policies[policy.value], kept_[policy.value], step + 1};
  });
}

void Replay::value(PolicyId policy, std::size_t term, std::span<Index const> cities, double* m) const {
  for (std::size_t from = 0; from < cities.size(); from += batch_size) {
    std::span<Index const> const batch = cities.subspan(from, std::min<std::size_t>(batch_size, cities.size() - from));
    model_.policies[policy.value].terms[term].term->value(*kept_[policy.value][term], batch, m + from);
  }
}

void Replay::own_beliefs(PolicyId policy, std::span<Index const> cities, double* beliefs) const {
  PolicyModel const& own = model_.policies[policy.value];
  for (std::size_t k = 0; k < own.terms.size(); ++k) {
    if (!own.terms[k].term->keeps_beliefs()) continue;
    for (std::size_t from = 0; from < cities.size(); from += batch_size) {
      std::size_t const count = std::min<std::size_t>(batch_size, cities.size() - from);
      own.terms[k].term->own_beliefs(*kept_[policy.value][k], own.leaving.believed, cities.subspan(from, count),
                                     beliefs + from);
    }
    return;
  }
}

}  // namespace hansa
