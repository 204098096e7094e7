/// The catalogue of mechanisms as people read it: text for a terminal, tables for the reference.
#pragma once

#include <span>
#include <string>

#include "base/schema.hpp"

namespace hansa {

/// Each mechanism with its formula, source and parameters, for a terminal of 100 columns.
[[nodiscard]] std::string mechanisms_text(std::span<Schema const* const> mechanisms);

/// The same as Markdown: a section and a table for each mechanism, for the reference.
[[nodiscard]] std::string mechanisms_markdown(std::span<Schema const* const> mechanisms);

}  // namespace hansa
