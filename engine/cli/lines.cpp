/// One complaint, one line.
#include "cli/lines.hpp"

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstring>

#include <fmt/format.h>

#include "io/bytes.hpp"

namespace hansa::cli {

namespace {

void print_lines(std::string_view prefix, std::span<Complaint const> complaints) {
  std::string lines;
  for (Complaint const& each : complaints) lines += fmt::format("{}: {}\n", prefix, one_line(format(each)));
  std::fwrite(lines.data(), 1, lines.size(), stderr);
}

/// Bytes of a character at the beginning of `text` that ends a line, moves the cursor or turns the direction of
/// writing: controls C0 and C1, U+2028, U+2029, U+202A to U+202E, U+2066 to U+2069. 0: it is none.
std::size_t length_of_control(std::string_view text) {
  auto const byte = [&](std::size_t k) { return k < text.size() ? static_cast<unsigned char>(text[k]) : 0u; };
  if (byte(0) < 0x20 || byte(0) == 0x7F) return 1;
  if (byte(0) == 0xC2 && byte(1) < 0xA0) return 2;
  bool const turns = byte(0) == 0xE2 && ((byte(1) == 0x80 && byte(2) >= 0xA8 && byte(2) <= 0xAE) ||
                                         (byte(1) == 0x81 && byte(2) >= 0xA6 && byte(2) <= 0xA9));
  return turns ? 3 : 0;
}

}  // namespace

std::string one_line(std::string_view text) {
  std::string line;
  auto const escape = [&](char c) { line += fmt::format("\\x{:02x}", static_cast<unsigned char>(c)); };
  while (!text.empty()) {
    std::size_t const valid = std::min(find_invalid_utf8(text), text.size());
    for (std::size_t at = 0; at < valid;) {
      std::size_t const moved = length_of_control(text.substr(at));
      if (text[at] == '\n')
        line += "\\n";
      else if (moved > 0)
        for (char const c : text.substr(at, moved)) escape(c);
      else
        line += text[at];
      at += std::max<std::size_t>(moved, 1);
    }
    if (valid < text.size()) escape(text[valid]);
    text.remove_prefix(std::min(valid + 1, text.size()));
  }
  return line;
}

void print_errors(std::span<Complaint const> complaints) {
  print_lines("error", complaints);
}

void print_warnings(std::span<Complaint const> complaints) {
  print_lines("warning", complaints);
}

void print(std::string_view text) {
  std::size_t const written = std::fwrite(text.data(), 1, text.size(), stdout);
  if (written == text.size() && std::fflush(stdout) == 0) return;
  throw Error({fmt::format("cannot write to standard output: {}", std::strerror(errno)), {}, {}}, Fault::failure);
}

}  // namespace hansa::cli
