/// The plain loop, written simply and fairly: no sorting, no skipping, no vector tricks.
#include "plain_loop.hpp"

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstddef>

#include <tbb/enumerable_thread_specific.h>
#include <tbb/parallel_for.h>
#include <tbb/task_arena.h>

namespace hansa::benchmarks {
namespace {

/// xoshiro256++ (Blackman & Vigna 2019), seeded by splitmix64.
class Generator {
 public:
  explicit Generator(std::uint64_t seed) noexcept {
    for (std::uint64_t& word : state_) {
      seed += 0x9E3779B97F4A7C15ull;
      std::uint64_t z = (seed ^ (seed >> 30)) * 0xBF58476D1CE4E5B9ull;
      z = (z ^ (z >> 27)) * 0x94D049BB133111EBull;
      word = z ^ (z >> 31);
    }
  }
  double uniform() noexcept {
    std::uint64_t const result = std::rotl(state_[0] + state_[3], 23) + state_[0];
    std::uint64_t const t = state_[1] << 17;
    state_[2] ^= state_[0];
    state_[3] ^= state_[1];
    state_[1] ^= state_[2];
    state_[0] ^= state_[3];
    state_[2] ^= t;
    state_[3] = std::rotl(state_[3], 45);
    return static_cast<double>(result >> 11) * 0x1p-53;
  }

 private:
  std::uint64_t state_[4];
};

/// State of one replicate, one per thread and reused.
struct Scratch {
  std::vector<std::uint8_t> adopted;
  std::vector<std::uint32_t> new_adopters;
  std::vector<std::int32_t> adoption_time;
};

double share_of_ties(InTies const& ties, std::uint32_t city, std::vector<std::uint8_t> const& adopted) {
  std::uint32_t const begin = ties.first[city];
  std::uint32_t const end = ties.first[city + 1];
  if (begin == end) return 0;
  std::uint32_t count = 0;
  for (std::uint32_t e = begin; e < end; ++e) count += adopted[ties.source[e]];
  return static_cast<double>(count) / static_cast<double>(end - begin);
}

std::int32_t run_one(PlainQuestion const& q, std::uint64_t replicate, Scratch& s) {
  Generator random(replicate);
  s.adopted.assign(q.cities, 0);
  s.adoption_time.assign(q.cities, -1);
  std::int32_t adopters = 0;
  for (int t = 1; t <= q.steps; ++t) {
    s.new_adopters.clear();
    double const of_all = static_cast<double>(adopters) / static_cast<double>(q.cities - 1);
    for (std::uint32_t i = 0; i < q.cities; ++i) {
      if (s.adopted[i] != 0) continue;
      double const share = q.in_ties != nullptr ? share_of_ties(*q.in_ties, i, s.adopted) : of_all;
      double const eta = q.base + q.strength * share + q.trend * (t - 1);
      if (random.uniform() < 1 / (1 + std::exp(-eta))) s.new_adopters.push_back(i);
    }
    for (std::uint32_t const i : s.new_adopters) {
      s.adopted[i] = 1;
      s.adoption_time[i] = t;
    }
    adopters += static_cast<std::int32_t>(s.new_adopters.size());
  }
  return adopters;
}

}  // namespace

std::vector<std::int32_t> run_plain_loop(PlainQuestion const& question, int replicates, int threads) {
  std::vector<std::int32_t> adopters(static_cast<std::size_t>(replicates));
  tbb::enumerable_thread_specific<Scratch> scratch;
  tbb::task_arena arena(threads);
  arena.execute([&] {
    tbb::parallel_for(0, replicates, [&](int r) {
      adopters[static_cast<std::size_t>(r)] = run_one(question, static_cast<std::uint64_t>(r), scratch.local());
    });
  });
  return adopters;
}

}  // namespace hansa::benchmarks
