/// Field tables as people read them.
#pragma once

#include <span>
#include <string>

#include "base/schema.hpp"

namespace hansa {

/// Each field with what it takes and means, indented, for a terminal; those inside a section as `section.key`.
[[nodiscard]] std::string parameter_lines(std::span<Field const> fields);

/// The same as a Markdown table.
[[nodiscard]] std::string parameter_table(std::span<Field const> fields);

}  // namespace hansa
