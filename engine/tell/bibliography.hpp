/// The literature that rules, mechanisms and networks come from, in full.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace hansa {

struct Work {
  std::string_view key;   ///< as in a Schema's source: "Oliver, Marwell & Teixeira 1985"
  std::string_view full;  ///< authors (year). Title. Where. DOI
};

/// All works, by key.
[[nodiscard]] std::span<Work const> bibliography() noexcept;

/// Null if there is none of this key.
[[nodiscard]] Work const* find_work(std::string_view key) noexcept;

/// The keys in a source, which semicolons part.
[[nodiscard]] std::vector<std::string_view> keys_in(std::string_view source);

/// One line a work, as a list in Markdown.
[[nodiscard]] std::string bibliography_markdown(std::span<Work const> works);

}  // namespace hansa
