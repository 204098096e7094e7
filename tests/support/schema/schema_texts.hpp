/// Random small questions drawn over the whole schema: every key of the field tables, as a user would write it.
#pragma once

#include <cstdint>

#include "support/question.hpp"

namespace hansa::test {

/// Question number `number`. Most are sound; some ask for what only the program can refuse (an attribute that does not
/// vary, a centrality that does not converge). One compiler gives the same texts for the same number.
[[nodiscard]] Texts schema_texts(std::uint64_t number);

}  // namespace hansa::test
