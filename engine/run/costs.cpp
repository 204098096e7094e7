/// Adds up what is paid.
#include "run/costs.hpp"

#include <algorithm>
#include <limits>

namespace hansa {

ReferenceCosts::ReferenceCosts(PolicyModel const& policy, Index cities) : policy_(policy) {
  if (!policy.cost) return;
  now_ = policy.cost->given;
  if (now_.empty()) now_.assign(cities, policy.cost->amount.start());
}

void ReferenceCosts::begin() {
  if (next_ > 0) now_ = policy_.cost->given;
  if (next_of_all_ > 0) std::fill(now_.begin(), now_.end(), policy_.cost->amount.start());
  next_ = next_of_all_ = 0;
}

Costs::Costs(PolicyModel const& policy, PolicyId id, ReferenceCosts const& reference, Subsidies& subsidies,
             CostParts const& by)
    : policy_(policy),
      id_(id),
      reference_(reference),
      subsidies_(subsidies),
      budgets_(by.budgets),
      n_(by.cities.size()),
      risk_(by.risk),
      falls_(policy.cost && std::any_of(policy.terms.begin(), policy.terms.end(),
                                        [](CompiledTerm const& term) { return term.lowers_cost; })),
      changes_(falls_ || !policy.entry.empty() || !policy.exit.empty() || !subsidies.empty() ||
               (policy.cost && !(policy.cost->later.empty() && policy.cost->amount.constant()))),
      cities_(by.cities),
      seed_(by.seed) {
  if (falls_) cost_.resize(n_);
  if (!policy.cost || !policy.reinvention || !policy.reinvention->cost.ever()) return;
  reinvention_ = Reinvention(*policy.reinvention, policy.hash);
  more_.resize(n_);
}

void Costs::begin(std::int64_t replicate) {
  if (!wants_events()) return;
  reinvention_.begin(seed_, replicate);
  std::fill(more_.begin(), more_.end(), 0.0);
}

double Costs::mean(std::int32_t step) const {
  double sum = 0;
  std::int64_t count = 0;
  for (Index i = 0; i < n_; ++i) {
    if (!risk_.is_open(i, step)) continue;
    sum += cost(i) * (1 - subsidies_.share_of(cost(i), i));
    ++count;
  }
  return count > 0 ? sum / static_cast<double>(count) : std::numeric_limits<double>::quiet_NaN();
}

void Costs::pay(Index city) {
  double const more = wants_events() ? more_[city] : 0;
  double const price = cost(city) * (1 + more), paid_by_others = subsidies_.pay(price, city);
  spent_ += price - paid_by_others;
  subsidised_ += paid_by_others;
  if (budgets_.are_kept()) budgets_.spend(city, price - paid_by_others);
}

void Costs::tell(std::int32_t step, Recorder& recorder) const {
  if (subsidies_.empty()) return recorder.paid(id_, step, {spent_, mean_, {}});
  recorder.paid(id_, step, {spent_, mean_, subsidised_});
  subsidies_.tell(step, recorder);
}

}  // namespace hansa
