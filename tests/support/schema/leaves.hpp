/// The leaves of the scenario format: every key, every word of an enumeration, every form of a value, by path.
#pragma once

#include <set>
#include <span>
#include <string>

#include "base/schema.hpp"
#include "scenario/draft.hpp"

namespace hansa::test {

using Leaves = std::set<std::string>;

/// All that the field tables, the forms of maps and the parameters of the mechanisms know: "network.nearest.k",
/// "policy.rule=logit", "policy.cost.amount=attribute". Selectors, pools and shapes are told once, by themselves.
[[nodiscard]] Leaves all_leaves(std::span<Schema const* const> mechanisms);

/// Those of them that a scenario has.
[[nodiscard]] Leaves leaves_of(Node const& scenario, std::span<Schema const* const> mechanisms);

}  // namespace hansa::test
