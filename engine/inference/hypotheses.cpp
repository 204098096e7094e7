/// Models from hypotheses and from other scenarios, and all that is said of them side by side.
#include "inference/hypotheses.hpp"

#include <algorithm>
#include <numeric>
#include <set>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "base/digest.hpp"
#include "base/parallel.hpp"
#include "inference/fit_shapes.hpp"
#include "inference/same_rows.hpp"

namespace hansa {

namespace {

bool is_cross_validated(FitSpec const& spec, std::string const& policy) {
  return spec.policies.empty() || std::any_of(spec.policies.begin(), spec.policies.end(),
                                              [&](Reference const& each) { return each.name == policy; });
}

/// What makes a column the same in two models: its name and its numbers.
std::vector<std::string> identities_of(Design const& design) {
  std::vector<std::string> identities;
  for (std::size_t c = 0; c < design.columns(); ++c) {
    Digest digest;
    digest.add(design.names[c]);
    double const* const first = design.x.col(static_cast<Eigen::Index>(c)).data();
    digest.add(std::span(first, design.rows()));
    identities.push_back(digest.hex());
  }
  return identities;
}

EventHistoryFit fit_of(CrossModel const& model) {
  return model.shaped ? model.shaped->fit : fit_event_history(model.design, model.options);
}

/// Columns by their numbers as the scenario is written, and by the shapes that change them.
std::vector<std::string> shaped_identities(ShapedDesigns const& designs, std::vector<std::size_t> const& columns) {
  ObservedDesign const& written = designs.written();
  std::vector<std::string> identities = identities_of(with_columns(written.design, columns));
  for (std::size_t k = 0; k < columns.size(); ++k) {
    std::string const& mechanism = written.coefficients[columns[k]].mechanism;
    for (FittedShape const& each : designs.shapes()) {
      bool const changes =
          std::find(each.mechanisms.begin(), each.mechanisms.end(), mechanism) != each.mechanisms.end();
      if (changes) identities[k] += "|" + each.parameters.front().path.name;
    }
  }
  return identities;
}

/// A model with the shapes of the mechanisms that it keeps, estimated anew; nothing where it keeps none with a shape.
std::optional<ShapedModel> shaped_model(FitQuestion const& question, std::vector<PolicyId> const& policies,
                                        std::vector<std::size_t> const& columns, std::set<std::string> const& kept,
                                        Design& design, int threads) {
  std::vector<FittedShape> shapes = shapes_of(question, policies);
  std::erase_if(shapes, [&](FittedShape const& shape) {
    return std::none_of(shape.mechanisms.begin(), shape.mechanisms.end(),
                        [&](std::string const& each) { return kept.count(each) > 0; });
  });
  if (shapes.empty()) return std::nullopt;
  ShapedDesigns const designs(question, policies, question.histories, std::move(shapes));
  ShapedFit made = fit_shapes(designs, columns, options_of(question, policies), threads);
  design = std::move(made.observed.design);
  return ShapedModel{std::move(made.fit), shaped_identities(designs, columns)};
}

/// The whole of another question, in the numbers of the design that is given.
std::optional<ShapedModel> shaped_rival(FitQuestion const& rival, std::vector<PolicyId> const& policies,
                                        Design& design) {
  std::vector<std::size_t> columns(design.columns());
  std::iota(columns.begin(), columns.end(), 0);
  std::set<std::string> kept;
  for (PolicyId const policy : policies)
    for (MechanismSpec const& each : rival.scenario->policies[policy.value].mechanisms) kept.insert(each.name);
  Design own = design;
  std::optional<ShapedModel> made = shaped_model(rival, policies, columns, kept, own, 0);
  if (made) design.x = std::move(own.x);
  return made;
}

std::vector<PolicyId> policies_of(FitQuestion const& question, FittedPolicies const& fitted) {
  std::vector<std::string> const& names = fitted.report.subject.policies;
  std::vector<PolicyId> policies;
  for (Index p = 0; p < question.scenario->policies.size(); ++p)
    if (std::find(names.begin(), names.end(), question.scenario->policies[p].name) != names.end())
      policies.push_back(PolicyId{p});
  return policies;
}

Ranking ranked(FitQuestion const& question, std::vector<CrossModel> const& models, int threads) {
  std::vector<EventHistoryFit> fits(models.size());
  parallel_for(models.size(), threads, [&](std::size_t m) { fits[m] = fit_of(models[m]); });
  std::vector<Contender> contenders;
  for (std::size_t m = 0; m < models.size(); ++m) {
    Contender contender{models[m].name, rows_digest(models[m].design), std::move(fits[m])};
    contender.identities = models[m].shaped ? models[m].shaped->identities : identities_of(models[m].design);
    contender.design = &models[m].design;
    contenders.push_back(std::move(contender));
  }
  Ranking ranking = rank_fits(contenders);
  ranking.cross_validation = cross_validate(question, models, threads);
  return ranking;
}

/// The policies of the rival that have these names, as one of its fits; empty: it has none such.
std::vector<PolicyId> same_policies(FitQuestion const& rival, std::vector<std::string> const& names) {
  for (std::vector<PolicyId> const& policies : fits_of(rival)) {
    std::vector<std::string> own;
    for (PolicyId const policy : policies) own.push_back(rival.scenario->policies[policy.value].name);
    std::sort(own.begin(), own.end());
    if (own == names) return policies;
  }
  return {};
}

}  // namespace

void check_cross_validation(FitSpec const& spec, Scenario const& scenario, Complaints& complaints) {
  if (!spec.cross_validation) return;
  LeaveOut const leave = spec.cross_validation->leave;
  if (leave == LeaveOut::policies && !spec.pooled) {
    complaints.add("policies are left out of a fit that pools them, and this one does not", spec.where,
                   "set pooled: true, or leave out cities or years");
  }
  if (leave != LeaveOut::years) return;
  auto const& effects = spec.fixed_effects;
  if (std::find(effects.begin(), effects.end(), FixedEffect::period) != effects.end()) {
    complaints.add("fixed effects of periods say nothing of the years that are left out", spec.where,
                   "leave period out of fixed_effects or use a trend, or leave out cities or policies");
  }
  for (PolicySpec const& policy : scenario.policies) {
    if (!is_cross_validated(spec, policy.name) || policy.trend.form != Trend::Form::periods) continue;
    complaints.add("the trend of '" + policy.name + "' by periods says nothing of the years that are left out",
                   policy.where, "use another trend, or leave out cities or policies");
  }
}

CrossModel model_of(std::string name, FittedPolicies const& fitted) {
  return {std::move(name), fitted.observed.design, families_of(fitted.observed), fitted.report.options};
}

std::vector<CrossModel> hypotheses_of(FitQuestion const& question, FittedPolicies const& whole, int threads) {
  std::vector<Family> const families = families_of(whole.observed);
  std::vector<PolicyId> const policies = policies_of(question, whole);
  std::vector<CrossModel> models;
  for (Hypothesis const& hypothesis : question.spec.hypotheses) {
    std::vector<std::size_t> columns;
    std::vector<Family> own;
    std::set<std::string> kept;
    for (std::size_t c = 0; c < whole.observed.coefficients.size(); ++c) {
      std::string const& mechanism = whole.observed.coefficients[c].mechanism;
      bool const keeps =
          mechanism.empty() || std::any_of(hypothesis.mechanisms.begin(), hypothesis.mechanisms.end(),
                                           [&](Reference const& each) { return each.name == mechanism; });
      if (!keeps) continue;
      columns.push_back(c);
      own.push_back(families[c]);
      kept.insert(mechanism);
    }
    models.push_back(
        {hypothesis.name, with_columns(whole.observed.design, columns), std::move(own), whole.report.options});
    models.back().shaped = shaped_model(question, policies, columns, kept, models.back().design, threads);
  }
  return models;
}

std::vector<CrossModel> models_of(std::vector<Rival> const& rivals, FitQuestion const& question,
                                  std::vector<PolicyId> const& policies, FittedPolicies const& whole) {
  Complaints complaints;
  std::vector<std::string> names = whole.report.subject.policies;
  std::sort(names.begin(), names.end());
  RowNames const first = row_names(whole.observed.design, *question.scenario, question.world->cities);
  std::vector<CrossModel> models;
  for (Rival const& rival : rivals) {
    std::vector<PolicyId> const same = same_policies(*rival.question, names);
    if (same.empty()) {
      complaints.add(
          fmt::format("it fits no {} '{}'", policies.size() > 1 ? "pooled policies" : "policy", fmt::join(names, ", ")),
          rival.where, "scenarios that are compared fit policies of the same names, pooled or each alone in all");
      continue;
    }
    ObservedDesign observed = design_of(*rival.question, same);
    std::string const difference =
        row_difference(first, row_names(observed.design, *rival.question->scenario, rival.question->world->cities));
    if (!difference.empty()) {
      complaints.add(difference, rival.where,
                     "give all the same cities, adopters, coverage, at_risk and time, and in fit the same from, until "
                     "and fixed effects");
      continue;
    }
    std::vector<Family> families = families_of(observed);
    // The same rows, in the numbers of the first scenario.
    observed.design.policy = whole.observed.design.policy;
    observed.design.city = whole.observed.design.city;
    observed.design.spell = whole.observed.design.spell;
    models.push_back({rival.name, std::move(observed.design), std::move(families), options_of(*rival.question, same)});
    models.back().shaped = shaped_rival(*rival.question, same, models.back().design);
  }
  complaints.throw_if_any();
  return models;
}

std::optional<CrossValidationResult> cross_validate(FitQuestion const& question, std::vector<CrossModel> const& models,
                                                    int threads) {
  if (!question.spec.cross_validation) return std::nullopt;
  for (CrossModel const& each : models) {
    require(!each.shaped, "fits with shape parameters are not cross-validated", {each.name},
            "leave profile or cross_validation out");
  }
  std::vector<std::string> policies;
  for (PolicySpec const& policy : question.scenario->policies) policies.push_back(policy.name);
  FoldKeys const keys{static_cast<std::uint64_t>(question.scenario->seed), question.world->cities.hash, policies};
  CrossValidation const& validation = *question.spec.cross_validation;
  std::vector<Fold> const folds = make_folds(models.at(0).design, validation, keys);
  return cross_validate(models, folds, validation.leave, threads);
}

Ranking rank_hypotheses(FitQuestion const& question, FittedPolicies const& whole, int threads) {
  return ranked(question, hypotheses_of(question, whole, threads), threads);
}

Ranking rank_hypotheses(FitQuestion const& question, std::vector<PolicyId> const& policies, FittedPolicies const& whole,
                        std::string const& own_name, std::vector<Rival> const& rivals, int threads) {
  if (rivals.empty()) return rank_hypotheses(question, whole, threads);
  std::vector<CrossModel> models = hypotheses_of(question, whole, threads);
  bool const is_there = std::any_of(models.begin(), models.end(), [&](CrossModel const& each) {
    return each.design.columns() == whole.observed.design.columns();
  });
  if (!is_there) {
    models.insert(models.begin(), model_of(own_name, whole));
    models[0].shaped = shaped_rival(question, policies, models[0].design);
  }
  for (CrossModel& each : models_of(rivals, question, policies, whole)) models.push_back(std::move(each));
  return ranked(question, models, threads);
}

}  // namespace hansa
