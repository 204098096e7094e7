/// Attributes that change over time: a table of cities and years.
#include "world/panel.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <tuple>

#include "world/cells.hpp"
#include "world/rows.hpp"

namespace hansa {
namespace {

class PanelReader {
 public:
  PanelReader(Table const& table, Clock const& clock, Cities& cities, Complaints& complaints)
      : table_(table), clock_(clock), cities_(cities), complaints_(complaints), rows_(table, cities, complaints) {
    panel_.table = &table;
  }

  Panel read() {
    city_ = rows_.required("city");
    year_ = table_.column("year");
    if (!year_) year_ = table_.column("time");
    if (!year_) year_ = rows_.required("year");
    if (!city_ || !year_) return std::move(panel_);
    if (table_.columns() == 2) {
      complaints_.warn("the panel has no attributes", {table_.name, 1, 0},
                       "columns beside city and year were expected");
    }
    read_rows();
    for (std::size_t column = 0; column < table_.columns(); ++column) {
      if (column != *city_ && column != *year_) read_column(column);
    }
    return std::move(panel_);
  }

 private:
  void read_rows() {
    std::vector<std::size_t> late;
    for (std::size_t row = 0; row < table_.rows(); ++row) {
      std::optional<Index> const city = rows_.city(row, *city_);
      std::optional<std::int32_t> const year = rows_.year(row, *year_);
      if (city && year && *year > clock_.end) late.push_back(row);
      if (city && year) panel_.rows.push_back({*city, *year, row});
    }
    std::sort(panel_.rows.begin(), panel_.rows.end(), [&](Panel::Row const& a, Panel::Row const& b) {
      return std::tie(a.city, a.from, table_.lines[a.row]) < std::tie(b.city, b.from, table_.lines[b.row]);
    });
    for (std::size_t k = 1; k < panel_.rows.size(); ++k) {
      Panel::Row const &before = panel_.rows[k - 1], &row = panel_.rows[k];
      if (before.city != row.city || before.from != row.from) continue;
      rows_.complain(row.row, *year_, "'" + cities_.id[row.city] + "' has two rows of " + std::to_string(row.from),
                     "line " + std::to_string(table_.lines[before.row]) + " has one too");
    }
    std::erase_if(panel_.rows, [&](Panel::Row const& row) { return row.from > clock_.end; });
    if (late.empty()) return;
    std::string const noun = late.size() == 1 ? " row is dated after " : " rows are dated after ";
    complaints_.warn(std::to_string(late.size()) + noun + std::to_string(clock_.end) + ", in which time ends",
                     first_of(late, *year_), "nothing sees them");
  }

  /// The place of the row that comes first in the file.
  Place first_of(std::vector<std::size_t> const& rows, std::size_t column) const {
    auto const earlier = [&](std::size_t a, std::size_t b) { return table_.lines[a] < table_.lines[b]; };
    return table_.place(*std::min_element(rows.begin(), rows.end(), earlier), column);
  }

  void read_column(std::size_t column) {
    std::string const& name = table_.header[column];
    std::vector<std::size_t> rows, blank;
    for (Panel::Row const& each : panel_.rows) {
      rows.push_back(each.row);
      if (table_.cell(each.row, column).empty()) blank.push_back(each.row);
    }
    if (name.empty()) return refuse_unnamed(table_, column, rows, complaints_);
    if (name == "id") {
      return complaints_.add("the id of a city cannot change", {table_.name, 1, 0}, "leave out the column 'id'");
    }
    if (!blank.empty() && blank.size() < rows.size()) {
      complaints_.warn("column '" + name + "' is blank in " + std::to_string(blank.size()) + " of " +
                           std::to_string(rows.size()) + " rows",
                       first_of(blank, column), "the value before them is carried on");
    }
    if (is_numeric(column))
      read_numbers(column);
    else
      read_texts(column);
  }

  /// By its cells here and those of the cities: a column of the cities that is blank throughout may become either.
  bool is_numeric(std::size_t column) {
    std::string const& name = table_.header[column];
    KnownColumn const* known = known_column(name);
    if (known) return known->form == KnownColumn::Form::number;
    if (cities_.text(name)) return false;
    bool const numbers = std::all_of(panel_.rows.begin(), panel_.rows.end(), [&](Panel::Row const& each) {
      return fits_number(table_.cell(each.row, column));
    });
    std::vector<double> const* held = cities_.number(name);
    if (numbers || !held) return numbers;
    bool const blank = std::all_of(held->begin(), held->end(), [](double value) { return std::isnan(value); });
    if (blank && !cities_.refused.contains(name)) cities_.numbers.erase(cities_.numbers.find(name));
    return cities_.number(name) != nullptr;
  }

  void read_numbers(std::size_t column) {
    std::string const& name = table_.header[column];
    SharedVector<double>& start = cities_.numbers.try_emplace(name, cities_.size(), no_value).first->second;
    std::vector<Later<double>> later;
    std::vector<Index> refused;
    for (Panel::Row const& each : panel_.rows) {
      if (table_.cell(each.row, column).empty()) continue;
      std::optional<double> const value = number_in(table_, each.row, column, complaints_);
      if (!value) {
        refused.push_back(each.city);
      } else if (each.from <= clock_.start) {
        start[each.city] = *value;
      } else {
        later.push_back({each.from, each.city, *value});
      }
    }
    if (!refused.empty()) refuse(name, refused);
    keep(start.values(), later, cities_.later_numbers, name);
  }

  void refuse(std::string const& name, std::vector<Index> const& cities) {
    std::vector<Index>& all = cities_.refused[name];
    all.insert(all.end(), cities.begin(), cities.end());
    std::sort(all.begin(), all.end());
    all.erase(std::unique(all.begin(), all.end()), all.end());
  }

  void read_texts(std::size_t column) {
    std::string const& name = table_.header[column];
    TextColumn text;
    std::vector<std::string> start(cities_.size());
    if (TextColumn const* held = cities_.text(name)) {
      text.first_text = held->first_text;
      for (Index i = 0; i < cities_.size(); ++i) {
        if (held->code[i] >= 0) start[i] = held->labels[static_cast<std::size_t>(held->code[i])];
      }
    }
    std::vector<Later<std::string>> later;
    for (Panel::Row const& each : panel_.rows) {
      std::string const& cell = table_.cell(each.row, column);
      if (cell.empty()) continue;
      bool const here = text.first_text.file == table_.name;
      bool const earlier = text.first_text.line == 0 || (here && table_.lines[each.row] < text.first_text.line);
      if (earlier && !parse_number(cell)) text.first_text = table_.place(each.row, column);
      if (each.from <= clock_.start)
        start[each.city] = cell;
      else
        later.push_back({each.from, each.city, cell});
    }
    encode(name, start, later, std::move(text));
  }

  /// Turns texts into positions in the labels that some city has, at the start or later.
  void encode(std::string const& name, std::vector<std::string> const& start,
              std::vector<Later<std::string>> const& later, TextColumn text) {
    text.labels = start;
    for (Later<std::string> const& each : later) text.labels.push_back(each.value);
    std::sort(text.labels.begin(), text.labels.end());
    text.labels.erase(std::unique(text.labels.begin(), text.labels.end()), text.labels.end());
    if (!text.labels.empty() && text.labels.front().empty()) text.labels.erase(text.labels.begin());
    auto const code = [&](std::string const& label) {
      auto const found = std::lower_bound(text.labels.begin(), text.labels.end(), label);
      return label.empty() ? -1 : static_cast<std::int32_t>(found - text.labels.begin());
    };
    for (std::string const& label : start) text.code.push_back(code(label));
    std::vector<Later<std::int32_t>> codes;
    for (Later<std::string> const& each : later) codes.push_back({each.from, each.city, code(each.value)});
    keep(text.code, codes, cities_.later_texts, name);
    cities_.texts.insert_or_assign(name, std::move(text));
  }

  /// `later` comes by city, then label.
  template <class Of, class Map>
  static void keep(std::vector<Of> const& start, std::vector<Later<Of>>& later, Map& into, std::string const& name) {
    keep_changes(start, later);
    if (later.empty()) return;
    std::sort(later.begin(), later.end(), [](Later<Of> const& a, Later<Of> const& b) {
      return std::tie(a.from, a.city) < std::tie(b.from, b.city);
    });
    into.insert_or_assign(name, std::move(later));
  }

  Table const& table_;
  Clock const& clock_;
  Cities& cities_;
  Complaints& complaints_;
  Rows rows_;
  Panel panel_;
  std::optional<std::size_t> city_, year_;
};

}  // namespace

std::optional<Place> Panel::place(std::string_view column, Index city, std::int32_t at) const {
  std::optional<std::size_t> const found = table ? table->column(column) : std::nullopt;
  if (!found) return std::nullopt;
  auto row = std::upper_bound(rows.begin(), rows.end(), std::tuple(city, at),
                              [](auto const& key, Row const& each) { return key < std::tuple(each.city, each.from); });
  while (row != rows.begin() && (--row)->city == city) {
    if (!table->cell(row->row, *found).empty()) return table->place(row->row, *found);
  }
  return std::nullopt;
}

Panel read_panel(Table const& table, Clock const& clock, Cities& cities, Complaints& complaints) {
  return PanelReader(table, clock, cities, complaints).read();
}

}  // namespace hansa
