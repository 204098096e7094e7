/// Bisection with common random numbers.
#include "study/power_baselines.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "base/parallel.hpp"
#include "study/power_fits.hpp"

namespace hansa {

namespace {

constexpr double farthest_shift = 20;
constexpr int halvings = 22;
constexpr std::int64_t trial_histories = 200;
constexpr std::int64_t first_trial = std::int64_t{1} << 40;  ///< beyond every history of a study

struct FittedPolicy {
  PolicyId policy;
  DesignOrder order;
};

std::vector<FittedPolicy> fitted_policies(FitQuestion const& posed) {
  std::vector<FittedPolicy> fitted;
  for (std::vector<PolicyId> const& policies : fits_of(posed))
    for (PolicyId const policy : policies) fitted.push_back({policy, design_order(posed, policies)});
  return fitted;
}

/// Mean number of scored adoptions of each fitted policy.
std::vector<double> mean_adoptions(CellSimulator& cell, std::vector<FittedPolicy> const& fitted) {
  std::vector<double> means(fitted.size(), 0.0);
  for (std::int64_t k = 0; k < trial_histories; ++k) {
    std::vector<ObservedHistory> const histories = cell.run(first_trial + k);
    for (std::size_t f = 0; f < fitted.size(); ++f)
      means[f] += static_cast<double>(scored_adoptions(fitted[f].order, histories[fitted[f].policy.value]));
  }
  for (double& each : means) each /= static_cast<double>(trial_histories);
  return means;
}

/// Writes one shift a policy.
void find_shifts(Question const& question, FitQuestion const& posed, PowerCell const& which, Lanes lanes,
                 double* shifts) {
  CellSimulator cell(question, which, lanes);
  PowerSpec const& spec = *question.scenario->power;
  if (!spec.adoptions) return;
  std::vector<FittedPolicy> const fitted = fitted_policies(posed);
  std::vector<double> low(fitted.size(), -farthest_shift), high(fitted.size(), farthest_shift), at(fitted.size(), 0.0);
  for (int k = 0; k < halvings; ++k) {
    for (std::size_t f = 0; f < fitted.size(); ++f) {
      double const middle = 0.5 * (low[f] + high[f]);
      cell.shift_baseline(fitted[f].policy, middle - at[f]);
      at[f] = middle;
    }
    std::vector<double> const means = mean_adoptions(cell, fitted);
    for (std::size_t f = 0; f < fitted.size(); ++f) (means[f] < *spec.adoptions ? low[f] : high[f]) = at[f];
  }
  std::vector<double> const means = mean_adoptions(cell, fitted);
  for (std::size_t f = 0; f < fitted.size(); ++f) {
    std::string const& name = question.scenario->policies[fitted[f].policy.value].name;
    bool const reached = std::fabs(means[f] - *spec.adoptions) <= 0.5 + 0.05 * *spec.adoptions;
    if (!reached)
      throw Error(Complaint{fmt::format("no baseline of '{}' makes {} adoptions in {}: {} at {} above the written one",
                                        name, *spec.adoptions, which.name, means[f], at[f]),
                            spec.where, "a number of adoptions that cities at risk can make was expected"});
    shifts[fitted[f].policy.value] = at[f];
  }
}

}  // namespace

void check_baselines(Question const& question, FitQuestion const& posed, Complaints& complaints) {
  PowerSpec const& spec = *question.scenario->power;
  if (!spec.adoptions) return;
  for (FittedPolicy const& each : fitted_policies(posed)) {
    PolicySpec const& policy = question.scenario->policies[each.policy.value];
    if (!policy.baseline)
      complaints.add(
          fmt::format("policy '{}' has no baseline that could be moved to {} adoptions", policy.name, *spec.adoptions),
          spec.where, "'baseline' of the policy was expected, or no 'adoptions'");
  }
}

std::vector<double> baseline_shifts(Question const& question, FitQuestion const& posed,
                                    std::vector<PowerCell> const& cells, Lanes lanes, int threads) {
  std::size_t const policies = posed.scenario->policies.size();
  std::vector<double> shifts(cells.size() * policies, 0.0);
  parallel_for(cells.size(), threads,
               [&](std::size_t c) { find_shifts(question, posed, cells[c], lanes, shifts.data() + c * policies); });
  if (!question.scenario->power->adoptions) shifts.clear();
  return shifts;
}

}  // namespace hansa
