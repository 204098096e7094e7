/// The terms of policies by name, before there are any rows.
#include "inference/term_names.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <string_view>
#include <utility>

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace hansa {

namespace {

struct NamedTerm {
  std::string name;
  std::string what;  ///< in words; pooled policies share it if these are the same
  Place where;
  std::string policy = {};
};

bool is_fitted(FitSpec const& spec, PolicySpec const& policy) {
  return spec.policies.empty() || std::any_of(spec.policies.begin(), spec.policies.end(),
                                              [&](Reference const& each) { return each.name == policy.name; });
}

/// Of one policy alone, no term is shared.
FitSpec with_pool(Scenario const& scenario, FitSpec spec) {
  auto const fitted = std::count_if(scenario.policies.begin(), scenario.policies.end(),
                                    [&](PolicySpec const& policy) { return is_fitted(spec, policy); });
  spec.pooled = spec.pooled && fitted > 1;
  return spec;
}

void add_baseline(PolicySpec const& policy, FitSpec const& spec, std::vector<NamedTerm>& terms) {
  bool const random = spec.pooled && spec.policy_effects == PolicyEffects::random;
  bool const exogenous = policy.rule != Rule::additive || policy.baseline;
  if (spec.pooled && exogenous) {
    terms.push_back({"baseline_" + policy.name, fmt::format("the baseline of '{}'", policy.name), policy.where});
  }
  if (exogenous && (random || !spec.pooled)) terms.push_back({"baseline", "the baseline", policy.where});
  if (random) terms.push_back({"policy_sd", "the standard deviation between policies", policy.where});
  if (policy.frailty.city > 0 || policy.frailty.city_policy > 0) {
    terms.push_back({"city_sd", "the standard deviation between cities", policy.frailty.where});
  }
}

void add_attributes(PolicySpec const& policy, std::vector<NamedTerm>& terms) {
  for (AttributeEffect const& each : policy.attributes) {
    auto const& [name, where] = each.attribute;
    auto const* values = std::get_if<std::map<std::string, double>>(&each.effect);
    if (values == nullptr) {
      terms.push_back({name, fmt::format("the attribute '{}'", name), where});
      continue;
    }
    for (auto const& [value, effect] : *values) {
      terms.push_back({name + "_" + value, fmt::format("the value '{}' of the attribute '{}'", value, name), where});
    }
  }
}

void add_trend(PolicySpec const& policy, std::vector<NamedTerm>& terms) {
  Trend const& trend = policy.trend;
  std::string form = "polynomial";
  if (trend.form == Trend::Form::log_time) form = "log_time";
  if (trend.form == Trend::Form::spline) form = fmt::format("spline, knots {}", fmt::join(trend.knots, ", "));
  for (std::size_t k = 1; k <= trend.coefficients.size(); ++k) {
    terms.push_back({fmt::format("trend_{}", k), fmt::format("the trend ({})", form), policy.where});
  }
  for (auto const& [label, effect] : trend.periods) {
    terms.push_back({fmt::format("period_{}", label), fmt::format("the trend's period {}", label), policy.where});
  }
}

void add_fixed_effects(FitSpec const& spec, Clock const& clock, World const& world, std::vector<NamedTerm>& terms) {
  for (FixedEffect const effect : spec.fixed_effects) {
    if (effect == FixedEffect::period) {
      for (std::int32_t label = clock.start; label <= clock.end; ++label) {
        terms.push_back({fmt::format("period_{}", label), fmt::format("the fixed effect of {}", label), spec.where});
      }
      continue;
    }
    TextColumn const* const countries = world.cities.text("country");
    if (countries == nullptr) continue;
    for (std::string const& label : countries->labels) {
      terms.push_back({"country_" + label, fmt::format("the fixed effect of country '{}'", label), spec.where});
    }
  }
}

void add_mechanisms(PolicySpec const& policy, std::vector<NamedTerm>& terms) {
  for (MechanismSpec const& each : policy.mechanisms) {
    std::string const mechanism = fmt::format("the mechanism '{}' ({})", each.name, each.kind);
    terms.push_back({each.name, mechanism, each.where});
    for (auto const& [attribute, slope] : each.strength_by) {
      terms.push_back(
          {each.name + "_by_" + attribute.name, fmt::format("{} by '{}'", mechanism, attribute.name), attribute.where});
    }
  }
}

std::vector<NamedTerm> terms_of(PolicySpec const& policy, FitSpec const& spec, Clock const& clock, World const& world) {
  std::vector<NamedTerm> terms;
  add_baseline(policy, spec, terms);
  add_attributes(policy, terms);
  add_trend(policy, terms);
  add_mechanisms(policy, terms);
  add_fixed_effects(spec, clock, world, terms);
  for (NamedTerm& each : terms) each.policy = policy.name;
  return terms;
}

std::string told(Place const& place) {
  return place.line > 0 ? fmt::format("{}:{}", place.file, place.line) : place.file;
}

void complain_of_two(NamedTerm const& first, NamedTerm const& second, Complaints& complaints) {
  if (first.policy == second.policy) {
    complaints.add(
        fmt::format("two terms of '{}' are called '{}': {} and {}", first.policy, first.name, first.what, second.what),
        second.where, fmt::format("give one of them another name (the other is in {})", told(first.where)));
    return;
  }
  complaints.add(fmt::format("'{}' is {} in '{}', but {} in '{}'", first.name, first.what, first.policy, second.what,
                             second.policy),
                 second.where,
                 fmt::format("policies that are pooled share the coefficients of equal names: give one of them another "
                             "name (the other is in {})",
                             told(first.where)));
}

}  // namespace

void check_term_names(Scenario const& scenario, FitSpec const& given, World const& world, Complaints& complaints) {
  FitSpec const spec = with_pool(scenario, given);
  std::map<std::string, NamedTerm> known;
  for (PolicySpec const& policy : scenario.policies) {
    if (!is_fitted(spec, policy)) continue;
    if (!spec.pooled) known.clear();  // those that compete have their policy's name in front
    for (NamedTerm const& term : terms_of(policy, spec, scenario.clock, world)) {
      auto const [found, fresh] = known.emplace(term.name, term);
      bool const shared = found->second.policy != term.policy && found->second.what == term.what;
      if (!fresh && !shared) complain_of_two(found->second, term, complaints);
    }
  }
}

void check_panel_names(Scenario const& scenario, FitSpec const& given, World const& world, Complaints& complaints) {
  FitSpec const spec = with_pool(scenario, given);
  constexpr std::array<std::string_view, 5> own{"city", "policy", "year", "event", "spell"};
  for (PolicySpec const& policy : scenario.policies) {
    if (!is_fitted(spec, policy)) continue;
    for (NamedTerm const& term : terms_of(policy, spec, scenario.clock, world)) {
      if (std::find(own.begin(), own.end(), term.name) == own.end()) continue;
      complaints.add(fmt::format("{} is called as a column that the rows have anyway", term.what), term.where,
                     "give it another name, or leave --panel out");
    }
  }
}

}  // namespace hansa
