/// What a policy plans for a step, and what the log of events says of it.
#pragma once

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "record/history.hpp"
#include "reference/facts.hpp"
#include "reference/reference.hpp"

namespace hansa::reference {

/// An adoption of the step, unless it is stopped.
struct Planned {
  double fraction = 0;
  bool certain = false, complies = false;
  std::map<std::string, double> shares;
  bool lawful = false;  ///< by a mandate alone
  bool pledged = false;
};

/// What happens to one policy in a step.
struct PlannedStep {
  std::map<Index, Planned> const& adoptions;
  std::vector<DatedFact> const& events;
  std::set<Index> const &seeded, &left;  ///< who leaves by a decision of its own
};

/// By city.
[[nodiscard]] inline std::vector<LoggedFact> facts_of_step(PlannedStep const& step, std::int32_t t) {
  std::vector<LoggedFact> found;
  for (DatedFact const& fact : step.events) {
    if (fact.sign > 0) continue;
    bool const left = step.left.count(fact.city) > 0;
    found.push_back({t, fact.city, left ? EventKind::abandonment : EventKind::replayed_abandonment, {}});
  }
  for (auto const& [city, planned] : step.adoptions) {
    EventKind kind = planned.lawful ? EventKind::mandate : EventKind::adoption;
    if (planned.certain) kind = step.seeded.count(city) > 0 ? EventKind::seed : EventKind::replay;
    if (planned.pledged) kind = EventKind::pledge;
    found.push_back({t, city, kind, planned.shares});
  }
  std::stable_sort(found.begin(), found.end(), [](auto const& a, auto const& b) { return a.city < b.city; });
  return found;
}

}  // namespace hansa::reference
