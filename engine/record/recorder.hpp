/// Watches one replicate and makes its history. One per thread; no result of the run depends on it.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "model/model.hpp"
#include "record/history.hpp"
#include "world/world.hpp"

namespace hansa {

/// What to remember. Shared const.
struct RecordPlan {
  bool adoption_time = true;
  bool attribution = true;
  std::vector<TextColumn const*> groupings;  ///< `by:`; outlived by the world
  std::vector<std::int64_t> population;      ///< per city, rounded to persons; empty: not recorded
  std::int64_t total_population = 0;
};

/// The plan for the scenario's `output` section. Complains of unknown or numeric attributes in `by`.
[[nodiscard]] RecordPlan make_plan(OutputSpec const& output, World const& world, Complaints& complaints);

class Recorder {
 public:
  Recorder(Model const& model, World const& world, RecordPlan const& plan);
  void begin(std::int64_t replicate);
  /// Events of one policy in one step, sorted by city; step 0 for initial adopters. `labels`: one per event, the label
  /// to note (initial adopters have their own).
  void events(PolicyId policy, std::int32_t step, std::span<Event const> events, std::span<std::int32_t const> labels);
  /// Attributed shares of the adoptions of one step: adds `share` of mechanism (position in Model::mechanisms). Called
  /// in order of city for each step.
  void attribute(PolicyId policy, std::int32_t step, std::size_t mechanism, double share);
  /// Ends the replicate and hands out its history (valid until the next begin).
  [[nodiscard]] History const& finish();
  [[nodiscard]] bool wants_attribution() const noexcept { return plan_.attribution; }

 private:
  Model const& model_;
  World const& world_;
  RecordPlan const& plan_;
  History history_;
};

}  // namespace hansa
