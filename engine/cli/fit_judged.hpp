/// What `hansa fit` says beyond estimates: tests against drawn networks, and histories simulated from the fit.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "hansa.hpp"
#include "inference/network_nulls.hpp"
#include "inference/ranking.hpp"
#include "study/goodness.hpp"

namespace hansa {
class NetcdfFile;
}

namespace hansa::cli {

/// Whatever the section `fit` asks for.
struct Judged {
  std::vector<std::pair<std::string, std::vector<NullTest>>> nulls;  ///< by fit; empty: not asked for
  std::optional<Goodness> goodness;
};

/// `fits`: of adoptions in the order of fits_of(), then of leaving.
[[nodiscard]] Judged judge_fits(Question const& question, FitQuestion const& posed,
                                std::vector<FittedPolicies> const& fits, int threads);

/// As text after that of the fits, and as entries of the tree.
[[nodiscard]] std::string judged_text(Judged const& judged);
void add_judged(Node& tree, Judged const& judged);

/// Writes envelopes and ranked hypotheses into the file of the estimates; empty where there are neither. `rankings`: of
/// the first of `fits`, in their order.
[[nodiscard]] std::function<void(NetcdfFile&)> judged_in_file(Judged const& judged,
                                                              std::vector<FittedPolicies> const& fits,
                                                              std::vector<Ranking> const& rankings);

}  // namespace hansa::cli
