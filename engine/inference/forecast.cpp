/// Training and test rows with the same columns, and what predictions of the test rows are worth.
#include "inference/forecast.hpp"

#include <algorithm>
#include <set>

#include <fmt/format.h>

#include "base/chi_square.hpp"
#include "base/flat_math.hpp"
#include "inference/free_run.hpp"
#include "inference/later_design.hpp"
#include "inference/null_model.hpp"
#include "inference/risk_rows.hpp"
#include "inference/shaped_designs.hpp"
#include "inference/unfit_scenarios.hpp"

namespace hansa {

namespace {

constexpr char model_name[] = "model";
constexpr char networkless_name[] = "without networks";

std::int32_t last_fitted(FitQuestion const& question) {
  Clock const& clock = question.scenario->clock;
  return std::min(question.spec.until.value_or(clock.end), clock.end);
}

bool has_country_effects(FitSpec const& spec) {
  return std::find(spec.fixed_effects.begin(), spec.fixed_effects.end(), FixedEffect::country) !=
         spec.fixed_effects.end();
}

/// Rows of the years after the fit, without fixed effects: no country leaves for want of an adoption in these years.
ObservedDesign later_rows(FitQuestion const& question, std::vector<PolicyId> const& policies) {
  DesignOrder order;
  order.policies = policies;
  order.from = last_fitted(question) - question.scenario->clock.start + 2;
  order.until = question.scenario->clock.steps();
  return build_design(*question.scenario, *question.world, question.model, question.histories, order);
}

bool names_network(MechanismSpec const& mechanism, Catalogue catalogue) {
  auto const entry = std::find_if(catalogue.begin(), catalogue.end(),
                                  [&](CatalogueEntry const& each) { return each.schema->name == mechanism.kind; });
  if (entry == catalogue.end()) return false;
  return std::any_of(entry->schema->parameters.begin(), entry->schema->parameters.end(), [&](Field const& field) {
    if (!mechanism.parameters.has(field.name)) return false;
    return field.kind == Kind::network ||
           (field.kind == Kind::pool && mechanism.parameters.pool(field.name).of == Pool::Of::network);
  });
}

std::set<std::string> of_networks(Scenario const& scenario, std::vector<PolicyId> const& policies,
                                  Catalogue catalogue) {
  std::set<std::string> names;
  for (PolicyId const policy : policies) {
    for (MechanismSpec const& each : scenario.policies[policy.value].mechanisms) {
      if (names_network(each, catalogue)) names.insert(each.name);
    }
  }
  return names;
}

/// A chance for every trial, or why there is none.
struct Prediction {
  std::string name, failure;
  Trials trials;
};

Prediction predicted(std::string name, EventHistoryFit const& fit, Design const& later) {
  if (!fit.estimated()) return {std::move(name), fit.failure, {}};
  return {std::move(name), "", trials_of(later, chances(later, fit.link, fit.coefficients))};
}

/// A fit and its rows, in which policies have baselines even where those are random effects.
struct Predictor {
  Design design;
  EventHistoryFit fit;
};

Predictor predictor_of(Design const& design, EventHistoryFit const& fit, FitReport const& report) {
  NamedPolicies const policies{report.subject.policy_numbers, report.subject.policies};
  bool const random = report.options.policy_intercept;
  return {random ? with_policy_baselines(design, policies) : design, with_policy_baselines(fit, policies)};
}

/// Where the columns of one design are in another.
std::vector<std::size_t> positions(Design const& columns, Design const& in) {
  std::vector<std::size_t> found;
  for (std::string const& name : columns.names) {
    found.push_back(static_cast<std::size_t>(std::find(in.names.begin(), in.names.end(), name) - in.names.begin()));
  }
  return found;
}

std::vector<std::size_t> columns_without(FittedPolicies const& fitted, std::set<std::string> const& left_out) {
  std::vector<std::size_t> columns;
  for (std::size_t c = 0; c < fitted.observed.coefficients.size(); ++c) {
    if (left_out.count(fitted.observed.coefficients[c].mechanism) == 0) columns.push_back(c);
  }
  return columns;
}

Prediction by_baselines(Design const& fitted, Design const& later, Scenario const& scenario) {
  std::map<Index, double> const found = null_chances(fitted);
  Eigen::VectorXd made(later.x.rows());
  for (std::size_t r = 0; r < later.rows(); ++r) {
    auto const at = found.find(later.policy[r]);
    if (at == found.end() || at->second == 0 || at->second == 1) {
      std::string const& policy = scenario.policies[later.policy[r]].name;
      return {baseline_name, "until then nobody, or everybody, had adopted '" + policy + "'", {}};
    }
    made[static_cast<Eigen::Index>(r)] = at->second;
  }
  return {baseline_name, "", trials_of(later, made)};
}

/// Sentences about adoptions that may have happened before the end of the fit or after it.
void note_intervals(FitQuestion const& question, std::vector<PolicyId> const& policies, Forecast& result) {
  std::int32_t const last = last_fitted(question) - question.scenario->clock.start + 1;
  std::size_t early = 0, late = 0;
  for (PolicyId const policy : policies) {
    ObservedHistory const& history = question.histories[policy.value];
    for (AdoptionInterval const& each : history.intervals) {
      if (!history.covers(each.city) || each.after >= last || each.last <= last) continue;
      ++(each.middle <= last ? early : late);
    }
  }
  auto const adoptions = [](std::size_t count) { return count == 1 ? "adoption" : "adoptions"; };
  if (late > 0) {
    result.notes.push_back(fmt::format(
        "{} {} of an interval from before {} until after its middle: the fit takes the city as at risk up to the "
        "beginning, and the years from {} on are scored as one trial, given that it had not adopted before",
        late, adoptions(late), result.from, result.from));
  }
  if (early > 0) {
    result.notes.push_back(fmt::format(
        "{} {} of an interval with the middle before {} and the end after it: the fit takes the city as at risk up to "
        "the beginning, and the others see the middle; not scored",
        early, adoptions(early), result.from));
  }
}

void note_counts(DesignCounts const& counts, Forecast& result) {
  if (counts.cut_intervals > 0) {
    result.notes.push_back(fmt::format("{} later adoptions, whose intervals end after {}, are not scored",
                                       counts.cut_intervals, result.until));
  }
  if (counts.outside > 0) {
    result.notes.push_back(
        fmt::format("{} later adoptions happened where the city was not at risk, and are not scored", counts.outside));
  }
}

void note_model(FitQuestion const& question, std::vector<PolicyId> const& policies, FittedPolicies const& fitted,
                Forecast& result) {
  bool const has_trend = std::any_of(policies.begin(), policies.end(), [&](PolicyId policy) {
    return question.scenario->policies[policy.value].trend.form != Trend::Form::none;
  });
  if (has_trend) result.notes.push_back("the trend goes on as it was fitted");
  if (fitted.report.options.city_intercept) {
    result.notes.push_back("the intercept of every city is taken at its mean, and not learned from its past");
  }
  if (fitted.report.options.policy_intercept) {
    result.notes.push_back("policies have the common baseline with their predicted effects");
  }
  if (fitted.report.fit.penalty == Penalty::firth) {
    result.notes.push_back(
        "Firth's penalty moves chances a little towards one half, where the baseline alone has none");
  }
  if (policies.size() < question.scenario->policies.size()) {
    result.notes.push_back("other policies adopt as observed, free-running too");
  }
  if (result.left_out.empty()) {
    result.notes.push_back("no mechanism names a network, so that there is no model without networks");
  }
}

/// Rows whose fixed effects were all estimated.
Design kept_rows(FitQuestion const& question, Design const& later, CountryEffects const& countries, Forecast& result) {
  if (!has_country_effects(question.spec)) return later;
  std::vector<std::size_t> kept;
  for (std::size_t r = 0; r < later.rows(); ++r) {
    if (countries.knows(later.country[r])) kept.push_back(r);
  }
  if (kept.size() < later.rows()) {
    result.notes.push_back(fmt::format("{} later rows are of countries without an estimate, and are not scored",
                                       later.rows() - kept.size()));
  }
  return with_rows(later, kept);
}

/// Nothing was fitted to these trials.
CalibrationTable outside_calibration(Trials const& trials) {
  CalibrationTable table = calibration_table(trials);
  if (table.hosmer_lemeshow) {
    ChiSquareTest& test = *table.hosmer_lemeshow;
    test.degrees = table.groups.size();
    test.p = flat::chi_square_tail(test.statistic, static_cast<double>(test.degrees));
  }
  return table;
}

void compare(std::vector<Prediction> const& predictions, ForecastScores& result) {
  for (std::size_t a = 0; a < predictions.size(); ++a) {
    for (std::size_t b = predictions.size(); b-- > a + 1;) {
      if (!predictions[a].failure.empty() || !predictions[b].failure.empty()) continue;
      result.comparisons.push_back({predictions[a].name, predictions[b].name,
                                    compare_scores(predictions[a].trials, predictions[b].trials.chance)});
    }
  }
}

/// `trials`: whatever their chances. The first prediction is the model's.
ForecastScores scored(std::vector<Prediction> const& predictions, Trials const& trials) {
  ForecastScores result;
  result.trials = trials.size();
  result.events = static_cast<std::size_t>(std::count(trials.event.begin(), trials.event.end(), 1));
  result.cities = std::set<Index>(trials.city.begin(), trials.city.end()).size();
  if (predictions[0].failure.empty()) {
    result.scores = scores_of(predictions[0].trials);
    result.calibration = outside_calibration(predictions[0].trials);
  }
  compare(predictions, result);
  return result;
}

/// Every city and policy at risk after the fit: whether it adopted by the end, and in how many steps it could.
struct Followed {
  Trials trials;  ///< chances are 0
  std::vector<std::size_t> policy;
  std::vector<double> steps;
};

Followed followed(FitQuestion const& question, std::vector<PolicyId> const& policies, Design const& later) {
  Followed result;
  Clock const& clock = question.scenario->clock;
  for (std::size_t r = 0, end = 0; r < later.rows(); r = end) {
    bool event = false;
    for (end = r; end < later.rows() && later.policy[end] == later.policy[r] && later.city[end] == later.city[r];
         ++end) {
      event = event || later.event[end] != 0;
    }
    Index const city = later.city[r];
    std::vector<AdoptionInterval> const& intervals = question.histories[later.policy[r]].intervals;
    bool const unknown = std::any_of(intervals.begin(), intervals.end(), [&](AdoptionInterval const& each) {
      return each.city == city && each.last > clock.steps();
    });
    if (unknown) continue;
    std::size_t k = 0;
    while (policies[k].value != later.policy[r]) ++k;
    double steps = 0;
    for (std::int32_t step = last_fitted(question) - clock.start + 2; step <= clock.steps(); ++step) {
      steps += is_open(question.model.policies[later.policy[r]], city, step) ? 1 : 0;
    }
    result.trials.chance.push_back(0);
    result.trials.event.push_back(event ? 1 : 0);
    result.trials.city.push_back(city);
    result.policy.push_back(k);
    result.steps.push_back(steps);
  }
  return result;
}

/// Chances from simulated continuations.
Prediction simulated(std::string name, EventHistoryFit const& fit, FitQuestion const& question, FreeRunOrder order,
                     Followed const& cities) {
  if (!fit.estimated()) return {std::move(name), fit.failure, {}};
  order.link = fit.link;
  for (std::size_t c = 0; c < fit.names.size(); ++c) {
    order.coefficients.emplace_back(fit.names[c], fit.coefficients[static_cast<Eigen::Index>(c)]);
  }
  std::vector<std::int64_t> const counts = free_adoptions(question, order);
  Trials trials = cities.trials;
  for (std::size_t k = 0; k < trials.size(); ++k) {
    std::size_t const at = cities.policy[k] * question.world->cities.size() + trials.city[k];
    trials.chance[k] = (static_cast<double>(counts[at]) + 0.5) / (static_cast<double>(order.replicates) + 1);
  }
  return {std::move(name), "", std::move(trials)};
}

/// The same chance in every step.
Prediction by_baselines_until_end(Prediction const& one_step, Design const& fitted,
                                  std::vector<PolicyId> const& policies, Followed const& cities) {
  if (!one_step.failure.empty()) return {baseline_name, one_step.failure, {}};
  std::map<Index, double> const found = null_chances(fitted);
  Trials trials = cities.trials;
  for (std::size_t k = 0; k < trials.size(); ++k) {
    trials.chance[k] = -flat::expm1(cities.steps[k] * flat::log1p(-found.at(policies[cities.policy[k]].value)));
  }
  return {baseline_name, "", std::move(trials)};
}

FreeRunOrder order_of(FitQuestion const& question, std::vector<PolicyId> const& policies,
                      CountryEffects const& countries, std::int64_t replicates, int threads) {
  FreeRunOrder order;
  order.policies = policies;
  order.first = last_fitted(question) - question.scenario->clock.start + 2;
  order.replicates = replicates;
  order.threads = threads;
  if (!has_country_effects(question.spec)) return order;
  for (std::int32_t const code : question.world->cities.text("country")->code) {
    order.barred.push_back(countries.knows(code) ? 0 : 1);
  }
  return order;
}

}  // namespace

void check_forecast(FitQuestion const& question, Complaints& complaints) {
  FitSpec const& spec = question.spec;
  Clock const& clock = question.scenario->clock;
  if (last_fitted(question) >= clock.end) {
    complaints.add(fmt::format("no decision after {} is left to be scored", clock.end), {"hansa fit"},
                   fmt::format("--until a {} before the end of time was expected", clock.unit));
  }
  if (std::find(spec.fixed_effects.begin(), spec.fixed_effects.end(), FixedEffect::period) !=
      spec.fixed_effects.end()) {
    complaints.add("fixed effects of periods say nothing of periods after the fit", spec.where,
                   "leave period out of fixed_effects, or use a trend, where later decisions are scored");
  }
  FitSpec later = spec;
  later.from = last_fitted(question) + 1;
  later.until = clock.end;
  check_interventions(*question.scenario, later, complaints);
  for (std::vector<PolicyId> const& policies : fits_of(question)) {
    if (!design_order(question, policies).competing.empty())
      complaints.add("policies compete within a step, and predictions are of each alone", {"hansa fit"},
                     "fit them without --score");
    for (PolicyId const policy : policies) {
      PolicyModel const& compiled = question.model.policies[policy.value];
      bool const mandated = !compiled.mandated.empty() || !compiled.mandates.empty() || !compiled.seeds.empty() ||
                            std::any_of(compiled.laws.begin(), compiled.laws.end(),
                                        [](auto& law) { return law.force == Force::mandate; });
      if (mandated)
        complaints.add("'" + compiled.name + "' is seeded or mandated, and predictions are of decisions", {"hansa fit"},
                       "fit it without --score");
      PolicySpec const& each = question.scenario->policies[policy.value];
      if (each.abandonment)
        complaints.add("cities leave '" + each.name + "', and predictions are of its adoption alone", each.where,
                       "fit it without --score");
      if (each.trend.form != Trend::Form::periods) continue;
      complaints.add("the trend of '" + each.name + "' by periods says nothing of periods after the fit", each.where,
                     "use another trend where later decisions are scored");
    }
  }
}

Forecast forecast(FitQuestion const& question, std::vector<PolicyId> const& policies, FittedPolicies const& fitted,
                  Catalogue catalogue, std::int64_t replicates, int threads) {
  std::vector<ShapeEstimate> const& shapes = fitted.report.fit.shapes;
  if (!has_shapes(question, shapes))
    return forecast(with_shapes(question, shapes), policies, fitted, catalogue, replicates, threads);
  Forecast result;
  result.from = last_fitted(question) + 1;
  result.until = question.scenario->clock.end;
  result.replicates = replicates;
  ObservedDesign const observed = later_rows(question, policies);
  CountryEffects const countries(*question.world, fitted.observed);
  Predictor const model = predictor_of(fitted.observed.design, fitted.report.fit, fitted.report);
  Design const& training = model.design;
  Design const later =
      with_fitted_columns(kept_rows(question, observed.design, countries, result), training, countries);
  require(later.rows() > 0, fmt::format("nobody was at risk from {} to {}", result.from, result.until), {"hansa fit"},
          "end the fit earlier with --until");
  std::set<std::string> const left_out = of_networks(*question.scenario, policies, catalogue);
  result.left_out.assign(left_out.begin(), left_out.end());

  Followed const cities = followed(question, policies, later);
  FreeRunOrder const order = order_of(question, policies, countries, replicates, threads);
  std::vector<Prediction> one_step = {predicted(model_name, model.fit, later)};
  std::vector<Prediction> free_running = {simulated(model_name, model.fit, question, order, cities)};
  if (!left_out.empty()) {
    std::vector<std::size_t> const columns = columns_without(fitted, left_out);
    EventHistoryOptions options = fitted.report.options;
    options.intervals = Intervals::wald;
    Design const fewer = with_columns(fitted.observed.design, columns);
    Predictor const less = predictor_of(fewer, fit_event_history(fewer, options), fitted.report);
    one_step.push_back(predicted(networkless_name, less.fit, with_columns(later, positions(less.design, later))));
    free_running.push_back(simulated(networkless_name, less.fit, question, order, cities));
  }
  one_step.push_back(by_baselines(training, later, *question.scenario));
  free_running.push_back(by_baselines_until_end(one_step.back(), training, policies, cities));
  result.one_step = scored(one_step, trials_of(later, Eigen::VectorXd::Zero(later.x.rows())));
  result.free_running = scored(free_running, cities.trials);
  for (Prediction const& each : one_step) {
    if (!each.failure.empty()) result.failed.push_back({each.name, each.failure});
  }
  note_model(question, policies, fitted, result);
  note_intervals(question, policies, result);
  note_counts(observed.counts, result);
  return result;
}

}  // namespace hansa
