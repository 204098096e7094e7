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

/// The same as a tree, for JSON.
[[nodiscard]] Node found_tree(Scenario const& scenario, World const& world, Model const& model);

}  // namespace hansa
