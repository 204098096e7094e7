/// The national laws on one policy in one replicate, country by country, straight from the scenario.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "reference/mechanisms.hpp"
#include "scenario/scenario.hpp"
#include "world/world.hpp"

namespace hansa::reference {

class Laws {
 public:
  Laws(Scenario const& scenario, World const& world, PolicySpec const& policy, std::int64_t replicate);

  /// What governments enact at the end of label `t`, by who has adopted then. Labels ascend, from the one before the
  /// start. In how many countries laws have come into force up to `t`, by "kind trigger".
  /// `now`: the policy with the numbers of `t`.
  std::map<std::string, int> end(PolicySpec const& now, std::int32_t t, Standing const& standing);
  /// Whether the law of the city's country by this mechanism is in force at label `t`.
  [[nodiscard]] bool in_force(MechanismSpec const& mechanism, Index city, std::int32_t t) const;
  [[nodiscard]] bool bars(Index city, std::int32_t t) const;
  [[nodiscard]] bool binds(Index city, std::int32_t t) const;
  /// Hazards of the mandates on a city, each -ln(1 - compliance) or 64, by mechanism in order of name.
  [[nodiscard]] std::vector<std::pair<std::string, double>> mandates(PolicySpec const& now, Index city,
                                                                     std::int32_t t) const;
  /// The first mandate by name that the city complies with, drawn by the law, the city and the step.
  [[nodiscard]] std::optional<std::string> complied_with(PolicySpec const& now, Index city, std::int32_t t) const;

 private:
  [[nodiscard]] std::map<std::string, int> met(std::int32_t t) const;
  using Key = std::pair<std::string, std::string>;  ///< mechanism and country
  [[nodiscard]] std::string country_of(Index city) const;
  [[nodiscard]] double number(MechanismSpec const& mechanism, std::string const& name,
                              std::string const& country) const;
  /// First label at which it is in force.
  [[nodiscard]] std::optional<std::int32_t> start_of(MechanismSpec const& mechanism, std::string const& country) const;
  [[nodiscard]] double share(std::string const& country, Standing const& standing) const;

  Scenario const& scenario_;
  World const& world_;
  PolicySpec const& policy_;
  std::int64_t replicate_;
  std::vector<std::string> countries_;
  std::map<Key, std::int32_t> enacted_, delay_;
  std::map<Key, double> accumulated_;
};

}  // namespace hansa::reference
