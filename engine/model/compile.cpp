/// From scenario and world to constant numbers and terms.
#include <algorithm>
#include <cmath>
#include <set>

#include "base/random.hpp"
#include "model/attribute_sums.hpp"
#include "model/bars.hpp"
#include "model/compile_terms.hpp"
#include "model/costs.hpp"
#include "model/dynamics.hpp"
#include "model/interventions.hpp"
#include "model/members.hpp"
#include "model/model.hpp"
#include "model/phases.hpp"
#include "model/resources.hpp"
#include "model/trend.hpp"

namespace hansa {

namespace {

ThresholdModel threshold_model(PolicySpec const& spec, Cities const& cities, Complaints& complaints) {
  ThresholdModel model{spec.threshold.form, spec.threshold.a, spec.threshold.b, {}};
  if (spec.rule == Rule::threshold && spec.threshold.form == ThresholdLaw::Form::attribute) {
    auto const* column = require_number(cities, spec.threshold.attribute, "a threshold", complaints);
    if (column != nullptr) model.given = *column;
  }
  return model;
}

/// Codes of the cities' countries, and hashes of their names. Cities of no country have no effect of one.
void add_countries(Place const& where, Cities const& cities, FrailtyModel& model, Complaints& complaints) {
  TextColumn const* column = require_text(cities, {"country", where}, "a country's frailty", complaints);
  if (column == nullptr) return;
  for (std::string const& label : column->labels) model.countries.push_back(hash_id(label));
  std::set<std::uint64_t> const distinct(model.countries.begin(), model.countries.end());
  if (distinct.size() != model.countries.size())
    complaints.add("two countries have the same hash", where, "rename one of them");
  model.country_code = column->code;
  auto const unknown = std::count(column->code.begin(), column->code.end(), -1);
  if (unknown > 0) {
    complaints.warn(std::to_string(unknown) + (unknown == 1 ? " city has" : " cities have") + " no country", where,
                    "the frailty of countries leaves them alone");
  }
}

FrailtyModel frailty_model(std::vector<Phase> const& phases, Cities const& cities, Complaints& complaints) {
  FrailtyModel model{{}, {}, {}};
  for (Phase const& each : phases) {
    FrailtySpec const& sds = each.spec.frailty;
    FrailtyStep const now{each.step, sds.city, sds.city_policy, sds.country, sds.period};
    auto const numbers = [](FrailtyStep const& of) { return std::tie(of.city, of.city_policy, of.country, of.period); };
    if (model.sds.empty() || numbers(now) != numbers(model.sds.back())) model.sds.push_back(now);
  }
  bool const of_countries =
      std::any_of(model.sds.begin(), model.sds.end(), [](FrailtyStep const& each) { return each.country > 0; });
  PolicySpec const& spec = phases.front().spec;
  if (of_countries)
    add_countries(spec.frailty.where.file.empty() ? spec.where : spec.frailty.where, cities, model, complaints);
  return model;
}

/// Σ β x by date, as the phases have it.
AttributeSums attributes_by_date(std::vector<Phase> const& phases, World const& world, Clock const& clock,
                                 Complaints& complaints) {
  Complaints told;  // of the first phase
  PhasedSums sums;
  std::vector<AttributeEffect> const* before = nullptr;
  auto const same = [](AttributeEffect const& a, AttributeEffect const& b) { return a.effect == b.effect; };
  for (Phase const& each : phases) {
    std::vector<AttributeEffect> const& now = each.spec.attributes;
    if (before == nullptr || !std::equal(now.begin(), now.end(), before->begin(), same))
      sums.add(each.step, attribute_sums(now, world, clock, before == nullptr ? complaints : told));
    before = &now;
  }
  return sums.take();
}

/// number(phase) wherever it is another than before.
template <class Number>
std::vector<NumberStep> changes_of(std::vector<Phase> const& phases, Number const& number) {
  std::vector<NumberStep> later;
  for (std::size_t p = 1; p < phases.size(); ++p)
    if (number(phases[p].spec) != number(phases[p - 1].spec)) later.push_back({phases[p].step, number(phases[p].spec)});
  return later;
}

void compile_baseline(std::vector<Phase> const& phases, PolicyModel& model) {
  double const none = model.rule == Rule::additive ? -infinity : 0;
  auto const number = [&](PolicySpec const& spec) {
    return model.rule == Rule::threshold ? 0 : spec.baseline.value_or(none);
  };
  model.baseline = number(phases.front().spec);
  model.baselines_later = changes_of(phases, number);
}

void compile_trend(std::vector<Phase> const& phases, Clock const& clock, PolicyModel& model) {
  Trend const* before = nullptr;
  std::vector<double> values;
  model.trend.assign(trend_values(phases.front().spec.trend, clock).size(), 0.0);
  for (std::size_t p = 0; p < phases.size(); ++p) {
    Trend const& now = phases[p].spec.trend;
    bool const same = before != nullptr && now.coefficients == before->coefficients && now.periods == before->periods;
    if (!same) values = trend_values(now, clock);
    before = &now;
    auto const end = p + 1 < phases.size() ? static_cast<std::size_t>(phases[p + 1].step) - 1 : model.trend.size();
    for (std::size_t t = static_cast<std::size_t>(phases[p].step) - 1; t < std::min(end, values.size()); ++t)
      model.trend[t] = values[t];
  }
  if (phases.front().spec.trend.form != Trend::Form::log_time) return;
  auto const number = [](PolicySpec const& spec) { return spec.trend.coefficients.at(0); };
  model.log_time = number(phases.front().spec);
  model.log_times_later = changes_of(phases, number);
}

/// Step of a label for something that happens in the world: 0 for all before the first step.
std::int32_t dated_step_of(std::int32_t label, Clock const& clock) {
  return label < clock.start ? 0 : label - clock.start + 1;
}

/// Initial adopters and replayed events, sorted by step, then city, then time.
std::vector<DatedEvent> dated_events(PolicyRecords const& records, std::int32_t until, Clock const& clock) {
  std::vector<DatedEvent> dated;
  for (Index const city : records.initial) dated.push_back({0, clock.start - 1, {city, 0, +1}});
  std::int32_t episode = 0;
  for (std::size_t k = 0; k < records.observed.size(); ++k) {
    Observation const& row = records.observed[k];
    episode = k > 0 && records.observed[k - 1].city == row.city ? episode + 1 : 0;
    if (row.year > until || row.year > clock.end) continue;
    dated.push_back({dated_step_of(row.year, clock), row.year, {row.city, episode, +1}});
    if (row.left && *row.left <= std::min(until, clock.end))
      dated.push_back({dated_step_of(*row.left, clock), *row.left, {row.city, episode, -1}});
  }
  std::stable_sort(dated.begin(), dated.end(), [](DatedEvent const& a, DatedEvent const& b) {
    return std::tie(a.step, a.event.city, a.label) < std::tie(b.step, b.event.city, b.label);
  });
  return dated;
}

/// Steps from an attribute of labels; missing means `otherwise`.
std::vector<std::int16_t> steps_of(Reference const& attribute, Cities const& cities, Clock const& clock,
                                   std::int16_t otherwise, Complaints& complaints) {
  auto const* column = cities.number(attribute.name);
  if (column == nullptr) {
    (void)require_number(cities, attribute, "a time label", complaints);
    return {};
  }
  if (!require_constant(cities, attribute, "a time label", complaints)) return {};
  std::vector<std::int16_t> steps(cities.size(), otherwise);
  std::optional<Index> first;
  std::size_t broken = 0;
  for (Index i = 0; i < cities.size(); ++i) {
    double const label = (*column)[i];
    if (std::isnan(label)) continue;
    if (label != std::floor(label)) {
      if (broken++ == 0) first = i;
      continue;
    }
    double const step = std::clamp(label - clock.start + 1, 0.0, clock.steps() + 1.0);
    steps[i] = static_cast<std::int16_t>(step);
  }
  if (first) {
    std::string const others = broken == 1 ? "" : " (and of " + std::to_string(broken - 1) + " more)";
    complaints.add("'" + attribute.name + "' of city '" + cities.id[*first] + "'" + others + " is not a whole number",
                   attribute.where, "a time label was expected");
  }
  return steps;
}

void compile_at_risk(PolicySpec const& spec, PolicyRecords const& records, Cities const& cities, Clock const& clock,
                     PolicyModel& model, Complaints& complaints) {
  auto const last = static_cast<std::int16_t>(clock.steps());
  if (spec.at_risk.from) model.entry = steps_of(*spec.at_risk.from, cities, clock, 1, complaints);
  if (spec.at_risk.until) model.exit = steps_of(*spec.at_risk.until, cities, clock, last, complaints);
  bool const all = std::all_of(records.eligible.begin(), records.eligible.end(), [](std::uint8_t e) { return e != 0; });
  if (all) return;
  if (model.exit.empty()) model.exit.assign(cities.size(), last);
  for (Index i = 0; i < cities.size(); ++i) {
    if (records.eligible[i] == 0) model.exit[i] = 0;
  }
}

/// Nothing if all are known.
std::vector<std::uint8_t> known_sources(PolicyRecords const& records, Index cities) {
  std::vector<std::uint8_t> known = known_cities(records, cities);
  if (std::find(known.begin(), known.end(), 0) == known.end()) known.clear();
  return known;
}

PolicyModel compile_policy(PolicySpec const& spec, PolicyRecords const& records, Scenario const& scenario,
                           World const& world, Catalogue catalogue, std::vector<std::string> const& mechanisms,
                           Sources sources, Complaints& complaints) {
  PolicyModel model;
  model.name = spec.name;
  model.hash = hash_id(spec.name);
  model.rule = spec.rule;
  std::vector<Phase> const phases = phases_of(spec, scenario);
  compile_baseline(phases, model);
  model.entry_law = spec.entry;
  model.frailty = frailty_model(phases, world.cities, complaints);
  AttributeSums sums = attributes_by_date(phases, world, scenario.clock, complaints);
  model.attributes = std::move(sums.start);
  model.attributes_later = std::move(sums.later);
  compile_trend(phases, scenario.clock, model);
  model.threshold = threshold_model(spec, world.cities, complaints);
  model.cost = cost_model(phases, world, scenario.clock, complaints);
  model.when_unaffordable = spec.when_unaffordable;
  if (sources == Sources::known) model.known = known_sources(records, world.cities.size());
  CompiledMechanisms made =
      compile_terms(phases, scenario, {world, scenario.clock, spec, model.known, scenario.policies, scenario.networks},
                    catalogue, mechanisms, complaints);
  model.terms = std::move(made.terms);
  model.laws = std::move(made.laws);
  std::int32_t const before = scenario.clock.start - 1;
  std::int32_t const until = std::clamp(spec.adopters.until.value_or(before), before, scenario.clock.end);
  model.dated = dated_events(records, until, scenario.clock);
  model.first_decision = until - scenario.clock.start + 2;
  compile_at_risk(spec, records, world.cities, scenario.clock, model, complaints);
  if (spec.abandonment)
    model.leaving = {
        .hazard = spec.abandonment->hazard, .base = spec.abandonment->base, .own_belief = spec.abandonment->own_belief};
  model.reinvention = spec.reinvention;
  return model;
}

std::vector<std::string> mechanism_names(Scenario const& scenario) {
  std::vector<std::string> names{"baseline", "attributes", "trend", "frailty", "intervention", "data"};
  std::set<std::string> own;
  for (PolicySpec const& policy : scenario.policies) {
    for (MechanismSpec const& mechanism : policy.mechanisms) own.insert(mechanism.name);
  }
  names.insert(names.end(), own.begin(), own.end());
  return names;
}

}  // namespace

Model compile(Scenario const& scenario, World const& world, Catalogue catalogue, Complaints& complaints,
              Sources sources) {
  Model model;
  model.clock = scenario.clock;
  model.seed = scenario.seed;
  model.mechanisms = mechanism_names(scenario);
  std::map<std::uint64_t, std::string_view> hashes;
  for (std::size_t p = 0; p < scenario.policies.size(); ++p) {
    PolicySpec const& spec = scenario.policies[p];
    model.policies.push_back(
        compile_policy(spec, world.records.at(p), scenario, world, catalogue, model.mechanisms, sources, complaints));
    auto const [other, fresh] = hashes.emplace(model.policies.back().hash, spec.name);
    if (!fresh) {
      complaints.add("policies '" + spec.name + "' and '" + std::string(other->second) + "' have the same hash",
                     spec.where, "rename one of them");
    }
  }
  compile_bars(scenario, world, model, complaints);
  compile_resources(scenario, world, model, complaints);
  compile_dynamics(scenario, world, model, complaints);
  compile_members(scenario, world, model, complaints);
  compile_interventions(scenario, world, model, complaints);
  return model;
}

}  // namespace hansa
