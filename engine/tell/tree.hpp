/// Trees of values for machine-readable answers.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "scenario/draft.hpp"

namespace hansa {

[[nodiscard]] Node text_node(std::string text);
[[nodiscard]] Node number_node(std::int64_t value);
/// The shortest decimal that reads back as the same number; null if it is not finite.
[[nodiscard]] Node number_node(double value);
[[nodiscard]] Node count_node(std::size_t value);
[[nodiscard]] Node truth_node(bool value);
[[nodiscard]] Node list_node(std::vector<Node> items);
[[nodiscard]] Node texts_node(std::vector<std::string> const& texts);
[[nodiscard]] Node map_node(std::vector<std::pair<std::string, Node>> entries);

}  // namespace hansa
