/// The style sheet of a page.
#pragma once

#include <string_view>

namespace hansa {

/// For light and dark screens, from 360 pixels on, and for print. It asks for no file.
[[nodiscard]] std::string_view page_style() noexcept;

}  // namespace hansa
