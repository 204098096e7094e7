/// Fits at trial values, kept by these values.
#include "inference/shape_trials.hpp"

#include <algorithm>
#include <limits>
#include <utility>

#include "base/flat_math.hpp"
#include "base/parallel.hpp"

namespace hansa {

ShapeTrials::ShapeTrials(ShapedDesigns const& designs, std::vector<std::size_t> const& columns,
                         EventHistoryOptions const& options, int threads)
    : designs_(designs), columns_(columns), options_(options), threads_(threads) {
  options_.clusters.clear();
  options_.intervals = Intervals::wald;
}

Design ShapeTrials::design(Shapes const& point) const {
  return with_columns(designs_.at(point), columns_);
}

ShapeTrial ShapeTrials::tried(Shapes const& point) const {
  ShapeTrial trial;
  trial.value = -std::numeric_limits<double>::infinity();
  try {
    EventHistoryFit const fit = fit_event_history(design(point), options_);
    trial.failure = fit.failure;
    if (!fit.estimated()) return trial;
    trial.value = fit.log_likelihood;
    trial.parameters = fit.coefficients;
    if (!fit.city_sd) return trial;
    trial.parameters.conservativeResize(fit.coefficients.size() + 1);
    trial.parameters[fit.coefficients.size()] = *fit.city_sd > 0 ? flat::log(*fit.city_sd) : 0;
  } catch (Error const& error) {
    trial.failure = error.complaints().front().problem;
  }
  return trial;
}

std::vector<double> ShapeTrials::values(std::vector<Shapes> const& points) const {
  std::vector<Shapes> fresh;
  {
    std::lock_guard const lock(guard_);
    for (Shapes const& each : points)
      if (made_.count(each) == 0) fresh.push_back(each);
  }
  std::sort(fresh.begin(), fresh.end());
  fresh.erase(std::unique(fresh.begin(), fresh.end()), fresh.end());
  std::vector<ShapeTrial> trials(fresh.size());
  parallel_for(fresh.size(), threads_, [&](std::size_t k) { trials[k] = tried(fresh[k]); });
  std::lock_guard const lock(guard_);
  for (std::size_t k = 0; k < fresh.size(); ++k) made_.try_emplace(fresh[k], std::move(trials[k]));
  std::vector<double> found;
  for (Shapes const& each : points) found.push_back(made_.at(each).value);
  return found;
}

ShapeTrial const& ShapeTrials::at(Shapes const& point) const {
  (void)values({point});
  std::lock_guard const lock(guard_);
  return made_.at(point);
}

std::size_t ShapeTrials::count() const {
  std::lock_guard const lock(guard_);
  return made_.size();
}

std::map<std::string, std::size_t> ShapeTrials::failures() const {
  std::lock_guard const lock(guard_);
  std::map<std::string, std::size_t> failures;
  for (auto const& [point, trial] : made_)
    if (!trial.failure.empty()) ++failures[trial.failure];
  return failures;
}

}  // namespace hansa
