/// Estimates, intervals and warnings.
#include "design/sensitivity.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "base/student.hpp"

namespace hansa {

namespace {

constexpr double widest = 0.1;  ///< half an interval of an index beyond which it is not called converged

IndexInterval interval(double value, double error, double degrees) {
  double const half = flat::inverse_student(0.975, degrees) * error;
  return {value, value - half, value + half};
}

SobolReport analyse_sobol(Sampled const& sampled, SaltelliRows const& rows, SensitivityOptions const& options) {
  SobolReport report;
  report.rows = rows;
  SobolIndices const indices = sobol_indices(sampled, rows);
  SobolErrors const errors = bootstrap_errors(sampled, rows, options.draws, options.seed, options.threads);
  std::size_t const d = rows.dimensions;
  for (std::size_t i = 0; i < d; ++i) {
    report.first.push_back(interval(indices.first[i], errors.errors.first[i], errors.degrees[i]));
    report.total.push_back(interval(indices.total[i], errors.errors.total[i], errors.degrees[d + i]));
  }
  for (std::size_t k = 0; k < indices.second.size(); ++k)
    report.second.push_back(interval(indices.second[k], errors.errors.second[k], errors.degrees[2 * d + k]));
  if (sampled.replicates > 1) {
    Sampled means = sampled;
    means.replicates = 1;
    means.outputs = sampled.means();
    report.of_means = sobol_indices(means, rows);
  }
  for (std::size_t const part : {8, 4, 2})
    if (std::size_t const n = rows.base_points / part; n >= 8)
      report.before.emplace_back(n, sobol_indices(sampled, rows, n));
  return report;
}

void warn_of_index(std::string_view name, std::string const& input, IndexInterval const& index,
                   std::vector<std::string>& warnings) {
  if (std::isnan(index.value)) return;
  double const half = index.value - index.low;
  if (half > widest)
    warnings.push_back(
        fmt::format("{} of {} has not converged: its 95 % interval is {:.2f} to {:.2f}; more base points "
                    "are needed",
                    name, input, index.low, index.high));
  if (index.value < -0.01)
    warnings.push_back(fmt::format("{} of {} is {:.3f}, which no share of a variance is: an error of estimation{}",
                                   name, input, index.value, index.high < 0 ? " that the interval does not hold" : ""));
}

std::vector<std::string> warnings_of(SobolReport const& report, Sensitivity const& about) {
  std::vector<std::string> warnings;
  for (std::size_t i = 0; i < about.inputs.size(); ++i) {
    warn_of_index("S1", about.inputs[i], report.first[i], warnings);
    warn_of_index("ST", about.inputs[i], report.total[i], warnings);
    if (report.first[i].low > report.total[i].high)
      warnings.push_back(
          fmt::format("S1 of {} is larger than its ST, which cannot be: it has not converged", about.inputs[i]));
  }
  if (!report.first.empty() && !std::isnan(report.first[0].value) && std::isnan(report.first[0].low))
    warnings.push_back(
        about.replicates > 1 && about.replicates < fewest_replicates
            ? fmt::format("there are no intervals: of {} replicates none can be left out, by which what "
                          "luck adds is told; {} are needed",
                          about.replicates, fewest_replicates)
            : "there are no intervals: the measure varies too little between points, in draws of them or "
              "without one of the replicates; more of both are needed");
  if (!report.first.empty() && std::isnan(report.first[0].value))
    warnings.push_back(
        about.replicates > 1
            ? "the measure does not vary between points beyond the noise of replicates: there is nothing "
              "to share out"
            : "the measure does not vary between points: there is nothing to share out");
  return warnings;
}

void warn_of_noise(Sensitivity& about) {
  if (!about.parts) return;
  VarianceParts const& parts = *about.parts;
  double const left = parts.noise / static_cast<double>(about.replicates);
  if (parts.points <= 0 || left > parts.points)
    about.warnings.push_back(
        fmt::format("the noise that is left in means over {} replicates is larger than what points differ by: more "
                    "replicates are needed",
                    about.replicates));
}

PrimReport analyse_prim(Sampled const& sampled, SensitivityOptions const& options) {
  PrimReport report;
  report.interest = options.interest.value_or(Interest{});
  std::vector<bool> hits;
  for (std::size_t k = 0; k < sampled.points; ++k) hits.push_back(report.interest.holds(sampled.mean(k)));
  report.hits = static_cast<std::size_t>(std::count(hits.begin(), hits.end(), true));
  report.boxes = find_boxes(sampled.columns, hits, options.prim);
  return report;
}

void run_method(Sampled const& sampled, SensitivityOptions const& options, Sensitivity& into, Complaints& complaints) {
  switch (options.method) {
    case SensitivityMethod::saltelli: {
      SaltelliRows const rows = saltelli_rows(sampled, complaints);
      if (!complaints.empty()) return;
      SobolReport report = analyse_sobol(sampled, rows, options);
      into.warnings = warnings_of(report, into);
      into.result = std::move(report);
      return;
    }
    case SensitivityMethod::morris: {
      MorrisSteps steps = morris_steps(sampled, complaints);
      if (!complaints.empty()) return;
      MorrisEffects effects = morris_effects(sampled, steps);
      into.result = MorrisReport{std::move(steps), std::move(effects)};
      return;
    }
    case SensitivityMethod::regression: {
      RegressionEffects effects = regression_effects(sampled, complaints);
      if (effects.r2 < 0.7)
        into.warnings.push_back(
            fmt::format("a straight line in every input explains {:.0f} % of the variance: its "
                        "coefficients tell little{}",
                        100 * effects.r2, effects.r2_ranks > 0.7 ? ", those of ranks more" : ""));
      into.result = std::move(effects);
      return;
    }
    case SensitivityMethod::oat:
      into.result = tornado(sampled, complaints);
      return;
    case SensitivityMethod::prim: {
      PrimReport report = analyse_prim(sampled, options);
      if (report.hits == 0 || report.hits == sampled.points)
        into.warnings.push_back(
            fmt::format("it happens at {} point: there is nothing to tell apart", report.hits == 0 ? "no" : "every"));
      into.result = std::move(report);
      return;
    }
  }
}

}  // namespace

bool Interest::holds(double value) const noexcept {
  switch (side) {
    case Side::at_least:
      return value >= limit;
    case Side::at_most:
      return value <= limit;
    case Side::above:
      return value > limit;
    case Side::below:
      return value < limit;
  }
  return false;
}

Sensitivity analyse(Table const& table, std::vector<std::string> const& inputs, std::string const& measure,
                    SensitivityOptions const& options, Complaints& complaints) {
  Sensitivity made;
  made.measure = measure;
  bool const orders = options.method == SensitivityMethod::regression || options.method == SensitivityMethod::prim;
  EmptyInputs const empty = options.method == SensitivityMethod::oat ? EmptyInputs::kept : EmptyInputs::refused;
  Sampled sampled = read_sampled(table, inputs, measure, orders ? Words::refused : Words::numbered, empty, complaints);
  if (!complaints.empty()) return made;
  if (options.method == SensitivityMethod::saltelli) order_as_saltelli(sampled);
  made.inputs = sampled.inputs;
  made.points = sampled.points;
  made.replicates = sampled.replicates;
  if (sampled.replicates > 1 && sampled.points > 1) made.parts = variance_parts(sampled);
  run_method(sampled, options, made, complaints);
  warn_of_noise(made);
  return made;
}

}  // namespace hansa
