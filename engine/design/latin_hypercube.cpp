/// Strata in random orders, exchanged until no try moves the nearest points apart.
#include <algorithm>
#include <cstdint>
#include <limits>
#include <numeric>

#include "base/random.hpp"
#include "design/unit_points.hpp"

namespace hansa {

namespace {

constexpr std::size_t most_maximin_points = 2000;
constexpr double most_work = 3e8;  ///< squared differences

using Strata = std::vector<std::vector<std::int64_t>>;  // by dimension, then point

/// Squared distance of two points in widths of a stratum: exact in whole numbers.
std::int64_t distance(Strata const& strata, std::size_t a, std::size_t b) {
  std::int64_t sum = 0;
  for (auto const& column : strata) sum += (column[a] - column[b]) * (column[a] - column[b]);
  return sum;
}

/// A point's nearest other point, the first of several.
struct Nearest {
  std::int64_t distance = std::numeric_limits<std::int64_t>::max();
  std::size_t point = 0;
};

Nearest nearest_to(Strata const& strata, std::size_t a) {
  Nearest found;
  for (std::size_t b = 0; b < strata.front().size(); ++b) {
    if (b == a) continue;
    std::int64_t const d = distance(strata, a, b);
    if (d < found.distance) found = {d, b};
  }
  return found;
}

/// The random order of the strata in each dimension.
Strata shuffled(DesignKeys const& keys, std::size_t points) {
  Strata strata(keys.dimensions(), std::vector<std::int64_t>(points));
  for (std::size_t d = 0; d < strata.size(); ++d) {
    std::uint64_t const key = make_key(keys.seed, 0, Purpose::latin_hypercube, keys.names[d]);
    std::iota(strata[d].begin(), strata[d].end(), 0);
    for (std::size_t k = points - 1; k > 0; --k)
      std::swap(strata[d][k],
                strata[d][static_cast<std::size_t>(draw_uniform(key, k, 0) * static_cast<double>(k + 1))]);
  }
  return strata;
}

/// One of the two nearest points exchanges its stratum in a dimension with another point; kept where both are then
/// farther from all others than the nearest were.
class Maximin {
 public:
  Maximin(Strata& strata, std::uint64_t key) : strata_(strata), key_(key) {
    for (std::size_t k = 0; k < strata.front().size(); ++k) nearest_.push_back(nearest_to(strata, k));
  }

  void improve(std::size_t tries) {
    std::size_t const points = nearest_.size();
    for (std::size_t t = 0; t < tries; ++t) {
      auto const closest = std::min_element(nearest_.begin(), nearest_.end(),
                                            [](Nearest const& a, Nearest const& b) { return a.distance < b.distance; });
      auto const drawn = [&](std::uint32_t word, std::size_t below) {
        return static_cast<std::size_t>(draw_uniform(key_, t, 1, word) * static_cast<double>(below));
      };
      auto const own = static_cast<std::size_t>(closest - nearest_.begin());
      std::size_t const a = drawn(0, 2) == 0 ? own : closest->point;
      std::size_t const b = drawn(1, points), d = drawn(2, strata_.size());
      if (a != b) exchange(a, b, d, closest->distance);
    }
  }

 private:
  void exchange(std::size_t a, std::size_t b, std::size_t d, std::int64_t least) {
    std::swap(strata_[d][a], strata_[d][b]);
    Nearest const of_a = nearest_to(strata_, a), of_b = nearest_to(strata_, b);
    if (std::min(of_a.distance, of_b.distance) <= least) return std::swap(strata_[d][a], strata_[d][b]);
    nearest_[a] = of_a;
    nearest_[b] = of_b;
    for (std::size_t k = 0; k < nearest_.size(); ++k) {
      if (k == a || k == b) continue;
      if (nearest_[k].point == a || nearest_[k].point == b) {
        nearest_[k] = nearest_to(strata_, k);
        continue;
      }
      for (std::size_t const moved : {a, b})
        if (std::int64_t const now = distance(strata_, k, moved); now < nearest_[k].distance)
          nearest_[k] = {now, moved};
    }
  }

  Strata& strata_;
  std::uint64_t key_;
  std::vector<Nearest> nearest_;
};

}  // namespace

UnitColumns latin_hypercube(DesignKeys const& keys, std::size_t points) {
  Strata strata = shuffled(keys, points);
  if (points > 2 && points <= most_maximin_points && keys.dimensions() > 1) {
    double const work = 4 * static_cast<double>(points * keys.dimensions());
    auto const tries = static_cast<std::size_t>(std::min(most_work / work, 20000.0));
    Maximin(strata, make_key(keys.seed, 1, Purpose::latin_hypercube, 0)).improve(tries);
  }
  UnitColumns columns(keys.dimensions(), std::vector<double>(points));
  for (std::size_t d = 0; d < columns.size(); ++d) {
    std::uint64_t const key = make_key(keys.seed, 2, Purpose::latin_hypercube, keys.names[d]);
    for (std::size_t k = 0; k < points; ++k) {
      double const within = draw_uniform(key, static_cast<std::uint64_t>(strata[d][k]), 0);
      double const u = (static_cast<double>(strata[d][k]) + within) / static_cast<double>(points);
      columns[d][k] = std::clamp(u, 0x1p-54, 1 - 0x1p-53);
    }
  }
  return columns;
}

}  // namespace hansa
