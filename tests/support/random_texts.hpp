/// Random small questions, written as a user would write them: YAML and CSV.
#pragma once

#include <cstdint>

#include "support/question.hpp"

namespace hansa::test {

/// Question number `number`: `cities` cities (by default 2 to 40, as the dice fall), 1 to 30 steps, one to four
/// policies, any mechanism with any option. One compiler gives the same texts for the same number.
[[nodiscard]] Texts random_texts(std::uint64_t number, int cities = 0);

}  // namespace hansa::test
