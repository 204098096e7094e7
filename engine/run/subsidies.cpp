/// Adds up what subsidies pay.
#include "run/subsidies.hpp"

#include <algorithm>

#include "scenario/field_ranges.hpp"

namespace hansa {

namespace {

constexpr double enough = 1 - 1e-9;  // of a budget: payments that add up to it do so within rounding

}  // namespace

Subsidies::Subsidies(PolicyModel const& policy, Clock const& clock, Index cities)
    : all_(policy.subsidies), clock_(clock), support_(empty() ? 0 : cities) {
  begin();
}

void Subsidies::begin() {
  in_force_.assign(all_.size(), 0);
  paid_.assign(all_.size(), 0.0);
  spent_.assign(all_.size(), never);
  std::fill(support_.begin(), support_.end(), Support{});
}

bool Subsidies::is_spent(std::size_t k) const noexcept {
  return paid_[k] >= all_[k].budget * enough;
}

bool Subsidies::has(std::size_t k, Index city) const noexcept {
  return in_force_[k] != 0 && std::binary_search(all_[k].cities.begin(), all_[k].cities.end(), city);
}

bool Subsidies::change(std::int32_t step) {
  changed_.clear();
  for (std::size_t k = 0; k < all_.size(); ++k) {
    bool const now = all_[k].from <= step && step <= all_[k].until && !is_spent(k);
    if (now == (in_force_[k] != 0)) continue;
    in_force_[k] = now ? 1 : 0;
    changed_.insert(changed_.end(), all_[k].cities.begin(), all_[k].cities.end());
  }
  if (changed_.empty()) return false;
  std::sort(changed_.begin(), changed_.end());
  changed_.erase(std::unique(changed_.begin(), changed_.end()), changed_.end());
  for (Index const city : changed_) {
    support_[city] = {};
    for (std::size_t k = 0; k < all_.size(); ++k) {
      if (!has(k, city)) continue;
      support_[city].share += all_[k].share;
      support_[city].amount += all_[k].amount;
    }
  }
  return true;
}

double Subsidies::share_of(double cost, Index city) const noexcept {
  if (!reach(city) || !(cost > 0)) return 0;
  return std::min(support_[city].share + support_[city].amount / cost, fields::largest_subsidy);
}

double Subsidies::pay(double cost, Index city) {
  double const share = share_of(cost, city);
  if (share == 0) return 0;
  double const asked = support_[city].share + support_[city].amount / cost;
  for (std::size_t k = 0; k < all_.size(); ++k) {
    if (has(k, city)) paid_[k] += (all_[k].share * cost + all_[k].amount) * (share / asked);
  }
  return share * cost;
}

void Subsidies::tell(std::int32_t step, Recorder& recorder) {
  for (std::size_t k = 0; k < all_.size(); ++k) {
    if (spent_[k] == never && is_spent(k)) spent_[k] = clock_.start + step - 1;
    recorder.subsidised(all_[k].intervention, {paid_[k], spent_[k]});
  }
}

}  // namespace hansa
