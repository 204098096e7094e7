/// The page as analysis/report made it, before any numbers are in it.
#pragma once

#include <string_view>

namespace hansa {

/// HTML with `page_data_mark` once, where the data of the page belong. Empty where the program was built without Node.
[[nodiscard]] std::string_view page_template() noexcept;

inline constexpr std::string_view page_data_mark = "@@HANSA_DATA@@";

}  // namespace hansa
