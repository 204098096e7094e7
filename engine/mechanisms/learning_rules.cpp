/// Reads parameters of learning, by date.
#include "mechanisms/learning_rules.hpp"

#include <string>
#include <string_view>
#include <utility>

#include <fmt/format.h>

#include "base/random.hpp"
#include "model/phases.hpp"
#include "world/attributes.hpp"

namespace hansa {

namespace {

constexpr double smallest = 1e-12;

/// Of numbers so small that their squares come near 0.
void complain_of_size(std::string_view name, double value, Place const& where, Complaints& complaints) {
  complaints.add(fmt::format("'{}' is {}", name, value), where,
                 fmt::format("a number of at least {} was expected: change the unit of performance", smallest));
}

/// What a parameter may be.
struct PriorRange {
  std::string_view what;
  double lowest, highest;
};

PerCity per_city(Parameters const& parameters, std::string const& name, PriorRange const& range, Cities const& cities,
                 Complaints& complaints) {
  auto const& [what, lowest, highest] = range;
  auto const& given = std::get<NumberOrAttribute>(parameters.value(name));
  if (auto const* number = std::get_if<double>(&given)) {
    if (*number < lowest) complain_of_size(name, *number, parameters.place(name), complaints);
    return {*number, {}};
  }
  Reference const& attribute = std::get<Reference>(given);
  std::vector<double> const* column = require_number(cities, attribute, what, complaints);
  if (column == nullptr) return {};
  for (Index i = 0; i < cities.size(); ++i) {
    if ((*column)[i] >= lowest && (*column)[i] <= highest) continue;
    complaints.add(fmt::format("'{}' of city '{}' is {}", attribute.name, cities.id[i], (*column)[i]), attribute.where,
                   fmt::format("{}, from {} to {}, was expected", what, lowest, highest));
  }
  return {0, *column};
}

/// The attributes in which cities differ, standardised.
std::vector<std::vector<double>> differences(Parameters const& parameters, Cities const& cities,
                                             Complaints& complaints) {
  std::vector<std::vector<double>> of;
  if (!parameters.has("transferability.on")) return of;
  std::vector<Reference> const& on = parameters.references("transferability.on");
  if (on.empty()) {
    complaints.add("'on' names no attribute", parameters.place("transferability.on"), "at least one was expected");
  }
  for (Reference const& attribute : on) {
    std::vector<double> const* column = require_number(cities, attribute, "transferability", complaints);
    if (column == nullptr) continue;
    of.push_back(*column);
    if (!standardize(of.back())) {
      complaints.add(fmt::format("attribute '{}' does not vary", attribute.name), attribute.where,
                     "transferability needs attributes in which cities differ");
    }
  }
  return of;
}

PerCity prior_mean(Parameters const& parameters, Cities const& cities, Complaints& complaints) {
  return per_city(parameters, "prior.mean", {"the mean of a prior", -most_of_learning, most_of_learning}, cities,
                  complaints);
}

PerCity prior_precision(Parameters const& parameters, Cities const& cities, Complaints& complaints) {
  return per_city(parameters, "prior.precision", {"the precision of a prior", smallest, most_of_learning}, cities,
                  complaints);
}

/// A number by date, 0 or not so small that its square comes near 0.
NumberCourse sized(std::string const& name, TermContext const& context, MechanismSpec const& spec,
                   Complaints& complaints) {
  NumberCourse const course = parameter_by_date(context, spec, name);
  auto const check = [&](double number) {
    if (number > 0 && number < smallest) complain_of_size(name, number, spec.parameters.place(name), complaints);
  };
  check(course.start());
  for (NumberStep const& each : course.later()) check(each.number);
  return course;
}

/// What is said of looks where there are none, and of averages where there are none.
void complain_of_model(Parameters const& parameters, bool averages, Complaints& complaints) {
  auto const refuse = [&](std::string const& name, bool given, std::string_view model) {
    if (given)
      complaints.add(fmt::format("'{}' is of the model {}", name, model), parameters.place(name),
                     fmt::format("'model: {}', or no {}, was expected", model, name));
  };
  auto const is_not = [&](std::string const& name, double standard) {
    return parameters.has(name) && parameters.number(name) != standard;
  };
  if (!averages) {
    bool open = false;
    if (parameters.has("openness")) {
      auto const* number = std::get_if<double>(&std::get<NumberOrAttribute>(parameters.value("openness")));
      open = number == nullptr || *number != 1;
    }
    return refuse("openness", open, "degroot");
  }
  refuse("observation_sd", is_not("observation_sd", 1), "normal");
  refuse("transferability.on", parameters.has("transferability.on"), "normal");
  refuse("risk_aversion", is_not("risk_aversion", 0), "normal");
  refuse("noise", parameters.has("noise") && parameters.text("noise") != "normal", "normal");
  refuse("own_precision", is_not("own_precision", 0), "normal");
}

}  // namespace

LookRule look_rule(MechanismSpec const& spec, TermContext const& context, Complaints& complaints) {
  Parameters const& parameters = spec.parameters;
  PolicySpec const& policy = context.policy;
  Cities const& cities = context.world.cities;
  LookRule rule;
  NumberCourse const sd = sized("observation_sd", context, spec, complaints);
  rule.precision = 1 / (sd.start() * sd.start());
  for (NumberStep const& each : sd.later()) rule.precision.add(each.step, 1 / (each.number * each.number));
  rule.spread = policy.merit.spread;
  rule.of = differences(parameters, cities, complaints);
  rule.distance_sd = parameter_by_date(context, spec, "transferability.sd");
  if (!rule.distance_sd.ever()) rule.of.clear();
  rule.noise = parameters.text("noise") == "none" ? LookNoise::none : LookNoise::normal;
  rule.risk_aversion = parameter_by_date(context, spec, "risk_aversion");
  rule.own_precision = sized("own_precision", context, spec, complaints);
  rule.prior_mean = prior_mean(parameters, cities, complaints);
  rule.prior_precision = prior_precision(parameters, cities, complaints);
  rule.prior_spread = parameters.number("prior.spread");
  rule.policy = hash_id(policy.name);
  return rule;
}

void complain_of_model(MechanismSpec const& spec, bool averages, TermContext const& context, Complaints& complaints) {
  std::size_t const before = complaints.size();
  complain_of_model(spec.parameters, averages, complaints);
  if (context.phases == nullptr) return;
  for (Phase const& phase : *context.phases)
    for (MechanismSpec const& each : phase.spec.mechanisms)
      if (each.name == spec.name && complaints.size() == before)
        complain_of_model(each.parameters, averages, complaints);
}

AverageRule average_rule(MechanismSpec const& spec, TermContext const& context, Complaints& complaints) {
  Parameters const& parameters = spec.parameters;
  Cities const& cities = context.world.cities;
  AverageRule rule;
  rule.openness = {1, {}};
  if (parameters.has("openness"))
    rule.openness = per_city(parameters, "openness", {"openness", 0, 1}, cities, complaints);
  rule.openness_of_all = parameter_by_date(context, spec, "openness");
  rule.prior_mean = prior_mean(parameters, cities, complaints);
  rule.prior_precision = prior_precision(parameters, cities, complaints);
  rule.prior_spread = parameters.number("prior.spread");
  rule.policy = hash_id(context.policy.name);
  rule.known.assign(context.known.begin(), context.known.end());
  rule.steps = context.clock.steps();
  return rule;
}

}  // namespace hansa
