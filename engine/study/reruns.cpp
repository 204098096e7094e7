/// Runs one model again and again with other seeds.
#include "study/reruns.hpp"

#include <algorithm>
#include <exception>
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

/// Keeps the earlier of two failures.
void keep_first(std::optional<RerunFailure>& kept, RerunFailure const& other) {
  if (!kept || other.replicate < kept->replicate) kept = other;
}

/// What one thread gathers of the choices.
struct Gathered {
  std::vector<std::vector<std::int32_t>> times, changed;
  std::vector<std::optional<RerunFailure>> failed;

  explicit Gathered(std::size_t choices) : times(choices), changed(choices), failed(choices) {}
};

class RerunWork {
 public:
  RerunWork(World const& world, PolicyId policy, std::span<SeedChoice const> choices, RerunOptions const& options)
      : world_(world),
        policy_(policy),
        choices_(choices),
        options_(options),
        counts_(static_cast<std::size_t>(options.replicates), 0) {
    plan_.attribution = false;
    report_.results.resize(choices.size());
    for (std::size_t k = 0; k < choices.size(); ++k) {
      report_.results[k].followers.resize(counts_.size());
      if (choices[k].by_city) report_.results[k].changed.resize(world.cities.size());
    }
  }

  std::optional<RerunReport> run() {
    auto const workers =
        static_cast<std::size_t>(std::clamp<std::int64_t>(options_.replicates, 1, thread_count(options_.threads)));
    parallel_for(workers, options_.threads, [&](std::size_t worker) { work(worker, workers); });
    if (options_.stop.stop_requested()) return std::nullopt;
    settle();
    return std::move(report_);
  }

 private:
  void work(std::size_t worker, std::size_t workers) {
    std::unique_ptr<Bench> bench;
    std::int64_t draw = -1;
    Gathered own(choices_.size());
    for (auto r = static_cast<std::int64_t>(worker); r < options_.replicates; r += static_cast<std::int64_t>(workers)) {
      if (options_.stop.stop_requested()) return;
      try {
        std::int64_t const its = options_.per_draw > 0 ? r / options_.per_draw : 0;
        if (!bench || its != draw) {
          bench.reset();
          bench = std::make_unique<Bench>(options_.model_of(its), world_, plan_, options_.lanes);
          draw = its;
        }
        own.times[0] = bench->run(r, policy_, choices_[0].seeds).adoption_time;
        choices(r, *bench, own);
      } catch (std::exception const& error) {
        leave_out({r, error.what()});
      }
      tell();
    }
    gather(own);
  }

  /// One that fails spoils no other; it is tried no more.
  void choices(std::int64_t r, Bench& bench, Gathered& own) {
    counts_[static_cast<std::size_t>(r)] = 1;
    for (std::size_t k = 0; k < choices_.size(); ++k) {
      if (own.failed[k]) continue;
      std::size_t const against = choices_[k].against;
      if (own.failed[against]) {
        own.failed[k] = own.failed[against];
        continue;
      }
      try {
        if (k > 0) own.times[k] = bench.run(r, policy_, choices_[k].seeds).adoption_time;
      } catch (std::exception const& error) {
        own.failed[k] = RerunFailure{r, error.what()};
        continue;
      }
      compare(r, k, own.times[against], own.times[k], own.changed[k]);
    }
  }

  void compare(std::int64_t replicate, std::size_t k, std::vector<std::int32_t> const& without,
               std::vector<std::int32_t> const& with, std::vector<std::int32_t>& changed) {
    std::int32_t more = 0;
    for (std::size_t i = 0; i < with.size(); ++i) more += (with[i] != never ? 1 : 0) - (without[i] != never ? 1 : 0);
    for (Index const i : choices_[k].funded) more -= (with[i] != never ? 1 : 0) - (without[i] != never ? 1 : 0);
    report_.results[k].followers[static_cast<std::size_t>(replicate)] = more;
    if (!choices_[k].by_city) return;
    changed.resize(with.size());
    for (std::size_t i = 0; i < with.size(); ++i) changed[i] += with[i] != without[i] ? 1 : 0;
  }

  void leave_out(RerunFailure failure) {
    std::lock_guard lock(mutex_);
    report_.left_out.push_back(std::move(failure));
  }

  void gather(Gathered const& own) {
    std::lock_guard lock(mutex_);
    for (std::size_t k = 0; k < choices_.size(); ++k) {
      for (std::size_t i = 0; i < own.changed[k].size(); ++i) report_.results[k].changed[i] += own.changed[k][i];
      if (own.failed[k]) keep_first(report_.results[k].failed, *own.failed[k]);
    }
  }

  /// Drops the places of replicates that do not count.
  void settle() {
    for (std::size_t r = 0; r < counts_.size(); ++r)
      if (counts_[r] != 0) report_.replicates.push_back(static_cast<std::int64_t>(r));
    for (RerunResult& each : report_.results) {
      for (std::size_t r = 0; r < report_.replicates.size(); ++r)
        each.followers[r] = each.followers[static_cast<std::size_t>(report_.replicates[r])];
      each.followers.resize(report_.replicates.size());
    }
    std::sort(report_.left_out.begin(), report_.left_out.end(),
              [](RerunFailure const& a, RerunFailure const& b) { return a.replicate < b.replicate; });
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
  RerunReport report_;
  std::vector<std::uint8_t> counts_;
  std::mutex mutex_;
  std::int64_t done_ = 0;
};

}  // namespace

std::optional<RerunReport> rerun(World const& world, PolicyId policy, std::span<SeedChoice const> choices,
                                 RerunOptions const& options) {
  return RerunWork(world, policy, choices, options).run();
}

}  // namespace hansa
