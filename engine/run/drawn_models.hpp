/// A model for each replicate, with parameters drawn from their estimates.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "model/catalogue.hpp"
#include "model/model.hpp"
#include "run/draw_estimates.hpp"
#include "scenario/draft.hpp"
#include "world/world.hpp"

namespace hansa {

/// What draws are put into.
struct DrawnQuestion {
  ScenarioDraft draft;                ///< with estimates and settings applied
  std::vector<std::string> settings;  ///< "path=value": what they set is not drawn
  Place where;                        ///< the file of the estimates
  Catalogue mechanisms;
};

/// Compiles a model per replicate: what differs from the scenario's own is the parameters alone, so that its world and
/// record plan hold for all. Const use is thread safe.
class DrawnModels {
 public:
  /// The world outlives it. Errors (Fault::input): a covariance that is none, and estimates of what the world is built
  /// from, which is not built anew.
  DrawnModels(DrawnQuestion question, std::vector<Estimates> const& estimates, std::uint64_t seed, World const& world);
  /// The same estimates put into another question and world, drawn by another seed: `settings` besides those that there
  /// were.
  [[nodiscard]] DrawnModels in(ScenarioDraft draft, std::vector<std::string> const& settings, std::uint64_t seed,
                               World const& world) const;
  /// Errors: no draw can be, or the drawn parameters are out of range.
  [[nodiscard]] Model model(std::int64_t replicate) const;
  /// The file that the estimates are from, as it was given.
  [[nodiscard]] std::string const& file() const noexcept { return question_.where.file; }
  /// How many draws of replicates 0 … count - 1 were made again.
  [[nodiscard]] std::int64_t redrawn(std::int64_t count) const;

 private:
  DrawnQuestion question_;
  std::vector<EstimateDraws> draws_;
  World const* world_;
};

}  // namespace hansa
