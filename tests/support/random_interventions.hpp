/// Random interventions on policies already written.
#pragma once

#include "support/random_policy.hpp"

namespace hansa::test {

/// Appends the section `interventions` to the scenario, in every third world or so. The dice are its own, so that
/// worlds without it stay as they are.
void write_interventions(Stage const& stage, int policies, std::uint64_t number, Texts& texts);

}  // namespace hansa::test
