/// Weighted moments and quantiles of particles, and estimates made of them.
#include "calibration/posterior.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <string_view>
#include <utility>

#include <fmt/format.h>

#include "calibration/priors.hpp"
#include "io/posterior_file.hpp"
#include "scenario/draft.hpp"
#include "scenario/path.hpp"

namespace hansa {

namespace {

/// A parameter of some particles, with their weights.
struct Marginal {
  std::vector<double> values, weights;
};

Marginal marginal(Calibration const& found, std::size_t parameter, std::size_t hypothesis) {
  Marginal of;
  std::size_t const width = found.parameters.size();
  for (std::size_t i = 0; i < found.posterior.size(); ++i) {
    if (static_cast<std::size_t>(found.posterior.hypothesis[i]) != hypothesis) continue;
    of.values.push_back(found.values[i * width + parameter]);
    of.weights.push_back(found.posterior.weight[i]);
  }
  return of;
}

double mean_of(Marginal const& of) {
  double sum = 0, weight = 0;
  for (std::size_t i = 0; i < of.values.size(); ++i) {
    sum += of.weights[i] * of.values[i];
    weight += of.weights[i];
  }
  return sum / weight;
}

double covariance_of(Marginal const& a, Marginal const& b) {
  double const mean_a = mean_of(a), mean_b = mean_of(b);
  double sum = 0, weight = 0;
  for (std::size_t i = 0; i < a.values.size(); ++i) {
    sum += a.weights[i] * (a.values[i] - mean_a) * (b.values[i] - mean_b);
    weight += a.weights[i];
  }
  return sum / weight;
}

std::string rule_of(ScenarioDraft const& draft, std::string const& policy) {
  Node const* const policies = draft.root.find("policies");
  Node const* const found = policies ? policies->find(policy) : nullptr;
  Node const* const rule = found ? found->find("rule") : nullptr;
  return rule ? rule->text : "logit";
}

/// What the paths of one policy get: a parameter, or 0.
struct Filled {
  std::string path;
  std::optional<std::size_t> parameter;
};

/// By policy.
std::map<std::string, std::vector<Filled>> filled_paths(Priors const& priors, std::size_t hypothesis) {
  std::map<std::string, std::vector<Filled>> by_policy;
  for (std::size_t const k : priors.acting(hypothesis))
    by_policy[split_path(priors.path(k), {})[1]].push_back({priors.path(k), k});
  for (std::string const& path : priors.left_out(hypothesis))
    by_policy[split_path(path, {})[1]].push_back({path, std::nullopt});
  return by_policy;
}

Estimates estimates_for(std::string const& policy, std::vector<Filled> const& paths, Calibration const& found,
                        std::size_t hypothesis) {
  Estimates made;
  made.name = policy;
  std::vector<Marginal> columns;
  for (Filled const& each : paths) {
    std::size_t const inside = joined("policies", policy).size() + 1;
    made.terms.push_back(each.path.size() > inside ? each.path.substr(inside) : each.path);
    made.paths.push_back({each.path});
    Marginal column = marginal(found, each.parameter.value_or(0), hypothesis);
    if (!each.parameter) std::fill(column.values.begin(), column.values.end(), 0.0);
    made.values.push_back(weighted_quantile(column.values, column.weights, 0.5));
    columns.push_back(std::move(column));
  }
  for (Marginal const& a : columns)
    for (Marginal const& b : columns) made.covariance.push_back(covariance_of(a, b));
  made.weights = columns.front().weights;
  double sum = 0;
  for (double const each : made.weights) sum += each;
  for (double& each : made.weights) each /= sum;
  for (std::size_t i = 0; i < made.weights.size(); ++i)
    for (Marginal const& each : columns) made.particles.push_back(each.values[i]);
  return made;
}

std::string_view end_word(CalibrationEnd end) {
  constexpr std::string_view words[] = {"generations", "tolerance", "acceptance", "settled", "stopped"};
  return words[static_cast<std::size_t>(end)];
}

PosteriorRecord record_of(Calibration const& found) {
  PosteriorRecord record;
  record.name = found.name;
  record.end = end_word(found.end);
  record.parameters = found.parameters;
  record.hypotheses = found.hypotheses.empty() ? std::vector<std::string>{"all"} : found.hypotheses;
  record.summaries = found.summaries;
  record.values = found.values;
  record.weights = found.posterior.weight;
  record.distances = found.posterior.distance;
  record.hypothesis = found.posterior.hypothesis;
  for (GenerationReport const& each : found.generations) {
    record.tolerance.push_back(each.tolerance);
    record.effective.push_back(each.effective);
    record.proposals.push_back(each.proposals);
    record.failed.push_back(each.failed);
    record.probability.insert(record.probability.end(), each.hypotheses.begin(), each.hypotheses.end());
  }
  record.observed = found.observed;
  record.scales = found.scales;
  return record;
}

}  // namespace

std::vector<PosteriorOf> posterior_table(Calibration const& found) {
  std::vector<PosteriorOf> table;
  for (std::size_t h = 0; h < std::max<std::size_t>(found.hypotheses.size(), 1); ++h) {
    for (std::size_t k = 0; k < found.parameters.size(); ++k) {
      Marginal const of = marginal(found, k, h);
      if (of.values.empty() || std::isnan(of.values.front())) continue;
      PosteriorOf row{k, h};
      row.mean = mean_of(of);
      row.sd = std::sqrt(covariance_of(of, of));
      row.low = weighted_quantile(of.values, of.weights, 0.025);
      row.median = weighted_quantile(of.values, of.weights, 0.5);
      row.high = weighted_quantile(of.values, of.weights, 0.975);
      table.push_back(row);
    }
  }
  return table;
}

std::optional<std::size_t> best_hypothesis(Calibration const& found) {
  if (found.posterior.size() == 0) return std::nullopt;
  std::vector<double> const weights =
      hypothesis_weights(found.posterior, std::max<std::size_t>(found.hypotheses.size(), 1));
  return static_cast<std::size_t>(std::max_element(weights.begin(), weights.end()) - weights.begin());
}

std::vector<Estimates> posterior_estimates(Calibration const& found, Question const& question) {
  std::optional<std::size_t> const best = best_hypothesis(found);
  if (!best)
    throw Error(Complaint{"no generation was finished", {question.scenario->file.string(), 0, 0}, {}}, Fault::failure);
  Priors const priors(*question.scenario->calibrate, *question.scenario);
  std::vector<Estimates> all;
  for (auto const& [policy, paths] : filled_paths(priors, *best)) {
    all.push_back(estimates_for(policy, paths, found, *best));
    all.back().link = rule_of(question.draft, policy);
  }
  return all;
}

void write_posterior(Calibration const& found, Question const& question, FitFileOptions options) {
  std::vector<FitRecord> records;
  for (Estimates& each : posterior_estimates(found, question)) records.push_back({std::move(each), {}, {}});
  PosteriorRecord const record = record_of(found);
  options.more = [&](NetcdfFile& file) { add_posterior(file, record); };
  write_fit_file(records, options);
}

}  // namespace hansa
