/// One analysis of a sample by the method that its design is for, with what to beware of.
#pragma once

#include <optional>
#include <variant>

#include "design/morris_effects.hpp"
#include "design/prim.hpp"
#include "design/regression.hpp"
#include "design/sobol_indices.hpp"
#include "design/tornado.hpp"

namespace hansa {

/// In the order of the words of the command.
enum class SensitivityMethod { saltelli, morris, regression, oat, prim };

/// Which values of a measure are of interest, in scenario discovery.
struct Interest {
  enum class Side { at_least, at_most, above, below };
  Side side = Side::at_least;
  double limit = 0;
  [[nodiscard]] bool holds(double value) const noexcept;
};

struct SensitivityOptions {
  SensitivityMethod method = SensitivityMethod::saltelli;
  std::size_t draws = 1000;  ///< of the bootstrap
  std::uint64_t seed = 1;    ///< of its draws
  int threads = 0;
  std::optional<Interest> interest = {};  ///< prim: required
  PrimOptions prim = {};
};

/// An estimate with its 95 % interval.
struct IndexInterval {
  double value = not_known, low = not_known, high = not_known;
};

struct SobolReport {
  SaltelliRows rows;
  std::vector<IndexInterval> first, total;
  std::vector<IndexInterval> second;     ///< as in SobolIndices
  std::optional<SobolIndices> of_means;  ///< of several replicates: the published estimators of their means
  /// Of the first base points: N/8, N/4, N/2, where these are eight at least.
  std::vector<std::pair<std::size_t, SobolIndices>> before;
};
struct MorrisReport {
  MorrisSteps steps;
  MorrisEffects effects;
};
struct PrimReport {
  Interest interest;
  std::size_t hits = 0;
  std::vector<PrimBox> boxes;
};

struct Sensitivity {
  std::string measure;
  std::vector<std::string> inputs;
  std::size_t points = 0, replicates = 1;
  std::optional<VarianceParts> parts;  ///< of several replicates
  std::variant<SobolReport, MorrisReport, RegressionEffects, Tornado, PrimReport> result;
  std::vector<std::string> warnings;  ///< whole sentences without a full stop
};

/// Complains of tables that are not what the method needs; then the result is empty.
[[nodiscard]] Sensitivity analyse(Table const& table, std::vector<std::string> const& inputs,
                                  std::string const& measure, SensitivityOptions const& options,
                                  Complaints& complaints);

}  // namespace hansa
