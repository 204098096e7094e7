/// A comparison as one page of HTML for readers who do not program.
#pragma once

#include <string>

#include "io/comparison_reader.hpp"

namespace hansa {

/// The whole page: findings in sentences, a section for each what-if and policy, how sure it is, where it comes from.
/// It needs no other file and runs nothing. At most 20,000 dots on all maps together.
[[nodiscard]] std::string comparison_page(ComparisonRecord const& record);

}  // namespace hansa
