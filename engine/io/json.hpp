/// Trees of values as JSON text (RFC 8259).
#pragma once

#include <string>

#include "scenario/draft.hpp"

namespace hansa {

/// One object, list or value, indented by two blanks, keys in their order. An unquoted scalar that reads as a JSON
/// number, true, false or null is one; any other scalar is a text. Bytes that are not UTF-8 are replaced by U+FFFD.
[[nodiscard]] std::string to_json(Node const& root);

}  // namespace hansa
