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
void share(std::size_t count, int width, std::function<void(std::size_t)> const& body) {
  std::atomic<std::size_t> next = 0;
  run_workers(width, [&](int) {
    for (std::size_t i = next++; i < count; i = next++) body(i);
  });
}
#else
void share(std::size_t count, int width, std::function<void(std::size_t)> const& body) {
  // The arena alone would not get more workers than there are processors.
  tbb::global_control const allow(tbb::global_control::max_allowed_parallelism,
                                  static_cast<std::size_t>(std::max(width, tbb::info::default_concurrency())));
  tbb::task_arena arena(width);
  arena.execute([&] {
    tbb::parallel_for(
        tbb::blocked_range<std::size_t>(0, count, 1),
        [&](tbb::blocked_range<std::size_t> const& range) {
          for (std::size_t i = range.begin(); i != range.end(); ++i) body(i);
        },
        tbb::simple_partitioner());
  });
}
#endif

/// Hands a body that never throws to `run`; what body(i) threw for the smallest such i is rethrown.
template <class Run>
void guard(std::function<void(std::size_t)> const& body, Run const& run) {
  FirstFailure failure;
  run([&](std::size_t i) {
    if (failure.before(i)) return;
    try {
      body(i);
    } catch (...) {
      failure.note(i);
    }
  });
  failure.rethrow();
}

}  // namespace

int thread_count(int requested) noexcept {
  return requested > 0 ? requested : std::max(1, tbb::info::default_concurrency());
}

void parallel_for(std::size_t count, int threads, std::function<void(std::size_t)> const& body) {
  int const width = static_cast<int>(std::min<std::size_t>(static_cast<std::size_t>(thread_count(threads)), count));
  guard(body, [&](auto const& guarded) {
    if (width > 1) return share(count, width, guarded);
    for (std::size_t i = 0; i < count; ++i) guarded(i);
  });
}

/// Threads of their own, since those of oneTBB go to sleep too soon for work that comes every few microseconds: a
/// member spins for a while before it sleeps. Each takes the same share of the parts every time, whose memory is then
/// likely in its own cache, and helps with the shares of others when it is done; so members that come late, when all
/// parts are taken, are not waited for.
struct Crew::Team {
  explicit Team(int threads) : shares(static_cast<std::size_t>(threads)) {
    for (std::size_t k = 1; k < shares.size(); ++k) {
      members.emplace_back([this, k](std::stop_token const& stop) { serve(stop, k); });
    }
  }
  ~Team() {
    for (std::jthread& member : members) member.request_stop();
    announce();
  }

  void run(std::size_t parts, std::function<void(std::size_t)> const& work) {
    body = &work;
    for (std::size_t k = 0; k < shares.size(); ++k) {
      shares[k].next = parts * k / shares.size();
      shares[k].end = parts * (k + 1) / shares.size();
    }
    gate += open;
    announce();
    take_parts(0);
    gate -= open;
    for (int k = 0; gate.load() != 0; ++k) rest(k);
  }

  void serve(std::stop_token const& stop, std::size_t member) {
    for (std::uint64_t seen = 0;;) {
      constexpr int patience = 2000;  // rests; about a tenth of a millisecond
      for (int k = 0; k < patience && call.load() == seen; ++k) __builtin_ia32_pause();
      call.wait(seen);
      seen = call.load();
      if (stop.stop_requested()) return;
      if ((gate.fetch_add(1) & open) != 0) take_parts(member);
      gate.fetch_sub(1);
    }
  }

  void announce() {
    ++call;
    call.notify_all();
  }

  void take_parts(std::size_t member) {
    for (std::size_t k = 0; k < shares.size(); ++k) {
      Share& share = shares[(member + k) % shares.size()];
      while (share.next.load() < share.end) {
        std::size_t const part = share.next++;
        if (part < share.end) (*body)(part);
      }
    }
  }

  /// Spins, and lets others run where there are more threads than processors.
  static void rest(int round) noexcept {
    if (round % 64 == 63) {
      std::this_thread::yield();
    } else {
      __builtin_ia32_pause();
    }
  }

  /// Parts that one member takes first. Padded to a cache line.
  struct alignas(64) Share {
    std::atomic<std::size_t> next = 0;
    std::size_t end = 0;
  };

  static constexpr std::uint64_t open = std::uint64_t{1} << 32;
  std::function<void(std::size_t)> const* body = nullptr;
  std::vector<Share> shares;
  std::atomic<std::uint64_t> gate = 0;  ///< members inside, and whether more may enter
  std::atomic<std::uint64_t> call = 0;
  std::vector<std::jthread> members;
};

Crew::Crew(int threads) : size_(std::max(1, threads)) {
  if (size_ > 1) team_ = std::make_unique<Team>(size_);
}
Crew::~Crew() = default;
Crew::Crew(Crew&&) noexcept = default;

void Crew::run(std::size_t count, std::function<void(std::size_t)> const& body) {
  guard(body, [&](auto const& guarded) {
    if (team_ && count > 1) return team_->run(count, guarded);
    for (std::size_t i = 0; i < count; ++i) guarded(i);
  });
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
