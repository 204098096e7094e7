/// From scenario and world to constant numbers and terms.
#include <algorithm>
#include <cmath>
#include <set>

#include "base/names.hpp"
#include "base/random.hpp"
#include "model/model.hpp"
#include "model/trend.hpp"

namespace hansa {

namespace {

/// Adds β x of one attribute to every city.
void add_effect(AttributeEffect const& effect, Cities const& cities, std::vector<double>& sum, Complaints& complaints) {
  if (auto const* slope = std::get_if<double>(&effect.effect)) {
    auto const* column = require_number(cities, effect.attribute, "an effect of one number", complaints);
    if (column == nullptr) return;
    for (Index i = 0; i < cities.size(); ++i) sum[i] += *slope * (*column)[i];
    return;
  }
  auto const& by_value = std::get<std::map<std::string, double>>(effect.effect);
  TextColumn const* column = require_text(cities, effect.attribute, "an effect per value", complaints);
  if (column == nullptr) return;
  std::vector<double> of_label(column->labels.size(), 0.0);
  std::vector<std::string_view> const known(column->labels.begin(), column->labels.end());
  for (auto const& [value, beta] : by_value) {
    auto const at = std::lower_bound(column->labels.begin(), column->labels.end(), value);
    if (at == column->labels.end() || *at != value) {
      complaints.add("unknown value '" + value + "' of attribute '" + effect.attribute.name + "'",
                     effect.attribute.where, expected_one_of(value, known));
    } else {
      of_label[static_cast<std::size_t>(at - column->labels.begin())] = beta;
    }
  }
  for (Index i = 0; i < cities.size(); ++i) {
    if (column->code[i] >= 0) sum[i] += of_label[static_cast<std::size_t>(column->code[i])];
  }
}

std::vector<double> attribute_sums(PolicySpec const& spec, Cities const& cities, Complaints& complaints) {
  if (spec.attributes.empty()) return {};
  std::vector<double> sum(cities.size(), 0.0);
  for (AttributeEffect const& effect : spec.attributes) add_effect(effect, cities, sum, complaints);
  return sum;
}

ThresholdModel threshold_model(PolicySpec const& spec, Cities const& cities, Complaints& complaints) {
  ThresholdModel model{spec.threshold.form, spec.threshold.a, spec.threshold.b, {}};
  if (spec.rule == Rule::threshold && spec.threshold.form == ThresholdLaw::Form::attribute) {
    auto const* column = require_number(cities, spec.threshold.attribute, "a threshold", complaints);
    if (column != nullptr) model.given = *column;
  }
  return model;
}

std::vector<CompiledTerm> compile_terms(PolicySpec const& spec, TermContext const& context, Catalogue catalogue,
                                        std::vector<std::string> const& mechanisms, Complaints& complaints) {
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
    terms.push_back(
        {mechanism.name, static_cast<std::size_t>(name - mechanisms.begin()), mechanism.strength, std::move(term)});
  }
  return terms;
}

/// Step of a label for something that happens in the world: 0 for all before the first step.
std::int32_t step_of(std::int32_t label, Clock const& clock) {
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
    dated.push_back({step_of(row.year, clock), row.year, {row.city, episode, +1}});
    if (row.left && *row.left <= std::min(until, clock.end))
      dated.push_back({step_of(*row.left, clock), *row.left, {row.city, episode, -1}});
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
  std::vector<std::int16_t> steps(cities.size(), otherwise);
  for (Index i = 0; i < cities.size(); ++i) {
    double const label = (*column)[i];
    if (std::isnan(label)) continue;
    if (label != std::floor(label)) {
      complaints.add("'" + attribute.name + "' of city '" + cities.id[i] + "' is not a whole number", attribute.where,
                     "a time label was expected");
      continue;
    }
    double const step = std::clamp(label - clock.start + 1, 0.0, clock.steps() + 1.0);
    steps[i] = static_cast<std::int16_t>(step);
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

PolicyModel compile_policy(PolicySpec const& spec, PolicyRecords const& records, Scenario const& scenario,
                           World const& world, Catalogue catalogue, std::vector<std::string> const& mechanisms,
                           Complaints& complaints) {
  PolicyModel model;
  model.name = spec.name;
  model.hash = hash_id(spec.name);
  model.rule = spec.rule;
  model.baseline = spec.rule == Rule::threshold ? 0 : spec.baseline;
  model.attributes = attribute_sums(spec, world.cities, complaints);
  model.trend = trend_values(spec.trend, scenario.clock);
  if (spec.trend.form == Trend::Form::log_time) model.log_time = spec.trend.coefficients.at(0);
  model.threshold = threshold_model(spec, world.cities, complaints);
  model.terms = compile_terms(spec, {world, scenario.clock, spec}, catalogue, mechanisms, complaints);
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

Model compile(Scenario const& scenario, World const& world, Catalogue catalogue, Complaints& complaints) {
  Model model;
  model.clock = scenario.clock;
  model.seed = scenario.seed;
  model.mechanisms = mechanism_names(scenario);
  std::map<std::uint64_t, std::string_view> hashes;
  for (std::size_t p = 0; p < scenario.policies.size(); ++p) {
    PolicySpec const& spec = scenario.policies[p];
    model.policies.push_back(
        compile_policy(spec, world.records.at(p), scenario, world, catalogue, model.mechanisms, complaints));
    auto const [other, fresh] = hashes.emplace(model.policies.back().hash, spec.name);
    if (!fresh) {
      complaints.add("policies '" + spec.name + "' and '" + std::string(other->second) + "' have the same hash",
                     spec.where, "rename one of them");
    }
  }
  return model;
}

}  // namespace hansa
