/// How estimates from many simulated histories compare with what was simulated.
#pragma once

#include <string>

#include "inference/refits.hpp"
#include "scenario/draft.hpp"

namespace hansa {

/// A table: a row a term, then the fits without estimates and why.
[[nodiscard]] std::string recovery_text(std::string const& name, Recoveries const& found);
/// {fitted, failed, failures: {reason: count}, terms: {name: {simulated, fits, mean, sd, mean_se, coverage}}}.
[[nodiscard]] Node recovery_tree(Recoveries const& found);
/// One row per history and term: history, term, simulated, estimate, se; a failed fit is one row without numbers.
[[nodiscard]] std::string refits_csv(std::vector<Refit> const& refits);

}  // namespace hansa
