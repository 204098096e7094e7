/// Reads numbers of countries.
#include "world/countries.hpp"

#include <algorithm>
#include <map>
#include <vector>

#include <fmt/format.h>

#include "base/names.hpp"
#include "world/cells.hpp"
#include "world/rows.hpp"

namespace hansa {
namespace {

class CountriesReader {
 public:
  CountriesReader(Table const& table, Cities const& cities, Complaints& complaints)
      : table_(table), cities_(cities), complaints_(complaints), rows_(table, cities, complaints) {}

  Countries read() {
    country_ = rows_.required("country");
    if (!country_) return {};
    find_rows();
    Countries made;
    for (std::size_t column = 0; column < table_.columns(); ++column) {
      if (column == *country_) continue;
      if (table_.header[column].empty())
        refuse_unnamed(table_, column, all_rows_, complaints_);
      else if (is_numeric(column))
        made.numbers.insert_or_assign(table_.header[column], numbers_in(column));
    }
    return made;
  }

 private:
  /// Which row is that of each country.
  void find_rows() {
    TextColumn const* const column = cities_.text("country");
    row_of_.assign(column ? column->labels.size() : 0, none);
    std::map<std::string_view, std::size_t> seen;
    std::vector<std::size_t> idle;
    for (std::size_t row = 0; row < table_.rows(); ++row) {
      std::string const& name = table_.cell(row, *country_);
      all_rows_.push_back(row);
      if (name.empty()) {
        rows_.complain(row, *country_, "a country is missing", "the name of a country was expected");
        continue;
      }
      auto const [before, is_new] = seen.emplace(name, row);
      if (!is_new) {
        rows_.complain(row, *country_, fmt::format("country '{}' stands twice", name),
                       fmt::format("line {} has it too", table_.lines[before->second]));
        continue;
      }
      auto const found = find_country(cities_, name);
      if (found) row_of_[static_cast<std::size_t>(*found)] = row;
      if (!found) idle.push_back(row);
    }
    if (idle.empty() || !cities_.complete) return;
    auto const first = *std::min_element(
        idle.begin(), idle.end(), [&](std::size_t a, std::size_t b) { return table_.lines[a] < table_.lines[b]; });
    std::string const& name = table_.cell(first, *country_);
    complaints_.warn(idle.size() == 1 ? fmt::format("country '{}' has no city", name)
                                      : fmt::format("{} countries have no city, '{}' is one", idle.size(), name),
                     table_.place(first, *country_), "nothing sees them");
  }

  [[nodiscard]] bool is_numeric(std::size_t column) const {
    return std::all_of(all_rows_.begin(), all_rows_.end(),
                       [&](std::size_t row) { return fits_number(table_.cell(row, column)); });
  }

  std::vector<double> numbers_in(std::size_t column) {
    std::vector<double> numbers(row_of_.size(), no_value);
    for (std::size_t c = 0; c < row_of_.size(); ++c) {
      if (row_of_[c] == none || table_.cell(row_of_[c], column).empty()) continue;
      numbers[c] = number_in(table_, row_of_[c], column, complaints_).value_or(no_value);
    }
    return numbers;
  }

  static constexpr std::size_t none = ~std::size_t{0};

  Table const& table_;
  Cities const& cities_;
  Complaints& complaints_;
  Rows rows_;
  std::optional<std::size_t> country_;
  std::vector<std::size_t> all_rows_;
  std::vector<std::size_t> row_of_;  // by country
};

}  // namespace

Countries build_countries(Scenario const& scenario, Tables const& tables, Cities const& cities,
                          Complaints& complaints) {
  Table const* const table = scenario.countries ? find_table(tables, *scenario.countries) : nullptr;
  return table ? CountriesReader(*table, cities, complaints).read() : Countries{};
}

std::optional<std::int32_t> find_country(Cities const& cities, std::string_view country) noexcept {
  TextColumn const* const column = cities.text("country");
  if (column == nullptr) return std::nullopt;
  auto const found = std::lower_bound(column->labels.begin(), column->labels.end(), country);
  if (found == column->labels.end() || *found != country) return std::nullopt;
  return static_cast<std::int32_t>(found - column->labels.begin());
}

std::string mend_for_country(Cities const& cities, std::string_view typed) {
  std::string const expected = "a country of the cities was expected";
  TextColumn const* const column = cities.text("country");
  if (column == nullptr) return expected;
  std::vector<std::string_view> const known(column->labels.begin(), column->labels.end());
  std::string_view const nearest = nearest_name(typed, known);
  return nearest.empty() ? expected : fmt::format("{}; did you mean '{}'?", expected, nearest);
}

}  // namespace hansa
