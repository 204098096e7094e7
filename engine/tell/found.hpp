/// What was found in a question that has no mistakes: cities, networks, collaborations, policies.
#pragma once

#include <string>

#include "model/model.hpp"
#include "scenario/draft.hpp"
#include "scenario/scenario.hpp"
#include "world/world.hpp"

namespace hansa {

/// Plain text, a line for each thing.
[[nodiscard]] std::string found_words(Scenario const& scenario, World const& world, Model const& model);

/// What a subsidy pays of a cost: "30 %", "100000".
[[nodiscard]] std::string subsidy_words(SubsidySpec const& act);

/// The same as a tree, for JSON.
[[nodiscard]] Node found_tree(Scenario const& scenario, World const& world, Model const& model);

}  // namespace hansa
