/// From the draft to the scenario: the sections in turn, and what holds between them.
#include "scenario/validate.hpp"

#include <algorithm>
#include <bit>
#include <cstdint>
#include <utility>

#include <fmt/format.h>

#include "base/names.hpp"
#include "scenario/fields.hpp"
#include "scenario/read_calibrate.hpp"
#include "scenario/read_fit.hpp"
#include "scenario/read_power.hpp"
#include "scenario/read_stats.hpp"
#include "scenario/read_sweep.hpp"
#include "scenario/reader.hpp"
#include "scenario/what_if.hpp"

namespace hansa {

namespace {

constexpr std::int64_t most_steps = 32000;

/// The names that a map among a section's keys defines; they live as long as the draft.
Names names_in(Node const& root, std::string_view section, std::span<Field const> fields) {
  Names names{{}, defines_names(root, section, fields)};
  if (Node const* map = root.find(section))
    for (Node::Entry const& entry : map->entries) names.known.push_back(entry.key);
  std::sort(names.known.begin(), names.known.end());
  names.known.erase(std::unique(names.known.begin(), names.known.end()), names.known.end());
  return names;
}

/// The names of the mechanisms of each policy.
void find_mechanisms(Node const& root, Reading& reading) {
  Node const* const policies = root.find("policies");
  if (policies == nullptr) return;
  for (Node::Entry const& each : policies->entries) {
    Names names = names_in(each.value, "mechanisms", fields::policy);
    names.complete = names.complete && each.value.form == Node::Form::map;
    reading.policy_mechanisms.emplace(each.key, std::move(names));
  }
}

/// The unit is what one step is called: a plural is a slip. Readers of netCDF take every unit of time with the word
/// since for dates, and fail at "years since …"; xarray takes some plurals for durations, and turns labels into
/// nanoseconds. The singular is a mere label to all of them.
void check_unit(std::string const& unit, Place const& where, Reading& reading) {
  constexpr std::string_view plurals[] = {"decades", "years",        "quarters",     "months",
                                          "weeks",   "days",         "hours",        "minutes",
                                          "seconds", "milliseconds", "microseconds", "nanoseconds"};
  std::string lower = unit;
  for (char& c : lower) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  if (lower.find("since") != std::string::npos)
    return reading.complaints.add(
        fmt::format("the unit of time '{}' holds the word since", unit), where,
        "a plain label such as year was expected: readers of the result would take it for dates");
  if (std::find(std::begin(plurals), std::end(plurals), lower) == std::end(plurals)) return;
  reading.complaints.add(fmt::format("the unit of time is '{}'", unit), where,
                         fmt::format("'{}' was expected, in the singular: it is what one step is called",
                                     std::string_view(lower).substr(0, lower.size() - 1)));
}

void read_clock(Parameters const& read, Clock& clock, Reading& reading) {
  clock.unit = read.text("time.unit");
  check_unit(clock.unit, read.place("time.unit"), reading);
  clock.start = 0;
  clock.end = -1;  // no step, so that nothing is held against a time that was not understood
  if (!read.has("time.start") || !read.has("time.end")) return;
  std::int64_t const start = read.integer("time.start");
  std::int64_t const end = read.integer("time.end");
  Place const& where = read.place("time.end");
  if (end < start)
    reading.complaints.add(fmt::format("time ends in {} but starts in {}", end, start), where,
                           "the end was expected not to be before the start");
  else if (end - start + 1 > most_steps)
    reading.complaints.add(fmt::format("time has {} steps", end - start + 1), where,
                           fmt::format("at most {} were expected", most_steps));
  clock.start = static_cast<std::int32_t>(start);
  clock.end = static_cast<std::int32_t>(end);
}

/// True if the path leads to a value that is in the draft.
bool leads_somewhere(Node const& root, std::vector<std::string> const& keys) {
  Node const* node = &root;
  for (std::string const& key : keys) {
    node = node->find(key);
    if (!node) return false;
  }
  return true;
}

void read_sources(Item const& item, Node const& root, Scenario& into, Reading& reading) {
  constexpr std::string_view words[] = {"fitted", "literature", "assumed"};
  for (Item const& each : entries_of(item, "a map from paths to sources", reading)) {
    std::string const& text = each.node->text;
    std::string_view const word = std::string_view(text).substr(0, text.find_first_of(" :(,;"));
    bool const known = std::find(std::begin(words), std::end(words), word) != std::end(words);
    if (each.node->form != Node::Form::scalar || !known)
      refuse(each, "fitted, literature (with the reference) or assumed", reading);
    else if (text == "literature")
      reading.complaints.add(fmt::format("the source of {} is literature without a reference", each.label),
                             each.node->where, "'literature (author year)' was expected");
    try {
      if (!leads_somewhere(root, split_path(each.key, each.where)))
        reading.complaints.warn(fmt::format("{} is not in this file", each.label), each.where,
                                "its source is that of a default");
    } catch (Error const& error) {
      for (Complaint const& c : error.complaints()) reading.complaints.add(c.problem, c.where, c.mend);
    }
    into.sources[each.key] = text;
  }
}

void check_quantiles(std::vector<double> const& numbers, Item const& item, Reading& reading) {
  if (check_ascending(numbers, item, reading) && numbers.back() <= 1)
    reading.complaints.warn(fmt::format("no one of {} is above 1", item.label), item.node->where,
                            "quantiles are in per cent: 50 is the median");
}

void read_output(std::optional<Item> const& item, Parameters const& read, OutputSpec& output, Reading& reading) {
  if (read.has("output.file")) output.file = read.text("output.file");
  if (read.has("output.by")) output.by = read.references("output.by");
  output.histories = read.flag("output.histories");
  output.quantiles = std::get<std::vector<double>>(read.value("output.quantiles"));
  output.beliefs = read.flag("output.beliefs");
  output.events = read.flag("output.events");
  output.ties = read.flag("output.ties");
  if (!item) return;
  output.where = item->where;
  auto const quantiles = child(*item, "quantiles");
  if (!quantiles || quantiles->node->form != Node::Form::list) return;
  if (quantiles->node->items.empty())
    reading.complaints.add("'quantiles' is empty", quantiles->node->where, "at least one number was expected");
  else if (read.place("output.quantiles") == quantiles->node->where)  // and not the default after a complaint
    check_quantiles(output.quantiles, *quantiles, reading);
}

/// Beliefs are of learning mechanisms.
void check_beliefs(Parameters const& read, Scenario const& scenario, Reading& reading) {
  if (!scenario.output.beliefs) return;
  for (PolicySpec const& policy : scenario.policies)
    for (MechanismSpec const& each : policy.mechanisms)
      if (each.kind == "learning") return;
  reading.complaints.warn("no policy has a mechanism of the kind 'learning'", read.place("output.beliefs"),
                          "there are no beliefs to keep: they are all missing");
}

/// What went wrong when the draft was merged with its base, and keys that should have been merged.
void tell_merging(ScenarioDraft const& draft, Complaints& complaints) {
  for (Complaint const& each : draft.mistakes.errors()) complaints.add(each.problem, each.where, each.mend);
  complaints.count_more(draft.mistakes);
  refuse_unmerged(draft.root, complaints);
}

void read_labels(Parameters const& read, ScenarioDraft const& draft, Scenario& into) {
  auto const text = [&](std::string_view name) { return read.has(name) ? read.text(name) : std::string(); };
  into.title = read.has("title") ? read.text("title") : draft.file.stem().string();
  into.purpose = text("purpose");
  into.patterns = text("patterns");
  into.currency = text("currency");
  into.seed = std::bit_cast<std::uint64_t>(read.integer("seed"));
  into.replicates = read.integer("replicates");
}

}  // namespace

bool defines_names(Node const& root, std::string_view section) {
  return defines_names(root, section, fields::scenario);
}

Scenario validate(ScenarioDraft const& draft, std::span<Schema const* const> mechanisms, Complaints& complaints) {
  Scenario scenario;
  scenario.file = draft.file;
  for (ScenarioFile const& each : draft.bases) scenario.bases.push_back(each.path);
  Reading reading{complaints, draft.file.parent_path(), mechanisms};
  reading.bases = draft.bases;
  tell_merging(draft, complaints);
  Item const root{"", "the scenario", {draft.file.string(), 1, 1}, &draft.root};
  if (draft.root.form != Node::Form::map) {
    refuse(root, "a map with the keys hansa, time, cities, policies", reading);
    return scenario;
  }
  reading.networks = names_in(draft.root, "networks", fields::scenario);
  reading.policies = names_in(draft.root, "policies", fields::scenario);
  find_mechanisms(draft.root, reading);
  Parameters const read = read_section(root, fields::scenario, reading);
  read_labels(read, draft, scenario);
  read_clock(read, scenario.clock, reading);
  if (auto const item = child(root, "sources")) read_sources(*item, draft.root, scenario, reading);
  if (auto const item = child(root, "cities")) scenario.cities = read_cities(*item, read, reading);
  if (read.has("countries.file"))
    scenario.countries = file_ref(read.text("countries.file"), read.place("countries.file"), reading);
  if (auto const item = child(root, "networks")) scenario.networks = read_networks(*item, reading);
  if (auto const item = child(root, "collaborations"))
    scenario.collaborations = read_collaborations(*item, read, reading);
  if (auto const item = child(root, "policies")) scenario.policies = read_policies(*item, scenario.clock, reading);
  if (auto const item = child(root, "resources")) scenario.resources = read_resources(*item, read);
  if (auto const item = child(root, "interventions"))
    scenario.interventions = read_interventions(*item, scenario, reading);
  check_resources(scenario, draft.root, reading);
  check_uses_of_groups(scenario, reading);
  check_uses_of_living_ties(scenario, reading);
  check_collaborations(scenario, reading);
  if (auto const item = child(root, "fit")) scenario.fit = read_fit(*item, draft.root, scenario, reading);
  read_output(child(root, "output"), read, scenario.output, reading);
  check_beliefs(read, scenario, reading);
  if (auto const item = child(root, "sweep")) scenario.sweep = read_sweep(*item, draft, scenario, reading);
  if (auto const item = child(root, "calibrate")) scenario.calibrate = read_calibrate(*item, draft, scenario, reading);
  if (auto const item = child(root, "power")) scenario.power = read_power(*item, draft, scenario, reading);
  if (auto const item = child(root, "stats")) scenario.stats = read_stats(*item, scenario.clock, reading);
  return scenario;
}

}  // namespace hansa
