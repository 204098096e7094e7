/// Blocks of a few seconds, on all threads; whoever is free takes the next proposal.
#include "calibration/generation.hpp"

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cmath>

#include "base/parallel.hpp"

namespace hansa {

namespace {

constexpr double block_seconds = 4;
constexpr int replicate_bits = 52;  // of a replicate's number; above them stands the generation

class GenerationRun {
 public:
  GenerationRun(GenerationPlan const& plan, std::vector<ProposalResults> found)
      : plan_(plan), found_(std::move(found)) {
    std::stable_sort(found_.begin(), found_.end(), [](auto const& a, auto const& b) { return a.first < b.first; });
  }

  [[nodiscard]] bool is_over() const {
    return static_cast<std::int64_t>(results_.taken.size()) == plan_.particles || results_.proposals >= plan_.limit;
  }

  /// Takes over what was found and comes next.
  void adopt() {
    for (ProposalResults const& each : found_)
      if (each.first <= results_.proposals && results_.proposals < each.first + each.count && !is_over()) add(each);
  }

  /// How many proposals are run next: as many as may still be needed, a block at most, up to what was found.
  [[nodiscard]] std::int64_t next(std::size_t threads) const {
    auto const taken = static_cast<double>(results_.taken.size()), seen = static_cast<double>(results_.proposals);
    double const needed = (static_cast<double>(plan_.particles) - taken) * (seen + 2) / (taken + 1);
    double const least = 2 * static_cast<double>(threads);
    double const block = seconds_ > 0 ? static_cast<double>(ran_) * block_seconds / seconds_ : 2 * least;
    double const count = std::max(std::min(needed, block), least);
    std::int64_t end = std::min(results_.proposals + static_cast<std::int64_t>(std::min(count, 1e6)), plan_.limit);
    for (ProposalResults const& each : found_)
      if (each.first > results_.proposals) end = std::min(end, each.first);
    return end - results_.proposals;
  }

  void add(ProposalResults const& more) {
    auto const skipped = static_cast<std::size_t>(results_.proposals - more.first);
    auto const runs = static_cast<std::size_t>(plan_.replicates), width = static_cast<std::size_t>(plan_.width);
    results_.values.insert(results_.values.end(),
                           more.values.begin() + static_cast<std::ptrdiff_t>(skipped * runs * width),
                           more.values.end());
    results_.failures.insert(results_.failures.end(),
                             more.failures.begin() + static_cast<std::ptrdiff_t>(skipped * runs), more.failures.end());
    std::int64_t const before = results_.proposals;
    results_.proposals = more.first + more.count;
    for (std::int64_t k = before; k < std::min(results_.proposals, plan_.limit); ++k) judge(k);
  }

  void timed(std::int64_t proposals, double seconds) {
    ran_ += proposals;
    seconds_ += seconds;
  }

  GenerationResults results_;

 private:
  void judge(std::int64_t proposal) {
    if (static_cast<std::int64_t>(results_.taken.size()) == plan_.particles) return;
    std::int64_t near = 0;
    for (std::int64_t r = 0; r < plan_.replicates; ++r) {
      auto const run = static_cast<std::size_t>(proposal * plan_.replicates + r);
      if (!results_.failures[run].empty()) continue;
      if (plan_.from_priors || results_.values[run] <= plan_.tolerance) ++near;
    }
    if (near == 0) return;
    results_.taken.push_back(proposal);
    results_.near.push_back(near);
  }

  GenerationPlan const& plan_;
  std::vector<ProposalResults> found_;
  std::int64_t ran_ = 0;
  double seconds_ = 0;
};

}  // namespace

SimulatorCrew::SimulatorCrew(Question const& question, Priors const& priors, Summaries const& summaries, Lanes lanes,
                             int threads)
    : summaries_(summaries.size()) {
  for (int k = 0; k < thread_count(threads); ++k)
    all_.push_back(std::make_unique<Simulator>(question, priors, summaries, lanes, 1));
}

ProposalResults SimulatorCrew::run(Kernel const& kernel, std::int64_t generation, std::int64_t first,
                                   std::int64_t count, std::int64_t replicates, std::int64_t width, Keep const& keep,
                                   std::stop_token const& stop) {
  auto const runs = static_cast<std::size_t>(replicates), kept = runs * static_cast<std::size_t>(width);
  ProposalResults results{first, count, replicates, width, {}, {}};
  results.values.resize(static_cast<std::size_t>(count) * kept);
  results.failures.resize(static_cast<std::size_t>(count) * runs);
  std::atomic<std::int64_t> next = 0;
  parallel_for(all_.size(), static_cast<int>(all_.size()), [&](std::size_t worker) {
    std::vector<double> rows(runs * summaries_);
    while (!stop.stop_requested()) {
      std::int64_t const k = next.fetch_add(1);
      if (k >= count) return;
      std::int64_t const number = ((generation + 1) << replicate_bits) + (first + k) * replicates;
      std::vector<std::string> why = all_[worker]->run(kernel.propose(generation, first + k), number, replicates, rows);
      auto const at = static_cast<std::size_t>(k);
      keep(rows, std::span(results.values).subspan(at * kept, kept));
      std::move(why.begin(), why.end(), results.failures.begin() + static_cast<std::ptrdiff_t>(at * runs));
    }
  });
  // Whoever took a proposal finished it.
  results.count = std::min(next.load(), count);
  results.values.resize(static_cast<std::size_t>(results.count) * kept);
  results.failures.resize(static_cast<std::size_t>(results.count) * runs);
  return results;
}

GenerationResults run_generation(GenerationPlan const& plan, Kernel const& kernel, SimulatorCrew& crew,
                                 SimulatorCrew::Keep const& keep, ProposalFolder const& folder,
                                 std::vector<std::string>& problems, std::stop_token const& stop,
                                 std::function<void(std::int64_t taken)> const& tell) {
  GenerationRun run(plan, folder.load(plan.number, problems));
  run.adopt();
  while (!run.is_over()) {
    auto const begun = std::chrono::steady_clock::now();
    ProposalResults const more = crew.run(kernel, plan.number, run.results_.proposals, run.next(crew.size()),
                                          plan.replicates, plan.width, keep, stop);
    run.timed(more.count, std::chrono::duration<double>(std::chrono::steady_clock::now() - begun).count());
    if (more.count > 0) {
      folder.save(plan.number, more);
      run.add(more);
    }
    if (stop.stop_requested() && !run.is_over()) {
      run.results_.stopped = true;
      break;
    }
    run.adopt();
    if (tell) tell(static_cast<std::int64_t>(run.results_.taken.size()));
  }
  return std::move(run.results_);
}

}  // namespace hansa
