/// Reads the section `policies`: rules, effects, thresholds, adopters and who is at risk.
#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "base/flat_math.hpp"
#include "scenario/fields.hpp"
#include "scenario/reader.hpp"

namespace hansa {

namespace {

constexpr Field effect = {.name = "effect"};

/// A rule that was misspelt is taken for the default, and then nothing is said of what goes with it.
enum class RuleIs { known, unknown };

/// The baseline at which a city adopts with probability p in a step if nothing else presses.
double baseline_of_chance(double p, Rule rule) {
  if (rule == Rule::cloglog) return flat::log(-flat::log1p(-p));
  return flat::log(p) - flat::log1p(-p);
}

void read_baseline(Item const& policy, RuleIs is, PolicySpec& into, Reading& reading) {
  auto const item = child(policy, "baseline");
  bool const threshold = into.rule == Rule::threshold;
  std::string_view const rule = into.rule == Rule::logit ? "logit" : "cloglog";
  if (!item && !threshold && is == RuleIs::known)
    reading.complaints.add(fmt::format("'baseline' is missing in {}", policy.label), policy.where,
                           fmt::format("rule {} needs a number or {{chance: p}}", rule));
  if (!item) return;
  if (threshold)
    reading.complaints.add("'baseline' cannot stand beside rule threshold", item->where,
                           "pressure is compared with thresholds alone");
  if (item->node->form == Node::Form::map) {
    Parameters const read = read_section(*item, "baseline", fields::chance, reading);
    if (read.has("chance")) into.baseline = baseline_of_chance(read.number("chance"), into.rule);
  } else if (item->node->form == Node::Form::scalar) {
    into.baseline = read_number(*item, effect, reading).value_or(0);
  } else {
    refuse(*item, "a number or {chance: p}", reading);
  }
}

/// True after a complaint that the key is the rest of a number.
bool refused_as_split(Item const& item, Reading& reading) {
  std::string_view const mend = mend_for_split_number(item);
  if (!mend.empty()) reading.complaints.add(refusal(item), item.where, std::string(mend));
  return !mend.empty();
}

void read_effects(Item const& item, PolicySpec& into, Reading& reading) {
  for (Item const& each : entries_of(item, "a map from attributes to effects", reading)) {
    AttributeEffect& attribute = into.attributes.emplace_back();
    attribute.attribute = {each.key, each.where};
    if (refused_as_split(each, reading)) continue;
    if (each.node->form == Node::Form::map) {
      std::map<std::string, double> by_value;
      for (Item const& value : entries_of(each, "", reading))
        if (!refused_as_split(value, reading))
          by_value.emplace(value.key, read_number(value, effect, reading).value_or(0));
      attribute.effect = std::move(by_value);
    } else if (each.node->form == Node::Form::scalar) {
      attribute.effect = read_number(each, effect, reading).value_or(0);
    } else {
      refuse(each, "a number, or a map from values to numbers,", reading);
    }
  }
  std::sort(into.attributes.begin(), into.attributes.end(),
            [](auto const& a, auto const& b) { return a.attribute.name < b.attribute.name; });
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

void read_threshold(Item const& policy, RuleIs is, PolicySpec& into, Reading& reading) {
  constexpr std::string_view forms[] = {"uniform", "normal", "attribute"};
  bool const threshold = into.rule == Rule::threshold;
  for (std::string_view const key : {"threshold", "entry"})
    if (auto const given = child(policy, key); given && !threshold && is == RuleIs::known)
      reading.complaints.add(fmt::format("'{}' goes only with rule threshold", key), given->where);
  auto const item = child(policy, "threshold");
  if (!item && threshold)
    reading.complaints.add(
        fmt::format("'threshold' is missing in {}", policy.label), policy.where,
        "rule threshold needs a number, {uniform: [a, b]}, {normal: [mean, sd]} or {attribute: NAME}");
  if (!item) return;
  ThresholdLaw& law = into.threshold;
  if (item->node->form == Node::Form::map) {
    Parameters const read = read_section(*item, "threshold", fields::threshold, reading);
    auto const form = exactly_one(*item, forms, reading);
    if (!form || !read.has(form->key)) return;
    if (form->key == "attribute")
      law = {ThresholdLaw::Form::attribute, 0, 0, read.reference("attribute")};
    else
      read_law(*form, read, law, reading);
  } else if (item->node->form == Node::Form::scalar) {
    law.a = read_number(*item, effect, reading).value_or(0);
  } else {
    refuse(*item, "a number, {uniform: [a, b]}, {normal: [mean, sd]} or {attribute: NAME}", reading);
  }
}

void read_adopters(Item const& item, PolicySpec& into, Clock const& clock, Reading& reading) {
  bool const of_file = item.node->find("file") || item.node->find("until") || item.node->find("coverage");
  if (!of_file) {
    into.adopters.source = read_selector(item, reading);
    return;
  }
  Parameters const read = read_section(item, "adopters", fields::adopters, reading);
  if (read.has("file")) into.adopters.source = file_ref(read.text("file"), read.place("file"), reading);
  into.adopters.until = optional_label(read, "until");
  if (auto const coverage = child(item, "coverage")) into.adopters.coverage = read_selector(*coverage, reading);
  if (into.adopters.until && *into.adopters.until < clock.start - 1 && clock.end >= clock.start)
    reading.complaints.warn(fmt::format("adoptions until {} are given", *into.adopters.until), read.place("until"),
                            fmt::format("all those before {}, in which time starts, are anyway", clock.start));
  if (into.adopters.until && *into.adopters.until >= clock.end && clock.end >= clock.start)
    reading.complaints.warn(fmt::format("adoptions until {} are given", *into.adopters.until), read.place("until"),
                            fmt::format("time ends in {}: nothing is left to simulate", clock.end));
}

void read_at_risk(Item const& policy, Parameters const& read, PolicySpec& into, Reading& reading) {
  into.at_risk.from = optional_reference(read, "at_risk.from");
  into.at_risk.until = optional_reference(read, "at_risk.until");
  auto const item = child(policy, "at_risk");
  if (!item) return;
  if (auto const cities = child(*item, "cities")) into.at_risk.cities = read_selector(*cities, reading);
}

PolicySpec read_policy(Item const& item, Clock const& clock, Reading& reading) {
  PolicySpec spec;
  spec.name = item.key;
  spec.where = item.where;
  (void)check_name(item, reading);
  Parameters const read = read_section(item, "policy", fields::policy, reading);
  if (item.node->form != Node::Form::map) return spec;
  std::string const& rule = read.text("rule");
  spec.rule = rule == "logit" ? Rule::logit : rule == "cloglog" ? Rule::cloglog : Rule::threshold;
  auto const written = child(item, "rule");
  RuleIs const is = !written || written->node->text == rule ? RuleIs::known : RuleIs::unknown;
  read_baseline(item, is, spec, reading);
  read_threshold(item, is, spec, reading);
  if (auto const effects = child(item, "attributes")) read_effects(*effects, spec, reading);
  if (auto const trend = child(item, "trend")) spec.trend = read_trend(*trend, clock, reading);
  if (auto const adopters = child(item, "adopters")) read_adopters(*adopters, spec, clock, reading);
  read_at_risk(item, read, spec, reading);
  if (auto const mechanisms = child(item, "mechanisms")) spec.mechanisms = read_mechanisms(*mechanisms, reading);
  return spec;
}

}  // namespace

std::vector<PolicySpec> read_policies(Item const& item, Clock const& clock, Reading& reading) {
  std::vector<PolicySpec> policies;
  std::vector<Item> const entries = entries_of(item, "a map of policies by name", reading);
  for (Item const& each : entries) policies.push_back(read_policy(each, clock, reading));
  if (entries.empty() && item.node->form == Node::Form::map)
    reading.complaints.add("'policies' is empty", item.where, "at least one policy was expected");
  std::sort(policies.begin(), policies.end(), [](auto const& a, auto const& b) { return a.name < b.name; });
  return policies;
}

}  // namespace hansa
