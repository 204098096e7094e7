/// Periods and countries that decide in a run from a fit though the fit has no estimate of theirs.
#include "run/fitted_groups.hpp"

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "scenario/draft.hpp"
#include "scenario/path.hpp"

namespace hansa {

namespace {

constexpr char const* no_event = "no event in the fit";
constexpr char const* no_row = "not in the fit";

/// What a fit says of one fixed effect of one policy.
struct Effect {
  std::optional<std::string> reference;
  std::set<std::string> without_event;
};

/// Fixed effects by policy and key of the policy (`attributes`, `trend`).
std::map<std::pair<std::string, std::string>, Effect> effects_of(Estimates const& fit, Place const& where) {
  std::map<std::pair<std::string, std::string>, Effect> effects;
  for (UnestimatedGroup const& group : fit.groups) {
    std::vector<std::string> const keys = split_path(group.path, where);
    if (keys.size() != 5 || keys[0] != "policies") continue;
    Effect& effect = effects[{keys[1], keys[2]}];
    if (group.why == UnestimatedGroup::Why::reference)
      effect.reference = keys[4];
    else
      effect.without_event.insert(keys[4]);
  }
  return effects;
}

/// Whether estimates below the path were taken over, or there are none.
bool is_taken_over(Estimates const& fit, std::string const& below, Scenario const& scenario) {
  bool any = false;
  for (auto const& paths : fit.paths) {
    for (std::string const& path : paths) {
      if (!path.starts_with(below)) continue;
      auto const source = scenario.sources.find(path);
      if (source != scenario.sources.end() && source->second == "fitted") return true;
      any = true;
    }
  }
  return !any;
}

/// Cities that can decide at some step: at risk by their dates, and not adopters by the data.
std::vector<Index> deciding(PolicyModel const& policy, Clock const& clock, Index count) {
  std::vector<std::uint8_t> has(count, 0);
  for (DatedEvent const& each : policy.dated) has[each.event.city] = each.event.sign > 0 ? 1 : 0;
  std::vector<Index> cities;
  for (Index i = 0; i < count; ++i) {
    std::int32_t const first = std::max(policy.entry.empty() ? 1 : policy.entry[i] + 0, policy.first_decision);
    std::int32_t const last = policy.exit.empty() ? clock.steps() : policy.exit[i];
    if (has[i] == 0 && first <= last) cities.push_back(i);
  }
  return cities;
}

/// The first of many, and how many more there are.
std::string list_of(std::vector<std::string> const& names) {
  constexpr std::size_t most = 12;
  if (names.size() <= most) return fmt::format("{}", fmt::join(names, ", "));
  return fmt::format("{} and {} more", fmt::join(names.begin(), names.begin() + most, ", "), names.size() - most);
}

class GroupWarnings {
 public:
  GroupWarnings(Scenario const& scenario, World const& world, Model const& model, Place const& where,
                Complaints& complaints)
      : scenario_(scenario), world_(world), model_(model), where_(where), complaints_(complaints) {}

  void add(Estimates const& fit) {
    for (auto const& [of, effect] : effects_of(fit, where_)) {
      std::string const& name = of.first;
      auto const spec = std::find_if(scenario_.policies.begin(), scenario_.policies.end(),
                                     [&](PolicySpec const& each) { return each.name == name; });
      if (spec == scenario_.policies.end()) continue;
      PolicyModel const& policy = model_.policies[static_cast<std::size_t>(spec - scenario_.policies.begin())];
      bool const of_period = of.second == "trend";
      std::string const path = joined("policies", name) + (of_period ? ".trend.periods" : ".attributes.country");
      if (!is_taken_over(fit, path + ".", scenario_)) continue;
      if (of_period && effect.reference)
        add_periods(*spec, policy, effect, path);
      else if (of_period)
        add_trend(*spec, policy, effect);
      else if (effect.reference)
        add_countries(*spec, policy, effect, path);
    }
  }

 private:
  void warn(PolicySpec const& spec, std::string const& groups, Effect const& effect, std::string const& path) {
    complaints_.warn(fmt::format("policy '{}' has no estimate of {}: they decide with the effect of {}, the reference",
                                 spec.name, groups, *effect.reference),
                     where_, fmt::format("say an effect with --set {}.GROUP=NUMBER where they have another", path));
  }

  void add_countries(PolicySpec const& spec, PolicyModel const& policy, Effect const& effect, std::string const& path) {
    TextColumn const* const column = world_.cities.text("country");
    if (column == nullptr) return;
    std::map<std::string, double> named;
    for (AttributeEffect const& each : spec.attributes) {
      if (each.attribute.name != "country") continue;
      if (auto const* const by_value = std::get_if<std::map<std::string, double>>(&each.effect)) named = *by_value;
    }
    std::map<std::string, std::size_t> without;
    std::size_t nowhere = 0;
    for (Index const city : deciding(policy, model_.clock, world_.cities.size())) {
      std::int32_t const code = column->code[city];
      if (code < 0) {
        ++nowhere;
        continue;
      }
      std::string const& country = column->labels[static_cast<std::size_t>(code)];
      if (country != *effect.reference && named.count(country) == 0) ++without[country];
    }
    std::vector<std::string> groups;
    for (auto const& [country, cities] : without)
      groups.push_back(fmt::format("{} ({})", country, effect.without_event.count(country) > 0 ? no_event : no_row));
    if (nowhere > 0) groups.push_back(fmt::format("cities without a country ({} of them)", nowhere));
    if (!groups.empty()) warn(spec, (without.empty() ? "" : "country ") + list_of(groups), effect, path);
  }

  void add_periods(PolicySpec const& spec, PolicyModel const& policy, Effect const& effect, std::string const& path) {
    struct Span {
      std::int32_t first, last;
      char const* why;
    };
    std::vector<Span> spans;
    for (std::int32_t step = policy.first_decision; step <= model_.clock.steps(); ++step) {
      std::int32_t const label = model_.clock.start + step - 1;
      if (spec.trend.periods.count(label) > 0 || std::to_string(label) == *effect.reference) continue;
      char const* const why = effect.without_event.count(std::to_string(label)) > 0 ? no_event : no_row;
      bool const goes_on = !spans.empty() && spans.back().last == label - 1 && spans.back().why == why;
      if (goes_on)
        spans.back().last = label;
      else
        spans.push_back({label, label, why});
    }
    std::vector<std::string> groups;
    for (Span const& each : spans)
      groups.push_back(each.first == each.last ? fmt::format("{} ({})", each.first, each.why)
                                               : fmt::format("{} to {} ({})", each.first, each.last, each.why));
    if (!groups.empty()) warn(spec, list_of(groups), effect, path);
  }

  void add_trend(PolicySpec const& spec, PolicyModel const& policy, Effect const& effect) {
    std::vector<std::string> kept;
    for (auto const& [label, value] : spec.trend.periods) {
      bool const decides = label >= model_.clock.start + policy.first_decision - 1 && label <= model_.clock.end;
      if (decides && effect.without_event.count(std::to_string(label)) > 0)
        kept.push_back(fmt::format("{} ({})", label, value));
    }
    if (kept.empty()) return;
    complaints_.warn(fmt::format("policy '{}' has no estimate of the trend in {}, which had no event in the fit: the "
                                 "effects are those that the scenario says",
                                 spec.name, list_of(kept)),
                     where_);
  }

  Scenario const& scenario_;
  World const& world_;
  Model const& model_;
  Place const& where_;
  Complaints& complaints_;
};

}  // namespace

void warn_of_groups(std::vector<Estimates> const& fits, Scenario const& scenario, World const& world,
                    Model const& model, Place const& where, Complaints& complaints) {
  GroupWarnings warnings(scenario, world, model, where, complaints);
  for (Estimates const& fit : fits) warnings.add(fit);
}

}  // namespace hansa
