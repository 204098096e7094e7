/// Widths of characters, and cells padded to them.
#include "tell/text_table.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <utility>

namespace hansa {

namespace {

using Range = std::pair<std::uint32_t, std::uint32_t>;

// The blocks of Unicode 15 that names of places and people use: marks without width, and characters of two columns
// (UAX #11).
constexpr std::array<Range, 10> no_width = {{{0x0300, 0x036F},
                                             {0x0591, 0x05BD},
                                             {0x064B, 0x065F},
                                             {0x093C, 0x093C},
                                             {0x0E34, 0x0E3A},
                                             {0x0E47, 0x0E4E},
                                             {0x1AB0, 0x1AFF},
                                             {0x200B, 0x200F},
                                             {0x20D0, 0x20F0},
                                             {0xFE00, 0xFE0F}}};
constexpr std::array<Range, 9> two_columns = {{{0x1100, 0x115F},
                                               {0x2E80, 0x303E},
                                               {0x3041, 0xA4CF},
                                               {0xAC00, 0xD7A3},
                                               {0xF900, 0xFAFF},
                                               {0xFE30, 0xFE4F},
                                               {0xFF00, 0xFF60},
                                               {0x1F300, 0x1F64F},
                                               {0x1F900, 0x1F9FF}}};

template <std::size_t N>
bool within(std::array<Range, N> const& ranges, std::uint32_t point) noexcept {
  return std::any_of(ranges.begin(), ranges.end(),
                     [&](Range const& each) { return each.first <= point && point <= each.second; });
}

struct Decoded {
  std::uint32_t point;
  std::size_t bytes;
};

/// The code point at the front of `text` (not empty); a byte that begins none stands for itself.
Decoded decode(std::string_view text) noexcept {
  auto const byte = [&](std::size_t at) { return static_cast<std::uint32_t>(static_cast<unsigned char>(text[at])); };
  std::uint32_t const lead = byte(0);
  std::size_t const length = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : lead >= 0xC0 ? 2 : 1;
  if (length == 1 || length > text.size()) return {lead, 1};
  std::uint32_t point = lead & (0xFFu >> (length + 1));
  for (std::size_t i = 1; i < length; ++i) {
    if ((byte(i) & 0xC0) != 0x80) return {lead, 1};
    point = (point << 6) | (byte(i) & 0x3F);
  }
  return {point, length};
}

}  // namespace

std::size_t display_width(std::string_view text) noexcept {
  std::size_t width = 0;
  while (!text.empty()) {
    Decoded const next = decode(text);
    text.remove_prefix(next.bytes);
    if (within(no_width, next.point)) continue;
    width += within(two_columns, next.point) ? 2 : 1;
  }
  return width;
}

std::string lay_out(std::vector<std::vector<std::string>> const& rows, std::vector<Align> const& columns) {
  std::vector<std::size_t> widths(columns.size(), 0);
  for (auto const& row : rows) {
    if (row.size() < 2) continue;
    for (std::size_t c = 0; c < std::min(row.size(), widths.size()); ++c) {
      widths[c] = std::max(widths[c], display_width(row[c]));
    }
  }
  std::string text;
  for (auto const& row : rows) {
    std::string line;
    for (std::size_t c = 0; c < row.size(); ++c) {
      std::size_t const width = c < widths.size() ? widths[c] : 0;
      std::size_t const own = display_width(row[c]);
      std::string const padding(width > own ? width - own : 0, ' ');
      if (c > 0) line += "  ";
      bool const right = c < columns.size() && columns[c] == Align::right;
      line += right ? padding + row[c] : row[c] + padding;
    }
    line.erase(line.find_last_not_of(' ') + 1);
    text += line + '\n';
  }
  return text;
}

std::string wrap(std::string_view text, std::size_t width, std::size_t indent) {
  std::string wrapped;
  std::size_t column = indent;
  while (true) {
    text.remove_prefix(std::min(text.find_first_not_of(' '), text.size()));
    if (text.empty()) return wrapped;
    // A number keeps its percent sign beside it.
    std::size_t const end = text.find(' ');
    bool const percent = end < text.size() && text.substr(end).starts_with(" %");
    std::string_view const word = text.substr(0, percent ? text.find(' ', end + 1) : end);
    text.remove_prefix(word.size());
    std::size_t const own = display_width(word);
    if (column > indent && column + 1 + own > width) {
      wrapped += '\n' + std::string(indent, ' ');
      column = indent;
    } else if (column > indent) {
      wrapped += ' ';
      ++column;
    }
    wrapped += word;
    column += own;
  }
}

std::string indented_line(std::string_view words, std::size_t indent) {
  return std::string(indent, ' ') + wrap(words, terminal_width, indent + 2) + '\n';
}

void add_line(std::string& text, std::string_view words, std::size_t indent) {
  text += indented_line(words, indent);
}

}  // namespace hansa
