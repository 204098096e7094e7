/// Reads the section `power`: hypotheses and the sizes of their effects, and worlds without contagion.
#include "scenario/read_power.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

#include <fmt/format.h>

#include "base/names.hpp"
#include "scenario/fields.hpp"
#include "scenario/path.hpp"
#include "scenario/try_paths.hpp"

namespace hansa {

namespace {

constexpr std::size_t most_levels = 100;

/// One number, or a list of them.
std::vector<double> read_sizes(Item const& item, Reading& reading) {
  constexpr Field number = {.name = "size"};
  std::vector<double> sizes;
  if (item.node->form == Node::Form::scalar) {
    if (auto const one = read_number(item, number, reading)) sizes.push_back(*one);
    return sizes;
  }
  std::vector<Item> const items = items_of(item, "a number, or a list of numbers", reading);
  for (Item const& each : items)
    if (auto const one = read_number(each, number, reading)) sizes.push_back(*one);
  if (items.empty() && item.node->form == Node::Form::list)
    reading.complaints.add(fmt::format("{} is empty", item.label), item.node->where, "at least one size was expected");
  if (items.size() > most_levels)
    reading.complaints.add(fmt::format("{} has {} sizes", item.label, items.size()), item.node->where,
                           fmt::format("at most {} were expected", most_levels));
  return sizes;
}

/// Complains of paths to anything but the strength of a mechanism.
std::optional<PowerEffect> read_effect(Item const& item, Reading& reading) {
  PowerEffect effect;
  effect.path = {item.key, item.where};
  std::vector<std::string> keys;
  try {
    keys = split_path(item.key, item.where);
  } catch (Error const& error) {
    for (Complaint const& each : error.complaints()) reading.complaints.add(each.problem, each.where, each.mend);
    return std::nullopt;
  }
  bool const is_strength =
      keys.size() == 5 && keys[0] == "policies" && keys[2] == "mechanisms" && keys[4] == "strength";
  if (!is_strength) {
    reading.complaints.add(fmt::format("'{}' is not the strength of a mechanism", item.key), item.where,
                           "policies.P.mechanisms.M.strength was expected");
    return std::nullopt;
  }
  effect.policy = keys[1];
  effect.mechanism = keys[3];
  effect.sizes = read_sizes(item, reading);
  if (effect.sizes.empty()) return std::nullopt;
  return effect;
}

/// Lists of levels are of one length.
std::size_t levels_of(std::vector<PowerEffect> const& effects, Reading& reading) {
  PowerEffect const* longest = nullptr;
  for (PowerEffect const& each : effects)
    if (each.sizes.size() > 1 && (!longest || each.sizes.size() > longest->sizes.size())) longest = &each;
  if (!longest) return 1;
  for (PowerEffect const& each : effects) {
    if (each.sizes.size() == 1 || each.sizes.size() == longest->sizes.size()) continue;
    reading.complaints.add(fmt::format("'{}' has {} sizes, and '{}' has {}", each.path.name, each.sizes.size(),
                                       longest->path.name, longest->sizes.size()),
                           each.path.where, "lists go side by side: the same number of sizes, or one, was expected");
  }
  return longest->sizes.size();
}

void try_sizes(std::vector<PowerEffect> const& effects, ScenarioDraft const& draft, Reading& reading) {
  std::vector<TriedValue> values;
  for (PowerEffect const& each : effects) {
    auto const [low, high] = std::minmax_element(each.sizes.begin(), each.sizes.end());
    for (double const size : {*low, *high}) {
      Complaints found;
      std::vector<TriedValue> const tried = {{each.path.name, value_node(size, each.path.where)}};
      try_values(draft, tried, reading.mechanisms, found);
      for (Complaint const& c : found.errors()) reading.complaints.add(c.problem, c.where, c.mend);
      if (found.errors().size() > 0 || *low == *high) break;
    }
  }
}

void read_hypotheses(Item const& item, Scenario const& scenario, PowerSpec& into, Reading& reading) {
  Names names;
  if (scenario.fit)
    for (Hypothesis const& each : scenario.fit->hypotheses) names.known.push_back(each.name);
  for (Item const& each : items_of(item, "", reading)) {
    into.hypotheses.push_back(read_defined(each, "hypothesis", names, reading));
  }
  if (into.hypotheses.empty() && item.node->form == Node::Form::list)
    reading.complaints.add("'hypotheses' is empty", item.where, "at least one was expected");
}

bool is_studied(PowerSpec const& spec, Hypothesis const& hypothesis) {
  return spec.hypotheses.empty() || std::any_of(spec.hypotheses.begin(), spec.hypotheses.end(),
                                                [&](Reference const& each) { return each.name == hypothesis.name; });
}

bool is_scored(FitSpec const& spec, std::string const& policy) {
  return spec.policies.empty() || std::any_of(spec.policies.begin(), spec.policies.end(),
                                              [&](Reference const& each) { return each.name == policy; });
}

/// Every mechanism of a hypothesis has a size: an effect of which nobody has said how large it may be is none.
void check_effects(PowerSpec const& spec, Scenario const& scenario, Reading& reading) {
  std::vector<PowerEffect const*> used;
  for (Hypothesis const& hypothesis : scenario.fit->hypotheses) {
    if (!is_studied(spec, hypothesis)) continue;
    for (Reference const& each : hypothesis.mechanisms) {
      for (PolicySpec const& policy : scenario.policies) {
        bool const has = std::any_of(policy.mechanisms.begin(), policy.mechanisms.end(),
                                     [&](MechanismSpec const& one) { return one.name == each.name; });
        if (!has || !is_scored(*scenario.fit, policy.name)) continue;
        auto const found = std::find_if(spec.effects.begin(), spec.effects.end(), [&](PowerEffect const& effect) {
          return effect.policy == policy.name && effect.mechanism == each.name;
        });
        if (found != spec.effects.end())
          used.push_back(&*found);
        else
          reading.complaints.add(
              fmt::format("'{}' of hypothesis '{}' has no effect sizes", each.name, hypothesis.name), spec.where,
              fmt::format("sizes of {} were expected in 'effects': there is no default",
                          joined(joined(joined("policies", policy.name), "mechanisms"), each.name) + ".strength"));
      }
    }
  }
  for (PowerEffect const& each : spec.effects) {
    if (std::find(used.begin(), used.end(), &each) != used.end()) continue;
    reading.complaints.add(fmt::format("'{}' acts under none of the hypotheses", each.path.name), each.path.where,
                           fmt::format("leave it out, or name '{}' in one of them", each.mechanism));
  }
}

std::vector<double> sizes_of_world(Parameters const& read, std::string const& key, Reading& reading) {
  auto const* const sizes = std::get_if<std::vector<double>>(&read.value(key));
  if (sizes == nullptr) return {};
  if (sizes->empty())
    reading.complaints.add(fmt::format("'{}' is empty", key.substr(key.rfind('.') + 1)), read.place(key),
                           "at least one size was expected: there is no default");
  return *sizes;
}

void read_worlds(Item const& item, Scenario const& scenario, Parameters const& read, PowerSpec& into,
                 Reading& reading) {
  for (std::size_t k = 0; k < std::size(fields::world_kinds); ++k) {
    auto const found = child(item, fields::world_kinds[k]);
    if (!found || found->node->form != Node::Form::map) continue;
    std::string const root = "worlds." + std::string(fields::world_kinds[k]) + ".";
    WorldSpec world;
    world.kind = static_cast<WorldSpec::Kind>(k);
    world.where = found->where;
    bool const shocks = world.kind == WorldSpec::Kind::shocks;
    world.strengths = sizes_of_world(read, root + (shocks ? "sd" : "strength"), reading);
    if (world.kind == WorldSpec::Kind::homophily && read.has(root + "network")) {
      world.name = read.reference(root + "network");
      if (read.has(root + "correlation")) world.correlation = read.number(root + "correlation");
    }
    if (world.kind == WorldSpec::Kind::membership && read.has(root + "collaboration"))
      world.name = {read.text(root + "collaboration"), read.place(root + "collaboration")};
    if (world.kind == WorldSpec::Kind::law) {
      if (auto const cities = child(*found, "cities")) world.cities = read_selector(*cities, reading);
      if (world.cities.where.file.empty()) world.cities.where = found->where;
      world.at = optional_label(read, root + "at").value_or(scenario.clock.start);
      if (world.at < scenario.clock.start || world.at > scenario.clock.end)
        reading.complaints.add(
            fmt::format("'at' is {}", world.at), read.place(root + "at"),
            fmt::format("a step from {} to {} was expected", scenario.clock.start, scenario.clock.end));
    }
    into.worlds.push_back(std::move(world));
  }
  if (into.worlds.empty() && item.node->form == Node::Form::map && item.node->entries.empty())
    reading.complaints.add("'worlds' is empty", item.where,
                           fmt::format("{} were expected", fmt::join(fields::world_kinds, ", ")));
}

}  // namespace

PowerSpec read_power(Item const& item, ScenarioDraft const& draft, Scenario const& scenario, Reading& reading) {
  PowerSpec spec;
  spec.where = item.where;
  std::size_t const before = reading.complaints.size();
  Parameters const read = read_section(item, fields::power, reading);
  if (item.node->form != Node::Form::map) return spec;
  spec.histories = read.integer("histories");
  spec.alpha = read.number("alpha");
  spec.test = read.text("test") == fields::power_test_choices[1] ? PowerTest::wald : PowerTest::likelihood_ratio;
  if (read.has("adoptions")) spec.adoptions = read.number("adoptions");
  bool const has_hypotheses = scenario.fit && !scenario.fit->hypotheses.empty();
  if (!has_hypotheses)
    reading.complaints.add("there are no hypotheses to simulate from", item.where,
                           "'hypotheses' in the section 'fit' were expected: {NAME: [MECHANISM, …]}");
  if (auto const names = child(item, "hypotheses"); names && has_hypotheses)
    read_hypotheses(*names, scenario, spec, reading);
  if (auto const effects = child(item, "effects")) {
    for (Item const& each : entries_of(*effects, "a map from paths to sizes", reading))
      if (auto effect = read_effect(each, reading)) spec.effects.push_back(*std::move(effect));
  }
  std::sort(spec.effects.begin(), spec.effects.end(),
            [](PowerEffect const& a, PowerEffect const& b) { return a.path.name < b.path.name; });
  if (auto const worlds = child(item, "worlds")) read_worlds(*worlds, scenario, read, spec, reading);
  if (reading.complaints.size() > before) return spec;
  spec.levels = levels_of(spec.effects, reading);
  check_effects(spec, scenario, reading);
  try_sizes(spec.effects, draft, reading);
  return spec;
}

}  // namespace hansa
