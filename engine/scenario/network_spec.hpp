/// Networks as values: where their ties come from, and how they live.
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "scenario/parameters.hpp"

namespace hansa {

/// A file that the scenario names. `path` is resolved against the folder of the scenario file that names it; `given` is
/// as written, but from the folder of the scenario itself where a base names it.
struct FileRef {
  std::string given;
  std::filesystem::path path;
  Place where;
};

struct FileTies {
  FileRef file;
};
struct NearestTies {
  std::int64_t k = 0;
  std::vector<Reference> on;  ///< empty: great circle on lat, lon
};
struct SimilarTies {
  std::int64_t k = 0;
  std::vector<Reference> on;
};
struct ErdosRenyiTies {  ///< exactly one is given
  std::optional<double> degree, probability;
  std::optional<std::int64_t> ties;
};
struct WithinTies {  ///< exactly one is given
  std::optional<double> km;
  std::optional<double> distance;
  std::vector<Reference> on;  ///< of `distance`
};
struct WattsStrogatzTies {
  double degree = 0;
  double rewire = 0;
};
struct BarabasiAlbertTies {
  std::int64_t ties_per_city = 0;
};
struct StochasticBlockTies {
  Reference group;
  std::map<std::string, std::map<std::string, double>>
      probability;  ///< by value of the target's, then the source's group
};
struct ConfigurationTies {
  Reference degrees;
};
struct SameTies {  ///< complete groups, never stored
  Reference attribute;
};

enum class TieTiming { current, lagged };      ///< decisions in t see the ties of t, or of t - 1
enum class Redrawing { scenario, replicate };  ///< generated ties: once, or anew in each replicate

struct DecayWeight {
  double km = 0;
};  ///< exp(-distance / km)
struct SourceWeight {
  Reference attribute;
};  ///< the source's attribute

/// Cities that go and see: a new tie to whom they visit.
struct VisitsSpec {
  double rate = 0;                 ///< a city visits in a step with probability 1 - e^-rate
  double closure = 0;              ///< chance that it goes to whom somebody observes that it observes itself
  double prestige = 0;             ///< else to a city drawn by (1 + policies adopted)^prestige
  std::optional<double> decay_km;  ///< and reached with exp(-distance / decay_km); none: distance does not matter
  double reciprocal = 0;           ///< chance of a tie the other way too
};

/// Ties that live only if they are used.
struct DynamicsSpec {
  double decay = 0;      ///< share of its strength that a tie loses in a step
  double reinforce = 0;  ///< share of what it lacks that it gains for each policy that it is used for
  double floor = 0;      ///< a tie that is weaker is gone
  std::optional<VisitsSpec> visits;
  Place where;
};

struct NetworkSpec {
  std::string name;
  Place where;
  std::variant<FileTies, NearestTies, SimilarTies, ErdosRenyiTies, WithinTies, WattsStrogatzTies, BarabasiAlbertTies,
               StochasticBlockTies, ConfigurationTies, SameTies>
      ties;
  bool directed = true;
  TieTiming timing = TieTiming::current;
  Redrawing redraw = Redrawing::scenario;
  std::variant<std::monostate, DecayWeight, SourceWeight> weight;
  std::optional<DynamicsSpec> dynamics = {};
};

}  // namespace hansa
