/// Reads how a policy's pressure meets resistance: rule, baseline, thresholds and frailty, and what goes with which
/// rule.
#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "base/flat_math.hpp"
#include "scenario/fields.hpp"
#include "scenario/reader.hpp"

namespace hansa {

namespace {

/// A rule that was misspelt is taken for the default, and then nothing is said of what goes with it.
enum class RuleIs { known, unknown };

constexpr std::pair<std::string_view, Rule> rules[] = {{"logit", Rule::logit},       {"cloglog", Rule::cloglog},
                                                       {"additive", Rule::additive}, {"linear", Rule::linear},
                                                       {"cascade", Rule::cascade},   {"threshold", Rule::threshold}};

std::string_view name_of(Rule rule) {
  return std::find_if(std::begin(rules), std::end(rules), [&](auto const& each) { return each.second == rule; })->first;
}

bool needs_baseline(Rule rule) {
  return rule == Rule::logit || rule == Rule::cloglog || rule == Rule::linear;
}

/// Complains of keys that the rule has no use for.
void refuse_keys(Item const& policy, PolicySpec const& spec, std::span<std::string_view const> keys,
                 std::string_view because, Reading& reading) {
  for (std::string_view const key : keys) {
    auto const given = child(policy, key);
    if (!given) continue;
    reading.complaints.add(fmt::format("'{}' cannot stand beside rule {}", key, name_of(spec.rule)), given->where,
                           std::string(because));
  }
}

void check_keys(Item const& policy, PolicySpec const& spec, Reading& reading) {
  constexpr std::string_view of_cities[] = {"attributes", "trend", "frailty"};
  constexpr std::string_view all[] = {"baseline", "attributes", "trend", "frailty"};
  if (spec.rule == Rule::threshold)
    refuse_keys(policy, spec, std::span(all).first(1), "pressure is compared with thresholds alone", reading);
  if (spec.rule == Rule::cascade)
    refuse_keys(policy, spec, all, "each tie of a new adopter gives one chance, and nothing else presses", reading);
  if (spec.rule == Rule::additive && !child(policy, "baseline"))
    for (std::string_view const key : of_cities)
      if (auto const given = child(policy, key))
        reading.complaints.add(fmt::format("'{}' has nothing to act on without 'baseline'", key), given->where,
                               "rule additive multiplies the hazard exp(baseline) by it");
  if (spec.rule != Rule::threshold)
    for (std::string_view const key : {"threshold", "entry"})
      if (auto const given = child(policy, key))
        reading.complaints.add(fmt::format("'{}' goes only with rule threshold", key), given->where);
  if (needs_baseline(spec.rule) && !child(policy, "baseline"))
    reading.complaints.add(fmt::format("'baseline' is missing in {}", policy.label), policy.where,
                           fmt::format("rule {} needs a number or {{chance: p}}", name_of(spec.rule)));
}

void read_baseline(Item const& item, PolicySpec& into, Reading& reading) {
  if (item.node->form == Node::Form::map) {
    Parameters const read = read_section(item, fields::chance, reading);
    if (read.has("chance")) into.baseline = baseline_of_chance(read.number("chance"), into.rule);
  } else if (item.node->form == Node::Form::scalar) {
    into.baseline = read_number(item, fields::effect, reading).value_or(0);
  } else {
    refuse(item, "a number or {chance: p}", reading);
  }
}

/// {uniform: [a, b]} with a < b, or {normal: [mean, sd]} with sd > 0.
void read_law(Item const& form, Parameters const& read, ThresholdLaw& law, Reading& reading) {
  bool const uniform = form.key == "uniform";
  auto const& numbers = std::get<std::vector<double>>(read.value(form.key));
  law.form = uniform ? ThresholdLaw::Form::uniform : ThresholdLaw::Form::normal;
  bool const holds = numbers.size() == 2 && (uniform ? numbers[0] < numbers[1] : numbers[1] > 0);
  if (holds) {
    law.a = numbers[0];
    law.b = numbers[1];
  } else {
    reading.complaints.add(
        fmt::format("{} is [{}]", form.label, fmt::join(numbers, ", ")), form.node->where,
        uniform ? "[a, b] with a below b was expected" : "[mean, sd] with a standard deviation above 0 was expected");
  }
}

void read_threshold(Item const& item, ThresholdLaw& law, Reading& reading) {
  constexpr std::string_view forms[] = {"uniform", "normal", "attribute"};
  if (item.node->form == Node::Form::map) {
    Parameters const read = read_section(item, fields::threshold, reading);
    auto const form = exactly_one(item, forms, reading);
    if (!form || !read.has(form->key)) return;
    if (form->key == "attribute")
      law = {ThresholdLaw::Form::attribute, 0, 0, read.reference("attribute")};
    else
      read_law(*form, read, law, reading);
  } else if (item.node->form == Node::Form::scalar) {
    law.a = read_number(item, fields::effect, reading).value_or(0);
  } else {
    refuse(item, "a number, {uniform: [a, b]}, {normal: [mean, sd]} or {attribute: NAME}", reading);
  }
}

void check_threshold(Item const& policy, PolicySpec const& spec, Reading& reading) {
  auto const item = child(policy, "threshold");
  if (!item)
    return reading.complaints.add(
        fmt::format("'threshold' is missing in {}", policy.label), policy.where,
        "rule threshold needs a number, {uniform: [a, b]}, {normal: [mean, sd]} or {attribute: NAME}");
  bool const drawn = item->node->find("uniform") || item->node->find("normal");
  if (spec.entry == EntryLaw::settled && !drawn)
    reading.complaints.add("'entry: settled' needs thresholds that are drawn", child(policy, "entry")->where,
                           "{uniform: [a, b]} or {normal: [mean, sd]} was expected under 'threshold'");
}

FrailtySpec read_frailty(Parameters const& read, Place const& where) {
  return {read.number("frailty.city"), read.number("frailty.city_policy"), read.number("frailty.country"),
          read.number("frailty.period"), where};
}

/// Under rule cascade the only mechanism is exposure on a network, and its strength the chance of a tie of weight 1;
/// a national mandate presses beside it.
void check_attempt(Item const& mechanism, Reading& reading) {
  constexpr std::string_view unused[] = {"pool",          "normalize", "shape",       "half_life",
                                         "source_weight", "only",      "transmission"};
  for (Item const& entry : entries_of(mechanism, "", reading)) {
    bool const kind = std::any_of(reading.mechanisms.begin(), reading.mechanisms.end(),
                                  [&](Schema const* schema) { return schema->name == entry.key; });
    auto const of_law = entry.key == "national" ? child(entry, "kind") : std::nullopt;
    bool const binds = of_law && of_law->node->text == "mandate";
    if (kind && entry.key != "exposure" && !binds)
      reading.complaints.add(
          fmt::format("'{}' cannot stand beside rule cascade", entry.key), entry.where,
          of_law ? "exposure on a network, or a mandate, was expected" : "exposure on a network was expected");
    if (entry.key != "exposure" || entry.node->form != Node::Form::map) continue;
    for (std::string_view const key : unused)
      if (auto const given = child(entry, key))
        reading.complaints.add(fmt::format("'{}' cannot stand beside rule cascade", key), given->where,
                               "a tie of weight w is one chance of min(1, strength w)");
  }
}

void check_strength(Item const& mechanism, MechanismSpec const& spec, Rule rule, Reading& reading) {
  auto const item = child(mechanism, "strength");
  if (!item) return;
  bool const chance = rule == Rule::cascade;
  if (chance ? spec.strength > 0 && spec.strength <= 1 : spec.strength >= 0) return;
  refuse(*item,
         chance ? "under rule cascade the chance of a tie of weight 1, a number above 0 and at most 1,"
                : "under rule additive, which adds hazards, a number of at least 0",
         reading);
}

}  // namespace

double baseline_of_chance(double p, Rule rule) {
  if (rule == Rule::linear) return p;
  if (rule == Rule::logit) return flat::log(p) - flat::log1p(-p);
  return flat::log(-flat::log1p(-p));
}

void read_rule(Item const& policy, Parameters const& read, PolicySpec& into, Reading& reading) {
  std::string const& rule = read.text("rule");
  into.rule =
      std::find_if(std::begin(rules), std::end(rules), [&](auto const& each) { return each.first == rule; })->second;
  auto const written = child(policy, "rule");
  RuleIs const is = !written || written->node->text == rule ? RuleIs::known : RuleIs::unknown;
  into.entry = read.text("entry") == "settled" ? EntryLaw::settled : EntryLaw::burst;
  if (is == RuleIs::known) check_keys(policy, into, reading);
  if (auto const item = child(policy, "baseline")) read_baseline(*item, into, reading);
  if (auto const item = child(policy, "threshold")) read_threshold(*item, into.threshold, reading);
  if (into.rule == Rule::threshold) check_threshold(policy, into, reading);
  if (auto const item = child(policy, "frailty")) into.frailty = read_frailty(read, item->where);
}

void refuse_mechanisms(Item const& mechanisms, PolicySpec& spec, Reading& reading) {
  if (spec.rule != Rule::additive && spec.rule != Rule::cascade) return;
  std::erase_if(spec.mechanisms, [&](MechanismSpec const& each) {
    std::size_t const before = reading.complaints.size();
    auto const item = child(mechanisms, each.name);
    if (spec.rule == Rule::cascade) check_attempt(*item, reading);
    check_strength(*item, each, spec.rule, reading);
    return reading.complaints.size() > before;
  });
}

}  // namespace hansa
