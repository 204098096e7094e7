/// Generation after generation.
#include "calibration/calibrate.hpp"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <iterator>
#include <limits>
#include <map>
#include <string_view>
#include <utility>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "base/parallel.hpp"
#include "base/version.hpp"
#include "calibration/generation.hpp"
#include "calibration/priors.hpp"
#include "calibration/proposals_on_disk.hpp"
#include "io/yaml.hpp"
#include "scenario/files.hpp"

namespace hansa {

namespace {

constexpr double no_end = std::numeric_limits<double>::infinity();
constexpr std::size_t most_failures_told = 20;

/// What no history depends on; `calibrate` is told by itself.
constexpr std::string_view apart_in_calibration[] = {"title",  "purpose", "patterns",  "sources", "replicates",
                                                     "output", "sweep",   "calibrate", "fit",     "power",
                                                     "stats",  "base",    "remove"};

std::string entry_text(Node const& root, std::string_view section, std::string_view key) {
  Node const* const found = root.find(section);
  Node const* const entry = found ? found->find(key) : nullptr;
  return entry ? to_yaml(*entry) : std::string();
}

std::string scenario_text(Question const& question) {
  Node root = without_bases(question.draft, *question.scenario);
  std::erase_if(root.entries, [](Node::Entry const& each) {
    return std::find(std::begin(apart_in_calibration), std::end(apart_in_calibration), each.key) !=
           std::end(apart_in_calibration);
  });
  return to_yaml(root);
}

bool is_scenario_file(Question const& question, std::string const& file) {
  return question.draft.file.string() == file ||
         std::any_of(question.draft.bases.begin(), question.draft.bases.end(),
                     [&](ScenarioFile const& base) { return base.path.string() == file; });
}

/// All that the results of proposals depend on, by name.
std::map<std::string, std::string> identity_of(Question const& question, Summaries const& summaries,
                                               std::vector<double> const& observed) {
  CalibrateSpec const& spec = *question.scenario->calibrate;
  std::map<std::string, std::string> identity;
  identity["the scenario"] = scenario_text(question);
  for (auto const& [file, digest] : question.digests)
    if (!is_scenario_file(question, file)) identity["the file " + file] = digest;
  identity["the priors"] = entry_text(question.draft.root, "calibrate", "parameters");
  identity["the list of hypotheses"] = entry_text(question.draft.root, "calibrate", "hypotheses");
  identity["the list of summaries"] = fmt::format("{}", fmt::join(summaries.names(), "\n"));
  identity["the observed history"] = fmt::format("{}", fmt::join(observed, " "));
  identity["the number of particles"] = fmt::format("{}", spec.particles);
  identity["the number of replicates"] = fmt::format("{}", spec.replicates);
  identity["the quantile"] = fmt::format("{}", spec.quantile);
  identity["the tolerance"] = fmt::format("{}", spec.tolerance.value_or(0));
  identity["the version of hansa"] = fmt::format("{} ({})", version(), commit());
  return identity;
}

/// Distances of rows of summaries from the observed ones.
class Distance {
 public:
  Distance(Summaries const& summaries, std::vector<double> const& observed)
      : parts_(summaries.parts()), observed_(observed), scales_(observed.size(), 0.0) {
    counts_.resize(summaries.part_names().size());
  }

  /// Standard deviations over the rows that have not failed (their first number is one).
  void scale(std::span<double const> rows) {
    std::size_t const width = scales_.size();
    for (std::size_t k = 0; k < width; ++k) {
      double mean = 0, squares = 0, count = 0;
      for (std::size_t at = k; at < rows.size(); at += width)
        if (!std::isnan(rows[at])) {
          mean += rows[at];
          count += 1;
        }
      mean /= count;
      for (std::size_t at = k; at < rows.size(); at += width)
        if (!std::isnan(rows[at])) squares += (rows[at] - mean) * (rows[at] - mean);
      double const sd = std::sqrt(squares / count);
      scales_[k] = sd > 1e-12 * (1 + std::fabs(mean)) ? sd : 0;
      if (scales_[k] > 0) counts_[parts_[k]] += 1;
    }
  }

  [[nodiscard]] std::vector<double> const& scales() const noexcept { return scales_; }
  [[nodiscard]] bool knows_some() const {
    return std::any_of(counts_.begin(), counts_.end(), [](double each) { return each > 0; });
  }
  [[nodiscard]] bool knows(std::size_t part) const { return counts_[part] > 0; }

  /// Root of the mean over parts of the mean squares of their scaled differences; NaN of a row that failed.
  [[nodiscard]] double operator()(std::span<double const> row) const {
    std::vector<double> squares(counts_.size(), 0.0);
    for (std::size_t k = 0; k < row.size(); ++k) {
      if (!(scales_[k] > 0)) continue;
      double const off = (row[k] - observed_[k]) / scales_[k];
      squares[parts_[k]] += off * off;
    }
    double sum = 0, known = 0;
    for (std::size_t p = 0; p < squares.size(); ++p) {
      if (!(counts_[p] > 0)) continue;
      sum += squares[p] / counts_[p];
      known += 1;
    }
    return std::sqrt(sum / known);
  }

 private:
  std::vector<std::size_t> const& parts_;
  std::vector<double> const& observed_;
  std::vector<double> counts_;  ///< per part: numbers that are compared
  std::vector<double> scales_;
};

class Calibrator {
 public:
  Calibrator(Question const& question, Summaries const& summaries, CalibrateOptions const& options)
      : question_(question),
        spec_(*question.scenario->calibrate),
        options_(options),
        summaries_(summaries),
        priors_(spec_, *question.scenario),
        crew_(question, priors_, summaries, options.lanes, options.threads) {
    made_.observed = options.observed.value_or(summaries.observed());
    require(made_.observed.size() == summaries.size(), "the observed summaries are not as many as are compared", {},
            fmt::format("{} numbers were expected", summaries.size()));
    made_.parameters = priors_.paths();
    made_.hypotheses = priors_.names();
    made_.summaries = summaries.names();
  }

  Calibration run() {
    auto const begun = std::chrono::steady_clock::now();
    ProposalFolder const folder(options_.folder, identity_of(question_, summaries_, made_.observed));
    made_.name = folder.name();
    Distance distance(summaries_, made_.observed);
    if (first_generation(folder, distance)) later_generations(folder, distance);
    made_.scales = distance.scales();
    for (std::size_t i = 0; i < made_.posterior.size(); ++i)
      for (std::size_t k = 0; k < priors_.size(); ++k) made_.values.push_back(value(i, k));
    made_.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - begun).count();
    return std::move(made_);
  }

 private:
  [[nodiscard]] double value(std::size_t i, std::size_t k) const {
    auto const& acting = priors_.acting(static_cast<std::size_t>(made_.posterior.hypothesis[i]));
    bool const acts = std::find(acting.begin(), acting.end(), k) != acting.end();
    return acts ? priors_.value(k, made_.posterior.z[i * priors_.size() + k])
                : std::numeric_limits<double>::quiet_NaN();
  }

  [[nodiscard]] GenerationPlan plan(std::int64_t number) const {
    GenerationPlan plan;
    plan.number = number;
    plan.particles = spec_.particles;
    plan.replicates = spec_.replicates;
    plan.limit =
        static_cast<std::int64_t>(std::min(std::ceil(static_cast<double>(spec_.particles) / spec_.acceptance), 1e9));
    return plan;
  }

  GenerationResults proposals(GenerationPlan const& plan, Kernel const& kernel, SimulatorCrew::Keep const& keep,
                              ProposalFolder const& folder) {
    std::int64_t const total = spec_.particles * (spec_.generations + 1);
    GenerationResults results =
        run_generation(plan, kernel, crew_, keep, folder, made_.problems, options_.stop, [&](std::int64_t taken) {
          if (options_.progress) options_.progress({plan.number * spec_.particles + taken, total});
        });
    note_failures(plan, results);
    return results;
  }

  void note_failures(GenerationPlan const& plan, GenerationResults const& results) {
    std::int64_t const used = is_whole(plan, results) ? results.taken.back() + 1 : results.proposals;
    for (std::size_t run = 0; run < static_cast<std::size_t>(used * plan.replicates); ++run) {
      if (results.failures[run].empty()) continue;
      ++made_.failed;
      if (made_.failures.size() < most_failures_told)
        made_.failures.push_back({plan.number, static_cast<std::int64_t>(run) / plan.replicates,
                                  static_cast<std::int64_t>(run) % plan.replicates, results.failures[run]});
    }
  }

  [[nodiscard]] static bool is_whole(GenerationPlan const& plan, GenerationResults const& results) {
    return static_cast<std::int64_t>(results.taken.size()) == plan.particles;
  }

  /// The particles that were taken; `distance`: of a run, by its number.
  template <class DistanceOf>
  void settle(GenerationPlan const& plan, GenerationResults const& results, Kernel const& kernel,
              DistanceOf const& distance) {
    Population next;
    next.weight.resize(results.taken.size());
    next.hypothesis.resize(results.taken.size());
    next.z.resize(results.taken.size() * priors_.size());
    parallel_for(results.taken.size(), options_.threads, [&](std::size_t i) {  // a weight looks at all particles
      Proposal const proposal = kernel.propose(plan.number, results.taken[i]);
      next.hypothesis[i] = proposal.hypothesis;
      std::copy(proposal.z.begin(), proposal.z.end(), next.z.begin() + static_cast<std::ptrdiff_t>(i * priors_.size()));
      double const share = static_cast<double>(results.near[i]) / static_cast<double>(plan.replicates);
      next.weight[i] = share * kernel.weight(proposal);
    });
    double sum = 0;
    for (double const each : next.weight) sum += each;
    for (double& each : next.weight) each /= sum;
    for (std::size_t i = 0; i < results.taken.size(); ++i) {
      next.distance.push_back(no_end);
      for (std::int64_t r = 0; r < plan.replicates; ++r) {
        double const d = distance(static_cast<std::size_t>(results.taken[i] * plan.replicates + r));
        if (!(d <= plan.tolerance)) continue;
        next.distance.back() = std::min(next.distance.back(), d);
        next.distances.push_back(d);
        next.distance_weights.push_back(next.weight[i] / static_cast<double>(results.near[i]));
      }
    }
    report(plan, results, next);
    made_.posterior = std::move(next);
  }

  void report(GenerationPlan const& plan, GenerationResults const& results, Population const& population) {
    GenerationReport report;
    report.tolerance = plan.tolerance;
    report.proposals = results.taken.back() + 1;
    for (std::int64_t run = 0; run < report.proposals * plan.replicates; ++run)
      report.failed += results.failures[static_cast<std::size_t>(run)].empty() ? 0 : 1;
    report.effective = effective_size(population.weight);
    report.hypotheses = hypothesis_weights(population, priors_.hypotheses());
    made_.generations.push_back(std::move(report));
  }

  /// From the priors; gives summaries their scales. False after a stop.
  bool first_generation(ProposalFolder const& folder, Distance& distance) {
    GenerationPlan from_priors = plan(0);
    from_priors.width = static_cast<std::int64_t>(summaries_.size());
    from_priors.from_priors = true;
    from_priors.limit = std::min(from_priors.limit, 10 * spec_.particles);
    from_priors.tolerance = no_end;
    Kernel const kernel(priors_, question_.scenario->seed);
    GenerationResults const results = proposals(
        from_priors, kernel, [](auto rows, auto kept) { std::copy(rows.begin(), rows.end(), kept.begin()); }, folder);
    if (results.stopped) {
      made_.end = CalibrationEnd::stopped;
      return false;
    }
    if (!is_whole(from_priors, results))
      throw Error(Complaint{fmt::format("of {} histories under the priors {} failed: {}", results.failures.size(),
                                        made_.failed, made_.failures.empty() ? "" : made_.failures[0].why),
                            spec_.where, "priors within the range of their parameters were expected"});
    std::size_t const width = summaries_.size();
    auto const used = static_cast<std::size_t>((results.taken.back() + 1) * from_priors.replicates);
    distance.scale(std::span(results.values).first(used * width));
    if (!distance.knows_some())
      throw Error(Complaint{"all histories under the priors are alike", spec_.where,
                            "parameters were expected on which adoptions depend"});
    for (std::size_t p = 0; p < summaries_.part_names().size(); ++p)
      if (!distance.knows(p)) made_.left_unused.push_back(summaries_.part_names()[p]);
    settle(from_priors, results, kernel,
           [&](std::size_t run) { return distance(std::span(results.values).subspan(run * width, width)); });
    return true;
  }

  /// The quantile, or where that falls no further, as distances of few values do, the next smaller distance; of the
  /// last generation the tolerance itself where there is none.
  [[nodiscard]] double next_tolerance() const {
    double const before = made_.generations.back().tolerance;
    double next = weighted_quantile(made_.posterior.distances, made_.posterior.distance_weights, spec_.quantile);
    if (!(next < before)) {
      double smaller = -1;
      for (double const each : made_.posterior.distances)
        if (each < before) smaller = std::max(smaller, each);
      if (smaller < 0) return before;
      next = smaller;
    }
    return std::max(next, spec_.tolerance.value_or(0));
  }

  void later_generations(ProposalFolder const& folder, Distance const& distance) {
    std::size_t const width = summaries_.size();
    SimulatorCrew::Keep const keep = [&](std::span<double const> rows, std::span<double> kept) {
      for (std::size_t r = 0; r < kept.size(); ++r) kept[r] = distance(rows.subspan(r * width, width));
    };
    for (std::int64_t number = 1; number <= spec_.generations; ++number) {
      GenerationPlan next = plan(number);
      next.tolerance = next_tolerance();
      if (!(next.tolerance < made_.generations.back().tolerance)) {
        made_.end = CalibrationEnd::settled;
        return;
      }
      Population const before = made_.posterior;
      Kernel const kernel(priors_, question_.scenario->seed, before);
      GenerationResults const results = proposals(next, kernel, keep, folder);
      if (!is_whole(next, results)) {
        made_.end = results.stopped ? CalibrationEnd::stopped : CalibrationEnd::acceptance;
        return;
      }
      settle(next, results, kernel, [&](std::size_t run) { return results.values[run]; });
      if (spec_.tolerance && next.tolerance <= *spec_.tolerance) {
        made_.end = CalibrationEnd::tolerance;
        return;
      }
    }
  }

  Question const& question_;
  CalibrateSpec const& spec_;
  CalibrateOptions const& options_;
  Summaries const& summaries_;
  Priors priors_;
  SimulatorCrew crew_;
  Calibration made_;
};

}  // namespace

Summaries summaries_of(Question const& question) {
  Place const file{question.scenario->file.string(), 0, 0};
  require(question.scenario->calibrate.has_value(), "there is nothing to calibrate", file,
          "a section 'calibrate' was expected");
  Complaints complaints;
  if (question.drawn || !question.from.empty())
    complaints.add("parameters are estimated already", {question.from.string(), 0, 0},
                   "leave --from out: priors say where to look");
  Summaries summaries(*question.scenario, *question.world, question.model, complaints);
  complaints.throw_if_any();
  return summaries;
}

Calibration calibrate(Question const& question, CalibrateOptions const& options) {
  Summaries const summaries = summaries_of(question);
  return Calibrator(question, summaries, options).run();
}

}  // namespace hansa
