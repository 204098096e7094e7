/// Words of others inside a page of HTML.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace hansa {

/// The text as HTML shows it, inside an element or a quoted attribute: markup is escaped, bytes that are not UTF-8 and
/// control characters (but line breaks and tabs) are replaced by U+FFFD, and so are marks that turn the direction of
/// writing, which could show other words than there are.
[[nodiscard]] std::string html_text(std::string_view text);

/// A column of a table.
struct HtmlColumn {
  std::string head;
  bool number = true;  ///< else text
};

/// A table with a caption, whose first column has the names of the rows. Cells are plain text. It can be scrolled
/// sideways, also by keyboard.
[[nodiscard]] std::string html_table(std::string_view caption, std::vector<HtmlColumn> const& columns,
                                     std::vector<std::vector<std::string>> const& rows);

/// Something that opens on request; `body` is HTML.
[[nodiscard]] std::string html_details(std::string_view summary, std::string_view body);

/// A paragraph of plain text; nothing for none.
[[nodiscard]] std::string html_paragraph(std::string_view text);

}  // namespace hansa
