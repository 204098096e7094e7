/// Work spread over threads; the only place that spells oneTBB.
#pragma once

#include <cstddef>
#include <functional>

namespace hansa {

/// Number of threads that `requested` stands for: 0 means all processors that this process may use.
[[nodiscard]] int thread_count(int requested) noexcept;

/// body(i) for i in [0, count), in any order on at most `threads` threads. The first exception (of the smallest i) is
/// rethrown.
void parallel_for(std::size_t count, int threads, std::function<void(std::size_t)> const& body);

/// Runs body(worker) once on each of `threads` workers at the same time, worker in [0, threads).
void run_workers(int threads, std::function<void(int)> const& body);

}  // namespace hansa
