/// Work spread over threads; the only place that spells oneTBB.
#include "base/parallel.hpp"

#include <algorithm>
#include <atomic>
#include <exception>
#include <limits>
#include <mutex>
#include <thread>
#include <vector>

#include <tbb/blocked_range.h>
#include <tbb/global_control.h>
#include <tbb/info.h>
#include <tbb/parallel_for.h>
#include <tbb/partitioner.h>
#include <tbb/task_arena.h>

namespace hansa {

namespace {

/// Remembers the exception of the smallest index.
class FirstFailure {
 public:
  [[nodiscard]] bool before(std::size_t index) const noexcept { return smallest_.load() < index; }
  void note(std::size_t index) noexcept {
    std::lock_guard lock(mutex_);
    if (index >= smallest_.load()) return;
    smallest_ = index;
    failure_ = std::current_exception();
  }
  void rethrow() const {
    if (failure_) std::rethrow_exception(failure_);
  }

 private:
  std::atomic<std::size_t> smallest_ = std::numeric_limits<std::size_t>::max();
  std::exception_ptr failure_;
  std::mutex mutex_;
};

#if defined(__SANITIZE_THREAD__)
// The sanitizer does not see how the system's oneTBB, which was built without it, hands work from thread to thread, and
// takes all of it for races. Plain threads let it judge the bodies.
class OpenArena {
 public:
  explicit OpenArena(int width) : width_(width) {}
  void share(std::size_t count, std::function<void(std::size_t)> const& body) {
    std::atomic<std::size_t> next = 0;
    run_workers(width_, [&](int) {
      for (std::size_t i = next++; i < count; i = next++) body(i);
    });
  }

 private:
  int width_;
};
#else
/// So many threads of oneTBB; the arena alone would not get more workers than there are processors.
class OpenArena {
 public:
  explicit OpenArena(int width)
      : allow_(tbb::global_control::max_allowed_parallelism,
               static_cast<std::size_t>(std::max(width, tbb::info::default_concurrency()))),
        arena_(width) {}
  void share(std::size_t count, std::function<void(std::size_t)> const& body) {
    arena_.execute([&] {
      tbb::parallel_for(
          tbb::blocked_range<std::size_t>(0, count, 1),
          [&](tbb::blocked_range<std::size_t> const& range) {
            for (std::size_t i = range.begin(); i != range.end(); ++i) body(i);
          },
          tbb::simple_partitioner());
    });
  }

 private:
  tbb::global_control allow_;
  tbb::task_arena arena_;
};
#endif

/// body(i) for all i, shared out by `arena` or, if that is null, one after the other.
void share_guarded(OpenArena* arena, std::size_t count, std::function<void(std::size_t)> const& body) {
  FirstFailure failure;
  auto const guarded = [&](std::size_t i) {
    if (failure.before(i)) return;
    try {
      body(i);
    } catch (...) {
      failure.note(i);
    }
  };
  if (arena != nullptr && count > 1) {
    arena->share(count, guarded);
  } else {
    for (std::size_t i = 0; i < count; ++i) guarded(i);
  }
  failure.rethrow();
}

}  // namespace

int thread_count(int requested) noexcept {
  return requested > 0 ? requested : std::max(1, tbb::info::default_concurrency());
}

void parallel_for(std::size_t count, int threads, std::function<void(std::size_t)> const& body) {
  int const width = static_cast<int>(std::min<std::size_t>(static_cast<std::size_t>(thread_count(threads)), count));
  if (width <= 1) return share_guarded(nullptr, count, body);
  OpenArena arena(width);
  share_guarded(&arena, count, body);
}

struct Crew::Arena {
  explicit Arena(int width) : open(width) {}
  OpenArena open;
};

Crew::Crew(int threads) : size_(std::max(1, threads)) {
  if (size_ > 1) arena_ = std::make_unique<Arena>(size_);
}
Crew::~Crew() = default;
Crew::Crew(Crew&&) noexcept = default;

void Crew::run(std::size_t count, std::function<void(std::size_t)> const& body) {
  share_guarded(arena_ ? &arena_->open : nullptr, count, body);
}

void run_workers(int threads, std::function<void(int)> const& body) {
  FirstFailure failure;
  auto guarded = [&](int worker) {
    try {
      body(worker);
    } catch (...) {
      failure.note(static_cast<std::size_t>(worker));
    }
  };
  {
    // Workers may wait for each other, so each has a thread of its own, whatever oneTBB would grant.
    std::vector<std::jthread> others;
    for (int worker = 1; worker < threads; ++worker) others.emplace_back(guarded, worker);
    if (threads > 0) guarded(0);
  }
  failure.rethrow();
}

}  // namespace hansa
