/// Exposure along ties that always hold: integer sums pushed along ties.
#include "mechanisms/exposure_network.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <type_traits>

#include "base/aligned.hpp"
#include "mechanisms/binned_push.hpp"

namespace hansa {

namespace {

/// Adds ± the weight of the tie (or ±1) to the sum of every city that observes a city of `events`.
template <bool weighted, class Sum>
void push(NetworkLayer const& layer, Sum* __restrict sum, std::span<Event const> events, Touched& touched) {
  for_tie_pieces<weighted>(layer, events, [&](TiePiece const& piece) {
    Touched local = touched;  // so that it stays in registers
    auto const sign = static_cast<Sum>(static_cast<std::make_signed_t<Sum>>(piece.sign));
    for (std::size_t k = 0; k < piece.target.size(); ++k) {
      Index const j = piece.target[k];
      Sum const step = weighted ? static_cast<Sum>(sign * piece.weight[k]) : sign;
      sum[j] = static_cast<Sum>(sum[j] + step);
      local.add(j);
    }
    touched = local;
  });
}

/// Sum is the accumulator, the shortest in which every row sum fits (twice, for shares): the shorter it is, the more of
/// the cities that a push touches are in the cache.
template <class Sum>
class NetworkExposure final : public TermOf<NetworkExposure<Sum>> {
 public:
  NetworkExposure(ObservedTies ties, Normalize normalize, ShapeFunction shape)
      : ties_(std::move(ties)), normalize_(normalize), shape_(shape) {
    if (!ties_.redrawn()) rest_on(ties_.layer(), fixed_);
  }

  std::unique_ptr<Kept> keep() const override {
    auto sums = std::make_unique<Sums>(ties_.layer().in_degree.size());
    sums->on = &fixed_;
    return sums;
  }
  void reset(Kept& kept, Outset const& outset) const override {
    auto& sums = static_cast<Sums&>(kept);
    if (ties_.redrawn()) {
      rest_on(ties_.of(outset, sums.own), sums.drawn);
      sums.on = &sums.drawn;
    }
    if (sums.on->at_start.empty()) {
      std::fill(sums.of.begin(), sums.of.end(), Sum{0});
    } else {
      std::copy(sums.on->at_start.begin(), sums.on->at_start.end(), sums.of.begin());
    }
  }
  void apply(Kept& kept, std::span<Event const> events, Touched& touched) const override {
    auto& sums = static_cast<Sums&>(kept);
    NetworkLayer const& layer = *sums.on->layer;
    if (layer.weighted() && normalize_ != Normalize::count) {
      push<true>(layer, sums.of.data(), events, touched);
    } else {
      push<false>(layer, sums.of.data(), events, touched);
    }
  }
  void apply_together(Kept& kept, std::span<Event const> events, Touched& touched, Crew& crew) const override {
    if (events.size() < worth_a_crew || touched.list != nullptr) return apply(kept, events, touched);
    auto& sums = static_cast<Sums&>(kept);
    NetworkLayer const& layer = *sums.on->layer;
    if (layer.weighted() && normalize_ != Normalize::count) {
      sums.weighted(layer, events, sums.of.data(), touched, crew);
    } else {
      sums.plain(layer, events, sums.of.data(), touched, crew);
    }
  }
  std::size_t bytes_per_city() const noexcept override { return sizeof(Sum); }

  template <class Lane>
  void evaluate(Kept const& kept, std::span<Index const> cities, Lane* __restrict m) const {
    Sum const* const __restrict sum = static_cast<Sums const&>(kept).of.data();
    Footing const& on = *static_cast<Sums const&>(kept).on;
    std::size_t const n = cities.size();
    if (shape_.is_linear() && !on.at_start.empty()) {
      linear_share(sum, cities.data(), n, m);
      return;
    }
    if (shape_.is_linear() && !on.row.empty()) {
      double const* const __restrict row = on.row.data();
      for (std::size_t k = 0; k < n; ++k)
        m[k] = static_cast<Lane>(static_cast<double>(sum[cities[k]]) / row[cities[k]]);
      return;
    }
    if (shape_.is_linear()) {
      scaled_sum(sum, cities.data(), n, on.unit, m);
      return;
    }
    for (std::size_t k = 0; k < n; ++k) m[k] = static_cast<Lane>(shape_(exposure(on, sum[cities[k]], cities[k])));
  }

 private:
  /// A layer and what its sums are divided by. Where shares are wanted and all divisors fit half a sum of at most 32
  /// bits they ride in the upper half of the sums themselves, so that a city's share is one look into memory; else they
  /// stand apart.
  struct Footing {
    NetworkLayer const* layer = nullptr;
    std::vector<Sum> at_start;
    std::vector<double> row;
    WeightUnit unit;
  };
  struct Sums final : Kept {
    explicit Sums(std::size_t n) : of(n) {}
    AlignedVector<Sum> of;
    Footing const* on = nullptr;
    NetworkLayer own;  // of a replicate
    Footing drawn;
    BinnedPush<Sum, false> plain;  // scratch of a crew
    BinnedPush<Sum, true> weighted;
  };

  void rest_on(NetworkLayer const& layer, Footing& on) const {
    on.layer = &layer;
    on.at_start.clear();
    on.row.clear();
    if (normalize_ == Normalize::weight) on.unit = ties_.unit(layer);
    if (normalize_ != Normalize::share) return;
    std::uint64_t const most = largest_row(layer, true);
    // A city without in-ties has sum 0; dividing by 1 gives its share 0.
    for (std::uint64_t const in_weight : layer.in_weight) {
      std::uint64_t const w = std::max<std::uint64_t>(in_weight, 1);
      if (most <= low_half && sizeof(Sum) <= 4) {
        on.at_start.push_back(static_cast<Sum>(w << half));
      } else {
        on.row.push_back(static_cast<double>(w));
      }
    }
  }

  [[nodiscard]] double exposure(Footing const& on, Sum sum, Index i) const noexcept {
    if (!on.at_start.empty()) return static_cast<double>(sum & low_half) / static_cast<double>(sum >> half);
    auto const total = static_cast<double>(sum);
    return on.row.empty() ? on.unit(total) : total / on.row[i];
  }

  template <class Lane>
  static void scaled_sum(Sum const* __restrict sum, Index const* __restrict city, std::size_t n, WeightUnit unit,
                         Lane* __restrict m) {
    if (unit.per != 1) {
      for (std::size_t k = 0; k < n; ++k) m[k] = static_cast<Lane>(unit(static_cast<double>(sum[city[k]])));
      return;
    }
    for (std::size_t k = 0; k < n; ++k) m[k] = static_cast<Lane>(static_cast<double>(sum[city[k]]) * unit.factor);
  }

  /// Both integers are at most 2^16 - 1, so the quotient is correctly rounded in either lane.
  template <class Lane>
  void linear_share(Sum const* __restrict sum, Index const* __restrict city, std::size_t n, Lane* __restrict m) const {
    alignas(64) std::array<std::uint32_t, 256> both;
    for (std::size_t k = 0; k < n; ++k) both[k] = static_cast<std::uint32_t>(sum[city[k]]);
    for (std::size_t k = 0; k < n; ++k) {
      auto const top = static_cast<std::int32_t>(both[k] & std::uint32_t{low_half});
      auto const bottom = static_cast<std::int32_t>(both[k] >> half);
      m[k] = static_cast<Lane>(top) / static_cast<Lane>(bottom);
    }
  }

  static constexpr std::size_t worth_a_crew = 1024;                // events
  static constexpr int half = std::min<int>(16, 4 * sizeof(Sum));  // bits
  static constexpr std::uint16_t low_half = (1u << half) - 1;
  ObservedTies ties_;
  Normalize normalize_;
  ShapeFunction shape_;
  Footing fixed_;  // of ties that are drawn once
};

}  // namespace

std::unique_ptr<Term> make_constant_exposure(ObservedTies ties, Normalize normalize, ShapeFunction shape) {
  auto const make = [&]<class Sum>(Sum) -> std::unique_ptr<Term> {
    return std::make_unique<NetworkExposure<Sum>>(std::move(ties), normalize, shape);
  };
  if (!ties.redrawn()) {
    std::uint64_t const most = largest_row(ties.layer(), normalize != Normalize::count);
    int const bits = static_cast<int>(std::bit_width(most)) * (normalize == Normalize::share ? 2 : 1);
    if (bits <= 8) return make(std::uint8_t{});
    if (bits <= 16) return make(std::uint16_t{});
  }
  if (ties.narrow() || normalize == Normalize::count) return make(std::uint32_t{});
  return make(std::uint64_t{});
}

}  // namespace hansa
