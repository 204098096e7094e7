/// Training and test rows with the same columns, and what predictions of the test rows are worth.
#include "inference/forecast.hpp"

#include <algorithm>
#include <set>

#include <fmt/format.h>

#include "base/chi_square.hpp"
#include "inference/null_model.hpp"

namespace hansa {

namespace {

constexpr char model_name[] = "model";
constexpr char networkless_name[] = "without networks";
constexpr char baseline_name[] = "baseline alone";

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

/// The fixed effects of countries of a fit, by the names of its columns.
class CountryEffects {
 public:
  CountryEffects(World const& world, ObservedDesign const& fitted)
      : countries_(world.cities.text("country")),
        names_(fitted.design.names.begin(), fitted.design.names.end()),
        references_(fitted.counts.references.begin(), fitted.counts.references.end()) {}

  [[nodiscard]] bool knows(std::int32_t code) const {
    return code >= 0 && (references_.count(label(code)) > 0 || names_.count("country_" + label(code)) > 0);
  }
  [[nodiscard]] bool is_of(std::string const& column, std::int32_t code) const {
    return column == "country_" + label(code);
  }

 private:
  [[nodiscard]] std::string const& label(std::int32_t code) const {
    return countries_->labels[static_cast<std::size_t>(code)];
  }
  TextColumn const* countries_;
  std::set<std::string> names_, references_;
};

Design with_rows(Design const& design, std::vector<std::size_t> const& rows) {
  Design chosen;
  chosen.names = design.names;
  chosen.log_linear = design.log_linear;
  chosen.x.resize(static_cast<Eigen::Index>(rows.size()), design.x.cols());
  for (std::size_t k = 0; k < rows.size(); ++k) {
    chosen.x.row(static_cast<Eigen::Index>(k)) = design.x.row(static_cast<Eigen::Index>(rows[k]));
    chosen.event.push_back(design.event[rows[k]]);
    chosen.spell.push_back(design.spell[rows[k]]);
    chosen.policy.push_back(design.policy[rows[k]]);
    chosen.city.push_back(design.city[rows[k]]);
    chosen.period.push_back(design.period[rows[k]]);
    if (!design.country.empty()) chosen.country.push_back(design.country[rows[k]]);
  }
  return chosen;
}

/// Later rows with the columns of the fit, found by their names; those of countries are made.
Design with_fitted_columns(Design const& later, Design const& fitted, CountryEffects const& countries) {
  Design result = later;
  result.names = fitted.names;
  result.log_linear = fitted.log_linear;
  result.x.resize(later.x.rows(), fitted.x.cols());
  std::size_t found = 0;
  for (std::size_t c = 0; c < fitted.columns(); ++c) {
    auto const to = static_cast<Eigen::Index>(c);
    auto const at = std::find(later.names.begin(), later.names.end(), fitted.names[c]);
    if (at != later.names.end()) {
      result.x.col(to) = later.x.col(at - later.names.begin());
      ++found;
      continue;
    }
    require(fitted.names[c].starts_with("country_"), "'" + fitted.names[c] + "' is not known after the fit",
            {"hansa fit"}, "leave it out of the model that is scored");
    for (Eigen::Index r = 0; r < later.x.rows(); ++r) {
      result.x(r, to) = countries.is_of(fitted.names[c], later.country[static_cast<std::size_t>(r)]) ? 1 : 0;
    }
  }
  require(found == later.columns(), "later decisions have terms that were not fitted", {"hansa fit"},
          "leave them out of the model that is scored");
  return result;
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

Prediction without_networks(FittedPolicies const& fitted, std::set<std::string> const& left_out, Design const& later) {
  std::vector<std::size_t> columns;
  for (std::size_t c = 0; c < fitted.observed.coefficients.size(); ++c) {
    if (left_out.count(fitted.observed.coefficients[c].mechanism) == 0) columns.push_back(c);
  }
  EventHistoryOptions options = fitted.report.options;
  options.intervals = Intervals::wald;
  EventHistoryFit const fit = fit_event_history(with_columns(fitted.observed.design, columns), options);
  return predicted(networkless_name, fit, with_columns(later, columns));
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
      auto const dated = std::find_if(history.events.begin(), history.events.end(), [&](DatedEvent const& event) {
        return event.event.city == each.city && event.event.episode == each.episode && event.event.sign > 0;
      });
      ++(dated->step <= last ? early : late);
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
  if (fitted.report.fit.penalty == Penalty::firth) {
    result.notes.push_back(
        "Firth's penalty moves chances a little towards one half, where the baseline alone has none");
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

void compare(std::vector<Prediction> const& predictions, Forecast& result) {
  for (std::size_t a = 0; a < predictions.size(); ++a) {
    if (!predictions[a].failure.empty()) result.failed.push_back({predictions[a].name, predictions[a].failure});
    for (std::size_t b = predictions.size(); b-- > a + 1;) {
      if (!predictions[a].failure.empty() || !predictions[b].failure.empty()) continue;
      result.comparisons.push_back({predictions[a].name, predictions[b].name,
                                    compare_scores(predictions[a].trials, predictions[b].trials.chance)});
    }
  }
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
  for (std::vector<PolicyId> const& policies : fits_of(question)) {
    for (PolicyId const policy : policies) {
      PolicySpec const& each = question.scenario->policies[policy.value];
      if (each.trend.form != Trend::Form::periods) continue;
      complaints.add("the trend of '" + each.name + "' by periods says nothing of periods after the fit", each.where,
                     "use another trend where later decisions are scored");
    }
  }
}

Forecast forecast(FitQuestion const& question, std::vector<PolicyId> const& policies, FittedPolicies const& fitted,
                  Catalogue catalogue) {
  Forecast result;
  result.from = last_fitted(question) + 1;
  result.until = question.scenario->clock.end;
  ObservedDesign const observed = later_rows(question, policies);
  CountryEffects const countries(*question.world, fitted.observed);
  Design const& training = fitted.observed.design;
  Design const later =
      with_fitted_columns(kept_rows(question, observed.design, countries, result), training, countries);
  require(later.rows() > 0, fmt::format("nobody was at risk from {} to {}", result.from, result.until), {"hansa fit"},
          "end the fit earlier with --until");
  std::set<std::string> const left_out = of_networks(*question.scenario, policies, catalogue);
  result.left_out.assign(left_out.begin(), left_out.end());

  std::vector<Prediction> predictions = {predicted(model_name, fitted.report.fit, later)};
  if (!left_out.empty()) predictions.push_back(without_networks(fitted, left_out, later));
  predictions.push_back(by_baselines(training, later, *question.scenario));
  if (predictions[0].failure.empty()) {
    result.scores = scores_of(predictions[0].trials);
    result.calibration = outside_calibration(predictions[0].trials);
  }
  compare(predictions, result);
  Trials const trials = trials_of(later, Eigen::VectorXd::Zero(later.x.rows()));
  result.trials = trials.size();
  result.events = static_cast<std::size_t>(std::count(trials.event.begin(), trials.event.end(), 1));
  result.cities = std::set<Index>(trials.city.begin(), trials.city.end()).size();
  note_model(question, policies, fitted, result);
  note_intervals(question, policies, result);
  note_counts(observed.counts, result);
  return result;
}

}  // namespace hansa
