/// Baseline, attributes, trend and mechanisms as covariates.
#include "inference/covariates.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "base/flat_math.hpp"
#include "model/trend.hpp"
#include "scenario/path.hpp"

namespace hansa {

Covariates::Covariates(Scenario const& scenario, World const& world, Model const& model, PolicyId policy,
                       std::int32_t from)
    : world_(world), model_(model), policy_(policy) {
  PolicySpec const& spec = scenario.policies.at(policy.value);
  std::string const root = joined("policies", spec.name);
  bool const exogenous = spec.rule != Rule::additive || spec.baseline;
  if (exogenous) {
    add({"baseline", root + ".baseline", spec.baseline.value_or(0), {}, CoefficientKind::baseline, {}}, {Kind::one});
  }
  add_attributes(spec, root);
  add_trend(spec.trend, root + ".trend");
  log_linear_ = parts_.size();
  add_mechanisms(spec, root + ".mechanisms", from);
}

void Covariates::add(CovariateName name, Part part) {
  names_.push_back(std::move(name));
  parts_.push_back(part);
}

std::size_t Covariates::series_of(std::string const& attribute) {
  auto const found = std::find(attributes_.begin(), attributes_.end(), attribute);
  if (found != attributes_.end()) return static_cast<std::size_t>(found - attributes_.begin());
  attributes_.push_back(attribute);
  series_.emplace_back(world_.cities, attribute, model_.clock);
  return series_.size() - 1;
}

void Covariates::add_attributes(PolicySpec const& spec, std::string const& root) {
  for (AttributeEffect const& each : spec.attributes) {
    std::string const& name = each.attribute.name;
    std::string const path = joined(root + ".attributes", name);
    std::size_t const series = series_of(name);
    if (auto const* slope = std::get_if<double>(&each.effect)) {
      add({name, path, *slope, {}, CoefficientKind::slope, name}, {Kind::attribute, series});
      continue;
    }
    std::vector<std::string> const& labels = *series_[series].labels();
    for (auto const& [value, effect] : std::get<std::map<std::string, double>>(each.effect)) {
      auto const code = std::lower_bound(labels.begin(), labels.end(), value) - labels.begin();
      add({name + "_" + value, joined(path, value), effect, {}, CoefficientKind::level, name},
          {Kind::level, series, static_cast<double>(code)});
    }
  }
}

void Covariates::add_trend(Trend const& trend, std::string const& root) {
  if (trend.form == Trend::Form::log_time) {
    add({"trend_1", root + ".log_time", trend.coefficients[0], {}, CoefficientKind::trend, {}}, {Kind::log_time});
    return;
  }
  if (trend.form == Trend::Form::periods) {
    for (auto const& [label, effect] : trend.periods) {
      Trend one = trend;
      one.periods = {{label, 1.0}};
      trends_.push_back(trend_values(one, model_.clock));
      std::string const path = fmt::format("{}.periods.{}", root, label);
      add({fmt::format("period_{}", label), path, effect, {}, CoefficientKind::period, {}},
          {Kind::trend, trends_.size() - 1});
    }
    return;
  }
  bool const spline = trend.form == Trend::Form::spline;
  for (std::size_t k = 0; k < trend.coefficients.size(); ++k) {
    Trend one = trend;
    std::fill(one.coefficients.begin(), one.coefficients.end(), 0.0);
    one.coefficients[k] = 1;
    trends_.push_back(trend_values(one, model_.clock));
    std::string const path = fmt::format("{}.{}[{}]", root, spline ? "spline.coefficients" : "polynomial", k);
    add({fmt::format("trend_{}", k + 1), path, trend.coefficients[k], {}, CoefficientKind::trend, {}},
        {Kind::trend, trends_.size() - 1});
  }
}

void Covariates::add_mechanisms(PolicySpec const& spec, std::string const& root, std::int32_t from) {
  std::vector<CompiledTerm> const& terms = model_.policies[policy_.value].terms;
  for (std::size_t k = 0; k < terms.size(); ++k) {
    if (!terms[k].used.empty() &&
        terms[k].used[std::min(static_cast<std::size_t>(from), terms[k].used.size()) - 1] == 0)
      continue;
    auto const found = std::find_if(spec.mechanisms.begin(), spec.mechanisms.end(),
                                    [&](MechanismSpec const& each) { return each.name == terms[k].name; });
    std::string const path = joined(root, found->name);
    add({found->name, path + ".strength", found->strength, found->name, CoefficientKind::strength, {}},
        {Kind::term, k});
    for (auto const& [attribute, slope] : found->strength_by) {
      add({found->name + "_by_" + attribute.name, joined(path + ".strength_by", attribute.name), slope, found->name,
           CoefficientKind::strength_by, attribute.name},
          {Kind::term, k, 0, series_of(attribute.name)});
    }
  }
}

void Covariates::fill_term(Part const& part, std::int32_t step, std::span<Index const> cities, Replay const& replay,
                           double* out) {
  replay.value(policy_, part.which, cities, out);
  if (part.series == none) return;
  std::vector<double> const& x = series_[part.series].at(step);
  for (std::size_t k = 0; k < cities.size(); ++k) out[k] *= x[cities[k]];
}

void Covariates::fill(std::int32_t step, std::optional<std::int32_t> first_adoption, std::span<Index const> cities,
                      Replay const& replay, std::vector<double>& values) {
  std::size_t const n = cities.size();
  values.resize(parts_.size() * n);
  for (std::size_t c = 0; c < parts_.size(); ++c) {
    Part const& part = parts_[c];
    double* const out = values.data() + c * n;
    switch (part.kind) {
      case Kind::one:
        std::fill_n(out, n, 1.0);
        break;
      case Kind::attribute:
      case Kind::level: {
        std::vector<double> const& x = series_[part.which].at(step);
        bool const level = part.kind == Kind::level;
        for (std::size_t k = 0; k < n; ++k) {
          double const value = x[cities[k]];
          out[k] = level ? (value == part.level ? 1 : 0) : value;
        }
        break;
      }
      case Kind::trend:
        std::fill_n(out, n, trends_[part.which][static_cast<std::size_t>(step - 1)]);
        break;
      case Kind::log_time: {
        std::int32_t const since = first_adoption ? model_.clock.start + step - 1 - *first_adoption : 0;
        std::fill_n(out, n, since > 0 ? flat::log(static_cast<double>(since)) : 0);
        break;
      }
      case Kind::term:
        fill_term(part, step, cities, replay, out);
        break;
    }
  }
}

}  // namespace hansa
