/// One complaint, one line.
#include "cli/lines.hpp"

#include <cerrno>
#include <cstdio>
#include <cstring>

#include <fmt/format.h>

namespace hansa::cli {

namespace {

void print_lines(std::string_view prefix, std::span<Complaint const> complaints) {
  std::string lines;
  for (Complaint const& each : complaints) lines += fmt::format("{}: {}\n", prefix, one_line(format(each)));
  std::fwrite(lines.data(), 1, lines.size(), stderr);
}

}  // namespace

std::string one_line(std::string_view text) {
  std::string line;
  for (char const c : text) {
    auto const byte = static_cast<unsigned char>(c);
    if (c == '\n') {
      line += "\\n";
    } else if (byte < 0x20 || byte == 0x7F) {
      line += fmt::format("\\x{:02x}", byte);
    } else {
      line += c;
    }
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
