/// Adds up what cities have.
#include "reference/purses.hpp"

#include <algorithm>
#include <cmath>

namespace hansa::reference {

Purses::Purses(Scenario const& scenario, Facts const& facts) : scenario_(scenario), facts_(facts) {
  for (Index city = 0; kept() && city < facts.cities(); ++city)
    balance_.push_back(amount(scenario.resources->initial, city, scenario.clock.start));
}

double Purses::amount(NumberOrAttribute const& of, Index city, std::int32_t t) const {
  auto const* attribute = std::get_if<Reference>(&of);
  return attribute != nullptr ? facts_.number(attribute->name, city, t) : std::get<double>(of);
}

double Purses::fee(Index city, std::int32_t t) const {
  double sum = 0;
  for (CollaborationProperties const& each : scenario_.collaborations.properties) {
    if (!each.fee) continue;
    auto const joined = facts_.joined(each.name, city, t);
    if (joined && (each.fee->per == CostPer::step || *joined == t)) sum += each.fee->amount;
  }
  return sum;
}

/// How many ties of each city are used.
std::vector<int> Purses::uses(std::int32_t t, std::vector<Adoption> const& adoptions) {
  std::vector<int> used(facts_.cities(), 0);
  double ties = 0;
  for (Index city = 0; city < facts_.cities(); ++city) {
    for (TieFact const& tie : facts_.ties(scenario_.resources->returns->network.name, city, t)) {
      bool const in_use = std::any_of(adoptions.begin(), adoptions.end(),
                                      [&](Adoption const& each) { return each.now[city] && each.before[tie.source]; });
      if (!in_use) continue;
      ++used[city];
      ++used[tie.source];
      ++ties;
    }
  }
  history_.ties_used.push_back(ties);
  return used;
}

void Purses::end(std::int32_t t, std::vector<double> const& spent, std::vector<Adoption> const& adoptions) {
  auto const& properties = scenario_.collaborations.properties;
  bool const fees = std::any_of(properties.begin(), properties.end(), [](auto const& each) { return each.fee; });
  double paid = 0;
  for (Index city = 0; city < facts_.cities(); ++city) paid += fee(city, t);
  if (fees) history_.fees.push_back(paid);
  if (!kept()) return;
  ResourcesSpec const& resources = *scenario_.resources;
  std::vector<int> used(facts_.cities(), 0);
  if (resources.returns) used = uses(t, adoptions);
  double sum = 0;
  for (Index city = 0; city < facts_.cities(); ++city) {
    double const returns = resources.returns ? resources.returns->per_tie * used[city] : 0;
    double const gained = balance_[city] * (1 + resources.growth) + amount(resources.income, city, t) + returns;
    balance_[city] = gained - (spent[city] + fee(city, t));
    sum += balance_[city];
  }
  history_.budget.push_back(sum / static_cast<double>(facts_.cities()));
}

std::vector<std::string> Purses::count_members(std::int32_t t) {
  auto const steps = static_cast<std::size_t>(scenario_.clock.steps());
  std::vector<std::string> names;
  for (CollaborationProperties const& each : scenario_.collaborations.properties)
    if (each.recruit || each.pledge) names.push_back(each.name);
  history_.members.resize(names.size() * steps);
  for (std::size_t k = 0; k < names.size(); ++k)
    history_.members[k * steps + static_cast<std::size_t>(t - scenario_.clock.start)] =
        static_cast<double>(facts_.members(names[k], t).size());
  return names;
}

/// Rows of networks in order of name.
void Purses::count_ties(std::int32_t t) {
  auto const steps = static_cast<std::size_t>(scenario_.clock.steps());
  for (std::size_t k = 0; k < scenario_.networks.size(); ++k) {
    double count = 0, sum = 0;
    for (Index city = 0; city < facts_.cities(); ++city) {
      for (TieFact const& tie : facts_.ties(scenario_.networks[k].name, city, t)) {
        ++count;
        sum += tie.strength;
      }
    }
    for (auto* const rows : {&history_.tie_count, &history_.tie_strength})
      rows->resize(scenario_.networks.size() * steps);
    std::size_t const at = k * steps + static_cast<std::size_t>(t - scenario_.clock.start);
    history_.tie_count[at] = count;
    history_.tie_strength[at] = count > 0 ? sum / count : std::nan("");
  }
}

}  // namespace hansa::reference
