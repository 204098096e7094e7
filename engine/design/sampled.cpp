/// Reads tables of points and results, row by row.
#include "design/sampled.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <optional>
#include <set>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "base/names.hpp"

namespace hansa {

namespace {

std::optional<std::size_t> find_column(Table const& table, std::string const& name, std::string_view what,
                                       Complaints& complaints) {
  if (auto const found = table.column(name)) return found;
  std::vector<std::string_view> known(table.header.begin(), table.header.end());
  complaints.add(fmt::format("the table has no column '{}' for {}", name, what), {table.name, 1, 0},
                 known.empty() ? "a header was expected" : expected_one_of(name, known));
  return std::nullopt;
}

/// The rows of each point, in the order of the points, and of replicates within.
class Rows {
 public:
  Rows(Table const& table, std::vector<std::size_t> const& inputs, Complaints& complaints)
      : table_(table), inputs_(inputs), complaints_(complaints) {
    auto const replicate = table.column("replicate");
    if (!replicate) {
      for (std::size_t row = 0; row < table.rows(); ++row) points_.push_back({row});
      return;
    }
    table.column("point") ? by_number(*table.column("point"), *replicate) : by_change(*replicate);
    check();
  }
  [[nodiscard]] std::vector<std::vector<std::size_t>> const& points() const noexcept { return points_; }

 private:
  std::optional<long long> whole(std::size_t row, std::size_t column) {
    auto const number = parse_integer(table_.cell(row, column));
    if (!number)
      complaints_.add(fmt::format("'{}' is '{}'", table_.header[column], table_.cell(row, column)),
                      table_.place(row, column), "a whole number was expected");
    return number;
  }

  void by_number(std::size_t point, std::size_t replicate) {
    std::map<std::pair<long long, long long>, std::size_t> rows;
    for (std::size_t row = 0; row < table_.rows(); ++row) {
      auto const number = whole(row, point), of = whole(row, replicate);
      if (!number || !of) continue;
      auto const [first, fresh] = rows.try_emplace({*number, *of}, row);
      if (!fresh)
        complaints_.add(fmt::format("replicate {} of point {} is there twice", *of, *number), table_.place(row),
                        fmt::format("it stands already in line {}", table_.lines[first->second]));
    }
    std::optional<long long> last;
    for (auto const& [key, row] : rows) {
      if (last != key.first) points_.emplace_back();
      last = key.first;
      points_.back().push_back(row);
    }
  }

  void by_change(std::size_t replicate) {
    for (std::size_t row = 0; row < table_.rows(); ++row) {
      (void)whole(row, replicate);
      bool const same = row > 0 && std::all_of(inputs_.begin(), inputs_.end(), [&](std::size_t c) {
                          return table_.cell(row, c) == table_.cell(row - 1, c);
                        });
      if (!same) points_.emplace_back();
      points_.back().push_back(row);
    }
  }

  void check() {
    for (auto const& each : points_) {
      if (each.size() == points_.front().size()) continue;
      complaints_.add(fmt::format("a point has {} replicates, and the first {}", each.size(), points_.front().size()),
                      table_.place(each.front()), "the same number at every point was expected");
      return;
    }
  }

  Table const& table_;
  std::vector<std::size_t> const& inputs_;
  Complaints& complaints_;
  std::vector<std::vector<std::size_t>> points_;
};

/// The values of a column, each once, in their order.
std::vector<std::string_view> values_of(Table const& table, std::size_t column) {
  std::set<std::string_view> seen;
  std::vector<std::string_view> values;
  for (std::size_t row = 0; row < table.rows(); ++row)
    if (seen.insert(table.cell(row, column)).second) values.emplace_back(table.cell(row, column));
  return values;
}

/// Sweeps of several scenarios or policies are several designs in one table.
void check_one_of_each(Table const& table, std::vector<std::string> const& inputs, Complaints& complaints) {
  for (std::string const name : {"scenario", "policy"}) {
    auto const column = table.column(name);
    if (!column || std::find(inputs.begin(), inputs.end(), name) != inputs.end()) continue;
    std::vector<std::string_view> const values = values_of(table, *column);
    if (values.size() < 2) continue;
    constexpr std::size_t most = 10;
    complaints.add(
        fmt::format("the column '{}' has {} values: {}{}", name, values.size(),
                    fmt::join(values.begin(),
                              values.begin() + static_cast<std::ptrdiff_t>(std::min(values.size(), most)), ", "),
                    values.size() > most ? ", …" : ""),
        {table.name, 1, 0},
        fmt::format("the rows of one were expected, as --where {}={} chooses them", name, values.front()));
  }
}

void read_input(Table const& table, std::size_t column, std::vector<std::vector<std::size_t>> const& points,
                Words words, EmptyInputs empty, Sampled& into, Complaints& complaints) {
  std::vector<std::string> cells;
  for (auto const& rows : points) cells.push_back(table.cell(rows.front(), column));
  DesignColumn const read = column_of(table.header[column], cells);
  for (std::size_t k = 0; k < points.size(); ++k) {
    bool const word = !read.labels.empty() && words == Words::refused && !parse_number(cells[k]);
    bool const missing = cells[k].empty() && empty == EmptyInputs::refused;
    if (!word && !missing) continue;
    complaints.add(fmt::format("'{}' is '{}'", table.header[column], cells[k]), table.place(points[k].front(), column),
                   "a number was expected of an input");
  }
  into.inputs.push_back(read.name);
  into.columns.push_back(read.numbers);
}

}  // namespace

double Sampled::mean(std::size_t point) const noexcept {
  double sum = 0;
  for (std::size_t r = 0; r < replicates; ++r) sum += output(point, r);
  return sum / static_cast<double>(replicates);
}

std::vector<double> Sampled::means() const {
  std::vector<double> means;
  for (std::size_t k = 0; k < points; ++k) means.push_back(mean(k));
  return means;
}

Table rows_where(Table const& table, std::string const& column, std::string const& value, Complaints& complaints) {
  Table chosen{table.name, table.sha256, table.header, {}, {}, table.dropped};
  auto const found = find_column(table, column, "a choice of rows", complaints);
  if (!found) return chosen;
  auto const number = parse_number(value);
  for (std::size_t row = 0; row < table.rows(); ++row) {
    std::string const& cell = table.cell(row, *found);
    if (cell != value && (!number || parse_number(cell) != number)) continue;
    auto const begin = table.cells.begin() + static_cast<std::ptrdiff_t>(row * table.columns());
    chosen.cells.insert(chosen.cells.end(), begin, begin + static_cast<std::ptrdiff_t>(table.columns()));
    chosen.lines.push_back(table.lines[row]);
  }
  if (chosen.lines.empty())
    complaints.add(fmt::format("no row has '{}' in the column '{}'", value, column), {table.name},
                   table.rows() == 0 ? "a row was expected" : expected_one_of(value, values_of(table, *found)));
  return chosen;
}

Sampled read_sampled(Table const& table, std::vector<std::string> const& inputs, std::string const& measure,
                     Words words, EmptyInputs empty, Complaints& complaints) {
  Sampled sampled;
  std::vector<std::size_t> columns;
  for (std::string const& each : inputs) {
    auto const column = find_column(table, each, "an input", complaints);
    if (!column) continue;
    if (std::find(columns.begin(), columns.end(), *column) != columns.end() || each == measure)
      complaints.add(fmt::format("'{}' is named twice", each), {table.name}, "an input once was expected");
    columns.push_back(*column);
  }
  auto const output = find_column(table, measure, "the measure", complaints);
  if (table.rows() == 0) complaints.add("the table has no rows", {table.name}, "one for each point was expected");
  check_one_of_each(table, inputs, complaints);
  if (!complaints.empty()) return sampled;
  Rows const rows(table, columns, complaints);
  for (std::size_t const column : columns) read_input(table, column, rows.points(), words, empty, sampled, complaints);
  sampled.points = rows.points().size();
  sampled.replicates = rows.points().empty() ? 1 : rows.points().front().size();
  for (auto const& each : rows.points()) {
    sampled.places.push_back(table.place(each.front()));
    for (std::size_t const row : each) {
      auto const number = parse_number(table.cell(row, *output));
      if (!number)
        complaints.add(fmt::format("'{}' is '{}'", measure, table.cell(row, *output)), table.place(row, *output),
                       "a number was expected at every point; of a measure that may be missing, such as time_to, take "
                       "another, such as final_share");
      sampled.outputs.push_back(number.value_or(0));
    }
  }
  return sampled;
}

VarianceParts variance_parts(Sampled const& sampled) {
  auto const n = static_cast<double>(sampled.points), r = static_cast<double>(sampled.replicates);
  std::vector<double> const means = sampled.means();
  std::vector<double> of_replicate(sampled.replicates, 0);
  double whole = 0;
  for (std::size_t k = 0; k < sampled.points; ++k) {
    whole += means[k] / n;
    for (std::size_t j = 0; j < sampled.replicates; ++j) of_replicate[j] += sampled.output(k, j) / n;
  }
  double points = 0, common = 0, noise = 0;
  for (double const each : means) points += (each - whole) * (each - whole);
  for (double const each : of_replicate) common += (each - whole) * (each - whole);
  for (std::size_t k = 0; k < sampled.points; ++k)
    for (std::size_t j = 0; j < sampled.replicates; ++j) {
      double const rest = sampled.output(k, j) - means[k] - of_replicate[j] + whole;
      noise += rest * rest;
    }
  VarianceParts parts;
  parts.noise = noise / ((n - 1) * (r - 1));
  parts.points = points / (n - 1) - parts.noise / r;
  parts.common = common / (r - 1) - parts.noise / n;
  return parts;
}

}  // namespace hansa
