/// The searches of a fit.
#include "inference/estimation.hpp"

#include <cmath>

#include <fmt/format.h>

#include "base/flat_math.hpp"
#include "inference/additive.hpp"
#include "inference/fit_checks.hpp"
#include "inference/separation.hpp"

namespace hansa {

namespace {

constexpr double smallest_sd = 1e-3, largest_sd = 50;  // of an intercept, in units of η

/// One chance for all rows, in coordinates.
Eigen::VectorXd common_start(Sample const& sample) {
  double events = 0;
  for (std::uint8_t const event : sample.event) events += event;
  for (JointStep const& each : sample.joint) events += static_cast<double>(each.adopters);
  double const chance = (events + 0.5) / (static_cast<double>(sample.rows()) + 1);
  if (sample.link == FitLink::additive) return additive_start(sample, -flat::log1p(-chance));
  double const eta = predictor_of_chance(sample.link, chance);
  Eigen::VectorXd b = Eigen::VectorXd::Zero(sample.q.cols());
  for (Eigen::Index r = 0; r < sample.q.rows(); ++r) b += sample.q.row(r).transpose();
  return b * (eta / static_cast<double>(sample.rows()));
}

/// Whether the likelihood falls somewhere along a direction: where policies compete, what separates the rows that are
/// decided alone need not separate all.
bool falls_along(Estimation const& run, Eigen::VectorXd const& direction) {
  for (double const far : {1.0, 4.0, 16.0}) {
    Eigen::VectorXd const b = run.maximum.at + far * direction;
    if (run.objective(b).value < run.maximum.there.value - 1e-6) return true;
  }
  return false;
}

/// Of the rows without rivals, back in those of the sample; nothing where the whole likelihood has a maximum.
Recession recession_of(Estimation const& run) {
  std::vector<std::size_t> row;
  Sample const alone = without_rivals(run.sample, row);
  Recession found = find_recession(alone, run.maximum.at);
  if (found.direction.size() == 0 || run.sample.joint.empty()) return found;
  if (falls_along(run, found.direction)) return {};
  std::vector<std::uint8_t> strictly(run.sample.rows(), 0);
  for (std::size_t k = 0; k < row.size(); ++k) strictly[row[k]] = found.strictly[k];
  found.strictly = std::move(strictly);
  return found;
}

void judge_additive(Estimation& run) {
  if (run.sample.joint.empty() && runs_away(run.fit, run.design, run.sample, run.transform, run.maximum)) return;
  if (!run.maximum.converged)
    run.fit.failure = fmt::format("the search did not settle within {} steps; fewer terms, or another start may help",
                                  run.maximum.iterations);
}

void judge_separation(Estimation& run) {
  EventHistoryFit& fit = run.fit;
  bool const alone = run.sample.joint.empty();
  if (alone && run.maximum.converged && overlap_is_certain(run.sample, run.maximum.at)) return;
  Recession const found = alone ? find_recession(run.sample, run.maximum.at) : recession_of(run);
  if (found.direction.size() > 0) {
    report_separation(fit, run.design, run.transform * found.direction, found.strictly);
    if (run.options.penalty == Penalty::firth) {
      fit.notes.push_back(fmt::format("{} separation in {}: without the penalty there is no finite estimate",
                                      fit.separation == Separation::complete ? "complete" : "quasi-complete",
                                      list_columns(fit.names, fit.separating)));
      return;
    }
    fit.failure = fmt::format(
        "{} tell{} adopters from the others {}, so that no finite estimate is the likeliest ({} separation); leave "
        "terms "
        "out, or fit with penalty: firth",
        list_columns(fit.names, fit.separating), fit.separating.size() == 1 ? "s" : "",
        fit.separation == Separation::complete
            ? "without error"
            : fmt::format("without error in {} cit{}", fit.separated.size(), fit.separated.size() == 1 ? "y" : "ies"),
        fit.separation == Separation::complete ? "complete" : "quasi-complete");
    return;
  }
  if (run.maximum.converged || run.options.penalty == Penalty::firth) return;
  fit.failure = fmt::format(
      "the search did not settle within {} steps, though nothing separates adopters from the "
      "others; the terms may be all but collinear",
      run.maximum.iterations);
}

/// The better of two searches, from a middling and from a small standard deviation.
Maximum best_intercept(Estimation& run, Eigen::VectorXd const& without) {
  Maximum best;
  for (double const sd : {0.7, 0.1}) {
    Eigen::VectorXd start(without.size() + 1);
    start << without, flat::log(sd);
    Maximum found = maximise(run.objective, start, run.constraints, run.tolerance, 60);
    found.iterations += best.iterations;
    bool const inside = found.converged && flat::exp(found.at[without.size()]) > smallest_sd;
    bool const better = best.at.size() == 0 || (inside && found.there.value > best.there.value);
    if (better)
      best = std::move(found);
    else
      best.iterations = found.iterations;
    if (inside) break;
  }
  return best;
}

}  // namespace

void search_maximum(Estimation& run) {
  run.objective = [&sample = run.sample](Eigen::VectorXd const& b) { return evaluate(sample, b); };
  bool const additive = run.sample.link == FitLink::additive;
  if (additive) {
    std::size_t const lost = unexplained_event(run.sample);
    if (lost < run.sample.units()) {
      std::size_t const row = run.sample.begin[lost];
      run.fit.separated = {run.design.city[row]};
      run.fit.failure =
          fmt::format("an adoption in {} has chance 0: every term of the model is 0 there; give it a baseline",
                      run.design.period[row]);
      return;
    }
    run.constraints.nonnegative.assign(run.sample.columns, 0);
    for (std::size_t k = run.sample.log_linear; k < run.sample.columns; ++k) run.constraints.nonnegative[k] = 1;
  }
  Eigen::VectorXd const start = common_start(run.sample);
  if (!run.sample.joint.empty() && !std::isfinite(run.objective(start).value)) {
    run.fit.failure = "an adoption beside others has chance 0: every term of its policy is 0 there; give it a baseline";
    return;
  }
  run.maximum = maximise(run.objective, start, run.constraints, run.tolerance);
  run.fit.iterations = run.maximum.iterations;
  run.fit.log_likelihood = run.maximum.there.value;
  if (additive)
    judge_additive(run);
  else
    judge_separation(run);
}

void search_firth(Estimation& run) {
  run.objective = [&sample = run.sample](Eigen::VectorXd const& b) { return evaluate_firth(sample, b); };
  run.tolerance = 1e-18;  // steps with the expected information do not square the error
  bool const known = run.fit.separation == Separation::none && run.maximum.converged;
  Eigen::VectorXd start = known ? run.maximum.at : common_start(run.sample);
  run.maximum = maximise(run.objective, std::move(start), run.constraints, run.tolerance, 50);
  run.fit.iterations += run.maximum.iterations;
  if (!run.maximum.converged) {
    run.objective = [&sample = run.sample](Eigen::VectorXd const& b) { return evaluate_firth_curved(sample, b); };
    run.tolerance = 1e-14;
    run.maximum = maximise(run.objective, run.maximum.at, run.constraints, run.tolerance, 200);
    run.fit.iterations += run.maximum.iterations;
  }
  run.fit.log_likelihood = evaluate(run.sample, run.maximum.at).value;
  if (!run.maximum.converged)
    run.fit.failure = fmt::format(
        "the search for the penalised maximum did not settle within {} steps; the terms may be "
        "all but collinear",
        run.fit.iterations);
}

void search_intercept(Estimation& run) {
  bool const of_cities = run.options.city_intercept;
  std::string const of = of_cities ? "city" : "policy";
  run.fit.information = Information::observed;
  run.intercept = std::make_unique<GroupIntercept>(run.sample, of_cities ? run.design.city : run.design.policy,
                                                   run.options.quadrature);
  Objective const without = run.objective;
  run.objective = [&intercept = *run.intercept](Eigen::VectorXd const& at) { return intercept(at); };
  if (!run.constraints.nonnegative.empty()) run.constraints.nonnegative.push_back(0);
  Maximum const alike = run.maximum;
  Eigen::Index const n = alike.at.size();
  Maximum found = best_intercept(run, alike.at);
  run.fit.iterations += found.iterations;
  run.fit.log_likelihood_alike = alike.there.value;
  double const sd = flat::exp(found.at[n]);
  bool const gains = found.there.value > alike.there.value + 1e-9;
  if (gains) run.fit.log_likelihood = found.there.value;
  if (sd > smallest_sd && gains && !(found.converged && sd < largest_sd)) {
    run.fit.failure = fmt::format(
        "the standard deviation of the {} intercept does not settle (the search left it at {:.3g}): {}", of, sd,
        of_cities ? "too few cities decide more than once; leave frailty out"
                  : "the policies tell too little of it; use policy_effects: fixed");
    return;
  }
  std::optional<double>& estimate = of_cities ? run.fit.city_sd : run.fit.policy_sd;
  estimate = 0;
  if (sd <= smallest_sd || !gains) {
    run.fit.notes.push_back(
        fmt::format("the likelihood falls with any difference between {}: the standard deviation of the {} intercept "
                    "is 0, and all else as without one",
                    of_cities ? "cities" : "policies", of));
    run.intercept.reset();
    run.objective = without;
    if (!run.constraints.nonnegative.empty()) run.constraints.nonnegative.pop_back();
    return;
  }
  Eigen::MatrixXd larger = Eigen::MatrixXd::Identity(n + 1, n + 1);
  larger.topLeftCorner(n, n) = run.transform;
  estimate = sd;
  run.transform = larger;
  run.maximum = std::move(found);
}

}  // namespace hansa
