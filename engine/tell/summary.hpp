/// What a run came to, in the few numbers that its closing table shows.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "model/model.hpp"
#include "record/recorder.hpp"
#include "record/sink.hpp"
#include "scenario/scenario.hpp"
#include "world/world.hpp"

namespace hansa {

/// 5, 50 and 95 % over the replicates that did not fail.
struct Spread {
  double low = 0, median = 0, high = 0;
};

/// The cities with one value of a grouping attribute; those without a value are in no group.
struct GroupSummary {
  std::string attribute;
  std::string label;
  std::int64_t cities = 0;
  Spread adopters;
  std::optional<std::int64_t> observed;  ///< nothing where the data tell of none of its cities
};

struct MechanismShare {
  std::string mechanism;
  double share;  ///< of all attributed adoptions, over all replicates
};

/// Adopters are those of the label `at`: the last one of the clock, or of the observations if these end before.
struct PolicySummary {
  std::string policy;
  std::int32_t at = 0;
  Spread adopters;
  std::optional<Spread> time_to_half;  ///< over the replicates that reached half of all cities
  std::int64_t reached_half = 0;       ///< replicates
  std::int64_t at_risk = 0;            ///< cities that may ever decide
  std::int64_t given = 0;              ///< adoptions dated by data: initial and replayed
  /// From the file of adopters: cities with the policy at `at`, of those that the run lets adopt, and of the others.
  std::optional<std::int64_t> observed, observed_elsewhere;
  std::int64_t unknown = 0;  ///< cities that the file neither names nor covers
  std::vector<GroupSummary> groups;
  std::vector<MechanismShare> shares;  ///< largest first; none where nobody adopted
};

struct Summary {
  std::string title;
  Clock clock;
  std::int64_t cities = 0;
  std::int64_t replicates = 0;  ///< that did not fail
  std::vector<PolicySummary> policies;
};

/// Gathers the summary from histories: a few numbers a replicate, whatever the number of cities. What is referred to
/// must outlive it.
class Tally : public Sink {
 public:
  Tally(Scenario const& scenario, World const& world, Model const& model, RecordPlan const& plan);
  ~Tally() override;
  [[nodiscard]] std::unique_ptr<Packet> pack(History const& history) override;
  void put(std::int64_t replicate, std::unique_ptr<Packet> packet) override;
  /// Of the replicates put until now. One thread.
  [[nodiscard]] Summary summary() const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace hansa
