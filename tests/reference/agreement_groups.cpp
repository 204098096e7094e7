/// Counts group by group.
#include "reference/agreement_groups.hpp"

#include <cmath>

#include <fmt/format.h>

namespace hansa::reference {

namespace {

bool is_near(double here, double there, double relative) {
  if (std::isnan(there)) return std::isnan(here);
  return std::fabs(here - there) <= relative * std::max(1.0, std::fabs(there));
}

/// What each mechanism had to do with the adoptions of one group, over all steps.
std::map<std::string, double> shares_of(PolicyOutcome const& slow, TextColumn const& groups, std::int32_t group) {
  std::map<std::string, double> sums;
  for (LoggedFact const& fact : slow.log)
    if (groups.code[fact.city] == group)
      for (auto const& [name, share] : fact.shares) sums[name] += share;
  return sums;
}

std::string compare_shares_by(test::Question const& question, PolicyHistory const& engine, PolicyOutcome const& slow,
                              std::size_t grouping) {
  std::vector<std::string> const& names = question.model.mechanisms;
  TextColumn const& groups = *question.plan.groupings[grouping];
  for (std::size_t group = 0; group < groups.labels.size(); ++group) {
    auto const sums = shares_of(slow, groups, static_cast<std::int32_t>(group));
    for (std::size_t m = 0; m < names.size(); ++m) {
      double const here = engine.adoptions_by_mechanism_by.at(grouping).at(group * names.size() + m);
      auto const found = sums.find(names[m]);
      double const there = found == sums.end() ? 0.0 : found->second;
      if (is_near(here, there, 1e-9)) continue;
      return fmt::format("{} has {} adoptions of the group {} in the engine, {} in the reference", names[m], here,
                         groups.labels[group], there);
    }
  }
  return {};
}

/// Persons in cities that have adopted, as a share of all.
std::string compare_population(test::Question const& question, PolicyHistory const& engine, PolicyOutcome const& slow,
                               Tally& tally) {
  std::vector<double> const* const persons = question.world.cities.number("population");
  if (persons == nullptr) return engine.population_covered.empty() ? "" : "people are covered that nobody counted";
  double all = 0;
  for (double const each : *persons) all += std::isnan(each) ? 0 : each;
  if (engine.population_covered.size() != (all > 0 ? slow.adopted.size() : 0))
    return "the population covered is missing";
  for (std::size_t t = 0; t < engine.population_covered.size(); ++t) {
    double sum = 0;
    for (Index city = 0; city < persons->size(); ++city)
      if (slow.adopted[t][city] && !std::isnan((*persons)[city])) sum += (*persons)[city];
    if (!is_near(engine.population_covered[t], sum / all, 1e-12))
      return fmt::format("step {}: {} of the population in the engine, {} in the reference", t + 1,
                         engine.population_covered[t], sum / all);
  }
  tally.covered += all > 0;
  return {};
}

}  // namespace

std::string compare_groups(test::Question const& question, PolicyHistory const& engine, PolicyOutcome const& slow,
                           Lanes lanes, Tally& tally) {
  std::size_t const steps = slow.adopted.size();
  for (std::size_t g = 0; g < question.plan.groupings.size(); ++g) {
    TextColumn const& groups = *question.plan.groupings[g];
    for (std::size_t group = 0; group < groups.labels.size(); ++group) {
      ++tally.groups;
      for (std::size_t t = 0; t < steps; ++t) {
        std::int32_t count = 0;
        for (Index city = 0; city < groups.code.size(); ++city)
          count += slow.adopted[t][city] && groups.code[city] == static_cast<std::int32_t>(group) ? 1 : 0;
        if (engine.adopters_by.at(g).at(group * steps + t) == count) continue;
        return fmt::format("step {}: {} adopters of the group {} in the engine, {} in the reference", t + 1,
                           engine.adopters_by[g][group * steps + t], groups.labels[group], count);
      }
    }
    std::string const difference =
        question.plan.events && lanes == Lanes::full ? compare_shares_by(question, engine, slow, g) : "";
    if (!difference.empty()) return difference;
  }
  return compare_population(question, engine, slow, tally);
}

std::string compare_budgets_by(test::Question const& question, SharedHistory const& engine,
                               std::vector<std::vector<double>> const& balances) {
  std::size_t const steps = balances.size();
  for (std::size_t g = 0; g < question.plan.groupings.size() && steps > 0; ++g) {
    TextColumn const& groups = *question.plan.groupings[g];
    for (std::size_t group = 0; group < groups.labels.size(); ++group) {
      for (std::size_t t = 0; t < steps; ++t) {
        double sum = 0, cities = 0;
        for (Index city = 0; city < groups.code.size(); ++city) {
          if (groups.code[city] != static_cast<std::int32_t>(group)) continue;
          sum += balances[t][city];
          ++cities;
        }
        double const here = engine.budget_by.at(g).at(group * steps + t);
        if (is_near(here, cities > 0 ? sum / cities : std::nan(""), 1e-11)) continue;
        return fmt::format("step {}: a mean budget of {} of the group {} in the engine", t + 1, here,
                           groups.labels[group]);
      }
    }
  }
  return {};
}

}  // namespace hansa::reference
