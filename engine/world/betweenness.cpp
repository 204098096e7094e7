/// A search along shortest paths from each source, several sources at a time.
#include "world/betweenness.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <numeric>

#include "base/parallel.hpp"
#include "base/random.hpp"

namespace hansa {
namespace {

/// One thread's search. Counts of paths are count × 2^(512 scale) with 1 <= count < 2^512, since a lattice of a
/// thousand cities a side has more paths between its corners than a double can hold.
class Search {
 public:
  explicit Search(TiesInForce const& ties)
      : ties_(ties),
        distance_(ties.cities(), unreached),
        scale_(ties.cities(), 0),
        count_(ties.cities(), 0),
        dependency_(ties.cities(), 0) {}

  /// Finds the paths from a source, and how much they depend on every city.
  void from(Index source) {
    for (Index const city : reached_) {
      distance_[city] = unreached;
      dependency_[city] = 0;
    }
    reached_.assign(1, source);
    distance_[source] = 0;
    count_[source] = 1;
    scale_[source] = 0;
    for (std::size_t k = 0; k < reached_.size(); ++k) go_on(reached_[k]);
    for (std::size_t k = reached_.size(); k-- > 1;) gather(reached_[k]);
  }

  [[nodiscard]] double dependency(Index city) const noexcept { return dependency_[city]; }

 private:
  static constexpr std::int32_t unreached = -1;
  static constexpr double step_up = 0x1p512, step_down = 0x1p-512;

  void go_on(Index city) {
    for (Index const next : ties_.observers(city)) {
      if (distance_[next] == unreached) {
        distance_[next] = distance_[city] + 1;
        count_[next] = count_[city];
        scale_[next] = scale_[city];
        reached_.push_back(next);
      } else if (distance_[next] == distance_[city] + 1) {
        add_paths(city, next);
      }
    }
  }

  void add_paths(Index from, Index to) {
    std::int32_t const above = scale_[from] - scale_[to];
    if (above == 0) {
      count_[to] += count_[from];
    } else if (above == -1) {
      count_[to] += count_[from] * step_down;
    } else if (above > 0) {
      count_[to] = above == 1 ? count_[to] * step_down + count_[from] : count_[from];
      scale_[to] = scale_[from];
    }
    if (count_[to] < step_up) return;
    count_[to] *= step_down;
    ++scale_[to];
  }

  /// Adds up what the paths through a city lead to.
  void gather(Index city) {
    double sum = 0;
    for (Index const next : ties_.observers(city)) {
      if (distance_[next] != distance_[city] + 1) continue;
      std::int32_t const above = scale_[next] - scale_[city];
      if (above > 1) continue;  // less than 2^-512 of the paths to `next`
      double const share = count_[city] / count_[next];
      sum += (above == 1 ? share * step_down : share) * (1 + dependency_[next]);
    }
    dependency_[city] = sum;
  }

  TiesInForce const& ties_;
  std::vector<Index> reached_;  // in order of distance; with the same, in the order in which they were found
  std::vector<std::int32_t> distance_, scale_;
  std::vector<double> count_, dependency_;
};

}  // namespace

std::vector<double> path_dependencies(TiesInForce const& ties, std::span<Index const> sources, int threads) {
  constexpr std::size_t most_bytes = std::size_t{1} << 30;
  constexpr std::size_t cities_a_task = 65536;
  Index const cities = ties.cities();
  std::vector<double> sums(cities, 0);
  std::size_t const room = std::max<std::size_t>(1, most_bytes / (32 * std::max<std::size_t>(cities, 1)));
  std::size_t const width =
      std::min({static_cast<std::size_t>(thread_count(threads)), room, std::max<std::size_t>(sources.size(), 1)});
  std::vector<Search> searches(width, Search(ties));
  for (std::size_t first = 0; first < sources.size(); first += width) {
    std::size_t const together = std::min(width, sources.size() - first);
    parallel_for(together, threads, [&](std::size_t k) { searches[k].from(sources[first + k]); });
    // Each city adds in the order of the sources, however many are searched at a time.
    parallel_for((cities + cities_a_task - 1) / cities_a_task, threads, [&](std::size_t task) {
      auto const end = static_cast<Index>(std::min<std::size_t>(cities, (task + 1) * cities_a_task));
      for (std::size_t k = 0; k < together; ++k) {
        for (auto i = static_cast<Index>(task * cities_a_task); i < end; ++i) sums[i] += searches[k].dependency(i);
      }
    });
  }
  return sums;
}

std::vector<double> betweenness_scores(TiesInForce const& ties, std::span<std::uint64_t const> hashes,
                                       std::uint64_t key, std::size_t count, int threads) {
  std::vector<Index> sources(ties.cities());
  std::iota(sources.begin(), sources.end(), Index{0});
  if (count >= sources.size()) return path_dependencies(ties, sources, threads);
  std::nth_element(sources.begin(), sources.begin() + static_cast<std::ptrdiff_t>(count), sources.end(),
                   [&](Index a, Index b) { return mix64(key ^ hashes[a]) < mix64(key ^ hashes[b]); });
  sources.resize(count);
  std::sort(sources.begin(), sources.end());
  std::vector<double> sums = path_dependencies(ties, sources, threads);
  // From the mean over the sources other than the city itself to the sum over all such.
  double const others = ties.cities() - 1.0;
  auto const drawn = static_cast<double>(count);
  std::vector<double> factor(ties.cities(), others / drawn);
  for (Index const i : sources) factor[i] = count > 1 ? others / (drawn - 1) : 0;
  for (Index i = 0; i < ties.cities(); ++i) sums[i] *= factor[i];
  return sums;
}

}  // namespace hansa
