/// Terms that follow given histories.
#include "run/replay.hpp"

#include <algorithm>

#include "run/scan.hpp"
#include "run/settle.hpp"

namespace hansa {

Replay::Replay(Model const& model, World const& world)
    : model_(model), next_(model.policies.size(), 0), touched_(padded(world.cities.size())) {
  for (PolicyModel const& policy : model.policies) {
    std::vector<std::unique_ptr<Kept>>& kept = kept_.emplace_back();
    for (CompiledTerm const& term : policy.terms) kept.push_back(term.term->keep());
  }
}

void Replay::run(std::span<std::vector<DatedEvent> const> histories, std::int32_t last,
                 std::function<void(std::int32_t step)> const& visit) {
  Outset const outset{model_.seed, 0, nullptr};
  for (std::size_t p = 0; p < kept_.size(); ++p) {
    next_[p] = 0;
    for (std::size_t k = 0; k < kept_[p].size(); ++k) model_.policies[p].terms[k].term->reset(*kept_[p][k], outset);
  }
  for (std::int32_t step = 0; step < last; ++step) {
    follow(histories, step);
    visit(step + 1);
  }
}

/// Hands on the events of a step, and brings the terms to the decisions of the next.
void Replay::follow(std::span<std::vector<DatedEvent> const> histories, std::int32_t step) {
  Touched touched = untracked();
  std::vector<Event> events;
  for (std::size_t p = 0; p < kept_.size(); ++p) {
    std::vector<DatedEvent> const& history = histories[p];
    events.clear();
    for (; next_[p] < history.size() && history[next_[p]].step == step; ++next_[p]) {
      events.push_back(history[next_[p]].event);
    }
    if (events.empty()) continue;
    for (std::size_t q = 0; q < kept_.size(); ++q) {
      for (std::size_t k = 0; k < kept_[q].size(); ++k) {
        Term const& term = *model_.policies[q].terms[k].term;
        if (q == p) {
          term.apply(*kept_[q][k], events, touched);
        } else {
          term.apply_other(*kept_[q][k], PolicyId{static_cast<Index>(p)}, events, touched);
        }
      }
    }
  }
  Moment const moment{step, model_.clock.start + step - 1};
  for (std::size_t q = 0; q < kept_.size(); ++q) {
    for (std::size_t k = 0; k < kept_[q].size(); ++k) {
      Term const& term = *model_.policies[q].terms[k].term;
      term.advance(*kept_[q][k], moment, touched);
      if (term.drifts()) term.settle_drift(*kept_[q][k], step, touched);
    }
  }
}

void Replay::value(PolicyId policy, std::size_t term, std::span<Index const> cities, double* m) const {
  for (std::size_t from = 0; from < cities.size(); from += batch_size) {
    std::span<Index const> const batch = cities.subspan(from, std::min<std::size_t>(batch_size, cities.size() - from));
    model_.policies[policy.value].terms[term].term->value(*kept_[policy.value][term], batch, m + from);
  }
}

}  // namespace hansa
