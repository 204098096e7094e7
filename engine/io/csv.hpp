/// CSV files after RFC 4180: text to tables with places.
#pragma once

#include <filesystem>
#include <span>
#include <string>
#include <string_view>

#include "scenario/scenario.hpp"
#include "scenario/tables.hpp"

namespace hansa {

/// Parses one file's bytes. Mistakes (no header, duplicate header names, ragged rows, unterminated quotes, NUL bytes,
/// invalid UTF-8) go to `complaints` with `name:line`; a byte order mark and CRLF are accepted. A file in UTF-16, or
/// with other separators than commas, is one complaint; then the table has no header and no rows. So is a row of more
/// than 100,000 cells or a cell of more than a mebibyte; then nothing below it is read. Twenty mistakes of a file are
/// told, the rest is counted. Memory: the file, and 32 bytes a cell (cells of more than 15 bytes take them once more).
[[nodiscard]] Table parse_csv(std::string_view bytes, std::string name, Complaints& complaints);

/// Reads every data file that the scenario names, once each. Missing and unreadable files are complaints at the place
/// that names them; MomentaryFailure (io/bytes.hpp) is thrown.
[[nodiscard]] Tables read_tables(Scenario const& scenario, Complaints& complaints);

/// The same for several scenarios: reads those that are not among `tables`, and adds them.
void read_tables(Scenario const& scenario, Tables& tables, Complaints& complaints);
void read_tables(std::span<FileRef const* const> files, Tables& tables, Complaints& complaints);

}  // namespace hansa
