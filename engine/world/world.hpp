/// What exists before anyone acts: cities, networks, collaborations, and what is known of past adoptions. Immutable.
#pragma once

#include <cstdint>
#include <limits>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "world/cities.hpp"
#include "world/network.hpp"

namespace hansa {

/// A city is a member at labels joined <= t < left.
struct Membership {
  Index city;
  std::int32_t joined = std::numeric_limits<std::int32_t>::min();
  std::int32_t left = std::numeric_limits<std::int32_t>::max();
};

/// An intervention has a city leave at a label, member of the data or not.
struct Departure {
  std::int32_t label;
  Index city;
};

/// Never expanded into ties. Sorted by city, then joined; spells of one city do not overlap.
struct Collaboration {
  std::string name;
  std::uint64_t hash = 0;
  std::vector<Membership> members;  ///< of the data; cities may join besides, where it recruits
  std::int32_t dissolved = std::numeric_limits<std::int32_t>::max();  ///< no members from this label on
  bool recruits = false;                                              ///< cities join within the run too
  std::vector<Departure> departures = {};                             ///< where it recruits; by label, then city
};

/// Whom an intervention reaches, and what it changes.
struct Reach {
  std::vector<Index> cities;            ///< that it names, ascending; of ties: those of either end
  std::vector<Index> sources, targets;  ///< that it selects, of ties
  std::size_t changed = 0;              ///< memberships that begin or end, pairs of cities that are tied or untied
};

/// One row of a policy's adopters file. Sorted by city, then year.
struct Observation {
  Index city;
  std::int32_t year;                  ///< as simulated: the midpoint where interval-censored
  std::optional<std::int32_t> after;  ///< adopted in (after, as_written]
  std::int32_t as_written;
  std::optional<std::int32_t> left;  ///< year of abandonment
  Place where;
};

struct PolicyRecords {
  std::string policy;
  std::vector<Observation> observed;   ///< from a file
  std::vector<Index> initial;          ///< from a selector: dated start - 1; ascending
  std::vector<std::uint8_t> covered;   ///< per city: its absence from the file means "not adopted"
  std::vector<std::uint8_t> eligible;  ///< per city: in the `at_risk: cities` selection
};

/// Attributes of countries, in the order of the labels of the cities' column `country`; a missing number is NaN.
struct Countries {
  std::map<std::string, std::vector<double>, std::less<>> numbers;
};

/// The law of a country is in force from a label on.
struct DatedLaw {
  std::int32_t country;  ///< position in the labels of the cities' column `country`
  std::int32_t from;
};

/// What the file of a national mechanism says of its policy. Sorted by country, each at most once.
struct LawRecords {
  std::string policy, mechanism;
  std::vector<DatedLaw> laws;
};

/// Per city: 1 if the file of adopters names it or covers it (then absence means "not adopted").
[[nodiscard]] std::vector<std::uint8_t> known_cities(PolicyRecords const& records, Index cities);

struct World {
  Cities cities;
  std::int32_t start = 1;                             ///< label of step 1
  std::vector<NetworkLayer> networks;                 ///< sorted by name
  std::vector<NetworkSpec> redrawn;                   ///< networks that each replicate draws anew, sorted by name
  std::vector<Collaboration> collaborations;          ///< sorted by name
  std::vector<PolicyRecords> records;                 ///< one a policy, in the scenario's (sorted) order
  std::map<std::string, Reach, std::less<>> reached;  ///< by intervention
  Countries countries;
  std::vector<LawRecords> laws;  ///< sorted by policy, then mechanism; of those that have a file

  [[nodiscard]] NetworkLayer const* network(std::string_view name) const noexcept;
  [[nodiscard]] Collaboration const* collaboration(std::string_view name) const noexcept;
  /// Null where the mechanism has no file, or it was complained of.
  [[nodiscard]] LawRecords const* law(std::string_view policy, std::string_view mechanism) const noexcept;
  /// How many memberships, or pairs of cities that are tied, an intervention changes.
  [[nodiscard]] std::size_t changed_by(std::string_view intervention) const noexcept;
};

/// Builds everything; gathers mistakes with their places (an unknown city in a tie file with its row).
/// Deterministic: independent of the order of rows in any file and of `threads` (at most so many; 0: all).
[[nodiscard]] World build_world(Scenario const& scenario, Tables const& tables, Complaints& complaints,
                                int threads = 0);

/// The two halves of it: the world before anybody intervenes, without `reached` and `laws`, and what interventions make
/// of that, with the laws of the scenario's mechanisms. A
/// copy of a world shares its attributes and ties (SharedVector), so that scenarios over one world hold them once, and
/// each of its own only those networks that it changes.
[[nodiscard]] World build_given_world(Scenario const& scenario, Tables const& tables, Complaints& complaints,
                                      int threads = 0);
[[nodiscard]] World intervened(World given, Scenario const& scenario, Tables const& tables, Complaints& complaints,
                               int threads = 0);

/// The mistakes in the tables that can be told without the cities, for a scenario whose cities are not known.
void check_tables(Scenario const& scenario, Tables const& tables, Complaints& complaints);

/// SHA-256 over every number and name that can reach a result; the order of rows in the files is none of them.
[[nodiscard]] std::string digest(World const& world);

}  // namespace hansa
