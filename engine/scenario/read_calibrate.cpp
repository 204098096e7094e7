/// Reads the section `calibrate`: priors, summaries and hypotheses.
#include "scenario/read_calibrate.hpp"

#include <algorithm>
#include <iterator>
#include <string_view>
#include <utility>

#include <fmt/format.h>

#include "base/names.hpp"
#include "scenario/fields.hpp"
#include "scenario/path.hpp"
#include "scenario/read_sweep.hpp"
#include "scenario/tables.hpp"
#include "scenario/try_paths.hpp"

namespace hansa {

namespace {

constexpr std::size_t most_calibrated = 100;

/// Keys of a policy that hold numbers of its model, not of the world.
constexpr std::string_view calibrated_keys[] = {"baseline", "attributes", "trend", "merit",       "threshold",
                                                "frailty",  "mechanisms", "cost",  "abandonment", "reinvention"};

/// Keys of a path to a number of a policy; empty after a complaint.
std::vector<std::string> calibrated_path(Item const& item, Reading& reading) {
  std::vector<std::string> keys;
  try {
    keys = split_path(item.key, item.where);
  } catch (Error const& error) {
    for (Complaint const& each : error.complaints()) reading.complaints.add(each.problem, each.where, each.mend);
    return {};
  }
  bool const inside = keys[0] == "policies" && keys.size() > 2;
  if (inside && std::find(std::begin(calibrated_keys), std::end(calibrated_keys), keys[2]) != std::end(calibrated_keys))
    return keys;
  std::string mend = "a number of a policy was expected, as in policies.P.mechanisms.M.strength";
  constexpr std::string_view first[] = {"policies"};
  std::string near(keys[0] == "policies" ? std::string_view() : nearest_name(keys[0], first));
  if (inside) near = nearest_name(keys[2], calibrated_keys);
  if (!near.empty()) mend += fmt::format("; did you mean '{}'?", near);
  reading.complaints.add(fmt::format("'{}' cannot be calibrated", item.key), item.where, std::move(mend));
  return {};
}

/// Words have no distances: each would be a model of its own.
bool has_words(Distribution const& law, Reading& reading) {
  for (Node const& each : law.values) {
    if (!each.quoted && parse_number(each.text)) continue;
    reading.complaints.add(fmt::format("the prior has the word '{}'", each.text), each.where,
                           "numbers were expected; models that differ by more are compared as 'hypotheses'");
    return true;
  }
  return false;
}

std::vector<SweptParameter> read_priors(Item const& item, Reading& reading) {
  std::vector<SweptParameter> priors;
  std::vector<Item> const entries = entries_of(item, "a map from paths to distributions", reading);
  if (entries.empty() && item.node->form == Node::Form::map)
    reading.complaints.add(fmt::format("{} is empty", item.label), item.where,
                           "at least one path with its prior was expected");
  for (Item const& each : entries) {
    std::optional<Distribution> law = read_distribution(each, reading);
    std::vector<std::string> keys = calibrated_path(each, reading);
    if (law && !keys.empty() && !has_words(*law, reading))
      priors.push_back({{each.key, each.where}, std::move(keys), *std::move(law)});
  }
  std::sort(priors.begin(), priors.end(),
            [](SweptParameter const& a, SweptParameter const& b) { return a.keys < b.keys; });
  refuse_overlaps(priors, reading);
  if (priors.size() > most_calibrated) {
    reading.complaints.add(fmt::format("{} has {} paths", item.label, priors.size()), item.where,
                           fmt::format("at most {} were expected", most_calibrated));
    priors.clear();
  }
  return priors;
}

SummarySpec::Of summary_of(std::string_view word) {
  return static_cast<SummarySpec::Of>(
      std::find(std::begin(fields::bare_summaries), std::end(fields::bare_summaries), word) -
      std::begin(fields::bare_summaries));
}

std::optional<SummarySpec> read_summary(Item const& item, Reading& reading) {
  SummarySpec spec;
  spec.where = value_place(item);
  if (item.node->form == Node::Form::scalar) {
    spec.of = summary_of(item.node->text);
    if (static_cast<std::size_t>(spec.of) < std::size(fields::bare_summaries)) return spec;
    std::string mend = "curve, curve_by_group, exposure_at_adoption or moran was expected";
    if (auto const near = nearest_name(item.node->text, fields::bare_summaries); !near.empty())
      mend += fmt::format("; did you mean '{}'?", near);
    reading.complaints.add(refusal(item), spec.where, std::move(mend));
    return std::nullopt;
  }
  std::size_t const before = reading.complaints.size();
  Parameters const read = read_section(item, fields::summary, reading);
  auto const one = exactly_one(item, std::span(fields::bare_summaries).subspan(1), reading);
  if (!one || reading.complaints.size() > before) return std::nullopt;
  spec.of = summary_of(one->key);
  spec.by = read.reference(one->key);
  return spec;
}

std::vector<SummarySpec> read_summaries(std::optional<Item> const& item, Reading& reading) {
  std::vector<SummarySpec> summaries;
  if (!item) {
    for (std::string_view const word : fields::bare_summaries) summaries.push_back({summary_of(word), {}, {}});
    return summaries;
  }
  std::vector<Item> const entries = items_of(*item, "a list of summaries", reading);
  if (entries.empty() && item->node->form == Node::Form::list)
    reading.complaints.add("'summaries' is empty", item->where, "at least one was expected");
  for (Item const& each : entries) {
    std::optional<SummarySpec> summary = read_summary(each, reading);
    if (!summary) continue;
    for (SummarySpec const& other : summaries) {
      bool const same_part = !other.by || !summary->by || other.by->name == summary->by->name;
      if (other.of == summary->of && same_part)
        complain_twice(std::string(fields::bare_summaries[static_cast<std::size_t>(other.of)]), summary->where,
                       other.where, reading);
    }
    summaries.push_back(*std::move(summary));
  }
  return summaries;
}

Names all_mechanisms(Node const& root, Scenario const& scenario, Reading const& reading) {
  Names names{{}, reading.policies.complete};
  Node const* const policies = root.find("policies");
  for (PolicySpec const& each : scenario.policies) {
    Node const* const policy = policies ? policies->find(each.name) : nullptr;
    if (!policy) continue;
    names.complete = names.complete && defines_names(*policy, "mechanisms", fields::policy);
    Node const* const mechanisms = policy->find("mechanisms");
    if (!mechanisms) continue;
    for (Node::Entry const& entry : mechanisms->entries) names.known.push_back(entry.key);
  }
  std::sort(names.known.begin(), names.known.end());
  names.known.erase(std::unique(names.known.begin(), names.known.end()), names.known.end());
  return names;
}

std::vector<Hypothesis> read_calibrated_hypotheses(Item const& item, Node const& root, Scenario const& scenario,
                                                   Reading& reading) {
  constexpr Field names = {.name = "", .kind = Kind::texts};
  Names const known = all_mechanisms(root, scenario, reading);
  std::vector<Hypothesis> hypotheses;
  std::vector<Item> const entries = entries_of(item, "a map from names to lists of mechanisms", reading);
  for (Item const& each : entries) {
    Hypothesis hypothesis{each.key, each.where, {}};
    (void)check_name(each, reading);
    if (std::holds_alternative<std::monostate>(read_value(names, each, reading))) continue;
    for (Item const& name : items_of(each, "", reading))
      hypothesis.mechanisms.push_back(read_defined(name, "mechanism", known, reading));
    hypotheses.push_back(std::move(hypothesis));
  }
  if (entries.empty() && item.node->form == Node::Form::map)
    reading.complaints.add("'hypotheses' is empty", item.where, "at least one was expected");
  std::sort(hypotheses.begin(), hypotheses.end(), [](auto const& a, auto const& b) { return a.name < b.name; });
  return hypotheses;
}

bool keeps(Hypothesis const& hypothesis, std::string const& mechanism) {
  return std::any_of(hypothesis.mechanisms.begin(), hypothesis.mechanisms.end(),
                     [&](Reference const& each) { return each.name == mechanism; });
}

/// What a hypothesis leaves out gets the strength 0, so that it must have one, and nothing beside it that acts.
void check_left_out(Hypothesis const& hypothesis, ScenarioDraft const& draft, Scenario const& scenario,
                    Reading& reading) {
  std::vector<TriedValue> values;
  for (PolicySpec const& policy : scenario.policies) {
    for (MechanismSpec const& each : policy.mechanisms) {
      if (keeps(hypothesis, each.name)) continue;
      if (!each.strength_by.empty())
        reading.complaints.add(fmt::format("'{}' leaves out '{}', whose strength_by acts whatever its strength is",
                                           hypothesis.name, each.name),
                               hypothesis.where, "a mechanism without strength_by was expected");
      std::string const mechanism = joined(joined(joined("policies", policy.name), "mechanisms"), each.name);
      values.push_back({joined(mechanism, "strength"), value_node(0, hypothesis.where)});
    }
  }
  Complaints found;
  try_values(draft, values, reading.mechanisms, found);
  for (Complaint const& each : found.errors())
    reading.complaints.add(fmt::format("'{}' leaves out what has no strength: {}", hypothesis.name, each.problem),
                           each.where, "name that mechanism among those that act");
}

/// A parameter of a mechanism must act under some hypothesis.
void check_parameters_act(CalibrateSpec const& spec, Reading& reading) {
  for (SweptParameter const& each : spec.parameters) {
    if (each.keys.size() < 4 || each.keys[2] != "mechanisms") continue;
    bool const acts = std::any_of(spec.hypotheses.begin(), spec.hypotheses.end(),
                                  [&](Hypothesis const& one) { return keeps(one, each.keys[3]); });
    if (!acts)
      reading.complaints.add(fmt::format("'{}' acts under none of the hypotheses", each.path.name), each.path.where,
                             fmt::format("leave it out, or name '{}' in one of them", each.keys[3]));
  }
}

}  // namespace

CalibrateSpec read_calibrate(Item const& item, ScenarioDraft const& draft, Scenario const& scenario, Reading& reading) {
  CalibrateSpec spec;
  spec.where = item.where;
  std::size_t const before = reading.complaints.size();
  Parameters const read = read_section(item, fields::calibrate, reading);
  if (item.node->form != Node::Form::map) return spec;
  if (auto const parameters = child(item, "parameters")) spec.parameters = read_priors(*parameters, reading);
  spec.summaries = read_summaries(child(item, "summaries"), reading);
  if (auto const hypotheses = child(item, "hypotheses"))
    spec.hypotheses = read_calibrated_hypotheses(*hypotheses, draft.root, scenario, reading);
  spec.particles = read.integer("particles");
  spec.generations = read.integer("generations");
  spec.replicates = read.integer("replicates");
  spec.quantile = read.number("quantile");
  if (read.has("tolerance")) spec.tolerance = read.number("tolerance");
  spec.acceptance = read.number("acceptance");
  if (!spec.parameters.empty()) try_parameters(spec.parameters, draft, reading);
  if (spec.hypotheses.empty() || reading.complaints.size() > before) return spec;
  check_parameters_act(spec, reading);
  for (Hypothesis const& each : spec.hypotheses) check_left_out(each, draft, scenario, reading);
  return spec;
}

}  // namespace hansa
