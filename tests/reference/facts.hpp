/// What the reference knows of a world: lists of ties, of members, of groups, of dated events; no index structure.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "scenario/scenario.hpp"
#include "world/world.hpp"

namespace hansa::reference {

/// `target` observes `source`; the weight is `units` × the layer's unit.
struct TieFact {
  Index source;
  Index target;
  std::uint64_t units;
};

struct NetworkFacts {
  double unit = 1;
  std::vector<std::vector<TieFact>> in_ties;  ///< by target
};

/// A dated adoption (+1) or abandonment (-1), from data.
struct DatedFact {
  std::int32_t label;
  Index city;
  int sign;
};

class Facts {
 public:
  Facts(Scenario const& scenario, World const& world);

  [[nodiscard]] Index cities() const { return world_.cities.size(); }
  [[nodiscard]] NetworkFacts const& network(std::string const& name) const { return networks_.at(name); }
  /// Members at time label `t`, ascending.
  [[nodiscard]] std::vector<Index> members(std::string const& collaboration, std::int32_t t) const;
  [[nodiscard]] std::vector<std::string> collaborations() const;
  /// The other cities of the pool of `city` at label `t`; none if the city is outside the pool.
  [[nodiscard]] std::optional<std::vector<Index>> others(Pool const& pool, Index city, std::int32_t t) const;
  /// A numeric attribute; NaN where missing.
  [[nodiscard]] double number(std::string const& attribute, Index city) const;
  /// Σ β x over the policy's attributes, in order of name.
  [[nodiscard]] double attributes(PolicySpec const& policy, Index city) const;
  /// What the data say of policy number `p` up to its `until` (later dates are not known to the simulation), sorted by
  /// label, abandonments first.
  [[nodiscard]] std::vector<DatedFact> dated(std::size_t p) const;
  /// Whether the city can decide on policy number `p` at label `t` at all.
  [[nodiscard]] bool in_the_world(std::size_t p, Index city, std::int32_t t) const;
  /// Members' weights in whole millionths where all are such decimals (so that equal shares compare equal).
  [[nodiscard]] std::vector<double> weights(std::string const& attribute) const;

 private:
  [[nodiscard]] bool same_group(std::string const& attribute, Index a, Index b) const;
  Scenario const& scenario_;
  World const& world_;
  std::map<std::string, NetworkFacts> networks_;
};

/// Last label that is replayed for the policy: nobody decides on it up to then.
[[nodiscard]] std::int32_t replayed_until(PolicySpec const& policy, Clock const& clock);

}  // namespace hansa::reference
