/// What a city's pressure must overcome: drawn once per city, policy and episode, as a function of their names alone.
#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <span>

#include "base/random.hpp"
#include "model/model.hpp"
#include "run/settle.hpp"
#include "world/world.hpp"

namespace hansa {

/// Exp(1) on the grid, at least one unit of it, of at most batch_size cities, each in the episode that episode(city)
/// tells.
template <class Episode>
void draw_episodes(std::uint64_t key, std::span<std::uint64_t const> hashes, std::span<Index const> cities,
                   Episode const& episode, double* out) noexcept {
  std::array<std::uint64_t, batch_size> who, episodes;
  std::size_t const n = cities.size();
  for (std::size_t k = 0; k < n; ++k) who[k] = hashes[cities[k]];
  for (std::size_t k = 0; k < n; ++k) episodes[k] = static_cast<std::uint64_t>(episode(cities[k]));
  draw_exponential(key, std::span(who).first(n), std::span(episodes).first(n), {out, n});
  for (std::size_t k = 0; k < n; ++k) out[k] = std::max(on_grid(out[k]), grid_unit);
}

/// Resistances of one policy. Const but for begin(); one per thread.
class Resistances {
 public:
  Resistances(PolicyModel const& policy, Cities const& cities, std::uint64_t seed) noexcept
      : policy_(policy), cities_(cities), seed_(seed) {}

  void begin(std::int64_t replicate) noexcept;

  /// Exp(1) on the grid, at least one unit of it, for the cities from `first` on in their first episode (Sellke 1983).
  void accumulated(Index first, std::span<double> out) const noexcept;
  /// The same for a range, into the records of the cities.
  template <class Lane>
  void draw(Index begin, Index end, CityRecord<Lane>* record) const noexcept {
    for (std::array<double, batch_size> drawn; begin < end; begin += batch_size) {
      Index const count = std::min<Index>(batch_size, end - begin);
      accumulated(begin, std::span(drawn).first(count));
      for (Index k = 0; k < count; ++k) record[begin + k] = {drawn[k], Lane{0}, 0};
    }
  }
  /// The same for one city in a later episode.
  [[nodiscard]] double accumulated(Index city, std::int32_t episode) const noexcept;
  /// The same for at most batch_size cities, each in an episode of its own; episode(city) tells which.
  template <class Episode>
  void accumulated(std::span<Index const> cities, Episode const& episode, double* out) const noexcept {
    draw_episodes(key_, cities_.hash, cities, episode, out);
  }

  /// A threshold, before attributes and frailty lower it.
  [[nodiscard]] double threshold(Index city) const noexcept;
  /// A threshold given that it lies above `bound`. Throws Error (Fault::failure) if the law has nothing there.
  [[nodiscard]] double threshold_above(Index city, double bound) const;

 private:
  PolicyModel const& policy_;
  Cities const& cities_;
  std::uint64_t seed_;
  std::uint64_t key_ = 0;
};

}  // namespace hansa
