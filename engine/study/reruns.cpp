/// Runs one model again and again with other seeds.
#include "study/reruns.hpp"

#include <algorithm>
#include <memory>
#include <mutex>

#include "base/parallel.hpp"
#include "record/recorder.hpp"

namespace hansa {

namespace {

/// One thread's model, whose seeds change from run to run.
class Bench {
 public:
  Bench(Model model, World const& world, RecordPlan const& plan, Lanes lanes)
      : model_(std::make_unique<Model>(std::move(model))),
        replicate_(*model_, world, lanes),
        recorder_(*model_, world, plan) {}

  PolicyHistory const& run(std::int64_t replicate, PolicyId policy, std::vector<SeedModel> const& seeds) {
    model_->policies[policy.value].seeds = seeds;
    recorder_.begin(replicate);
    replicate_.run(replicate, recorder_);
    return recorder_.finish().policies[policy.value];
  }

 private:
  std::unique_ptr<Model> model_;
  Replicate replicate_;
  Recorder recorder_;
};

class Reruns {
 public:
  Reruns(World const& world, PolicyId policy, std::span<SeedChoice const> choices, RerunOptions const& options)
      : world_(world), policy_(policy), choices_(choices), options_(options), results_(choices.size()) {
    plan_.attribution = false;
    for (std::size_t k = 0; k < choices.size(); ++k) {
      results_[k].followers.resize(static_cast<std::size_t>(options.replicates));
      if (choices[k].by_city) results_[k].changed.resize(world.cities.size());
    }
  }

  std::optional<std::vector<RerunResult>> run() {
    auto const workers =
        static_cast<std::size_t>(std::clamp<std::int64_t>(options_.replicates, 1, thread_count(options_.threads)));
    parallel_for(workers, options_.threads, [&](std::size_t worker) { work(worker, workers); });
    if (options_.stop.stop_requested()) return std::nullopt;
    return std::move(results_);
  }

 private:
  void work(std::size_t worker, std::size_t workers) {
    std::unique_ptr<Bench> bench;
    std::vector<std::vector<std::int32_t>> times(choices_.size());
    std::vector<std::vector<std::int32_t>> changed(choices_.size());
    for (auto r = static_cast<std::int64_t>(worker); r < options_.replicates; r += static_cast<std::int64_t>(workers)) {
      if (options_.stop.stop_requested()) return;
      if (!bench || options_.drawn)
        bench = std::make_unique<Bench>(options_.model_of(r), world_, plan_, options_.lanes);
      for (std::size_t k = 0; k < choices_.size(); ++k) {
        times[k] = bench->run(r, policy_, choices_[k].seeds).adoption_time;
        compare(r, k, times[choices_[k].against], times[k], changed[k]);
      }
      tell();
    }
    std::lock_guard lock(mutex_);
    for (std::size_t k = 0; k < choices_.size(); ++k) {
      for (std::size_t i = 0; i < changed[k].size(); ++i) results_[k].changed[i] += changed[k][i];
    }
  }

  void compare(std::int64_t replicate, std::size_t k, std::vector<std::int32_t> const& without,
               std::vector<std::int32_t> const& with, std::vector<std::int32_t>& changed) {
    std::int32_t more = 0;
    for (std::size_t i = 0; i < with.size(); ++i) more += (with[i] != never ? 1 : 0) - (without[i] != never ? 1 : 0);
    for (Index const i : choices_[k].funded) more -= (with[i] != never ? 1 : 0) - (without[i] != never ? 1 : 0);
    results_[k].followers[static_cast<std::size_t>(replicate)] = more;
    if (!choices_[k].by_city) return;
    changed.resize(with.size());
    for (std::size_t i = 0; i < with.size(); ++i) changed[i] += with[i] != without[i] ? 1 : 0;
  }

  void tell() {
    std::lock_guard lock(mutex_);
    ++done_;
    if (options_.progress && (done_ % 16 == 0 || done_ == options_.replicates))
      options_.progress({done_, options_.replicates});
  }

  World const& world_;
  PolicyId policy_;
  std::span<SeedChoice const> choices_;
  RerunOptions const& options_;
  RecordPlan plan_;
  std::vector<RerunResult> results_;
  std::mutex mutex_;
  std::int64_t done_ = 0;
};

}  // namespace

std::optional<std::vector<RerunResult>> rerun(World const& world, PolicyId policy, std::span<SeedChoice const> choices,
                                              RerunOptions const& options) {
  return Reruns(world, policy, choices, options).run();
}

}  // namespace hansa
