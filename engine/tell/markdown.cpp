/// Lines and marks.
#include "tell/markdown.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace hansa {

namespace {

/// Of a cell: on one line, with bars escaped.
std::string cell(std::string_view words) {
  std::string text;
  for (char const c : words) {
    if (c == '|') text += '\\';
    text += c == '\n' || c == '\r' ? ' ' : c;
  }
  return text;
}

}  // namespace

void Page::part() {
  if (!text_.empty()) text_ += '\n';
}

void Page::heading(int level, std::string_view words) {
  part();
  text_ += fmt::format("{} {}\n", std::string(static_cast<std::size_t>(level), '#'), words);
}

void Page::paragraph(std::string_view words) {
  part();
  text_ += fmt::format("{}\n", words);
}

void Page::bullets(std::vector<std::string> const& items) {
  if (items.empty()) return;
  part();
  for (std::string const& each : items) text_ += fmt::format("- {}\n", each);
}

void Page::steps(std::vector<std::string> const& items) {
  part();
  for (std::size_t k = 0; k < items.size(); ++k) text_ += fmt::format("{}. {}\n", k + 1, items[k]);
}

void Page::verbatim(std::string_view lines) {
  part();
  text_ += fmt::format("```text\n{}{}```\n", lines, lines.ends_with('\n') ? "" : "\n");
}

void Page::table(std::vector<std::string> const& header, std::vector<std::vector<std::string>> const& rows) {
  if (rows.empty()) return;
  part();
  auto const line = [&](std::vector<std::string> const& cells) {
    text_ += '|';
    for (std::string const& each : cells) text_ += ' ' + cell(each) + " |";
    text_ += '\n';
  };
  line(header);
  line(std::vector<std::string>(header.size(), "---"));
  for (auto const& each : rows) line(each);
}

std::string quoted_words(std::string_view words) {
  std::string text;
  for (char const c : words) {
    if (std::string_view("\\`*_<>[]#").find(c) != std::string_view::npos) text += '\\';
    bool const control = static_cast<unsigned char>(c) < 0x20 || c == 0x7F;
    text += control ? ' ' : c;
  }
  while (text.ends_with(' ')) text.pop_back();
  return text;
}

std::string code(std::string_view words) {
  std::string inside(words);
  std::ranges::replace_if(
      inside, [](char c) { return static_cast<unsigned char>(c) < 0x20; }, ' ');
  if (inside.find('`') == std::string::npos) return fmt::format("`{}`", inside);
  return fmt::format("``` {} ```", inside);
}

}  // namespace hansa
