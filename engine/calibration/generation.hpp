/// The proposals of one generation: found in the folder, or run, in their order.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <stop_token>
#include <string>
#include <vector>

#include "calibration/population.hpp"
#include "calibration/proposals_on_disk.hpp"
#include "calibration/simulator.hpp"

namespace hansa {

/// A simulator for each thread.
class SimulatorCrew {
 public:
  SimulatorCrew(Question const& question, Priors const& priors, Summaries const& summaries, Lanes lanes, int threads);
  [[nodiscard]] std::size_t size() const noexcept { return all_.size(); }
  /// What becomes of R rows of summaries: the numbers that are kept of each.
  using Keep = std::function<void(std::span<double const> rows, std::span<double> kept)>;
  /// Runs proposals [first, first + count); after a stop fewer, the first ones. `width`: numbers kept of a replicate.
  [[nodiscard]] ProposalResults run(Kernel const& kernel, std::int64_t generation, std::int64_t first,
                                    std::int64_t count, std::int64_t replicates, std::int64_t width, Keep const& keep,
                                    std::stop_token const& stop);

 private:
  std::size_t summaries_;
  std::vector<std::unique_ptr<Simulator>> all_;
};

/// Which results a generation needs, and when it has enough.
struct GenerationPlan {
  std::int64_t number = 0;
  std::int64_t particles = 0, replicates = 0;
  std::int64_t width = 1;    ///< numbers of a replicate
  std::int64_t limit = 0;    ///< proposals after which it is given up
  double tolerance = 0;      ///< of the only number, where width is 1
  bool from_priors = false;  ///< whatever has not failed is taken
};

/// Results from proposal 0 on, without gaps.
struct GenerationResults {
  std::int64_t proposals = 0;         ///< with results
  std::vector<double> values;         ///< proposals × replicates × width
  std::vector<std::string> failures;  ///< proposals × replicates
  std::vector<std::int64_t> taken;    ///< the first N that are near enough, ascending
  std::vector<std::int64_t> near;     ///< per one taken: its replicates that are
  bool stopped = false;
};

/// Fills results until N are taken, the limit is reached, or a stop. Which are taken does not depend on blocks or
/// threads.
[[nodiscard]] GenerationResults run_generation(GenerationPlan const& plan, Kernel const& kernel, SimulatorCrew& crew,
                                               SimulatorCrew::Keep const& keep, ProposalFolder const& folder,
                                               std::vector<std::string>& problems, std::stop_token const& stop,
                                               std::function<void(std::int64_t taken)> const& tell);

}  // namespace hansa
