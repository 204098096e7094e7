/// A cell of CSV, quoted where need be.
#pragma once

#include <string>
#include <string_view>

namespace hansa {

/// After RFC 4180: in quotes if it holds a comma, a quote or the end of a line, quotes doubled.
[[nodiscard]] std::string csv_cell(std::string_view text);

/// The shortest decimal that reads back as the same number, which may be inf; blank if it is not known (NaN).
[[nodiscard]] std::string csv_number(double value);

}  // namespace hansa
