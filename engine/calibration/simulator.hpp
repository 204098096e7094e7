/// Runs histories of proposals, one proposal after the other. One per thread.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "calibration/priors.hpp"
#include "inference/summaries.hpp"
#include "run/question.hpp"
#include "run/replicate.hpp"

namespace hansa {

class Simulator {
 public:
  /// References outlive it. `together`: threads that share a replicate.
  Simulator(Question const& question, Priors const& priors, Summaries const& summaries, Lanes lanes, int together);
  Simulator(Simulator const&) = delete;
  Simulator& operator=(Simulator const&) = delete;

  /// Fills count × W numbers from replicates [first, first + count) of the proposal. Per replicate why it failed, or an
  /// empty text; its row is NaN then. Throws what is no result and another try may find otherwise: std::bad_alloc and
  /// std::system_error.
  [[nodiscard]] std::vector<std::string> run(Proposal const& proposal, std::int64_t first, std::int64_t count,
                                             std::span<double> rows);

 private:
  [[nodiscard]] Model compiled(Proposal const& proposal);

  Question const& question_;
  Priors const& priors_;
  Summaries const& summaries_;
  Lanes lanes_;
  int together_;
  std::vector<ScenarioDraft> drafts_;  ///< one a hypothesis: what one proposal sets, the next sets too
};

/// The draft under a hypothesis, without the sections that no run looks at.
[[nodiscard]] ScenarioDraft draft_under(ScenarioDraft draft, Priors const& priors, std::size_t hypothesis);

}  // namespace hansa
