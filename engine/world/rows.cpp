/// Reading rows of data files that name cities and years, with complaints that carry the row.
#include "world/rows.hpp"

#include <algorithm>
#include <limits>

#include "base/letters.hpp"
#include "base/names.hpp"

namespace hansa {

namespace {

std::string lower(std::string_view text) {
  std::string result(text);
  for (char& c : result) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return result;
}

std::string mend_for_column(std::string_view header, std::vector<std::string> const& known) {
  constexpr std::size_t most = 8;
  std::string text = "'" + std::string(header) + "' was expected among the columns; the header has: ";
  for (std::size_t i = 0; i < std::min(most, known.size()); ++i) text += (i > 0 ? ", " : "") + known[i];
  if (known.size() > most) text += ", …";
  auto const same = std::find_if(known.begin(), known.end(), [&](auto const& each) { return lower(each) == header; });
  std::vector<std::string_view> const names(known.begin(), known.end());
  std::string_view const near = same != known.end() ? std::string_view(*same) : nearest_name(header, names);
  return near.empty() ? text : text + "; is it '" + std::string(near) + "'?";
}

void warn_of_column(Table const& table, std::size_t column, std::string_view meant, Complaints& complaints) {
  complaints.warn("column '" + table.header[column] + "' is not read as '" + std::string(meant) + "'",
                  {table.name, 1, static_cast<int>(column) + 1}, "did you mean '" + std::string(meant) + "'?");
}

}  // namespace

std::optional<std::size_t> Rows::required(std::string_view header) {
  std::optional<std::size_t> found = table_.column(header);
  if (!found) {
    complaints_.add("column '" + std::string(header) + "' is missing", {table_.name, 1, 0},
                    mend_for_column(header, table_.header));
  }
  return found;
}

std::optional<std::size_t> Rows::optional(std::string_view header, std::span<std::string_view const> known) {
  std::optional<std::size_t> const found = table_.column(header);
  for (std::size_t k = 0; !found && k < table_.columns(); ++k) {
    std::string const written = lower(table_.header[k]);
    bool const is_read = std::find(known.begin(), known.end(), table_.header[k]) != known.end();
    if (!is_read && nearest_name(written, known) == header) warn_of_column(table_, k, header, complaints_);
  }
  return found;
}

std::optional<Index> Rows::city(std::size_t row, std::size_t column) {
  // Beyond so many different unknown ids the file is of other cities, and the search for near names would be the
  // longest part of reading it.
  std::size_t const searched = cities_.size() < 100'000 ? 100 : 10;
  std::string const& id = table_.cell(row, column);
  if (id.empty()) {
    complain(row, column, "the city in column '" + table_.header[column] + "' is blank",
             "an id of a city was expected");
    return std::nullopt;
  }
  std::optional<Index> const found = cities_.find(id);
  if (found || !cities_.complete) return found;
  auto known = mends_.find(id);
  if (known == mends_.end()) {
    std::string mend = mends_.size() < searched ? mend_for_city(cities_, id) : "an id of the cities file was expected";
    known = mends_.emplace(id, std::move(mend)).first;
  }
  complain(row, column, "unknown city '" + id + "'", known->second);
  return std::nullopt;
}

bool Rows::blank(std::size_t row, std::optional<std::size_t> column) const {
  return !column || table_.cell(row, *column).empty();
}

std::optional<std::int32_t> Rows::year(std::size_t row, std::size_t column) {
  // The extremes are kept free: they stand for "always" and "still".
  constexpr long long furthest = std::numeric_limits<std::int32_t>::max() - 1;
  std::string const& text = table_.cell(row, column);
  std::optional<long long> const value = parse_integer(text);
  if (!value || *value > furthest || *value < -furthest) {
    complain(row, column, "'" + text + "' in column '" + table_.header[column] + "' is not a time label",
             "a whole number was expected");
    return std::nullopt;
  }
  return static_cast<std::int32_t>(*value);
}

void Rows::complain(std::size_t row, std::size_t column, std::string problem, std::string mend) {
  complaints_.add(std::move(problem), place(row, column), std::move(mend));
}

void warn_of_case(Table const& table, std::string_view header, Complaints& complaints) {
  auto const same = std::find_if(table.header.begin(), table.header.end(),
                                 [&](std::string const& each) { return lower(each) == header; });
  if (same == table.header.end()) return;
  warn_of_column(table, static_cast<std::size_t>(same - table.header.begin()), header, complaints);
}

Table const* find_table(Tables const& tables, FileRef const& file) noexcept {
  auto const found = tables.find(file.path);
  return found == tables.end() ? nullptr : &found->second;
}

std::string mend_for_city(Cities const& cities, std::string_view typed) {
  std::string const look = look_of(typed);
  auto const alike = look == typed ? cities.id.end()  // plain letters have but one form
                                   : std::find_if(cities.id.begin(), cities.id.end(),
                                                  [&](std::string const& each) { return look_of(each) == look; });
  if (alike != cities.id.end())
    return "an id of a city was expected; '" + *alike +
           "' looks the same, but its letters are composed otherwise: write them alike in all files";
  std::vector<std::string_view> const ids(cities.id.begin(), cities.id.end());
  std::string_view const near = nearest_name(typed, ids);
  if (near.empty()) return "an id of a city was expected";
  return "an id of a city was expected; did you mean '" + std::string(near) + "'?";
}

}  // namespace hansa
