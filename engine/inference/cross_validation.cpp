/// A grid of fits, models by folds, and the scores of what they predict.
#include "inference/cross_validation.hpp"

#include <algorithm>
#include <numeric>
#include <set>

#include <fmt/format.h>

#include "base/flat_math.hpp"
#include "base/parallel.hpp"
#include "inference/discrimination.hpp"
#include "inference/later_design.hpp"
#include "inference/null_model.hpp"

namespace hansa {

namespace {

/// What was predicted of the scored trials of a fold.
struct Cell {
  std::string failure;
  Trials trials;
  std::vector<double> log;  // score of each trial
};

using Grid = std::vector<std::vector<Cell>>;  // models × folds

std::vector<std::size_t> marked(std::vector<std::uint8_t> const& marks) {
  std::vector<std::size_t> rows;
  for (std::size_t r = 0; r < marks.size(); ++r) {
    if (marks[r] != 0) rows.push_back(r);
  }
  return rows;
}

/// Rows of the fold's test that all models can predict.
std::vector<std::uint8_t> scored_by_all(std::vector<CrossModel> const& models, Fold const& fold, LeaveOut leave) {
  std::vector<std::uint8_t> scored(fold.test.size(), 1);
  for (CrossModel const& model : models) {
    FoldDesigns const designs = fold_designs(model.design, model.families, fold, leave);
    for (std::size_t r = 0; r < scored.size(); ++r) scored[r] = scored[r] != 0 && designs.scored[r] != 0 ? 1 : 0;
  }
  return scored;
}

/// Adds a first column, of coefficient 1: what the fit says of the row's policy beyond the baseline that is common to
/// all; 0 of a policy that it has not seen.
void add_policy_effects(EventHistoryFit const& fit, Design& design, Eigen::VectorXd& coefficients) {
  Eigen::MatrixXd const x = design.x;
  design.names.insert(design.names.begin(), "effect of the policy");
  design.log_linear += 1;
  design.x.resize(x.rows(), x.cols() + 1);
  design.x.rightCols(x.cols()) = x;
  for (std::size_t r = 0; r < design.rows(); ++r) {
    double effect = 0;
    for (PolicyEffect const& each : fit.policy_effects) {
      if (each.policy == design.policy[r]) effect = each.effect;
    }
    design.x(static_cast<Eigen::Index>(r), 0) = effect;
  }
  coefficients.resize(fit.coefficients.size() + 1);
  coefficients << 1, fit.coefficients;
}

Cell predicted(CrossModel const& model, Fold const& fold, LeaveOut leave, std::vector<std::size_t> const& scored) {
  FoldDesigns const designs = fold_designs(model.design, model.families, fold, leave);
  EventHistoryOptions options = model.options;
  options.clusters.clear();  // errors are not asked for
  options.intervals = Intervals::wald;
  EventHistoryFit const fit = fit_event_history(designs.training, options);
  if (!fit.estimated()) return {fit.failure, {}, {}};
  Design test = with_rows(designs.test, scored);
  Eigen::VectorXd coefficients = fit.coefficients;
  if (!fit.policy_effects.empty()) add_policy_effects(fit, test, coefficients);
  return {"", trials_of(test, chances(test, fit.link, coefficients)), trial_log_scores(test, fit.link, coefficients)};
}

/// One chance per policy, or for all policies where these are left out.
Cell by_baselines(Design const& design, Fold const& fold, LeaveOut leave, std::vector<std::size_t> const& scored) {
  Design training = with_rows(design, fold.training);
  Design test = with_rows(with_rows(design, fold.test), scored);
  if (leave == LeaveOut::policies) {
    std::fill(training.policy.begin(), training.policy.end(), Index{0});
    std::fill(test.policy.begin(), test.policy.end(), Index{0});
  }
  std::map<Index, double> const found = null_chances(training);
  Eigen::VectorXd made(test.x.rows());
  for (std::size_t r = 0; r < test.rows(); ++r) {
    auto const at = found.find(test.policy[r]);
    if (at == found.end() || at->second == 0 || at->second == 1) {
      return {"nobody, or everybody, adopted among the rows that are fitted", {}, {}};
    }
    made[static_cast<Eigen::Index>(r)] = at->second;
  }
  Cell cell{"", trials_of(test, made), {}};
  for (std::size_t t = 0; t < cell.trials.size(); ++t) {
    double const chance = cell.trials.chance[t];
    cell.log.push_back(-(cell.trials.event[t] != 0 ? flat::log(chance) : flat::log1p(-chance)));
  }
  return cell;
}

/// Of all folds, one after the other.
Cell joined_cells(std::vector<Cell> const& cells) {
  Cell all;
  auto const append = [](auto& to, auto const& from) { to.insert(to.end(), from.begin(), from.end()); };
  for (Cell const& cell : cells) {
    append(all.trials.chance, cell.trials.chance);
    append(all.trials.event, cell.trials.event);
    append(all.trials.city, cell.trials.city);
    append(all.log, cell.log);
  }
  return all;
}

std::vector<double> brier_scores(Trials const& trials) {
  std::vector<double> scores;
  for (std::size_t t = 0; t < trials.size(); ++t) {
    double const miss = trials.chance[t] - (trials.event[t] != 0 ? 1 : 0);
    scores.push_back(miss * miss);
  }
  return scores;
}

double sum_of(std::vector<double> const& values) {
  return std::accumulate(values.begin(), values.end(), 0.0);
}

Scores sums_of(Cell const& cell) {
  return {sum_of(cell.log), sum_of(brier_scores(cell.trials))};
}

/// Means, as of all score comparisons.
ScoreComparison compared(Cell const& own, Cell const& reference) {
  ScoreComparison result;
  result.trials = own.trials.size();
  auto const n = static_cast<double>(result.trials);
  result.events = static_cast<std::size_t>(std::count(own.trials.event.begin(), own.trials.event.end(), 1));
  result.cities = std::set<Index>(own.trials.city.begin(), own.trials.city.end()).size();
  Scores const sums = sums_of(own), others = sums_of(reference);
  result.own = {sums.log / n, sums.brier / n};
  result.reference = {others.log / n, others.brier / n};
  result.log = paired_difference(own.log, reference.log, own.trials.city);
  result.brier = paired_difference(brier_scores(own.trials), brier_scores(reference.trials), own.trials.city);
  return result;
}

/// The ROC areas of folds, weighted by the pairs of an event and another trial that each is of.
std::optional<double> area_within(std::vector<Cell> const& cells) {
  double sum = 0, pairs = 0;
  for (Cell const& cell : cells) {
    std::optional<RocArea> const found = roc_area(cell.trials);
    if (!found) continue;
    auto const events = static_cast<double>(std::count(cell.trials.event.begin(), cell.trials.event.end(), 1));
    double const own = events * (static_cast<double>(cell.trials.size()) - events);
    sum += own * found->area;
    pairs += own;
  }
  if (pairs == 0) return std::nullopt;
  return sum / pairs;
}

CrossValidated validated(std::string name, std::vector<Cell> const& cells) {
  CrossValidated result;
  result.name = std::move(name);
  for (Cell const& cell : cells) {
    result.folds.push_back({cell.failure, sums_of(cell)});
    result.failed += !cell.failure.empty();
  }
  if (result.failed > 0) return result;
  result.sums = sums_of(joined_cells(cells));
  result.auc = area_within(cells);
  return result;
}

/// Ranks, and differences to the best.
void rank(CrossValidationResult& result, Grid const& grid) {
  std::size_t best = result.models.size();
  for (std::size_t m = 0; m < result.models.size(); ++m) {
    CrossValidated& own = result.models[m];
    if (!own.sums) continue;
    own.rank = 1;
    for (CrossValidated const& other : result.models) own.rank += other.sums && other.sums->log < own.sums->log;
    bool const better = best == result.models.size() || own.rank < result.models[best].rank;
    if (better) best = m;
  }
  if (best == result.models.size()) return;
  result.best = result.models[best].name;
  Cell const reference = joined_cells(grid[best]);
  for (std::size_t m = 0; m < result.models.size(); ++m) {
    if (m == best || !result.models[m].sums) continue;
    result.models[m].against_best = compared(joined_cells(grid[m]), reference);
  }
  if (!result.baseline.sums) return;
  result.baseline.against_best = compared(joined_cells(grid.back()), reference);
}

/// Facts of the trials that are scored, whoever predicts them.
void count_trials(CrossValidationResult& result, Design const& design, std::vector<Fold> const& folds,
                  std::vector<std::vector<std::size_t>> const& scored) {
  std::set<Index> cities;
  for (std::size_t k = 0; k < folds.size(); ++k) {
    Design const left = with_rows(design, folds[k].test);
    Design const test = with_rows(left, scored[k]);
    FoldFacts facts;
    facts.label = folds[k].label;
    facts.fitted_rows = folds[k].training.size();
    for (std::size_t const r : folds[k].training) facts.fitted_events += design.event[r] != 0 ? 1 : 0;
    facts.trials = trial_starts(test).size() - 1;
    for (std::uint8_t const event : test.event) facts.events += event != 0 ? 1 : 0;
    cities.insert(test.city.begin(), test.city.end());
    result.trials += facts.trials;
    result.events += facts.events;
    result.unscored += trial_starts(left).size() - 1 - facts.trials;
    result.folds.push_back(std::move(facts));
  }
  result.cities = cities.size();
}

}  // namespace

CrossValidationResult cross_validate(std::vector<CrossModel> const& models, std::vector<Fold> const& folds,
                                     LeaveOut leave, int threads) {
  CrossValidationResult result;
  result.leave = leave;
  Design const& design = models.at(0).design;
  std::vector<std::vector<std::size_t>> scored(folds.size());
  parallel_for(folds.size(), threads,
               [&](std::size_t k) { scored[k] = marked(scored_by_all(models, folds[k], leave)); });
  Grid grid(models.size() + 1, std::vector<Cell>(folds.size()));
  parallel_for(grid.size() * folds.size(), threads, [&](std::size_t at) {
    std::size_t const m = at / folds.size(), k = at % folds.size();
    grid[m][k] = m < models.size() ? predicted(models[m], folds[k], leave, scored[k])
                                   : by_baselines(design, folds[k], leave, scored[k]);
  });
  count_trials(result, design, folds, scored);
  for (std::size_t m = 0; m < models.size(); ++m) result.models.push_back(validated(models[m].name, grid[m]));
  result.baseline = validated(baseline_name, grid.back());
  rank(result, grid);
  return result;
}

}  // namespace hansa
