/// The slow simulator.
#include "reference/reference.hpp"

#include <algorithm>
#include <numeric>
#include <optional>

#include "base/random.hpp"
#include "reference/acts.hpp"
#include "reference/facts.hpp"
#include "reference/policy_run.hpp"
#include "reference/turns.hpp"

namespace hansa::reference {

namespace {

std::optional<int> attention(Scenario const& scenario, Facts const& facts, Index city, std::int32_t t) {
  if (!scenario.cities.attention) return std::nullopt;
  auto const* attribute = std::get_if<Reference>(&*scenario.cities.attention);
  double const most = attribute ? facts.number(attribute->name, city, t) : std::get<double>(*scenario.cities.attention);
  return static_cast<int>(most);
}

void step(std::vector<PolicyRun>& runs, Scenario const& scenario, Facts const& facts, std::int32_t t,
          Arbiter const& arbiter) {
  std::vector<std::size_t> order(runs.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
    return hash_id(scenario.policies[a].name) < hash_id(scenario.policies[b].name);
  });
  for (std::size_t const p : order) runs[p].plan(t, runs, arbiter);
  for (Index city = 0; city < facts.cities(); ++city) {
    std::vector<Crossing> crossings;
    std::vector<bool> bound;
    for (PolicyRun const& run : runs) {
      auto const found = run.crossing(city, t);
      if (found) crossings.push_back(*found);
      bound.push_back(run.binds(city, t));
    }
    auto const stopped = stops(scenario.policies, crossings, bound, attention(scenario, facts, city, t));
    for (std::size_t p = 0; p < runs.size(); ++p)
      if (stopped[p]) runs[p].stop(city, *stopped[p]);
  }
  for (PolicyRun& run : runs) run.apply(t);
}

}  // namespace

std::vector<PolicyOutcome> simulate(Scenario const& scenario, World const& world, std::int64_t replicate,
                                    Arbiter const& arbiter) {
  Acted const acted = act_out(scenario, world);
  std::vector<std::vector<PolicySpec>> numbers;  // by policy and step; `facts` keeps what it finds by their mechanisms
  for (PolicySpec const& policy : scenario.policies) {
    Acts const acts(scenario, acted, policy.name);
    std::vector<PolicySpec>& by_step = numbers.emplace_back();
    for (std::int32_t t = scenario.clock.start; t <= scenario.clock.end; ++t)
      by_step.push_back(acts.with_numbers(policy, t));
  }
  Facts const facts(scenario, acted.world, replicate);
  std::vector<PolicyRun> runs;
  for (std::size_t p = 0; p < scenario.policies.size(); ++p)
    runs.emplace_back(scenario, acted, facts, numbers[p], p, replicate);
  for (std::int32_t t = scenario.clock.start; t <= scenario.clock.end; ++t) step(runs, scenario, facts, t, arbiter);
  std::vector<PolicyOutcome> outcomes;
  for (PolicyRun const& run : runs) outcomes.push_back(run.outcome());
  return outcomes;
}

}  // namespace hansa::reference
