/// Reads CSV with libcsv, line by line, so that every row and mistake has its line.
#include "io/csv.hpp"

#include <algorithm>
#include <cstdint>
#include <limits>
#include <memory>
#include <set>
#include <utility>

#include <csv.h>
#include <fmt/format.h>

#include "base/digest.hpp"
#include "io/bytes.hpp"
#include "scenario/files.hpp"

namespace hansa {

namespace {

constexpr std::size_t most_told = 20;
constexpr std::size_t most_columns = 100'000;
constexpr std::size_t most_of_cell = std::size_t{1} << 20;  // bytes
constexpr std::uintmax_t most_bytes = std::uintmax_t{1} << 32;

constexpr std::string_view blanks = " \t\r\n";

std::string trim(std::string_view text) {
  std::size_t const first = text.find_first_not_of(blanks);
  if (first == std::string_view::npos) return {};
  return std::string(text.substr(first, text.find_last_not_of(blanks) - first + 1));
}

/// What separates the cells of a header if it is not the comma: spreadsheets write what the country is used to.
char foreign_separator(std::string_view line) noexcept {
  bool inside_quotes = false;
  char found = '\0';
  for (char const c : line) {
    if (c == '"') inside_quotes = !inside_quotes;
    if (inside_quotes) continue;
    if (c == ',') return '\0';
    if (c == ';' || c == '\t') found = found == '\0' ? c : found;
  }
  return found;
}

/// Feeds lines to libcsv and gathers rows.
class CsvReader {
 public:
  CsvReader(std::string name, Complaints& complaints) : complaints_(complaints) {
    table_.name = std::move(name);
    start();
  }
  ~CsvReader() { csv_free(&parser_); }
  CsvReader(CsvReader const&) = delete;
  CsvReader& operator=(CsvReader const&) = delete;

  void read(std::string_view text) {
    if (is_utf16(text)) return complain("the file is in UTF-16", 0, "save it as UTF-8");
    text_ = text;
    while (!text.empty() && !stopped_) {
      std::string_view const line = text.substr(0, line_end(text));
      if (line_ < std::numeric_limits<int>::max()) ++line_;
      if (row_line_ == 0) row_line_ = line_;
      if (!seen_text_ && line.find_first_not_of(blanks) != std::string_view::npos) {
        seen_text_ = true;
        if (char const separator = foreign_separator(line); separator != '\0')
          return complain(fmt::format("the cells are separated by {}", separator == ';' ? "';'" : "tabs"), line_,
                          "save the file as CSV with commas");
      }
      feed(line);
      if (row_.empty() && parser_.pstate == 0) row_line_ = 0;  // between rows
      text.remove_prefix(line.size());
    }
    if (stopped_) return;
    if (csv_fini(&parser_, on_cell, on_row, this) != 0) refuse_open_quote();
  }

  [[nodiscard]] Table finish() {
    if (table_.header.empty() && told_ == 0)
      complaints_.add("the file has no header", {table_.name, 1, 0},
                      "names of columns were expected in its first line");
    if (told_ > most_told)
      complaints_.add(fmt::format("and {} more mistakes in this file", told_ - most_told), {table_.name, line_ + 1, 0});
    return std::move(table_);
  }

 private:
  void start() {
    if (csv_init(&parser_, CSV_STRICT | CSV_STRICT_FINI) != 0) throw std::bad_alloc();
  }
  /// Length of the first line with its end: LF, CRLF or a lone CR.
  static std::size_t line_end(std::string_view text) {
    std::size_t const end = text.find_first_of("\r\n");
    if (end == std::string_view::npos) return text.size();
    return end + (text.substr(end).starts_with("\r\n") ? 2 : 1);
  }
  /// In pieces, so that a line without end is given up before it fills the memory.
  void feed(std::string_view line) {
    constexpr std::size_t piece = std::size_t{1} << 16;
    while (!line.empty() && !stopped_) {
      std::string_view const part = line.substr(0, piece);
      if (csv_parse(&parser_, part.data(), part.size(), on_cell, on_row, this) != part.size()) return recover();
      if (parser_.entry_pos > most_of_cell)
        stop(fmt::format("a cell has more than {} bytes", most_of_cell), "is its closing quote missing?");
      line.remove_prefix(part.size());
    }
  }
  /// After this nothing more of the file is read.
  void stop(std::string problem, std::string mend) {
    stopped_ = true;
    ++table_.dropped;
    complain(std::move(problem), row_line_, std::move(mend));
  }
  static void on_cell(void* data, std::size_t size, void* self) {
    static_cast<CsvReader*>(self)->add_cell({static_cast<char const*>(data), size});
  }
  static void on_row(int, void* self) { static_cast<CsvReader*>(self)->end_row(); }

  /// After a misplaced quote nothing on the line can be trusted; the next line begins anew.
  void recover() {
    if (csv_error(&parser_) != CSV_EPARSE) throw std::bad_alloc();
    complain("a quote stands inside a cell", line_, "cells with quotes are quoted, and their quotes doubled");
    csv_free(&parser_);
    start();
    row_.clear();
    row_line_ = 0;
    spoilt_row_ = false;
    if (table_.header.empty()) spoilt_header_ = true;
    ++table_.dropped;
  }
  void refuse_open_quote() {
    ++table_.dropped;
    complain("a quoted cell is never closed", row_line_, "a closing quote was expected");
  }
  void add_cell(std::string_view text) {
    if (stopped_) return;
    std::size_t const column = row_.size() + 1;
    if (column > most_columns) {
      row_.clear();
      return stop(fmt::format("the row has more than {} cells", most_columns), "is the end of its line missing?");
    }
    if (text.find('\0') != std::string_view::npos)
      spoil_row("a cell holds the byte NUL", column);
    else if (std::size_t const bad = find_invalid_utf8(text); bad != std::string_view::npos)
      spoil_row(fmt::format("the byte 0x{:02X} is not UTF-8", static_cast<unsigned char>(text[bad])), column);
    row_.push_back(trim(text));
  }
  /// Nobody knows what the cell was meant to hold.
  void spoil_row(std::string problem, std::size_t column) {
    spoilt_row_ = true;
    complain(std::move(problem), row_line_, "a CSV file in UTF-8 was expected", column);
  }
  void end_row() {
    if (stopped_) return;
    if (table_.header.empty() && !spoilt_header_) {
      take_header();
    } else if (!spoilt_header_ && row_.size() != table_.columns()) {
      ++table_.dropped;
      complain(fmt::format("the row has {} {}", row_.size(), row_.size() == 1 ? "cell" : "cells"), row_line_,
               fmt::format("{} were expected, as in the header", table_.columns()));
    } else if (spoilt_row_) {
      ++table_.dropped;
    } else if (!spoilt_header_) {
      table_.lines.push_back(row_line_);
      std::move(row_.begin(), row_.end(), std::back_inserter(table_.cells));
    }
    row_.clear();
    row_line_ = 0;
    spoilt_row_ = false;
  }
  void take_header() {
    std::set<std::string_view> seen;
    for (std::size_t i = 0; i < row_.size(); ++i) {
      if (row_[i].empty())
        complain(fmt::format("column {} has no name", i + 1), row_line_, "", i + 1);
      else if (!seen.insert(row_[i]).second)
        complain(fmt::format("column '{}' stands twice in the header", row_[i]), row_line_, "", i + 1);
    }
    table_.header = row_;
    // No cell without a comma or a line end before it: one allocation, which is never copied.
    auto const line_ends = static_cast<std::size_t>(
        std::count_if(text_.begin(), text_.end(), [](char c) { return c == '\n' || c == '\r'; }));
    auto const commas = static_cast<std::size_t>(std::count(text_.begin(), text_.end(), ','));
    table_.cells.reserve(std::min(line_ends * table_.columns(), line_ends + commas));
  }
  void complain(std::string problem, int line, std::string mend, std::size_t column = 0) {
    if (++told_ > most_told) return;
    complaints_.add(std::move(problem), {table_.name, line, static_cast<int>(column)}, std::move(mend));
  }

  csv_parser parser_{};
  Complaints& complaints_;
  Table table_;
  std::vector<std::string> row_;
  int line_ = 0;
  int row_line_ = 0;  ///< line on which the row in hand began; 0 between rows
  bool seen_text_ = false;
  bool spoilt_header_ = false;
  bool spoilt_row_ = false;
  bool stopped_ = false;
  std::string_view text_;  ///< all of it
  std::size_t told_ = 0;
};

void read_table(FileRef const& file, Tables& tables, std::set<std::filesystem::path>& tried, Complaints& complaints) {
  if (!tried.insert(file.path).second) return;
  try {
    std::string const bytes = read_bytes(file.path, most_bytes, file.where);
    Table table = parse_csv(bytes, file.given, complaints);
    if (!table.header.empty()) tables.emplace(file.path, std::move(table));  // else it was complained of
  } catch (MomentaryFailure const&) {
    throw;  // nobody's mistake
  } catch (Error const& error) {
    for (Complaint const& each : error.complaints()) complaints.add(each.problem, each.where, each.mend);
  }
}

}  // namespace

Table parse_csv(std::string_view bytes, std::string name, Complaints& complaints) {
  CsvReader reader(std::move(name), complaints);
  reader.read(without_mark(bytes));
  Table table = reader.finish();
  table.sha256 = sha256(bytes);
  return table;
}

Tables read_tables(Scenario const& scenario, Complaints& complaints) {
  Tables tables;
  read_tables(scenario, tables, complaints);
  return tables;
}

void read_tables(Scenario const& scenario, Tables& tables, Complaints& complaints) {
  read_tables(files_of(scenario), tables, complaints);
}

void read_tables(std::span<FileRef const* const> files, Tables& tables, Complaints& complaints) {
  std::set<std::filesystem::path> tried;
  for (auto const& [path, table] : tables) tried.insert(path);
  for (FileRef const* file : files) read_table(*file, tables, tried, complaints);
}

}  // namespace hansa
