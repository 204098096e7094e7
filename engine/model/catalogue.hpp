/// The list of mechanisms that a scenario may use: an argument of validate() and compile(), so that an embedder can add
/// one.
#pragma once

#include <algorithm>
#include <cstdint>
#include <memory>
#include <span>
#include <string_view>
#include <vector>

#include "base/schema.hpp"
#include "model/term.hpp"
#include "scenario/scenario.hpp"
#include "world/world.hpp"

namespace hansa {

struct Phase;

/// What a mechanism may read when it is made. All references outlive the term.
struct TermContext {
  World const& world;
  Clock const& clock;
  PolicySpec const& policy;
  /// Per city: 1 if it is known whether it has adopted. The others are no sources: they count neither above nor below
  /// in a share. Empty: all are known.
  std::span<std::uint8_t const> known = {};
  std::span<PolicySpec const> policies = {};   ///< all of the scenario, in the order of PolicyId
  std::span<NetworkSpec const> networks = {};  ///< all of the scenario
  std::vector<Phase> const* phases = nullptr;  ///< the policy by date, for mechanisms that remember; null: it stays
  /// Whether the ties of a network have dynamics.
  [[nodiscard]] bool lives(NetworkLayer const& layer) const noexcept {
    return std::any_of(networks.begin(), networks.end(),
                       [&](NetworkSpec const& each) { return each.dynamics && each.name == layer.name; });
  }
  [[nodiscard]] bool knows(Index city) const noexcept { return known.empty() || known[city] != 0; }
};

struct CatalogueEntry {
  Schema const* schema;
  /// Complains of what only the world can tell (unknown network, attribute, collaboration); null after a complaint.
  std::unique_ptr<Term> (*make)(MechanismSpec const&, TermContext const&, Complaints&);
};

using Catalogue = std::span<CatalogueEntry const>;

[[nodiscard]] std::vector<Schema const*> schemas(Catalogue catalogue);

/// Complains, where the later one stands, that a kind of mechanism has both of two parameters and takes one.
void refuse_both(std::string_view kind, std::string_view one, Place const& one_is, std::string_view other,
                 Place const& other_is, Complaints& complaints);

/// The network or collaboration that a mechanism names; null after a complaint with the nearest name.
[[nodiscard]] NetworkLayer const* find_network(World const& world, Reference const& name, Complaints& complaints);
[[nodiscard]] Collaboration const* find_collaboration(World const& world, Reference const& name,
                                                      Complaints& complaints);

}  // namespace hansa
