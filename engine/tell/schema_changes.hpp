/// The JSON Schema of what-ifs, which say of a scenario only what they change.
#pragma once

#include <string>
#include <string_view>

#include "scenario/draft.hpp"

namespace hansa {

/// The name of the definition that holds the changes of another one.
[[nodiscard]] std::string changed_name(std::string_view definition);

/// A schema made for a whole section, for one that is merged with a base: nothing has to be there, and keys that
/// exclude one another may be found only when both are merged. Items of lists, which are never merged, are as they
/// were.
[[nodiscard]] Node changed_schema(Node const& whole);

/// The schema of a scenario of its own, which has neither a base nor anything to remove from it.
[[nodiscard]] Node without_merging(Node scenario);

}  // namespace hansa
