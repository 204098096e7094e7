/// The mechanisms of a policy as terms.
#pragma once

#include <string>
#include <vector>

#include "model/model.hpp"
#include "model/phases.hpp"

namespace hansa {

/// What presses, and what binds or bars.
struct CompiledMechanisms {
  std::vector<CompiledTerm> terms;
  std::vector<CompiledLaw> laws;
};

/// In the order of the mechanisms: a law, or a term for each, or one for each set of parameters that it has in some
/// phase, of which one has a strength at a time. All of them follow from the beginning what happens, so that M is from
/// each date on what it would be if its parameters had always been those. `mechanisms`: names as in Model::mechanisms.
[[nodiscard]] CompiledMechanisms compile_terms(std::vector<Phase> const& phases, Scenario const& scenario,
                                               TermContext const& context, Catalogue catalogue,
                                               std::vector<std::string> const& mechanisms, Complaints& complaints);

}  // namespace hansa
