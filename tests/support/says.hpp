/// Whether texts say what a test looks for.
#pragma once

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

namespace hansa::test {

[[nodiscard]] inline bool says(std::string_view text, std::string_view part) {
  return text.find(part) != std::string_view::npos;
}

/// Whether one of the sentences does.
[[nodiscard]] inline bool says(std::vector<std::string> const& sentences, std::string_view part) {
  return std::any_of(sentences.begin(), sentences.end(), [&](std::string const& each) { return says(each, part); });
}

}  // namespace hansa::test
