/// What the file of a comparison says of reruns: how many there were, and the followers of rivals.
#pragma once

#include "io/checked_variables.hpp"
#include "io/comparison_variables.hpp"
#include "measures/comparison.hpp"

namespace hansa {

void write_reruns(NetcdfFile& file, ComparisonVariables& to, Comparison const& comparison);

/// Into the policies of `to`, where `group` has them. Throws Error (Fault::input) without a place.
void read_reruns(hid_t group, CheckedVariables const& in, Comparison& to);

}  // namespace hansa
