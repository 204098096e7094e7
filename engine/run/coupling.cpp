/// Orders what happens within a step.
#include "run/coupling.hpp"

#include <algorithm>
#include <limits>
#include <numeric>
#include <tuple>

#include "run/budgets.hpp"

namespace hansa {

namespace {

constexpr double never_in_step = std::numeric_limits<double>::infinity();

bool is_among(std::vector<PolicyId> const& policies, Index policy) noexcept {
  return std::any_of(policies.begin(), policies.end(), [&](PolicyId each) { return each.value == policy; });
}

}  // namespace

Coupling::Coupling(Model const& model, Budgets const& budgets, Index cities) : model_(model), budgets_(budgets) {
  std::vector<PolicyModel> const& policies = model.policies;
  auto const priced =
      std::count_if(policies.begin(), policies.end(), [](PolicyModel const& each) { return each.cost.has_value(); });
  spends_ = budgets.are_kept() && priced > 1;
  competes_ =
      spends_ || !model.attention.empty() ||
      std::any_of(policies.begin(), policies.end(), [](PolicyModel const& each) { return !each.excluded.empty(); });
  bool const bars =
      std::any_of(policies.begin(), policies.end(), [](PolicyModel const& each) { return !each.required.empty(); });
  bars_.resize(policies.size());
  for (PolicyModel const& each : policies) preemptions_.emplace_back(each, Force::bar, model.clock, cities);
  bool const preempts =
      std::any_of(preemptions_.begin(), preemptions_.end(), [](auto const& each) { return !each.empty(); });
  if (!competes_ && !bars && !preempts) return;
  order_.resize(policies.size());
  std::iota(order_.begin(), order_.end(), Index{0});
  std::sort(order_.begin(), order_.end(), [&](Index a, Index b) { return policies[a].hash < policies[b].hash; });
  rank_.resize(policies.size());
  for (std::uint32_t k = 0; k < order_.size(); ++k) rank_[order_[k]] = k;
  requirers_.resize(policies.size());
  barred_.resize(policies.size());
  met_.resize(policies.size());
  stops_.resize(policies.size());
  for (Index p = 0; p < policies.size(); ++p) {
    for (PolicyId const each : policies[p].required) requirers_[each.value].push_back(p);
    for (PolicyId const each : policies[p].excluded) barred_[each.value].push_back(p);
    if (!policies[p].required.empty()) bars_[p].missing.resize(cities);
    if (!policies[p].excluded.empty() || !preemptions_[p].empty()) bars_[p].excluding.resize(cities);
  }
}

Bars const* Coupling::bars(PolicyId policy) const noexcept {
  Bars const& own = bars_[policy.value];
  return own.empty() ? nullptr : &own;
}

void Coupling::begin(Outset const& outset) {
  for (std::size_t p = 0; p < bars_.size(); ++p) {
    auto const required = static_cast<std::uint16_t>(model_.policies[p].required.size());
    std::fill(bars_[p].missing.begin(), bars_[p].missing.end(), required);
    std::fill(bars_[p].excluding.begin(), bars_[p].excluding.end(), std::uint16_t{0});
    bars_[p].now.clear();
    preemptions_[p].begin(outset);
  }
  found_.clear();
}

void Coupling::note(PolicyId policy, PolicyRun const& run) {
  if (!competes_) return;
  crossings_.clear();
  run.add_crossings(crossings_);
  for (Crossing const& each : crossings_) {
    found_.push_back({each, policy.value, rank_[policy.value]});
    if (!each.certain) continue;
    for (Index const barred : barred_[policy.value]) bars_[barred].now.push_back(each.city);
  }
  for (Index const barred : barred_[policy.value]) std::sort(bars_[barred].now.begin(), bars_[barred].now.end());
}

void Coupling::sort_found() {
  auto const turn = [](Found const& each) {
    return std::tuple(each.crossing.city, !each.crossing.certain, each.crossing.fraction, each.rank);
  };
  std::sort(found_.begin(), found_.end(), [&](Found const& a, Found const& b) { return turn(a) < turn(b); });
}

std::span<Coupling::Found const> Coupling::found_in(Index city) const {
  auto const first =
      std::lower_bound(found_.begin(), found_.end(), city, [](Found const& a, Index b) { return a.crossing.city < b; });
  auto const last = std::find_if(first, found_.end(), [city](Found const& each) { return each.crossing.city != city; });
  return {first, last};
}

void Coupling::gather(std::int32_t step) {
  if (!competes_) return;
  attention_.reset();
  for (NumberStep const& each : model_.attention_later)
    if (each.step <= step) attention_ = each.number;
  sort_found();
}

void Coupling::settle(std::span<std::unique_ptr<PolicyRun> const> policies, std::int32_t step) {
  if (!competes_ || found_.empty()) return;
  gather(step);
  for (std::size_t begin = 0, end = 0; begin < found_.size(); begin = end) {
    while (end < found_.size() && found_[end].crossing.city == found_[begin].crossing.city) ++end;
    take_turns(std::span(found_).subspan(begin, end - begin), policies);
  }
  for (std::size_t p = 0; p < policies.size(); ++p) {
    if (!stops_[p].empty()) policies[p]->stop(stops_[p], step);
    stops_[p].clear();
    bars_[p].now.clear();
  }
  found_.clear();
}

bool Coupling::admits(PolicyId policy, PolicyRun const& run, Index city,
                      std::span<std::unique_ptr<PolicyRun> const> policies) const {
  if (!competes_) return true;
  std::size_t adopted = 0;
  double left = spends_ ? budgets_[city] : 0;
  for (Found const& each : found_in(city)) {  // seeds, replays and pledges that are kept come first, at fraction 0
    if (!each.crossing.certain) break;
    if (each.policy == policy.value) return true;
    ++adopted;
    if (spends_ && each.crossing.pays && model_.policies[each.policy].cost) left -= policies[each.policy]->price(city);
  }
  if (!model_.attention.empty() && adopted >= attention_of(city)) return false;
  return !spends_ || adopted == 0 || !model_.policies[policy.value].cost || left >= run.price(city);
}

void Coupling::keep_pledges(PolicyId policy, std::span<Index const> cities) {
  if (!competes_) return;
  std::vector<Found> kept;
  for (Index const city : cities) {
    std::span<Found const> const found = found_in(city);
    bool const seeded = std::any_of(found.begin(), found.end(), [&](Found const& each) {
      return each.policy == policy.value && each.crossing.certain;
    });
    if (!seeded) kept.push_back({{city, 0, true, true}, policy.value, rank_[policy.value]});
    for (Index const barred : barred_[policy.value]) bars_[barred].now.push_back(city);
  }
  // Cities ascend: whom the policy would have come to in the step all the same, it comes to by the pledge.
  std::erase_if(found_, [&](Found const& each) {
    return each.policy == policy.value && !each.crossing.certain &&
           std::binary_search(cities.begin(), cities.end(), each.crossing.city);
  });
  found_.insert(found_.end(), kept.begin(), kept.end());
  sort_found();
  for (Index const barred : barred_[policy.value]) std::sort(bars_[barred].now.begin(), bars_[barred].now.end());
}

/// The fraction at which an adoption of this step bars the policy.
double Coupling::barred_at(Index policy) const noexcept {
  std::vector<PolicyId> const& excluded = model_.policies[policy].excluded;
  for (Found const& each : adopted_)
    if (is_among(excluded, each.policy)) return each.crossing.fraction;
  return never_in_step;
}

/// The fraction at which the purchases of this step have left too little for the policy.
double Coupling::broke_at(Index policy, PolicyRun const& run, Index city) const {
  if (purchases_.empty() || !model_.policies[policy].cost) return never_in_step;
  double const price = run.price(city);
  for (Purchase const& each : purchases_)
    if (!is_enough(each.left, price)) return each.fraction;
  return never_in_step;
}

void Coupling::adopt(Found const& each, PolicyRun const& run) {
  adopted_.push_back(each);
  if (!spends_ || !each.crossing.pays || !model_.policies[each.policy].cost) return;
  double const before = purchases_.empty() ? budgets_[each.crossing.city] : purchases_.back().left;
  purchases_.push_back({each.crossing.fraction, before - run.price(each.crossing.city)});
}

/// Of one city, in order.
void Coupling::take_turns(std::span<Found const> found, std::span<std::unique_ptr<PolicyRun> const> policies) {
  Index const city = found.front().crossing.city;
  adopted_.clear();
  purchases_.clear();
  double exhausted = never_in_step;
  auto const queues = [&](Index p) { return model_.policies[p].when_unaffordable == Affording::queue; };
  for (Found const& each : found) {
    met_[each.policy] = 1;
    bool const certain = each.crossing.certain, bound = certain || each.crossing.bound;
    double stopped = certain ? never_in_step : std::min(barred_at(each.policy), bound ? never_in_step : exhausted);
    double const broke = bound ? never_in_step : broke_at(each.policy, *policies[each.policy], city);
    bool const waits = stopped == never_in_step && broke < never_in_step && queues(each.policy);
    if (!queues(each.policy) || waits) stopped = std::min(stopped, broke);
    if (stopped < never_in_step) {
      stops_[each.policy].push_back({city, stopped, true, waits});
      continue;
    }
    adopt(each, *policies[each.policy]);
    bool const last = !model_.attention.empty() && adopted_.size() >= attention_of(city);
    if (last && exhausted == never_in_step) exhausted = each.crossing.fraction;
  }
  // Whatever else the city could have adopted stands still from then on.
  for (Index p = 0; p < policies.size(); ++p) {
    if (met_[p] != 0) continue;
    bool const bound = policies[p]->is_bound(city);
    double const broke = bound || queues(p) ? never_in_step : broke_at(p, *policies[p], city);
    double const stopped = std::min({barred_at(p), bound ? never_in_step : exhausted, broke});
    if (stopped < never_in_step) stops_[p].push_back({city, stopped, false});
  }
  for (Found const& each : found) met_[each.policy] = 0;
}

void Coupling::follow(PolicyId policy, std::span<Event const> events) {
  for (Index const each : requirers_[policy.value])
    for (Event const& event : events)
      bars_[each].missing[event.city] = static_cast<std::uint16_t>(bars_[each].missing[event.city] - event.sign);
  for (Index const each : barred_[policy.value])
    for (Event const& event : events)
      bars_[each].excluding[event.city] = static_cast<std::uint16_t>(bars_[each].excluding[event.city] + event.sign);
  preemptions_[policy.value].follow(events);
}

void Coupling::advance(std::int32_t step) {
  for (std::size_t p = 0; p < preemptions_.size(); ++p)
    preemptions_[p].advance(step, [&](std::size_t, Index city) { ++bars_[p].excluding[city]; });
}

}  // namespace hansa
