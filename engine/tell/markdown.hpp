/// A page of Markdown, written from top to bottom.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace hansa {

class Page {
 public:
  void heading(int level, std::string_view words);
  void paragraph(std::string_view words);
  /// A list; nothing for no items.
  void bullets(std::vector<std::string> const& items);
  void steps(std::vector<std::string> const& items);  ///< numbered
  /// Lines as they stand.
  void verbatim(std::string_view lines);
  /// Rows have as many cells as the header. Nothing for no rows.
  void table(std::vector<std::string> const& header, std::vector<std::vector<std::string>> const& rows);

  [[nodiscard]] std::string const& text() const noexcept { return text_; }

 private:
  void part();
  std::string text_;
};

/// In one line, with what Markdown would take for marks escaped: words that somebody else wrote.
[[nodiscard]] std::string quoted_words(std::string_view words);
/// `words` as code, whatever they hold.
[[nodiscard]] std::string code(std::string_view words);

}  // namespace hansa
