/// A scenario that is written as changes to another one, its base.
#pragma once

#include <optional>
#include <string>

#include "base/error.hpp"
#include "scenario/draft.hpp"

namespace hansa {

/// What the key `base` of a file says.
struct BaseName {
  std::string given;
  Place where;
};

/// The base that a file names; nothing where it is a scenario of its own. Errors: the key holds no text.
[[nodiscard]] std::optional<BaseName> base_of(Node const& root);

/// Deletes from `base` what the key `remove` of `changes` lists, then lays the rest over it: maps are merged key by
/// key, everything else replaces what stood there, and `interventions` are appended. Both are maps. What the base said
/// in `sources` of values that are deleted or replaced goes with them. Every node keeps its place. Mistakes in `remove`
/// are complained of.
[[nodiscard]] Node merge(Node base, Node changes, Complaints& complaints);

/// Complains of the keys `base` and `remove` where nothing was merged: in a setting, and of a `remove` without a base.
void refuse_unmerged(Node const& root, Complaints& complaints);

}  // namespace hansa
