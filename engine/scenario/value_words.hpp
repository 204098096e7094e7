/// Values of parameters in words: the same words for the same value.
#pragma once

#include <string>

#include "scenario/parameters.hpp"

namespace hansa {

/// Places do not count; numbers have all their digits. `none` for an absent value.
[[nodiscard]] std::string value_words(Value const& value);

[[nodiscard]] std::vector<std::string> names_of(std::vector<Reference> const& references);

}  // namespace hansa
