/// The section `sweep` as values: which points of the parameters' space are run, and what is measured at each.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "scenario/draft.hpp"
#include "scenario/network_spec.hpp"
#include "scenario/selector.hpp"

namespace hansa {

/// In the order of the words of the format.
enum class DesignKind { grid, one_at_a_time, random, latin_hypercube, sobol, saltelli, morris, list };
enum class MorrisPlan { trajectories, radial };
/// Whether a replicate draws the same numbers at every point, or its own at each.
enum class RandomNumbers { common, independent };

struct DesignSpec {
  DesignKind kind = DesignKind::random;
  std::int64_t size = 0;      ///< N: points, base points (saltelli) or trajectories (morris); else 0
  bool second_order = false;  ///< saltelli
  std::int64_t levels = 4;    ///< morris: of the grid on which trajectories run, even
  MorrisPlan plan = MorrisPlan::trajectories;
  std::optional<FileRef> list;  ///< of points: its columns are paths
  Place where;
};

/// The law from which the values of a parameter are drawn, by inversion.
struct Distribution {
  /// In the order of the words of the format.
  enum class Law { uniform, log_uniform, normal, truncated_normal, triangular, beta, integer, values };
  Law law = Law::uniform;
  std::vector<double> numbers =
      {};  ///< as in the file: [a, b], [mean, sd], [mean, sd, a, b], [a, mode, b], [α, β, a, b]
  std::vector<Node> values = {};  ///< law values: scalars as written, all different, each as likely as another
  Place where = {};
};

struct SweptParameter {
  Reference path;                 ///< as written
  std::vector<std::string> keys;  ///< of the path
  Distribution distribution;
};

/// What is measured of each policy in each run.
struct MeasureSpec {
  enum class Of {
    final_share,         ///< adopters at the end, a share of all cities
    time_to,             ///< first label at which `share` of the cities has adopted; missing where never
    peak,                ///< most new adoptions in a step
    peak_time,           ///< its label, the first of several
    spending,            ///< what adopters have paid, up to `at` or the end
    population_covered,  ///< share of the population that lives in adopters, at `at` or the end
    attribution,         ///< adoptions put down to each mechanism
    share,               ///< adopters at `at`, or at the end, a share of `cities`
    distance,            ///< root mean square from the observed curve of adopters
    series               ///< adopters at the end of every step
  };
  std::string name;  ///< its own, or made from what it says; unique
  Place where;
  Of of = Of::final_share;
  double share = 0.5;                          ///< time_to
  std::optional<Selector> cities = {};         ///< of these cities only; default all
  std::optional<std::int32_t> at = {};         ///< label; default the end
  std::optional<Reference> by = {};            ///< for each value of a text attribute
  std::optional<std::int64_t> paired_to = {};  ///< difference to this point, replicate by replicate
};

struct SweepSpec {
  Place where;
  DesignSpec design;
  std::optional<std::int64_t> replicates;  ///< default the scenario's
  RandomNumbers random_numbers = RandomNumbers::common;
  std::vector<FileRef> scenarios;          ///< every point is run in each; default this one
  std::vector<SweptParameter> parameters;  ///< sorted by keys
  std::vector<FileRef> tables;             ///< of correlated choices: columns are paths, rows are drawn whole
  std::vector<MeasureSpec> measures;       ///< in the order of the file
};

}  // namespace hansa
