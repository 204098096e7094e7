/// What one policy costs the cities in one replicate, and what they pay.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "model/model.hpp"
#include "model/reinvention.hpp"
#include "record/recorder.hpp"
#include "run/budgets.hpp"
#include "run/risk_set.hpp"
#include "run/settle.hpp"
#include "run/subsidies.hpp"

namespace hansa {

/// Whether cities have adopted already, so that their own adoption counts in what lowers the cost.
enum class Standing { open, adopted };

/// c_ref of each city, which may change by date. Nothing is kept where the policy's cost is not stated.
class ReferenceCosts {
 public:
  /// The policy outlives it.
  ReferenceCosts(PolicyModel const& policy, Index cities);
  [[nodiscard]] bool empty() const noexcept { return now_.empty(); }
  void begin();
  /// Brings them to `step`; use(city) of each that changes.
  template <class Use>
  void advance(std::int32_t step, Use const& use) {
    if (empty()) return;
    std::vector<AttributeStep> const& later = policy_.cost->later;
    for (; next_ < later.size() && later[next_].step <= step; ++next_) {
      now_[later[next_].city] = later[next_].sum;
      use(later[next_].city);
    }
    std::vector<NumberStep> const& of_all = policy_.cost->amount.later();
    for (; next_of_all_ < of_all.size() && of_all[next_of_all_].step <= step; ++next_of_all_) {
      std::fill(now_.begin(), now_.end(), of_all[next_of_all_].number);
      for (Index city = 0; city < now_.size(); ++city) use(city);
    }
  }
  [[nodiscard]] double operator[](Index city) const noexcept { return now_[city]; }

 private:
  PolicyModel const& policy_;
  std::vector<double> now_;
  std::size_t next_ = 0, next_of_all_ = 0;
};

/// What costs are paid from, and by whom. All outlives them.
struct CostParts {
  Budgets& budgets;
  Cities const& cities;
  RiskSet const& risk;
  std::uint64_t seed;  ///< of the draws of who adapts the policy
};

/// c_i(t) = c_ref e^-M, M summed over the terms that lower the cost, with adopters as of the end of t - 1: what others
/// decide in t changes nothing that is paid in t. Sums run over cities in canonical order. A policy whose cost is not
/// stated takes neither memory nor time. Who adapts the policy pays (1 + cost of reinvention) times c, and subsidies
/// pay of that; the price that decisions and the mean see is c.
class Costs {
 public:
  /// All outlive it.
  Costs(PolicyModel const& policy, PolicyId id, ReferenceCosts const& reference, Subsidies& subsidies,
        CostParts const& by);

  /// True if what the policy costs is not stated: then nothing else is called.
  [[nodiscard]] bool empty() const noexcept { return reference_.empty(); }

  [[nodiscard]] Index cities() const noexcept { return n_; }
  void begin(std::int64_t replicate);
  /// True if it matters who adapts the policy: then note() is called with each of its events before it is paid.
  [[nodiscard]] bool wants_events() const noexcept { return !more_.empty(); }
  void note(Event const& event, std::int32_t step) noexcept {
    bool const adapts = event.sign > 0 && reinvention_.adapts(cities_.hash[event.city], event.episode, step);
    more_[event.city] = adapts ? reinvention_.model().cost.at(step) : 0;
  }
  /// What a city would pay in the step that find() was called for, taking the policy as it is and subsidies aside.
  [[nodiscard]] double price(Index city) const noexcept {
    return cost(city) - subsidies_.share_of(cost(city), city) * cost(city);
  }

  /// Finds the costs of `step`, before its decisions apply. has_adopted(city): by the end of the step before.
  /// falls.fall(cities, standing, m) gives M of at most batch_size cities; asked only where some term lowers the cost.
  template <class HasAdopted, class Falls>
  void find(std::int32_t step, HasAdopted const& has_adopted, Falls const& falls) {
    for (Index begin = 0; falls_ && begin < n_; begin += batch_size) {
      Index const end = n_ - begin < batch_size ? n_ : begin + batch_size;
      lower(begin, end, Standing::open, has_adopted, falls);
      lower(begin, end, Standing::adopted, has_adopted, falls);
    }
    if (changes_ || step == 1) mean_ = mean(step);
  }

  /// After the decisions of `step`: per step all that has_adopted(city) affirms pay; else those of `dated` that adopt,
  /// and those of `deciders`, who adopted or left. Both ascend.
  template <class HasAdopted>
  void pay(std::int32_t step, std::span<DatedEvent const> dated, std::span<Index const> deciders,
           HasAdopted const& has_adopted, Recorder& recorder) {
    spent_ = subsidised_ = 0;
    bool const all = policy_.cost->per == CostPer::step;
    for (Index i = 0; all && i < n_; ++i) {
      if (has_adopted(i)) pay(i);
    }
    for (std::size_t k = 0; !all && k < dated.size(); ++k) {
      if (dated[k].event.sign > 0) pay(dated[k].event.city);
    }
    for (std::size_t k = 0; !all && k < deciders.size(); ++k) {
      if (has_adopted(deciders[k])) pay(deciders[k]);
    }
    tell(step, recorder);
  }

 private:
  [[nodiscard]] double cost(Index city) const noexcept { return falls_ ? cost_[city] : reference_[city]; }
  [[nodiscard]] double mean(std::int32_t step) const;
  void pay(Index city);
  void tell(std::int32_t step, Recorder& recorder) const;

  template <class HasAdopted, class Falls>
  void lower(Index begin, Index end, Standing standing, HasAdopted const& has_adopted, Falls const& falls) {
    std::array<Index, batch_size> cities;
    std::array<double, batch_size> m;
    std::size_t count = 0;
    for (Index i = begin; i < end; ++i) {
      cities[count] = i;
      count += has_adopted(i) == (standing == Standing::adopted) ? 1 : 0;
    }
    if (count == 0) return;
    falls.fall(std::span(cities).first(count), standing, m.data());
    for (std::size_t k = 0; k < count; ++k) cost_[cities[k]] = reference_[cities[k]] * flat::exp(-m[k]);
  }

  PolicyModel const& policy_;
  PolicyId id_;
  ReferenceCosts const& reference_;
  Subsidies& subsidies_;
  Budgets& budgets_;
  Index n_;
  RiskSet const& risk_;
  bool falls_;    // some term lowers the cost
  bool changes_;  // costs, subsidies or the cities in the world may change
  std::vector<double> cost_;
  double mean_ = 0;  // over the cities in the world
  double spent_ = 0, subsidised_ = 0;
  Cities const& cities_;
  std::uint64_t seed_;
  Reinvention reinvention_;
  std::vector<double> more_;  // per city: share by which its current adoption costs more; empty: none ever does
};

}  // namespace hansa
