/// How sure a page is, and where its numbers come from.
#pragma once

#include <string>

#include "io/comparison_reader.hpp"
#include "tell/comparison.hpp"

namespace hansa {

[[nodiscard]] Strengths strengths_of(ComparisonRecord const& record);

/// The three kinds of uncertainty, each by itself.
[[nodiscard]] std::string sureness_section(ComparisonRecord const& record);

/// Scenarios, files, engine, replicates. Long texts are cut, and it says so.
[[nodiscard]] std::string origin_section(ComparisonRecord const& record);

}  // namespace hansa
