/// Plain tables of text, aligned by the width that a terminal gives each character.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace hansa {

/// Columns that UTF-8 text takes in a terminal: combining marks none, East Asian wide characters and emoji two. Bytes
/// that are not UTF-8 count one each.
[[nodiscard]] std::size_t display_width(std::string_view text) noexcept;

enum class Align { left, right };

/// Rows of cells as lines, two blanks between columns, no trailing blanks; a row may have fewer cells than there are
/// columns. A cell that is the only one of its row does not widen its column. Each line ends with a newline.
[[nodiscard]] std::string lay_out(std::vector<std::vector<std::string>> const& rows, std::vector<Align> const& columns);

/// Text that begins at column `indent`, broken between words into lines that end before `width`; every line but the
/// first begins with `indent` blanks. A longer word stands alone; a number keeps its percent sign.
[[nodiscard]] std::string wrap(std::string_view text, std::size_t width, std::size_t indent);

inline constexpr std::size_t terminal_width = 100;  ///< columns that reports for terminals take at most

/// A line below a heading: wrapped to the terminal, from column `indent` on, what follows two columns further right.
[[nodiscard]] std::string indented_line(std::string_view words, std::size_t indent = 2);
void add_line(std::string& text, std::string_view words, std::size_t indent = 2);

}  // namespace hansa
