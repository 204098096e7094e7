/// Escapes, and lays out tables.
#include "tell/html.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "io/bytes.hpp"

namespace hansa {

namespace {

constexpr std::string_view replacement = "\xEF\xBF\xBD";

/// Length of a character that has no place in a page, at the beginning of valid UTF-8; 0 if it has one.
std::size_t unwanted(std::string_view text) {
  auto const byte = [&](std::size_t k) { return static_cast<unsigned char>(text[k]); };
  if (byte(0) < 0x20) return byte(0) == '\n' || byte(0) == '\t' ? 0 : 1;
  if (byte(0) == 0x7F) return 1;
  if (byte(0) == 0xC2 && byte(1) < 0xA0) return 2;  // control characters of Latin-1
  bool const turns =
      byte(0) == 0xE2 &&
      ((byte(1) == 0x80 && (byte(2) == 0x8E || byte(2) == 0x8F || (byte(2) >= 0xA8 && byte(2) <= 0xAE))) ||
       (byte(1) == 0x81 && byte(2) >= 0xA6 && byte(2) <= 0xA9));
  return turns ? 3 : 0;
}

std::string escaped(std::string_view valid) {
  std::string made;
  for (std::size_t at = 0; at < valid.size();) {
    if (std::size_t const length = unwanted(valid.substr(at)); length > 0) {
      made += replacement;
      at += length;
      continue;
    }
    char const each = valid[at++];
    switch (each) {
      case '<':
        made += "&lt;";
        break;
      case '>':
        made += "&gt;";
        break;
      case '&':
        made += "&amp;";
        break;
      case '"':
        made += "&quot;";
        break;
      case '\'':
        made += "&#39;";
        break;
      default:
        made += each;
    }
  }
  return made;
}

}  // namespace

std::string html_text(std::string_view text) {
  std::string made;
  for (;;) {
    std::size_t const bad = find_invalid_utf8(text);
    made += escaped(text.substr(0, bad));
    if (bad == std::string_view::npos) return made;
    made += replacement;
    text.remove_prefix(bad + 1);
  }
}

std::string html_table(std::string_view caption, std::vector<HtmlColumn> const& columns,
                       std::vector<std::vector<std::string>> const& rows) {
  auto const kind = [&](std::size_t k) { return k < columns.size() && columns[k].number ? " class=\"n\"" : ""; };
  std::string const name = html_text(caption);
  std::string text = fmt::format(
      "<div class=\"scroll\" role=\"region\" tabindex=\"0\" "
      "aria-label=\"{}\"><table><caption><span>{}</span></caption>\n<thead><tr>",
      name, name);
  for (std::size_t k = 0; k < columns.size(); ++k)
    text += fmt::format("<th scope=\"col\"{}>{}</th>", kind(k), html_text(columns[k].head));
  text += "</tr></thead>\n<tbody>\n";
  for (std::vector<std::string> const& row : rows) {
    text += "<tr>";
    for (std::size_t k = 0; k < row.size(); ++k) {
      char const* const open = k == 0 ? "th scope=\"row\"" : "td";
      text += fmt::format("<{}{}>{}</{}>", open, kind(k), html_text(row[k]), k == 0 ? "th" : "td");
    }
    text += "</tr>\n";
  }
  return text + "</tbody></table></div>\n";
}

std::string html_details(std::string_view summary, std::string_view body) {
  return fmt::format("<details><summary>{}</summary>\n{}</details>\n", html_text(summary), body);
}

std::string html_paragraph(std::string_view text) {
  return text.empty() ? std::string() : fmt::format("<p>{}</p>\n", html_text(text));
}

}  // namespace hansa
