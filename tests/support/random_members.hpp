/// Makes up collaborations that recruit, and pledges of their members.
#pragma once

#include <cstdint>

#include "support/random_policy.hpp"
#include "support/random_texts.hpp"

namespace hansa::test {

/// Adds to the properties of the collaborations in the text, from dice of its own. Last of all: who is a member of what
/// recruits cannot be selected.
void write_members(Stage const& stage, std::uint64_t number, Texts& texts);

}  // namespace hansa::test
