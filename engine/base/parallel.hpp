/// Work spread over threads; the only place that spells oneTBB.
#pragma once

#include <cstddef>
#include <functional>
#include <memory>

namespace hansa {

/// Number of threads that `requested` stands for: 0 or less means all processors that this process may use.
[[nodiscard]] int thread_count(int requested) noexcept;

/// body(i) for i in [0, count), in any order on at most `threads` threads (0: all), the caller's included. Bodies must
/// not wait for one another, since oneTBB may grant fewer threads. The exception of the smallest i that threw is
/// rethrown; after a failure at i, later ones may be skipped, earlier ones never.
void parallel_for(std::size_t count, int threads, std::function<void(std::size_t)> const& body);

/// Threads that meet again and again for pieces of one piece of work. Used by one thread at a time.
class Crew {
 public:
  explicit Crew(int threads);  ///< the caller's thread included
  ~Crew();
  Crew(Crew&&) noexcept;
  [[nodiscard]] int size() const noexcept { return size_; }
  /// body(i) for i in [0, count), in any order, as parallel_for does; cheap enough to call a thousand times a second.
  void run(std::size_t count, std::function<void(std::size_t)> const& body);

 private:
  struct Team;
  int size_;
  std::unique_ptr<Team> team_;  // null: the caller works alone
};

/// Runs body(worker) once on each of `threads` threads at the same time, worker in [0, threads); worker 0 is the
/// caller. Workers may wait for one another. The exception of the smallest worker that threw is rethrown.
void run_workers(int threads, std::function<void(int)> const& body);

}  // namespace hansa
