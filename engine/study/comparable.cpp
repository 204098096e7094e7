/// Tells why scenarios cannot be paired.
#include <algorithm>

#include <fmt/format.h>

#include "study/compare.hpp"

namespace hansa {

namespace {

std::string clock_words(Clock const& clock) {
  return fmt::format("{} to {}", clock.start, clock.end);
}

/// "'bergen-nor'": the first of the cities that only one of the worlds has.
std::string odd_city(Cities const& a, Cities const& b) {
  std::vector<std::string> odd;
  std::vector<std::string> left = a.id, right = b.id;
  std::sort(left.begin(), left.end());
  std::sort(right.begin(), right.end());
  std::set_symmetric_difference(left.begin(), left.end(), right.begin(), right.end(), std::back_inserter(odd));
  return odd.empty() ? std::string() : odd.front();
}

std::vector<std::string> policy_names(Scenario const& scenario) {
  std::vector<std::string> names;
  for (PolicySpec const& each : scenario.policies) names.push_back(each.name);
  return names;
}

void check_pair(ComparedScenario const& base, ComparedScenario const& other, Complaints& complaints) {
  Place const where{other.scenario.file.string(), 0, 0};
  std::string const mend =
      "a file with base: " + base.scenario.file.string() + " that leaves this as it is was expected";
  Clock const &clock = other.scenario.clock, &base_clock = base.scenario.clock;
  if (clock.start != base_clock.start || clock.end != base_clock.end)
    complaints.add(
        fmt::format("its time is {}, that of '{}' is {}", clock_words(clock), base.name, clock_words(base_clock)),
        where, mend);
  if (other.world.cities.id != base.world.cities.id)
    complaints.add(fmt::format("its cities are not those of '{}': '{}' is in one only", base.name,
                               odd_city(other.world.cities, base.world.cities)),
                   where, mend);
  if (other.scenario.seed != base.scenario.seed)
    complaints.add(
        fmt::format("its seed is {}, that of '{}' is {}", other.scenario.seed, base.name, base.scenario.seed), where,
        "differences are paired only on common random numbers");
  if (policy_names(other.scenario) != policy_names(base.scenario))
    complaints.add(
        fmt::format("its policies ({}) are not those of '{}' ({})", fmt::join(policy_names(other.scenario), ", "),
                    base.name, fmt::join(policy_names(base.scenario), ", ")),
        where, mend);
}

}  // namespace

void check_comparable(std::span<ComparedScenario const> scenarios, Complaints& complaints) {
  for (std::size_t k = 1; k < scenarios.size(); ++k) {
    ComparedScenario const& each = scenarios[k];
    check_pair(scenarios.front(), each, complaints);
    auto const same = std::find_if(scenarios.begin(), scenarios.begin() + static_cast<std::ptrdiff_t>(k),
                                   [&](ComparedScenario const& before) { return before.name == each.name; });
    if (same - scenarios.begin() < static_cast<std::ptrdiff_t>(k))
      complaints.add(fmt::format("two scenarios are called '{}'", each.name), {each.scenario.file.string(), 0, 0},
                     "name the files differently: a scenario is called by its file's name");
  }
}

}  // namespace hansa
