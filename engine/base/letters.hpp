/// Texts that look the same though their bytes differ.
#pragma once

#include <string>
#include <string_view>

namespace hansa {

/// What a reader sees of a text in UTF-8, as far as it can be told from the bytes: equal for texts that are canonically
/// equivalent (Unicode standard annex 15; Latin, Greek, Cyrillic letters, kana and Hangul), that differ in blanks that
/// do not break, or in characters without width. Case and accents make a difference.
[[nodiscard]] std::string look_of(std::string_view text);

}  // namespace hansa
