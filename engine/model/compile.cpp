/// From scenario and world to constant numbers and terms.
#include <algorithm>
#include <cmath>
#include <set>

#include "base/random.hpp"
#include "model/attribute_sums.hpp"
#include "model/costs.hpp"
#include "model/interventions.hpp"
#include "model/model.hpp"
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
FrailtyModel frailty_model(PolicySpec const& spec, Cities const& cities, Complaints& complaints) {
  FrailtySpec const& sds = spec.frailty;
  FrailtyModel model{sds.city, sds.city_policy, sds.country, sds.period, {}, {}};
  if (!(sds.country > 0)) return model;
  TextColumn const* column = require_text(cities, {"country", sds.where}, "a country's frailty", complaints);
  if (column == nullptr) return model;
  for (std::string const& label : column->labels) model.countries.push_back(hash_id(label));
  std::set<std::uint64_t> const distinct(model.countries.begin(), model.countries.end());
  if (distinct.size() != model.countries.size())
    complaints.add("two countries have the same hash", sds.where, "rename one of them");
  model.country_code = column->code;
  auto const unknown = std::count(column->code.begin(), column->code.end(), -1);
  if (unknown > 0) {
    complaints.warn(std::to_string(unknown) + (unknown == 1 ? " city has" : " cities have") + " no country", sds.where,
                    "the frailty of countries leaves them alone");
  }
  return model;
}

/// Under rule cascade a strength is a chance; 0 passes nothing on.
void check_chances(MechanismSpec const& spec, AttributeSums const& strengths, Cities const& cities,
                   Complaints& complaints) {
  auto const refuse = [&](Index city, double theta) {
    complaints.add("the strength of '" + spec.name + "' for city '" + cities.id[city] + "' is " + std::to_string(theta),
                   spec.where, "under rule cascade it is the chance of a tie of weight 1: 0 to 1 was expected");
  };
  auto const wrong = [](double theta) { return theta < 0 || theta > 1; };
  auto const first = std::find_if(strengths.start.begin(), strengths.start.end(), wrong);
  if (first != strengths.start.end()) return refuse(static_cast<Index>(first - strengths.start.begin()), *first);
  auto const later = std::find_if(strengths.later.begin(), strengths.later.end(),
                                  [&](AttributeStep const& each) { return wrong(each.sum); });
  if (later != strengths.later.end()) refuse(later->city, later->sum);
}

std::vector<CompiledTerm> compile_terms(PolicySpec const& spec, Scenario const& scenario, TermContext const& context,
                                        Catalogue catalogue, std::vector<std::string> const& mechanisms,
                                        Complaints& complaints) {
  std::vector<CompiledTerm> terms;
  for (MechanismSpec const& mechanism : spec.mechanisms) {
    auto const entry = std::find_if(catalogue.begin(), catalogue.end(),
                                    [&](CatalogueEntry const& e) { return e.schema->name == mechanism.kind; });
    if (entry == catalogue.end()) {
      complaints.add("unknown kind of mechanism '" + mechanism.kind + "'", mechanism.where);
      continue;
    }
    auto const name =
        std::lower_bound(mechanisms.begin() + std::size_t(Reserved::count), mechanisms.end(), mechanism.name);
    std::unique_ptr<Term const> term = entry->make(mechanism, context, complaints);
    if (term == nullptr) continue;
    CompiledTerm& compiled = terms.emplace_back();
    compiled.name = mechanism.name;
    compiled.mechanism = static_cast<std::size_t>(name - mechanisms.begin());
    compiled.strength = mechanism.strength;
    compiled.lowers_cost = lowers_cost(mechanism);
    AttributeSums strengths = city_strengths(mechanism, context.world, context.clock, complaints);
    multiply(strengths, mechanism.strength, context.world.cities.size(),
             campaigns_for(scenario, context.world, spec.name, mechanism.name), context.clock.steps());
    compiled.term = std::move(term);
    if (spec.rule == Rule::cascade) {
      check_chances(mechanism, strengths, context.world.cities, complaints);
      compiled.network = context.world.network(mechanism.parameters.reference("network").name);
    }
    compiled.strengths = std::move(strengths.start);
    compiled.strengths_later = std::move(strengths.later);
  }
  return terms;
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
  double const none = spec.rule == Rule::additive ? -infinity : 0;
  model.baseline = spec.rule == Rule::threshold ? 0 : spec.baseline.value_or(none);
  model.entry_law = spec.entry;
  model.frailty = frailty_model(spec, world.cities, complaints);
  AttributeSums sums = attribute_sums(spec.attributes, world, scenario.clock, complaints);
  model.attributes = std::move(sums.start);
  model.attributes_later = std::move(sums.later);
  model.trend = trend_values(spec.trend, scenario.clock);
  if (spec.trend.form == Trend::Form::log_time) model.log_time = spec.trend.coefficients.at(0);
  model.threshold = threshold_model(spec, world.cities, complaints);
  model.cost = cost_model(spec, world, scenario.clock, complaints);
  if (sources == Sources::known) model.known = known_sources(records, world.cities.size());
  model.terms =
      compile_terms(spec, scenario, {world, scenario.clock, spec, model.known}, catalogue, mechanisms, complaints);
  std::int32_t const before = scenario.clock.start - 1;
  std::int32_t const until = std::clamp(spec.adopters.until.value_or(before), before, scenario.clock.end);
  model.dated = dated_events(records, until, scenario.clock);
  model.first_decision = until - scenario.clock.start + 2;
  compile_at_risk(spec, records, world.cities, scenario.clock, model, complaints);
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
  compile_interventions(scenario, world, model, complaints);
  return model;
}

}  // namespace hansa
