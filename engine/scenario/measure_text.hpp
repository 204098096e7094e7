/// Measures written as calls: `share(where: {region: [Europe]}, at: 2030)`.
#pragma once

#include <optional>
#include <string_view>

#include "scenario/draft.hpp"

namespace hansa {

/// The map {NAME: {arguments}} that the text says, all of it at `where`. Arguments are `key: value`, separated by
/// commas; a value is a word, a number, a text in double or single quotes, a list [..] or a map {..}. Nothing where the
/// text is not of this form, or nested more than 32 deep.
[[nodiscard]] std::optional<Node> parse_measure(std::string_view text, Place const& where);

}  // namespace hansa
