/// What interventions do to one policy, straight from the scenario: sums and products over those in force.
#pragma once

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "reference/world_changes.hpp"
#include "scenario/scenario.hpp"
#include "world/world.hpp"

namespace hansa::reference {

/// The scenario at each label, with the numbers that are set then and are no policy's. Paths are read from their text.
[[nodiscard]] std::vector<Scenario> by_date(Scenario const& scenario);

class Acts {
 public:
  /// `policy`: the name of one of the scenario's.
  Acts(Scenario const& scenario, Acted const& acted, std::string const& policy);

  /// Sum of the pushes on a city at label `t`, in order of name.
  [[nodiscard]] double push(Index city, std::int32_t t) const;
  /// θ times the factors of the campaigns for a mechanism, in order of name.
  [[nodiscard]] double campaigned(double theta, std::string const& mechanism, Index city, std::int32_t t) const;
  /// Hazard that the mandates on a city add, each −ln(1 − compliance), at most 64.
  [[nodiscard]] double mandated(Index city, std::int32_t t) const;
  /// Whether some mandate is in force for a city.
  [[nodiscard]] bool binds(Index city, std::int32_t t) const;
  /// The policy at label `t`, with the numbers that are set then. Paths are read from their text.
  [[nodiscard]] PolicySpec with_numbers(PolicySpec policy, std::int32_t t) const;
  /// What subsidies pay of a cost c of a city at label `t`, by name: Σ share c + Σ amount, at most 0.99 c in all, where
  /// c is 1 if it is not stated. `spent`: those whose budgets are.
  [[nodiscard]] std::map<std::string, double> subsidies(double c, Index city, std::int32_t t,
                                                        std::set<std::string> const& spent) const;
  /// The budgets of the subsidies, infinite where there is none.
  [[nodiscard]] std::map<std::string, double> budgets() const;
  /// Whether some mandate is complied with, drawn by its name, the city and the step.
  [[nodiscard]] bool complies(Index city, std::int32_t t, std::int64_t replicate) const;
  /// A uniform number of a seed and a city: the seed succeeds where it lies below its chance.
  [[nodiscard]] double luck(std::string const& seed, Index city, std::int64_t replicate) const;

 private:
  struct Act {
    InterventionSpec const* spec;
    std::set<Index> cities;
  };
  /// use(intervention, act) of each of the kind that is in force for a city, in order of name.
  template <class Kind, class Use>
  void for_each(Index city, std::int32_t t, Use const& use) const;

  Scenario const& scenario_;
  World const& world_;
  std::vector<Act> acts_;
};

}  // namespace hansa::reference
