/// Rewires a ring, lap by lap.
#include "world/watts_strogatz.hpp"

#include <algorithm>
#include <bit>
#include <cmath>

#include "world/skips.hpp"

namespace hansa {
namespace {

/// A city for each bit.
using Row = std::vector<std::uint64_t>;

/// The ties as they stand, by near end.
class Ring {
 public:
  Ring(Index cities, Index degree, Sense sense)
      : n_(cities), sense_(sense), reach_(sense == Sense::both_ways ? degree / 2 : degree), ties_(cities, degree) {
    far_.resize(std::size_t{n_} * reach_);
    for (Index u = 0; u < n_; ++u) {
      for (Index lap = 0; lap < reach_; ++lap) far_[place(u, lap)] = on_the_ring(u, lap, degree / 2);
    }
    if (degree <= 64 || degree < n_ / 8) return;
    matrix_.assign(n_, Row((std::size_t{n_} + 63) / 64, 0));
    for (Index u = 0; u < n_; ++u) {
      for (Index lap = 0; lap < reach_; ++lap) flip(u, far_[place(u, lap)]);
    }
  }

  [[nodiscard]] Index laps() const noexcept { return reach_; }
  [[nodiscard]] Index far(Index u, Index lap) const noexcept { return far_[place(u, lap)]; }
  [[nodiscard]] bool is_full(Index u) const noexcept { return ties_[u] >= n_ - 1; }
  [[nodiscard]] bool has(Index u, Index w) const noexcept {
    if (!matrix_.empty()) return ((matrix_[u][w / 64] >> (w % 64)) & 1) != 0;
    return leads_to(u, w) || (sense_ == Sense::both_ways && leads_to(w, u));
  }
  void rewire(Index u, Index lap, Index to) {
    Index& end = far_[place(u, lap)];
    if (sense_ == Sense::both_ways) {
      --ties_[end];
      ++ties_[to];
    }
    if (!matrix_.empty()) {
      flip(u, end);
      flip(u, to);
    }
    end = to;
  }
  /// All cities but u that u is not tied to, ascending.
  [[nodiscard]] std::vector<Index> strangers(Index u) const {
    std::vector<Index> found;
    for (Index w = 0; w < n_; ++w) {
      if (w != u && !has(u, w)) found.push_back(w);
    }
    return found;
  }

 private:
  [[nodiscard]] std::size_t place(Index u, Index lap) const noexcept { return std::size_t{u} * reach_ + lap; }
  [[nodiscard]] Index on_the_ring(Index u, Index lap, Index half) const noexcept {
    std::uint64_t const ahead = lap < half ? lap + 1 : n_ - (lap - half + 1);
    return static_cast<Index>((u + ahead) % n_);
  }
  [[nodiscard]] bool leads_to(Index u, Index w) const noexcept {
    auto const row = far_.begin() + static_cast<std::ptrdiff_t>(place(u, 0));
    return std::find(row, row + reach_, w) != row + reach_;
  }
  void flip(Index u, Index w) noexcept {
    matrix_[u][w / 64] ^= std::uint64_t{1} << (w % 64);
    if (sense_ == Sense::both_ways) matrix_[w][u / 64] ^= std::uint64_t{1} << (u % 64);
  }

  Index n_;
  Sense sense_;
  Index reach_;
  std::vector<Index> far_;   // n × reach
  std::vector<Index> ties_;  // of each city, whichever end it is
  std::vector<Row> matrix_;  // only where ties are dense: then it is smaller than far_ and spares long searches
};

/// Any city that u is not tied to, all alike: tried at random, then picked from the list of them.
Index draw_stranger(Ring const& ring, Index u, Index lap, std::uint64_t first_bits, Drawing const& drawing) {
  constexpr std::uint32_t tries = 64;
  Index const n = drawing.cities.size();
  std::uint64_t const who = drawing.cities.hash[u];
  std::uint64_t bits = first_bits;
  for (std::uint32_t word = 1; word <= tries; ++word) {
    auto const w = static_cast<Index>(below(bits, n));
    if (w != u && !ring.has(u, w)) return w;
    bits = draw_bits(drawing.key, who, lap, word).low;
  }
  std::vector<Index> const free = ring.strangers(u);
  return free[below(bits, free.size())];
}

bool is_sound(WattsStrogatzTies const& spec, Drawing const& drawing) {
  double const n = drawing.cities.size();
  bool sound = true;
  auto const complain = [&](std::string problem, std::string mend) {
    drawing.complaints.add(std::move(problem), drawing.where, std::move(mend));
    sound = false;
  };
  if (!(spec.degree >= 2) || std::fmod(spec.degree, 2) != 0) {
    complain("the degree of a ring is not an even number", "2, 4, 6, … was expected: half of it on either side");
  } else if (spec.degree >= n) {
    complain("a ring of " + std::to_string(drawing.cities.size()) + " cities has no room for this degree",
             "an even number below the number of cities was expected");
  }
  if (!(spec.rewire >= 0 && spec.rewire <= 1)) {
    complain("the probability of rewiring lies outside 0 to 1", "a number from 0 to 1 was expected");
  }
  return sound && fits_layer(n * spec.degree, drawing.where, drawing.complaints);
}

}  // namespace

PairParts draw_watts_strogatz(WattsStrogatzTies const& spec, Drawing const& drawing) {
  if (!is_sound(spec, drawing)) return {};
  Index const n = drawing.cities.size();
  Ring ring(n, static_cast<Index>(spec.degree), drawing.sense);
  for (Index lap = 0; lap < ring.laps(); ++lap) {
    for (Index u = 0; u < n; ++u) {
      Bits const bits = draw_bits(drawing.key, drawing.cities.hash[u], lap, 0);
      if (unit_interval(bits.low) >= spec.rewire || ring.is_full(u)) continue;
      ring.rewire(u, lap, draw_stranger(ring, u, lap, bits.high, drawing));
    }
  }
  PairParts parts(1);
  parts[0].reserve(std::size_t{n} * ring.laps());
  for (Index u = 0; u < n; ++u) {
    for (Index lap = 0; lap < ring.laps(); ++lap) parts[0].push_back({ring.far(u, lap), u});
  }
  return parts;
}

}  // namespace hansa
