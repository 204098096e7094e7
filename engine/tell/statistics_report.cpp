/// Condenses each variable to a line.
#include "tell/statistics_report.hpp"

#include <algorithm>
#include <cmath>
#include <functional>
#include <limits>
#include <optional>
#include <utility>

#include <fmt/format.h>

#include "measures/moments.hpp"
#include "measures/quantiles.hpp"
#include "tell/text_table.hpp"

namespace hansa {

namespace {

constexpr double unknown = std::numeric_limits<double>::quiet_NaN();

std::string rounded(double value) {
  return std::isfinite(value) ? fmt::format("{:.4g}", value) : "-";
}

/// Numbers of one variable and policy.
class Cells {
 public:
  Cells(StatisticsTable const& table, std::size_t variable, std::size_t policy, std::size_t steps)
      : table_(table), v_(variable), p_(policy), steps_(table.variables[variable].by_time ? steps : 1) {
    rows_ = is_spread() ? table.replicates.size() : 1;
    std::size_t const each = table.values[variable].size() / std::max<std::size_t>(rows_ * table.policies.size(), 1);
    width_ = each;
  }
  /// Whether replicates stand one by one.
  [[nodiscard]] bool is_spread() const { return table_.simulated && !table_.variables[v_].by_city; }
  /// All finite numbers at position k of the policy, over replicates (or the one of data); ascending.
  [[nodiscard]] std::vector<double> at(std::size_t k) const {
    std::vector<double> found;
    for (std::size_t r = 0; r < rows_; ++r) {
      double const value = table_.values[v_][(r * table_.policies.size() + p_) * width_ + k];
      if (!std::isnan(value)) found.push_back(value);
    }
    std::ranges::sort(found);
    return found;
  }
  [[nodiscard]] double mean(std::size_t k) const {
    Moments moments;
    for (double const each : at(k)) moments.add(each);
    return moments.mean();
  }
  [[nodiscard]] std::size_t width() const { return width_; }
  /// Of cities: all finite numbers of a step.
  [[nodiscard]] Moments over_cities(std::size_t step, std::optional<std::pair<double, double>>* ends = nullptr) const {
    Moments moments;
    for (std::size_t k = step; k < width_; k += steps_) {
      double const value = table_.values[v_][p_ * width_ + k];
      if (std::isnan(value)) continue;
      moments.add(value);
      if (ends == nullptr) continue;
      *ends =
          std::pair(std::min(*ends ? (*ends)->first : value, value), std::max(*ends ? (*ends)->second : value, value));
    }
    return moments;
  }

 private:
  StatisticsTable const& table_;
  std::size_t v_, p_, steps_, rows_ = 1, width_ = 0;
};

/// Numbers of cities that belong to each category.
std::vector<double> class_sizes(StatisticsTable const& table, std::size_t v, std::size_t p) {
  std::size_t const classes = table.variables[v].classes.size();
  std::vector<double> sizes(classes, 0);
  std::vector<double> const& values = table.values[v];
  std::size_t const width = values.size() / table.policies.size();
  for (std::size_t k = 0; k < width; ++k) {
    double const value = values[p * width + k];
    if (std::isnan(value)) continue;
    if (table.simulated)
      sizes[k % classes] += value;
    else
      sizes[static_cast<std::size_t>(value)] += 1;
  }
  return sizes;
}

using Rows = std::vector<std::vector<std::string>>;

/// The four tables of a policy, each with its header once it has a row.
struct Tables4 {
  Rows numbers, series, cities, classes;
};

void add_number(Cells const& cells, StatisticVariable const& variable, Rows& rows) {
  std::vector<double> const values = cells.at(0);
  if (!cells.is_spread()) {
    rows.push_back({variable.name, rounded(values.empty() ? unknown : values.front()), variable.meaning});
    return;
  }
  rows.push_back({variable.name, fmt::format("{}", values.size()), rounded(cells.mean(0)),
                  rounded(quantile(values, 0.05)), rounded(quantile(values, 0.5)), rounded(quantile(values, 0.95)),
                  variable.meaning});
}

void add_series(Cells const& cells, StatisticVariable const& variable, Clock const& clock, Rows& rows) {
  std::size_t const last = cells.width() - 1;
  double highest = unknown;
  std::size_t where = 0;
  for (std::size_t t = 0; t <= last; ++t) {
    double const value = cells.mean(t);
    if (std::isnan(value) || value <= highest) continue;
    highest = value;
    where = t;
  }
  std::string const label =
      std::isnan(highest) ? "-" : fmt::format("{}", clock.start + static_cast<std::int32_t>(where));
  rows.push_back({variable.name, rounded(cells.mean(0)), rounded(cells.mean(last / 2)), rounded(cells.mean(last)),
                  rounded(highest), label, variable.meaning});
}

void add_cities(Cells const& cells, StatisticVariable const& variable, Clock const& clock, Rows& rows) {
  std::size_t const step = variable.by_time ? static_cast<std::size_t>(clock.steps() - 1) : 0;
  std::optional<std::pair<double, double>> ends;
  Moments const moments = cells.over_cities(step, &ends);
  std::string const name = variable.by_time ? fmt::format("{} in {}", variable.name, clock.end) : variable.name;
  rows.push_back({name, fmt::format("{}", moments.count()), rounded(moments.mean()),
                  rounded(std::sqrt(moments.variance())), rounded(ends ? ends->first : unknown),
                  rounded(ends ? ends->second : unknown), variable.meaning});
}

std::string laid_out(Rows const& header, Rows rows) {
  if (rows.empty()) return {};
  rows.insert(rows.begin(), header.begin(), header.end());
  std::vector<Align> columns(rows.front().size(), Align::right);
  columns.front() = columns.back() = Align::left;
  return "\n" + lay_out(rows, columns);
}

std::string policy_text(StatisticsTable const& table, std::size_t p, Clock const& clock) {
  Tables4 found;
  for (std::size_t v = 0; v < table.variables.size(); ++v) {
    StatisticVariable const& variable = table.variables[v];
    if (!variable.classes.empty()) {
      std::string sizes;
      std::vector<double> const all = class_sizes(table, v, p);
      for (std::size_t k = 0; k < all.size(); ++k)
        sizes += fmt::format("{}{} {}", sizes.empty() ? "" : ", ", variable.classes[k], rounded(all[k]));
      found.classes.push_back({variable.name, sizes});
      continue;
    }
    Cells const cells(table, v, p, static_cast<std::size_t>(clock.steps()));
    if (variable.by_city)
      add_cities(cells, variable, clock, found.cities);
    else if (variable.by_time)
      add_series(cells, variable, clock, found.series);
    else
      add_number(cells, variable, found.numbers);
  }
  std::string const middle = fmt::format("{}", clock.start + (clock.steps() - 1) / 2);
  Rows numbers;
  if (table.simulated) numbers.push_back({"", "replicates", "mean", "5 %", "50 %", "95 %", ""});
  std::string text = table.policies[p] + "\n";
  text += laid_out(numbers, found.numbers);
  text += laid_out({{"", fmt::format("{}", clock.start), middle, fmt::format("{}", clock.end), "highest", "in", ""}},
                   found.series);
  text += laid_out({{"", "cities", "mean", "sd", "lowest", "highest", ""}}, found.cities);
  if (!found.classes.empty()) text += "\n" + lay_out(found.classes, {Align::left, Align::left});
  return text;
}

Node variable_node(StatisticsTable const& table, std::size_t v, std::size_t p, Cities const& cities,
                   Clock const& clock) {
  StatisticVariable const& variable = table.variables[v];
  Cells const cells(table, v, p, static_cast<std::size_t>(clock.steps()));
  std::vector<std::pair<std::string, Node>> entries;
  auto const label = [&](std::size_t t) { return fmt::format("{}", clock.start + static_cast<std::int32_t>(t)); };
  if (!variable.classes.empty()) {
    std::vector<double> const sizes = class_sizes(table, v, p);
    for (std::size_t k = 0; k < sizes.size(); ++k) entries.emplace_back(variable.classes[k], number_node(sizes[k]));
  } else if (variable.by_city && variable.by_time) {
    for (std::size_t t = 0; t < static_cast<std::size_t>(clock.steps()); ++t)
      entries.emplace_back(label(t), number_node(cells.over_cities(t).mean()));
  } else if (variable.by_city) {
    for (Index const i : cities.input_order) entries.emplace_back(cities.id[i], number_node(cells.mean(i)));
  } else if (variable.by_time) {
    for (std::size_t t = 0; t < cells.width(); ++t) entries.emplace_back(label(t), number_node(cells.mean(t)));
  } else if (!table.simulated) {
    return number_node(cells.mean(0));
  } else {
    std::vector<double> const values = cells.at(0);
    entries = {{"replicates", count_node(values.size())},
               {"mean", number_node(cells.mean(0))},
               {"5", number_node(quantile(values, 0.05))},
               {"50", number_node(quantile(values, 0.5))},
               {"95", number_node(quantile(values, 0.95))}};
  }
  return map_node(std::move(entries));
}

}  // namespace

std::string statistics_text(StatisticsTable const& table, StatsSpec const& spec, Clock const& clock,
                            StatisticsNotes const& notes) {
  std::string text;
  for (std::size_t p = 0; p < table.policies.size(); ++p) text += (p == 0 ? "" : "\n") + policy_text(table, p, clock);
  text += "\n";
  for (StatisticSpec const& each : spec.entries) add_line(text, each.name + ": " + statistic_sentence(each), 0);
  for (std::string const& each : notes.notes) add_line(text, "Note: " + each + ".", 0);
  if (!notes.file.empty()) text += notes.file + "\n";
  return text;
}

Node statistics_tree(StatisticsTable const& table, Cities const& cities, Clock const& clock,
                     StatisticsNotes const& notes) {
  std::vector<std::pair<std::string, Node>> policies, variables;
  for (std::size_t p = 0; p < table.policies.size(); ++p) {
    std::vector<std::pair<std::string, Node>> values;
    for (std::size_t v = 0; v < table.variables.size(); ++v)
      values.emplace_back(table.variables[v].name, variable_node(table, v, p, cities, clock));
    policies.emplace_back(table.policies[p], map_node(std::move(values)));
  }
  for (StatisticVariable const& each : table.variables)
    variables.emplace_back(each.name, map_node({{"entry", text_node(each.entry)},
                                                {"statistic", text_node(each.kind)},
                                                {"meaning", text_node(each.meaning)}}));
  Node tree = map_node({{"statistics", map_node(std::move(policies))}, {"variables", map_node(std::move(variables))}});
  if (table.simulated) tree.entries.push_back({"replicates", {}, count_node(table.replicates.size())});
  tree.entries.push_back({"notes", {}, texts_node(notes.notes)});
  if (!notes.file.empty()) tree.entries.push_back({"file", {}, text_node(notes.file)});
  return tree;
}

}  // namespace hansa
