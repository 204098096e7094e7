/// Turns histories into rows of numbers.
#include "measures/run_measures.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <string>
#include <utility>

#include "measures/observed.hpp"
#include "scenario/tables.hpp"
#include "world/select.hpp"

namespace hansa {

namespace {

using Of = MeasureSpec::Of;

constexpr double missing = std::numeric_limits<double>::quiet_NaN();

/// The column with -1 for all cities that are not among `cities`, ascending; without a column one group of them.
TextColumn restricted(TextColumn const* column, std::vector<Index> const& cities, Index size) {
  TextColumn made;
  made.labels = column ? column->labels : std::vector<std::string>{"selected"};
  made.code.assign(size, -1);
  for (Index const city : cities) made.code[city] = column ? column->code[city] : 0;
  return made;
}

std::size_t step_of(Clock const& clock, std::optional<std::int32_t> label) {
  return static_cast<std::size_t>(std::clamp(label.value_or(clock.end), clock.start, clock.end) - clock.start);
}

/// Adopters in each step that the data tell, among cities that count; NaN where they do not tell.
std::vector<double> observed_curve(PolicyRecords const& records, Clock const& clock, TextColumn const& counted) {
  std::vector<double> curve(static_cast<std::size_t>(clock.steps()), missing);
  std::int32_t const last = std::min(clock.end, last_observed(records).value_or(clock.start - 1));
  for (std::int32_t label = clock.start; label <= last; ++label) {
    std::vector<Index> const adopters = observed_adopters(records, label);
    auto const inside = std::count_if(adopters.begin(), adopters.end(), [&](Index i) { return counted.code[i] >= 0; });
    curve[static_cast<std::size_t>(label - clock.start)] = static_cast<double>(inside);
  }
  return curve;
}

/// The first step, from 0, with so many; nothing where there never are.
std::optional<std::size_t> first_with(std::span<std::int32_t const> counts, double wanted) {
  auto const found = std::find_if(counts.begin(), counts.end(),
                                  [&](std::int32_t count) { return static_cast<double>(count) >= wanted; });
  return found == counts.end() ? std::nullopt : std::optional(static_cast<std::size_t>(found - counts.begin()));
}

double root_mean_square(std::span<std::int32_t const> counts, std::span<double const> observed) {
  double squares = 0;
  std::size_t known = 0;
  for (std::size_t t = 0; t < std::min(counts.size(), observed.size()); ++t) {
    if (std::isnan(observed[t])) continue;
    double const off = counts[t] - observed[t];
    squares += off * off;
    ++known;
  }
  return known == 0 ? missing : std::sqrt(squares / static_cast<double>(known));
}

double sum_of_first(std::span<double const> values, std::size_t count) {
  return std::accumulate(values.begin(), values.begin() + static_cast<std::ptrdiff_t>(count), 0.0);
}

template <class Count>
std::span<Count const> row_of(std::vector<std::vector<Count>> const& by, std::size_t grouping, std::size_t group,
                              std::size_t steps) {
  return std::span(by[grouping]).subspan(group * steps, steps);
}

}  // namespace

RunMeasures::RunMeasures(std::span<MeasureSpec const> specs, MeasureLayout const& layout, MeasuredCase const& measured,
                         Complaints& complaints)
    : columns_(layout.width), start_(measured.scenario.clock.start) {
  OutputSpec nothing;
  nothing.histories = false;
  plan_ = make_plan(nothing, measured.world, complaints);
  plan_.attribution = false;
  bool population = false;
  for (MeasureSpec const& each : specs) {
    plan_.attribution = plan_.attribution || each.of == Of::attribution;
    plan_.new_adoptions = plan_.new_adoptions || each.of == Of::peak || each.of == Of::peak_time;
    bool const covered = each.of == Of::population_covered;
    population = population || covered;
    plan_.grouped_population = plan_.grouped_population || (covered && (each.by || each.cities));
  }
  if (!population) plan_.population.clear();
  for (std::size_t k = 0; k < specs.size(); ++k) add(specs[k], layout.variables[k], layout, measured, complaints);
}

void RunMeasures::add(MeasureSpec const& spec, MeasureVariable const& variable, MeasureLayout const& layout,
                      MeasuredCase const& measured, Complaints& complaints) {
  World const& world = measured.world;
  TextColumn const* column = spec.by ? world.cities.text(spec.by->name) : nullptr;
  if (spec.by && column == nullptr) return;
  if (spec.cities) {
    std::int32_t const at = spec.at.value_or(measured.scenario.clock.end);
    column = &own(restricted(column, select(*spec.cities, world, at, spec.name, complaints), world.cities.size()));
  }
  std::optional<std::size_t> grouping;
  if (column) grouping = grouping_of(*column);
  for (std::size_t p = 0; p < std::min(layout.policies.size(), measured.model.policies.size()); ++p) {
    for (std::size_t k = 0; k < variable.length; ++k) {
      Asked const asked{spec, measured, p, variable.axis ? layout.axes[*variable.axis].labels[k] : std::string()};
      columns_[variable.first + p * variable.length + k] =
          spec.of == Of::distance ? distance_column(asked) : column_of(asked, column, grouping);
    }
  }
}

std::optional<RunMeasures::Column> RunMeasures::column_of(Asked const& asked, TextColumn const* column,
                                                          std::optional<std::size_t> grouping) const {
  Column made;
  made.of = asked.spec.of;
  made.policy = asked.policy;
  made.share = asked.spec.share;
  Clock const& clock = asked.measured.scenario.clock;
  std::optional<std::int32_t> at = asked.spec.at;
  if (made.of == Of::series) at = static_cast<std::int32_t>(parse_integer(asked.label).value());
  if (at && (*at < clock.start || *at > clock.end)) return std::nullopt;  // this point's clock does not come there
  made.step = step_of(clock, at);
  std::size_t group = 0;
  if (made.of == Of::attribution || asked.spec.by) {
    auto const& labels = made.of == Of::attribution ? asked.measured.model.mechanisms : column->labels;
    auto const found = std::find(labels.begin(), labels.end(), asked.label);
    if (found == labels.end()) return std::nullopt;
    made.mechanism = group = static_cast<std::size_t>(found - labels.begin());
  }
  made.counted.cities = static_cast<double>(asked.measured.world.cities.size());
  if (grouping) made.counted = counted_of(*grouping, group);
  return made;
}

/// Where data leave the status of cities open, or let only some adopt, those alone are counted.
std::optional<RunMeasures::Column> RunMeasures::distance_column(Asked const& asked) {
  World const& world = asked.measured.world;
  Clock const& clock = asked.measured.scenario.clock;
  PolicyRecords const& records = world.records.at(asked.policy);
  if (records.observed.empty()) return std::nullopt;
  std::vector<std::uint8_t> const known = known_cities(records, world.cities.size());
  std::vector<Risk> const risk = risks(asked.measured.model.policies[asked.policy], clock, world.cities.size());
  std::vector<Index> counted;
  for (Index i = 0; i < world.cities.size(); ++i)
    if (known[i] != 0 && risk[i] != Risk::none) counted.push_back(i);
  TextColumn const& column = own(restricted(nullptr, counted, world.cities.size()));
  Column made;
  made.of = Of::distance;
  made.policy = asked.policy;
  made.counted = counted_of(grouping_of(column), 0);
  made.observed = observed_curve(records, clock, column);
  return made;
}

TextColumn const& RunMeasures::own(TextColumn column) {
  return own_.emplace_back(std::move(column));
}

std::size_t RunMeasures::grouping_of(TextColumn const& column) {
  auto const found = std::find(plan_.groupings.begin(), plan_.groupings.end(), &column);
  if (found != plan_.groupings.end()) return static_cast<std::size_t>(found - plan_.groupings.begin());
  plan_.groupings.push_back(&column);
  plan_.grouping_names.push_back(std::to_string(plan_.groupings.size()));
  return plan_.groupings.size() - 1;
}

RunMeasures::Counted RunMeasures::counted_of(std::size_t grouping, std::size_t group) const {
  Counted counted;
  counted.grouping = grouping;
  counted.group = group;
  std::vector<std::int32_t> const& code = plan_.groupings[grouping]->code;
  for (std::size_t i = 0; i < code.size(); ++i) {
    if (code[i] != static_cast<std::int32_t>(group)) continue;
    counted.cities += 1;
    if (!plan_.population.empty()) counted.population += static_cast<double>(plan_.population[i]);
  }
  return counted;
}

void RunMeasures::measure(History const& history, std::span<double> row) const {
  for (std::size_t k = 0; k < columns_.size(); ++k) row[k] = columns_[k] ? value(*columns_[k], history) : missing;
}

double RunMeasures::value(Column const& column, History const& history) const {
  PolicyHistory const& of = history.policies[column.policy];
  Counted const& counted = column.counted;
  std::size_t const steps = of.adopters.size(), t = column.step;
  auto const counts = counted.grouping ? row_of(of.adopters_by, *counted.grouping, counted.group, steps)
                                       : std::span<std::int32_t const>(of.adopters);
  auto const news = [&] {
    return counted.grouping ? row_of(of.new_adoptions_by, *counted.grouping, counted.group, steps)
                            : std::span<std::int32_t const>(of.new_adoptions);
  };
  auto const label = [&](std::size_t step) { return static_cast<double>(start_ + static_cast<std::int32_t>(step)); };
  switch (column.of) {
    case Of::final_share:
    case Of::share:
      return counted.cities > 0 ? counts[t] / counted.cities : missing;
    case Of::time_to: {
      auto const first = counted.cities > 0 ? first_with(counts, column.share * counted.cities) : std::nullopt;
      return first ? label(*first) : missing;
    }
    case Of::peak:
      return *std::max_element(news().begin(), news().end());
    case Of::peak_time: {
      auto const all = news();
      auto const most = std::max_element(all.begin(), all.end());
      return *most > 0 ? label(static_cast<std::size_t>(most - all.begin())) : missing;
    }
    case Of::spending:
      return of.spending.empty() ? missing : sum_of_first(of.spending, t + 1);
    case Of::population_covered:
      if (!counted.grouping) return of.population_covered.empty() ? missing : of.population_covered[t];
      if (of.population_by.empty() || !(counted.population > 0)) return missing;
      return static_cast<double>(row_of(of.population_by, *counted.grouping, counted.group, steps)[t]) /
             counted.population;
    case Of::attribution:
      return sum_of_first(std::span(of.adoptions_by_mechanism).subspan(column.mechanism * steps, steps), steps);
    case Of::distance:
      return root_mean_square(counts, column.observed);
    case Of::series:
      return counts[t];
  }
  return missing;
}

}  // namespace hansa
