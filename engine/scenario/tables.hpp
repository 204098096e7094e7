/// Data files as values: cells of text with the line each row began on.
#pragma once

#include <cstddef>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.hpp"

namespace hansa {

/// One CSV file with a header. Cells are row-major, trimmed of surrounding blanks, UTF-8.
struct Table {
  std::string name;    ///< as the user gave it, for places
  std::string sha256;  ///< of the file's bytes, hex
  std::vector<std::string> header;
  std::vector<std::string> cells;  ///< rows() × columns()
  std::vector<int> lines;          ///< line on which each row begins, from 1
  std::size_t dropped = 0;         ///< rows that were complained of and left out

  [[nodiscard]] std::size_t columns() const noexcept { return header.size(); }
  [[nodiscard]] std::size_t rows() const noexcept { return lines.size(); }
  [[nodiscard]] std::string const& cell(std::size_t row, std::size_t column) const {
    return cells[row * columns() + column];
  }
  [[nodiscard]] std::optional<std::size_t> column(std::string_view header_name) const noexcept;
  /// Place of a row; `column` (0-based) is told as its 1-based number.
  [[nodiscard]] Place place(std::size_t row, std::size_t column = 0) const;
};

/// All data files of a scenario by resolved path. A file that could not be read is absent (and was complained about).
using Tables = std::map<std::filesystem::path, Table>;

/// A decimal number, correctly rounded, independent of locale; nothing but the number (no blanks, no `nan`, no `inf`).
[[nodiscard]] std::optional<double> parse_number(std::string_view text) noexcept;
/// A whole number in int64; "3.0" is not one.
[[nodiscard]] std::optional<long long> parse_integer(std::string_view text) noexcept;

}  // namespace hansa
