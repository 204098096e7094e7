/// Reads the section `sweep`: design, parameters, and what goes together.
#include "scenario/read_sweep.hpp"

#include <algorithm>
#include <iterator>
#include <string_view>
#include <utility>

#include <fmt/format.h>

#include "base/names.hpp"
#include "scenario/fields.hpp"
#include "scenario/sweep_points.hpp"
#include "scenario/try_paths.hpp"

namespace hansa {

namespace {

constexpr std::string_view design_words[] = {"grid",  "one_at_a_time", "random", "latin_hypercube",
                                             "sobol", "saltelli",      "morris", "list"};
constexpr std::size_t most_parameters = 500;
constexpr std::size_t most_values_tried = 100;

DesignKind kind_of(std::string_view word) {
  return static_cast<DesignKind>(std::find(std::begin(design_words), std::end(design_words), word) -
                                 std::begin(design_words));
}

/// Keys that go with one design only.
void check_design_keys(Item const& item, DesignKind kind, Reading& reading) {
  constexpr std::pair<std::string_view, DesignKind> own[] = {
      {"second_order", DesignKind::saltelli}, {"levels", DesignKind::morris}, {"plan", DesignKind::morris}};
  for (auto const& [key, needed] : own)
    if (auto const given = child(item, key); given && kind != needed)
      reading.complaints.add(
          fmt::format("'{}' stands beside a design other than {}", key, design_words[static_cast<std::size_t>(needed)]),
          given->where, "leave it out");
}

std::optional<DesignSpec> read_design_map(Item const& item, Reading& reading) {
  std::size_t const before = reading.complaints.size();
  Parameters const read = read_section(item, fields::design, reading);
  auto const one = exactly_one(item, std::span(design_words).subspan(std::size(fields::bare_designs)), reading);
  if (!one) return std::nullopt;
  DesignSpec spec;
  spec.kind = kind_of(one->key);
  spec.where = value_place(*one);
  check_design_keys(item, spec.kind, reading);
  if (reading.complaints.size() > before) return std::nullopt;
  if (spec.kind == DesignKind::list) {
    spec.list = file_ref(read.text("list"), read.place("list"), reading);
    return spec;
  }
  spec.size = read.integer(one->key);
  if (read.has("second_order")) spec.second_order = read.flag("second_order");
  if (read.has("levels")) spec.levels = read.integer("levels");
  if (read.has("plan") && read.text("plan") == "radial") spec.plan = MorrisPlan::radial;
  if (spec.levels % 2 != 0)
    reading.complaints.add(fmt::format("'levels' is {}", spec.levels), read.place("levels"),
                           "an even number was expected, so that every level is as likely as another");
  bool const sequence = spec.kind == DesignKind::sobol || spec.kind == DesignKind::saltelli;
  if (sequence && (spec.size & (spec.size - 1)) != 0)
    reading.complaints.warn(fmt::format("{} is {}, no power of two", one->label, spec.size), spec.where,
                            "Sobol's points are balanced at powers of two only, such as 512 or 1024");
  return spec;
}

std::optional<DesignSpec> read_design(Item const& item, Reading& reading) {
  if (item.node->form == Node::Form::map) return read_design_map(item, reading);
  bool const bare = item.node->form == Node::Form::scalar &&
                    std::find(std::begin(fields::bare_designs), std::end(fields::bare_designs), item.node->text) !=
                        std::end(fields::bare_designs);
  if (!bare) {
    std::string mend = "grid, one_at_a_time or a map such as {saltelli: 1024} was expected";
    if (item.node->form == Node::Form::scalar)
      if (auto const near = nearest_name(item.node->text, design_words); !near.empty()) {
        bool const word = kind_of(near) <= DesignKind::one_at_a_time;
        mend += fmt::format("; did you mean {}?", word ? std::string(near) : fmt::format("{{{}: …}}", near));
      }
    reading.complaints.add(refusal(item), value_place(item), std::move(mend));
    return std::nullopt;
  }
  DesignSpec spec;
  spec.kind = kind_of(item.node->text);
  spec.where = value_place(item);
  return spec;
}

void refuse_grid_of_laws(DesignSpec const& design, std::vector<SweptParameter> const& parameters, Reading& reading) {
  if (design.kind != DesignKind::grid) return;
  for (SweptParameter const& each : parameters)
    if (each.distribution.law != Distribution::Law::values)
      reading.complaints.add(fmt::format("'{}' has a distribution, and the design is a grid", each.path.name),
                             each.distribution.where,
                             "{values: [..]} was expected, or another design, such as {sobol: 256}");
}

std::vector<SweptParameter> read_parameters(Item const& item, Reading& reading) {
  std::vector<SweptParameter> parameters;
  std::vector<Item> const entries = entries_of(item, "a map from paths to distributions", reading);
  if (entries.empty() && item.node->form == Node::Form::map)
    reading.complaints.add(fmt::format("{} is empty", item.label), item.where, "at least one path was expected");
  for (Item const& each : entries) {
    std::optional<Distribution> law = read_distribution(each, reading);
    std::vector<std::string> keys = swept_keys(each.key, each.where, reading.complaints);
    if (law && !keys.empty()) parameters.push_back({{each.key, each.where}, std::move(keys), *std::move(law)});
  }
  std::sort(parameters.begin(), parameters.end(),
            [](SweptParameter const& a, SweptParameter const& b) { return a.keys < b.keys; });
  refuse_overlaps(parameters, reading);
  if (parameters.size() > most_parameters) {
    reading.complaints.add(fmt::format("the sweep has {} parameters", parameters.size()), item.where,
                           fmt::format("at most {} were expected", most_parameters));
    parameters.clear();
  }
  return parameters;
}

std::vector<FileRef> read_files(Item const& item, Parameters const& read, std::string_view key, Reading& reading) {
  std::vector<FileRef> files;
  if (!read.has(key)) return files;
  for (Reference const& each : read.references(key)) files.push_back(file_ref(each.name, each.where, reading));
  if (files.empty())
    reading.complaints.add(fmt::format("'{}' is empty", key), child(item, key)->where,
                           "at least one file was expected");
  return files;
}

/// Which of parameters, tables and the columns of a list a design takes its dimensions from.
void check_dimensions(Item const& item, SweepSpec const& spec, Reading& reading) {
  bool const listed = spec.design.kind == DesignKind::list;
  auto const parameters = child(item, "parameters"), tables = child(item, "tables");
  for (auto const& each : {parameters, tables})
    if (listed && each)
      reading.complaints.add(fmt::format("{} stands beside a list of points", each->label), each->where,
                             "the columns of the list say which values are run");
  if (!listed && !parameters && !tables)
    reading.complaints.add("the design has no parameters", spec.design.where,
                           "'parameters', a map from paths to distributions, or 'tables' was expected beside it");
  if (spec.design.kind == DesignKind::one_at_a_time && tables)
    reading.complaints.add("'tables' stands beside one_at_a_time", tables->where,
                           "rows of a table change several parameters at once: another design was expected");
}

void check_paired(SweepSpec const& spec, Reading& reading) {
  if (spec.design.kind == DesignKind::list || !spec.tables.empty()) return;
  double const points = count_points(spec, {});
  for (MeasureSpec const& each : spec.measures)
    if (each.paired_to && static_cast<double>(*each.paired_to) >= points)
      reading.complaints.add(fmt::format("'to' is {}", *each.paired_to), each.where,
                             fmt::format("a point from 0 to {:.0f} was expected", points - 1));
}

/// Differences are of replicates with the same luck, which independent points do not have.
void warn_of_luck(SweepSpec const& spec, Reading& reading) {
  if (spec.random_numbers != RandomNumbers::independent) return;
  for (MeasureSpec const& each : spec.measures)
    if (each.paired_to)
      reading.complaints.warn(fmt::format("'{}' is the difference of replicates that share no luck", each.name),
                              each.where, "'random_numbers: common' pairs them, and its errors are smaller");
}

std::vector<MeasureSpec> standard_measures(Place const& where) {
  MeasureSpec share, half;
  share.name = "final_share";
  half.name = "time_to_half";
  half.of = MeasureSpec::Of::time_to;
  share.where = half.where = where;
  return {share, half};
}

}  // namespace

void refuse_overlaps(std::vector<SweptParameter> const& sorted, Reading& reading) {
  for (std::size_t k = 1; k < sorted.size(); ++k) {
    std::vector<std::string> const& before = sorted[k - 1].keys;
    std::vector<std::string> const& keys = sorted[k].keys;
    if (before.size() > keys.size() || !std::equal(before.begin(), before.end(), keys.begin())) continue;
    Place const& other = sorted[k - 1].path.where;
    reading.complaints.add(
        fmt::format("'{}' is {} '{}'", sorted[k].path.name, before.size() == keys.size() ? "the same as" : "a part of",
                    sorted[k - 1].path.name),
        sorted[k].path.where,
        fmt::format("one of them was expected; the other stands at {}:{}:{}", other.file, other.line, other.column));
  }
}

/// The first values of all parameters at once, then the second, and so on: as many validations as one of them has. A
/// parameter that was complained of is not tried again.
void try_parameters(std::vector<SweptParameter> const& parameters, ScenarioDraft const& draft, Reading& reading) {
  std::vector<std::vector<Node>> tried;
  std::size_t most = 0;
  for (SweptParameter const& each : parameters) {
    tried.push_back(values_to_try(each.distribution, each.path.where));
    most = std::max(most, tried.back().size());
  }
  for (std::size_t k = 0; k < std::min(most, most_values_tried); ++k) {
    std::vector<TriedValue> values;
    for (std::size_t p = 0; p < parameters.size(); ++p)
      if (!tried[p].empty()) values.push_back({parameters[p].path.name, tried[p][std::min(k, tried[p].size() - 1)]});
    Complaints found;
    try_values(draft, values, reading.mechanisms, found);
    for (Complaint const& each : found.errors()) {
      reading.complaints.add(each.problem, each.where, each.mend);
      for (std::size_t p = 0; p < parameters.size(); ++p)
        if (parameters[p].path.where == each.where) tried[p].clear();
    }
  }
}

SweepSpec read_sweep(Item const& item, ScenarioDraft const& draft, Scenario const& scenario, Reading& reading) {
  SweepSpec spec;
  spec.where = item.where;
  std::size_t const before = reading.complaints.size();
  Parameters const read = read_section(item, fields::sweep, reading);
  if (item.node->form != Node::Form::map) return spec;
  auto const design = child(item, "design");
  std::optional<DesignSpec> const understood = design ? read_design(*design, reading) : std::nullopt;
  if (understood) spec.design = *understood;
  if (read.has("replicates")) spec.replicates = read.integer("replicates");
  if (read.text("random_numbers") == "independent") spec.random_numbers = RandomNumbers::independent;
  spec.scenarios = read_files(item, read, "scenarios", reading);
  spec.tables = read_files(item, read, "tables", reading);
  if (auto const parameters = child(item, "parameters")) spec.parameters = read_parameters(*parameters, reading);
  if (auto const measures = child(item, "measures"))
    spec.measures = read_measures(*measures, scenario, reading);
  else
    spec.measures = standard_measures(item.where);
  if (understood) {
    check_dimensions(item, spec, reading);
    refuse_grid_of_laws(spec.design, spec.parameters, reading);
  }
  bool const whole = understood && reading.complaints.size() == before;
  if (whole) check_paired(spec, reading);
  warn_of_luck(spec, reading);
  if (!spec.parameters.empty()) try_parameters(spec.parameters, draft, reading);
  return spec;
}

}  // namespace hansa
