/// The slow simulator.
#include "reference/reference.hpp"

#include <algorithm>
#include <numeric>
#include <optional>

#include "base/random.hpp"
#include "reference/acts.hpp"
#include "reference/contracts.hpp"
#include "reference/facts.hpp"
#include "reference/policy_run.hpp"
#include "reference/purses.hpp"
#include "reference/turns.hpp"

namespace hansa::reference {

namespace {

std::optional<int> attention(Scenario const& scenario, Facts const& facts, Index city, std::int32_t t) {
  if (!scenario.cities.attention) return std::nullopt;
  auto const* attribute = std::get_if<Reference>(&*scenario.cities.attention);
  double const most = attribute ? facts.number(attribute->name, city, t) : std::get<double>(*scenario.cities.attention);
  return static_cast<int>(most);
}

/// What keeps several policies of a city apart in a step.
void take_turns(std::vector<PolicyRun>& runs, Scenario const& scenario, Facts const& facts, Purses const& purses,
                std::int32_t t) {
  for (Index city = 0; city < facts.cities(); ++city) {
    std::vector<Crossing> crossings;
    std::vector<bool> bound;
    std::optional<Means> means;
    if (purses.kept()) means = {purses.balance(city), {}};
    for (PolicyRun const& run : runs) {
      auto const found = run.crossing(city, t);
      if (found) crossings.push_back(*found);
      bound.push_back(run.binds(city, t));
      if (means) means->prices.push_back(run.price(city, t));
    }
    auto const found = turns(scenario.policies, crossings, bound, attention(facts.scenario(t), facts, city, t), means);
    for (std::size_t p = 0; p < runs.size(); ++p) {
      if (found[p].stopped) runs[p].stop(city, *found[p].stopped);
      if (found[p].waits) runs[p].wait(city);
    }
  }
}

void step(std::vector<PolicyRun>& runs, Scenario const& scenario, Facts& facts, Purses& purses, std::int32_t t,
          Contracts& contracts, Arbiter const& arbiter) {
  contracts.press(t, runs);
  std::vector<std::size_t> order(runs.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
    return hash_id(scenario.policies[a].name) < hash_id(scenario.policies[b].name);
  });
  for (std::size_t const p : order) runs[p].plan(t, runs, arbiter);
  contracts.keep(t, runs, [&](Index city) { return attention(facts.scenario(t), facts, city, t); });
  take_turns(runs, scenario, facts, purses, t);
  std::vector<double> spent(facts.cities(), 0.0);
  std::vector<Adoption> adoptions;
  for (PolicyRun& run : runs) {
    Adoption& each = adoptions.emplace_back();
    each.before = run.standing().adopted;
    std::vector<double> const paid = run.apply(t);
    for (Index city = 0; city < paid.size(); ++city) spent[city] += paid[city];
    each.now = run.adopters_of_step();
  }
  purses.end(t, spent, adoptions);
  std::vector<int> policies(facts.cities(), 0);
  for (PolicyRun const& run : runs)
    for (Index city = 0; city < facts.cities(); ++city) policies[city] += run.standing().adopted[city] ? 1 : 0;
  facts.live(t, adoptions, policies);
  purses.count_ties(t);
  facts.recruit(t);
  std::vector<std::string> const followed = purses.count_members(t);
  contracts.close(t, runs, followed, purses.history());
  for (PolicyRun& run : runs) run.learn(t);
}

}  // namespace

std::vector<PolicyOutcome> simulate(Scenario const& scenario, World const& world, Tables const& tables,
                                    std::int64_t replicate, Arbiter const& arbiter, SharedOutcome* shared) {
  Acted const acted = act_out(scenario, world, tables);
  std::vector<std::vector<PolicySpec>> numbers;  // by policy and step; `facts` keeps what it finds by their mechanisms
  for (PolicySpec const& policy : scenario.policies) {
    Acts const acts(scenario, acted, policy.name);
    std::vector<PolicySpec>& by_step = numbers.emplace_back();
    for (std::int32_t t = scenario.clock.start; t <= scenario.clock.end; ++t)
      by_step.push_back(acts.with_numbers(policy, t));
  }
  Facts facts(scenario, acted.world, replicate);
  Purses purses(scenario, facts);
  Contracts contracts(scenario, acted.world, facts, purses, replicate);
  std::vector<PolicyRun> runs;
  for (std::size_t p = 0; p < scenario.policies.size(); ++p)
    runs.emplace_back(scenario, acted, facts, purses, numbers[p], p, replicate);
  for (std::int32_t t = scenario.clock.start; t <= scenario.clock.end; ++t)
    step(runs, scenario, facts, purses, t, contracts, arbiter);
  if (shared != nullptr) *shared = {purses.history(), purses.balances()};
  std::vector<PolicyOutcome> outcomes;
  for (PolicyRun const& run : runs) outcomes.push_back(run.outcome());
  return outcomes;
}

}  // namespace hansa::reference
