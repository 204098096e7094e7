/// Reads the section `interventions`: who does what, and when.
#include <algorithm>
#include <iterator>
#include <utility>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "base/names.hpp"
#include "scenario/fields.hpp"
#include "scenario/read_acts.hpp"
#include "scenario/read_changes.hpp"
#include "scenario/read_set.hpp"
#include "scenario/reader.hpp"

namespace hansa {

namespace {

/// Complains of dates on which nothing can be done.
void check_dates(Parameters const& read, Scenario const& scenario, Reading& reading) {
  Clock const& clock = scenario.clock;
  if (!read.has("at") || clock.end < clock.start) return;
  std::int64_t const at = read.integer("at");
  auto const check = [&](std::string_view key, std::int64_t label) {
    bool const within = label >= clock.start && label <= clock.end;
    if (!within)
      reading.complaints.add(fmt::format("'{}' is {}, but time runs from {} to {}", key, label, clock.start, clock.end),
                             read.place(key), "a step of that time was expected");
    return within;
  };
  bool const begins = check("at", at);
  if (!read.has("until")) return;
  std::int64_t const until = read.integer("until");
  if (check("until", until) && begins && until < at)
    reading.complaints.add(fmt::format("'until' is {}, but 'at' is {}", until, at), read.place("until"),
                           "a step that is not before it was expected: both count");
}

/// What data give is not changed by seeds.
void check_replay(SeedSpec const& seed, std::int32_t at, Place const& where, Scenario const& scenario,
                  Reading& reading) {
  auto const policy = std::find_if(scenario.policies.begin(), scenario.policies.end(),
                                   [&](PolicySpec const& each) { return each.name == seed.policy.name; });
  if (policy == scenario.policies.end() || !policy->adopters.until || at > *policy->adopters.until) return;
  reading.complaints.add(
      fmt::format("a seed in {}, but adoptions of '{}' until {} are given", at, policy->name, *policy->adopters.until),
      where, "a later step was expected: what the data say has happened");
}

/// An act is read from its item and the parameters of the whole intervention.
using ReadAct = ActSpec (*)(Item const&, Parameters const&, Scenario const&, Reading&);

ActSpec read_seed(Item const& item, Parameters const& read, Scenario const& scenario, Reading& reading) {
  SeedSpec seed;
  seed.where = item.where;
  if (read.has("seed.policy")) seed.policy = read.reference("seed.policy");
  seed.success = read.number("seed.success");
  if (auto const cities = child(item, "cities")) seed.cities = read_selector(*cities, reading);
  if (seed.cities.where.file.empty()) seed.cities.where = item.where;
  if (read.has("at"))
    check_replay(seed, static_cast<std::int32_t>(read.integer("at")), read.place("at"), scenario, reading);
  return seed;
}

enum class Lasts { once, until };

struct Verb {
  std::string_view name;
  ReadAct read;
  Lasts lasts;
};
constexpr Verb verbs[] = {{"seed", read_seed, Lasts::once},
                          {"push", read_push, Lasts::until},
                          {"campaign", read_campaign, Lasts::until},
                          {"mandate", read_mandate, Lasts::until},
                          {"subsidy", read_subsidy, Lasts::until},
                          {"join", read_join, Lasts::once},
                          {"leave", read_leave, Lasts::once},
                          {"dissolve", read_dissolve, Lasts::once},
                          {"add_ties", read_add_ties, Lasts::once},
                          {"remove_ties", read_remove_ties, Lasts::once},
                          {"set", read_set, Lasts::until}};

/// The last step, of what lasts: by default that of time.
std::optional<std::int32_t> last_step(Item const& item, Verb const& verb, Parameters const& read, Clock const& clock,
                                      Reading& reading) {
  auto const until = child(item, "until");
  if (until && verb.lasts == Lasts::once)
    reading.complaints.add(fmt::format("'until' cannot stand beside '{}'", verb.name), until->where,
                           "it acts once, in the step 'at'");
  if (verb.lasts == Lasts::once) return std::nullopt;
  return read.has("until") ? static_cast<std::int32_t>(read.integer("until")) : clock.end;
}

/// Its own name, or "seed-2006".
std::string name_of(Parameters const& read, std::string const& verb, Reading& reading) {
  if (!read.has("name")) return read.has("at") ? fmt::format("{}-{}", verb, read.integer("at")) : std::string();
  std::string const& name = read.text("name");
  if (!is_name(name))
    reading.complaints.add(fmt::format("'{}' is not a name", name), read.place("name"),
                           "letters, digits, '_' and '-' were expected");
  return name;
}

std::optional<InterventionSpec> read_intervention(Item const& item, Scenario const& scenario, Reading& reading) {
  std::vector<std::string_view> names;
  for (Verb const& each : verbs) names.push_back(each.name);
  if (item.node->form != Node::Form::map) {
    refuse(item, fmt::format("a map with at and one of {}", fmt::join(names, ", ")), reading);
    return std::nullopt;
  }
  Parameters const read = read_section(item, fields::intervention, reading);
  auto const act = exactly_one(item, names, reading);
  if (!act) return std::nullopt;
  InterventionSpec spec;
  spec.where = item.where;
  spec.verb = act->key;
  spec.name = name_of(read, spec.verb, reading);
  if (read.has("name")) spec.where = read.place("name");
  if (read.has("cost")) spec.cost = read.number("cost");
  if (read.has("at")) spec.at = static_cast<std::int32_t>(read.integer("at"));
  check_dates(read, scenario, reading);
  if (spec.verb == "set" && act->node->form != Node::Form::map) refuse(*act, "a map from paths to numbers", reading);
  if (act->node->form != Node::Form::map) return std::nullopt;
  auto const verb =
      std::find_if(std::begin(verbs), std::end(verbs), [&](Verb const& each) { return each.name == spec.verb; });
  spec.until = last_step(item, *verb, read, scenario.clock, reading);
  spec.act = verb->read(*act, read, scenario, reading);
  bool const whole = read.has("at") && !spec.name.empty() && (!spec.policy() || !spec.policy()->name.empty());
  return whole ? std::optional(std::move(spec)) : std::nullopt;
}

/// Draws are keyed by these names, so that no two may be the same.
void check_names(std::vector<InterventionSpec> const& sorted, Reading& reading) {
  for (std::size_t k = 1; k < sorted.size(); ++k) {
    if (sorted[k].name != sorted[k - 1].name) continue;
    Place const& before = sorted[k - 1].where;
    reading.complaints.add(fmt::format("two interventions are called '{}'", sorted[k].name), sorted[k].where,
                           fmt::format("a name of its own was expected; the other stands at {}:{}:{}", before.file,
                                       before.line, before.column));
  }
}

}  // namespace

std::vector<InterventionSpec> read_interventions(Item const& item, Scenario const& scenario, Reading& reading) {
  std::vector<InterventionSpec> specs;
  for (Item const& each : items_of(item, "a list of interventions", reading))
    if (auto spec = read_intervention(each, scenario, reading)) specs.push_back(std::move(*spec));
  std::stable_sort(specs.begin(), specs.end(), [](auto const& a, auto const& b) { return a.name < b.name; });
  check_names(specs, reading);
  check_sets(specs, reading);
  return specs;
}

}  // namespace hansa
