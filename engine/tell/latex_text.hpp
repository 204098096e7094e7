/// Text, numbers and labels as LaTeX reads them.
#pragma once

#include <string>
#include <string_view>

namespace hansa {

/// Text with the characters that LaTeX reads as commands spelled out.
[[nodiscard]] std::string latex_text(std::string_view plain);
/// Two decimals, with a minus of mathematics; "--" for what is no finite number.
[[nodiscard]] std::string latex_decimals(double value);
/// "$0.0123$"; "--" for what is no number.
[[nodiscard]] std::string latex_p(double p);
/// What \ref calls a table: letters and digits of the name, all else a hyphen.
[[nodiscard]] std::string latex_label(std::string_view kind, std::string_view name);

}  // namespace hansa
