/// Names that users type: which are allowed, and which of the known ones was probably meant.
#pragma once

#include <span>
#include <string>
#include <string_view>

namespace hansa {

/// Letters, digits, `_`, `-`; not empty. The names of networks, policies, mechanisms.
[[nodiscard]] bool is_name(std::string_view text) noexcept;

/// The candidate with the smallest edit distance (Damerau–Levenshtein, optimal string alignment), if it is
/// near enough to be a slip (at most a third of the longer length, at least 1 allowed); else empty. What is typed and
/// has more than 200 bytes is near to nothing.
[[nodiscard]] std::string_view nearest_name(std::string_view typed, std::span<std::string_view const> candidates);

/// "one of a, b was expected; did you mean 'a'?" (or the first eight and "…"): the mend for an unknown name.
[[nodiscard]] std::string expected_one_of(std::string_view typed, std::span<std::string_view const> candidates);

}  // namespace hansa
