/// Gathers what scenarios that were run on common random numbers differ in.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "measures/comparison.hpp"
#include "run/ensemble.hpp"

namespace hansa {

/// What is compared: arms of the same cities, clock and policies, recorded by one plan.
struct ComparedArms {
  std::vector<std::string> names;  ///< of the arms, the base first
  World const& world;              ///< of the base
  Model const& model;              ///< of the base
  RecordPlan const& plan;          ///< keeps adoption times
  /// Per what-if and policy the cities that are seeded there and not in the base, ascending.
  std::vector<std::vector<std::vector<Index>>> funded;
  /// Per what-if what its interventions cost more than those of the base, subsidies paid aside; none: not stated.
  std::vector<std::optional<double>> costs;
  std::int64_t per_draw = 0;  ///< so many replicates share a draw of the parameters; 0: none are drawn
};

/// Per pair a few numbers, and the adopters of each step of each arm; per city sums. A replicate in which some arm
/// failed counts nowhere. What is referred to outlives it.
class PairedTally : public ArmsSink {
 public:
  explicit PairedTally(ComparedArms compared);
  ~PairedTally() override;
  [[nodiscard]] std::unique_ptr<Packet> pack(std::span<History const* const> histories) override;
  void put(std::int64_t replicate, std::unique_ptr<Packet> packet) override;

  /// Of the replicates put until now.
  [[nodiscard]] Comparison comparison() const;
  /// Adopters by replicate that did not fail, arm, policy and step, in this order, the last fastest.
  [[nodiscard]] std::vector<std::int32_t> const& adopters() const noexcept;
  /// Their numbers.
  [[nodiscard]] std::vector<std::int32_t> const& replicates() const noexcept;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace hansa
