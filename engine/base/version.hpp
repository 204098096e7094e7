/// Which engine this is: for provenance in result files and for `--version`.
#pragma once

#include <string_view>

namespace hansa {

/// "0.1.0"; "unknown" if the build did not say.
[[nodiscard]] std::string_view version() noexcept;
/// The commit it was built from; "unknown" if the build did not say.
[[nodiscard]] std::string_view commit() noexcept;
/// The compiler and its version, as in "GCC 12.2.0".
[[nodiscard]] std::string_view compiler() noexcept;

}  // namespace hansa
