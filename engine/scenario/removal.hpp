/// What a what-if deletes from its base: values by their paths, interventions by their names.
#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "base/error.hpp"
#include "scenario/draft.hpp"

namespace hansa {

/// The name of an entry of `interventions`: what `name` says, else VERB-AT. Empty where it has none.
[[nodiscard]] std::string name_of_intervention(Node const& entry);

/// Paths that were deleted.
using RemovedPaths = std::set<std::vector<std::string>>;

/// Deletes from `root` what the node `remove`, a list, names: a path of keys joined by dots, or the name of an
/// intervention; `interventions.NAME` says the latter where a key has the same name. Returns the paths. Complains of
/// what is not there with the nearest that is, and of what is named twice.
RemovedPaths remove_listed(Node& root, Node const& remove, Complaints& complaints);

}  // namespace hansa
