/// Adds up what cities gain and spend.
#include "run/budgets.hpp"

#include <algorithm>

namespace hansa {

Budgets::Budgets(Model const& model, World const& world)
    : model_(model.resources ? &*model.resources : nullptr),
      n_(world.cities.size()),
      fees_(model.fees),
      fee_(model.fees.fees, model.resources ? world.cities.size() : 0) {
  if (!are_kept()) return;
  spent_.resize(world.cities.size());
  if (model_->network == nullptr) return;
  use_.emplace(model.policies.size(), world.cities.size());
  used_.resize(world.cities.size());
}

void Budgets::begin(Outset const& outset) {
  charged_ = 0;
  if (!are_kept()) return;
  balance_ = model_->initial;
  income_ = model_->income;
  next_income_ = next_income_of_all_ = 0;
  std::fill(spent_.begin(), spent_.end(), 0.0);
  if (use_) use_->begin(outset.network(*model_->network), outset.living_ties(*model_->network));
  fee_.begin();
}

void Budgets::add_returns(std::int32_t step) {
  std::fill(used_.begin(), used_.end(), 0u);
  ties_used_ = 0;
  use_->settle(step, [&](Index source, Index target, std::uint32_t, int) {
    ++used_[source];
    ++used_[target];
    ++ties_used_;
  });
}

void Budgets::close(std::int32_t step, Recorder& recorder) {
  if (use_) add_returns(step);
  if (step == 0) return;
  if (!fees_.total.empty()) recorder.fees(step, fees_.total[static_cast<std::size_t>(step) - 1] + charged_);
  charged_ = 0;
  if (!are_kept()) return;
  for (; next_income_ < model_->income_later.size() && model_->income_later[next_income_].step <= step; ++next_income_)
    income_[model_->income_later[next_income_].city] = model_->income_later[next_income_].sum;
  std::vector<NumberStep> const& of_all = model_->incomes_later;
  for (; next_income_of_all_ < of_all.size() && of_all[next_income_of_all_].step <= step; ++next_income_of_all_)
    std::fill(income_.begin(), income_.end(), of_all[next_income_of_all_].number);
  fee_.advance(step, [](Index) {});
  double const growth = model_->growth.at(step), per_tie = model_->per_tie.at(step);
  for (Index i = 0; i < balance_.size(); ++i) {
    double const gained = balance_[i] * (1 + growth) + income_[i] + (use_ ? per_tie * used_[i] : 0);
    balance_[i] = gained - (spent_[i] + (fee_.empty() ? 0 : fee_[i]));
    spent_[i] = 0;
  }
  recorder.budgets(step, balance_);
  if (use_) recorder.ties_used(step, ties_used_);
}

}  // namespace hansa
