/// Many replicates on many threads: tickets in order, a window ahead of the writer, one thread that writes.
#include "run/ensemble.hpp"

#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <exception>
#include <iterator>
#include <memory>
#include <mutex>
#include <optional>
#include <thread>
#include <utility>

#include "base/parallel.hpp"

namespace hansa {

namespace {

/// What a worker hands to the writer.
struct Finished {
  std::unique_ptr<Packet> packet;
  std::vector<FailedReplicate> failed;
};

/// What a worker keeps of an arm from one replicate to the next. They refer to the model.
struct Bench {
  std::optional<Model> model;  ///< of this replicate alone
  std::optional<Replicate> replicate;
  std::optional<Recorder> recorder;
  History failed;  ///< in the place of the recorder's
};

/// One arm's histories, handed to a sink of such.
class OneArm final : public ArmsSink {
 public:
  explicit OneArm(Sink& sink) noexcept : sink_(sink) {}
  [[nodiscard]] std::unique_ptr<Packet> pack(std::span<History const* const> histories) override {
    return sink_.pack(*histories.front());
  }
  void put(std::int64_t replicate, std::unique_ptr<Packet> packet) override { sink_.put(replicate, std::move(packet)); }

 private:
  Sink& sink_;
};

/// The state that workers and writer share. Tickets are given in order and only while they lie within the window, so
/// what has begun is always a prefix, and the holder of the smallest ticket never waits.
class Ensemble {
 public:
  Ensemble(std::span<Arm const> arms, EnsembleOptions const& options, ArmsSink& sink, Progress const& progress,
           std::stop_token stop);
  EnsembleReport run();

 private:
  using Clock = std::chrono::steady_clock;

  void work();
  void write();
  /// The next ticket, or nothing if there is none left or the run ends early.
  std::optional<std::int64_t> take_ticket();
  void set_up(Bench& bench, Arm const& arm, Model const& model) const;
  Finished simulate(std::int64_t ticket, std::vector<Bench>& benches);
  /// The history of one arm; one that failed is told in `failed` too.
  History const& simulate(std::int64_t number, std::size_t arm, Bench& bench, std::vector<FailedReplicate>& failed);
  void hand_over(std::int64_t ticket, Finished finished);
  std::optional<Finished> next_finished();
  void fail() noexcept;
  void tell(std::int64_t done);

  std::span<Arm const> arms_;
  EnsembleOptions const& options_;
  ArmsSink& sink_;
  Progress const& progress_;
  std::stop_token stop_;
  int threads_;   ///< replicates at a time
  int together_;  ///< threads of each
  std::int64_t window_;

  std::mutex mutex_;
  std::condition_variable_any room_;   ///< the window has moved
  std::condition_variable_any ready_;  ///< the writer's next replicate is there, or none will come
  std::vector<std::optional<Finished>> slots_;
  std::int64_t next_ = 0;     ///< the next ticket
  std::int64_t written_ = 0;  ///< tickets put into the sink
  bool working_ = true;
  std::exception_ptr broken_;  ///< the sink failed, or there is no memory

  Clock::time_point told_{};
  EnsembleReport report_;
};

int replicates_at_a_time(EnsembleOptions const& options) {
  int const most = thread_count(options.threads) / std::max(1, options.together);
  return static_cast<int>(std::clamp<std::int64_t>(options.count, 1, std::max(1, most)));
}

Ensemble::Ensemble(std::span<Arm const> arms, EnsembleOptions const& options, ArmsSink& sink, Progress const& progress,
                   std::stop_token stop)
    : arms_(arms),
      options_(options),
      sink_(sink),
      progress_(progress),
      stop_(std::move(stop)),
      threads_(replicates_at_a_time(options)),
      together_(options.together > 0 ? options.together : std::max(1, thread_count(options.threads) / threads_)),
      window_(std::max<std::int64_t>(4 * threads_, (threads_ + 1) * std::max<std::int64_t>(1, options.block))) {
  window_ = std::clamp<std::int64_t>(options.count, 1, window_);
  slots_.resize(static_cast<std::size_t>(window_));
}

std::optional<std::int64_t> Ensemble::take_ticket() {
  std::unique_lock lock(mutex_);
  auto const open = [&] { return broken_ || next_ == options_.count || next_ < written_ + window_; };
  bool const opened = room_.wait(lock, stop_, open);
  if (!opened || broken_ || stop_.stop_requested() || next_ == options_.count) return std::nullopt;
  return next_++;
}

void Ensemble::set_up(Bench& bench, Arm const& arm, Model const& model) const {
  bench.replicate.emplace(model, arm.world, options_.lanes, together_);
  bench.recorder.emplace(model, arm.world, arm.plan);
}

History const& Ensemble::simulate(std::int64_t number, std::size_t k, Bench& bench,
                                  std::vector<FailedReplicate>& failed) {
  Arm const& arm = arms_[k];
  try {
    if (arm.model_of) {
      bench.replicate.reset();
      bench.recorder.reset();
      set_up(bench, arm, bench.model.emplace(arm.model_of(number)));
    }
    bench.recorder->begin(number);
    bench.replicate->run(number, *bench.recorder);
    return bench.recorder->finish();
  } catch (std::exception const& error) {
    std::string why = error.what();
    if (why.empty()) why = "unknown failure";
    bench.failed = {};
    bench.failed.replicate = number;
    bench.failed.failure = why;
    failed.push_back({number, std::move(why), k});
    return bench.failed;
  }
}

Finished Ensemble::simulate(std::int64_t ticket, std::vector<Bench>& benches) {
  Finished finished;
  std::vector<History const*> histories;
  for (std::size_t k = 0; k < arms_.size(); ++k)
    histories.push_back(&simulate(options_.first + ticket, k, benches[k], finished.failed));
  finished.packet = sink_.pack(histories);
  return finished;
}

void Ensemble::hand_over(std::int64_t ticket, Finished finished) {
  std::lock_guard lock(mutex_);
  slots_[static_cast<std::size_t>(ticket % window_)] = std::move(finished);
  if (ticket == written_) ready_.notify_one();
}

void Ensemble::work() {
  try {
    std::vector<Bench> benches(arms_.size());
    while (std::optional<std::int64_t> const ticket = take_ticket()) {
      for (std::size_t k = 0; k < arms_.size(); ++k) {
        if (!arms_[k].model_of && !benches[k].replicate) set_up(benches[k], arms_[k], arms_[k].model);
      }
      hand_over(*ticket, simulate(*ticket, benches));
    }
  } catch (...) {
    fail();
  }
}

void Ensemble::fail() noexcept {
  std::lock_guard lock(mutex_);
  if (!broken_) broken_ = std::current_exception();
  room_.notify_all();
  ready_.notify_all();
}

std::optional<Finished> Ensemble::next_finished() {
  std::unique_lock lock(mutex_);
  auto& slot = slots_[static_cast<std::size_t>(written_ % window_)];
  ready_.wait(lock, [&] { return broken_ || slot || !working_; });
  if (broken_ || !slot) return std::nullopt;
  return std::exchange(slot, std::nullopt);
}

void Ensemble::tell(std::int64_t done) {
  if (!progress_) return;
  auto const now = Clock::now();
  if (told_ != Clock::time_point{} && now - told_ < std::chrono::milliseconds(100)) return;
  told_ = now;
  progress_({done, options_.count});
}

void Ensemble::write() {
  try {
    while (std::optional<Finished> finished = next_finished()) {
      std::int64_t const number = options_.first + written_;
      sink_.put(number, std::move(finished->packet));
      std::move(finished->failed.begin(), finished->failed.end(), std::back_inserter(report_.failed));
      {
        std::lock_guard lock(mutex_);
        ++written_;
        room_.notify_all();
      }
      tell(written_);
    }
  } catch (...) {
    fail();
  }
}

EnsembleReport Ensemble::run() {
  {
    std::jthread writer([&] { write(); });
    // Workers only ever wait for the writer, so this is sound even where oneTBB grants fewer threads than asked for.
    parallel_for(static_cast<std::size_t>(threads_), threads_, [&](std::size_t) { work(); });
    std::lock_guard lock(mutex_);
    working_ = false;
    ready_.notify_all();
  }
  if (broken_) std::rethrow_exception(broken_);
  report_.finished = written_;
  report_.stopped = written_ < options_.count;
  if (progress_) progress_({written_, options_.count});
  return std::move(report_);
}

}  // namespace

EnsembleReport run_ensemble(std::span<Arm const> arms, EnsembleOptions const& options, ArmsSink& sink,
                            Progress const& progress, std::stop_token stop) {
  return Ensemble(arms, options, sink, progress, std::move(stop)).run();
}

EnsembleReport run_ensemble(Arm const& arm, EnsembleOptions const& options, Sink& sink, Progress const& progress,
                            std::stop_token stop) {
  OneArm one(sink);
  return run_ensemble(std::span(&arm, 1), options, one, progress, std::move(stop));
}

}  // namespace hansa
