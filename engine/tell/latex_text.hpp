/// Text, numbers and labels as LaTeX reads them.
#pragma once

#include <string>
#include <string_view>

namespace hansa {

/// Text with the characters that LaTeX reads as commands spelled out.
[[nodiscard]] std::string latex_text(std::string_view plain);
/// Four digits: a minus is one in mathematics only, 1.2e-07 is 1.2 · 10⁻⁷; "--" for what is no number.
[[nodiscard]] std::string latex_number(double value);
/// Two decimals, with a minus of mathematics; "--" for what is no finite number.
[[nodiscard]] std::string latex_decimals(double value);
/// "$0.0123$"; "--" for what is no number.
[[nodiscard]] std::string latex_p(double p);
/// What \ref calls a table: letters and digits of the name, all else a hyphen.
[[nodiscard]] std::string latex_label(std::string_view kind, std::string_view name);

}  // namespace hansa
