/// What the reference knows of a world: lists of ties, of members, of groups, of dated events; no index structure.
#pragma once

#include <cmath>
#include <cstdint>
#include <functional>
#include <limits>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "scenario/scenario.hpp"
#include "world/world.hpp"

namespace hansa::reference {

/// `target` observes `source` in decisions of the steps `from` … `until`; the weight is `units` × the layer's unit.
struct TieFact {
  Index source;
  Index target;
  std::uint64_t units;
  std::int32_t from = std::numeric_limits<std::int32_t>::min();
  std::int32_t until = std::numeric_limits<std::int32_t>::max();
  double strength = 1;    ///< of ties with dynamics
  std::int64_t rank = 0;  ///< among the ties of the target: those of visits come last, as they began
};

/// Who adopts a policy at a label, and who had it at the label before.
struct Adoption {
  std::vector<bool> now, before;  ///< per city
};

struct NetworkFacts {
  double unit = 1;
  std::vector<std::vector<TieFact>> in_ties;  ///< by target, at all times
  std::vector<std::int32_t> group;            ///< complete groups instead of ties; -1: in none
  /// Of a network with dynamics, by target: the ties that there are now.
  std::optional<std::vector<std::vector<TieFact>>> living;
};

/// How weights become whole numbers: parts of `factor`, or of 1 / `power`; or one each (`whole_numbers` false).
struct Rounding {
  double factor = 1;
  double power = 1;
  bool whole_numbers = false;
  [[nodiscard]] double whole(double weight) const {
    return whole_numbers ? std::nearbyint(weight * power / factor) : 1;
  }
  [[nodiscard]] double weight(double wholes) const { return wholes * factor / power; }
};

/// A dated adoption (+1) or abandonment (-1), from data.
struct DatedFact {
  std::int32_t label;
  Index city;
  int sign;
};

class Facts {
 public:
  /// Networks are those of the replicate.
  Facts(Scenario const& scenario, World const& world, std::int64_t replicate = 0);

  /// Ends label `t` for ties with dynamics. `policies`: per city, how many it has adopted by then.
  void live(std::int32_t t, std::vector<Adoption> const& adoptions, std::vector<int> const& policies);

  /// Ends label `t` for collaborations that recruit; after live().
  void recruit(std::int32_t t);
  /// How many cities have joined within the run.
  [[nodiscard]] int joined_so_far() const { return joined_; }

  [[nodiscard]] Index cities() const { return world_.cities.size(); }
  [[nodiscard]] NetworkFacts const& network(std::string const& name) const { return networks_.at(name); }
  /// The ties along which `city` observes when it decides at label `t`.
  [[nodiscard]] std::vector<TieFact> ties(std::string const& network, Index city, std::int32_t t) const;
  /// What `find` says of a mechanism, which is asked once.
  [[nodiscard]] Rounding const& rounding(MechanismSpec const& mechanism, std::function<Rounding()> const& find) const;
  /// Members at time label `t`, ascending.
  [[nodiscard]] std::vector<Index> members(std::string const& collaboration, std::int32_t t) const;
  [[nodiscard]] std::vector<std::string> collaborations() const;
  /// The other cities of the pool of `city` at label `t`; none if the city is outside the pool.
  [[nodiscard]] std::optional<std::vector<Index>> others(Pool const& pool, Index city, std::int32_t t) const;
  /// Label at which a member at label `t` joined; none for others.
  [[nodiscard]] std::optional<std::int32_t> joined(std::string const& collaboration, Index city, std::int32_t t) const;
  [[nodiscard]] bool is_text(std::string const& attribute) const { return world_.cities.text(attribute) != nullptr; }
  [[nodiscard]] Clock const& clock() const { return scenario_.clock; }
  /// A numeric attribute (at the start); NaN where missing.
  [[nodiscard]] double number(std::string const& attribute, Index city) const;
  /// The same at label `t`.
  [[nodiscard]] double number(std::string const& attribute, Index city, std::int32_t t) const;
  /// A text attribute at label `t`; empty where missing.
  [[nodiscard]] std::string text(std::string const& attribute, Index city, std::int32_t t) const;
  /// Σ β x over the policy's attributes at label `t`, in order of name.
  [[nodiscard]] double attributes(PolicySpec const& policy, Index city, std::int32_t t) const;
  /// θ + Σ δ x of a mechanism for the city at label `t`, in order of name.
  [[nodiscard]] double strength(MechanismSpec const& mechanism, Index city, std::int32_t t) const;
  /// What the data say of policy number `p` up to its `until` (later dates are not known to the simulation), sorted by
  /// label, abandonments first.
  [[nodiscard]] std::vector<DatedFact> dated(std::size_t p) const;
  /// Whether the city can decide on policy number `p` at label `t` at all.
  [[nodiscard]] bool in_the_world(std::size_t p, Index city, std::int32_t t) const;
  /// Members' weights in whole millionths where all are such decimals (so that equal shares compare equal).
  [[nodiscard]] std::vector<double> weights(std::string const& attribute) const;

 private:
  /// Of a collaboration that recruits.
  struct Members {
    std::map<std::int32_t, std::map<Index, std::int32_t>> since;  ///< by label: members, and since when
    std::vector<double> used;                                     ///< of the resistance to joining, per city
    std::vector<int> times_left;                                  ///< per city
  };
  void found();
  [[nodiscard]] double share_of_members(std::string const& network, Index city, std::int32_t t,
                                        std::map<Index, std::int32_t> const& members) const;
  [[nodiscard]] bool same_group(std::string const& attribute, Index a, Index b) const;
  Scenario const& scenario_;
  World const& world_;
  std::int64_t replicate_;
  std::map<std::string, NetworkFacts> networks_;
  std::map<std::string, Members> joining_;
  int joined_ = 0;
  mutable std::map<MechanismSpec const*, Rounding> roundings_;
};

/// A tie's weight: its units, divided once where they are parts of 1.
[[nodiscard]] double weight_of(TieFact const& tie, NetworkFacts const& network);

/// Last label that is replayed for the policy: nobody decides on it up to then.
[[nodiscard]] std::int32_t replayed_until(PolicySpec const& policy, Clock const& clock);

}  // namespace hansa::reference
