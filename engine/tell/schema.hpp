/// The scenario format as a JSON Schema (draft 2020-12), for completion and checks in editors.
#pragma once

#include <span>

#include "base/schema.hpp"
#include "scenario/draft.hpp"

namespace hansa {

/// The schema as a tree of values, from the field tables that the parser reads and the schemas of the mechanisms: every
/// key with its kind, range, choices, default and meaning. A file with a base need hold only what it changes. It
/// accepts every scenario that the parser accepts; what only the parser can tell (names that are not defined, numbers
/// that do not ascend) it does not refuse.
[[nodiscard]] Node format_schema(std::span<Schema const* const> mechanisms);

}  // namespace hansa
