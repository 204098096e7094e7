/// Exposure on a network: integer sums pushed along ties; in a pool: counters.
#include "mechanisms/exposure.hpp"

#include <algorithm>
#include <array>
#include <limits>
#include <type_traits>

#include "mechanisms/pool.hpp"
#include "mechanisms/shape.hpp"

namespace hansa {

namespace {

constexpr std::array<std::string_view, 3> normalizations{"share", "weight", "count"};
constexpr std::array exposure_fields{
    Field{.name = "network", .kind = Kind::network, .meaning = "the ties along which cities observe; or `pool`"},
    Field{.name = "pool", .kind = Kind::pool, .meaning = "the cities observed, mean field; or `network`"},
    Field{.name = "normalize",
          .kind = Kind::choice,
          .standard = "share",
          .meaning = "share of the observed weight, its sum, or the number of adopted sources",
          .choices = normalizations},
    Field{.name = "shape", .kind = Kind::shape, .standard = "linear", .meaning = "f in M = f(E)"},
};

enum class Normalize { share, weight, count };

Normalize normalize_of(Parameters const& parameters) {
  std::string const& text = parameters.text("normalize");
  return text == "share" ? Normalize::share : text == "weight" ? Normalize::weight : Normalize::count;
}

/// Adds ±1 (or ± the tie's weight) to the sum of every city that observes a city of `events`.
template <class Sum, bool weighted>
void push(NetworkLayer const& layer, Sum* __restrict sum, std::span<Event const> events, Touched& touched) {
  constexpr std::size_t ahead = 8;
  std::uint32_t const* const first = layer.first.data();
  Index const* const target = layer.target.data();
  std::uint32_t const* const weight = layer.weight.data();
  Touched local = touched;
  for (std::size_t q = 0; q < events.size(); ++q) {
    if (q + ahead < events.size()) {
      auto const* row = reinterpret_cast<char const*>(target + first[events[q + ahead].city]);
      __builtin_prefetch(row);
      __builtin_prefetch(row + 64);
    }
    Sum const sign = static_cast<Sum>(static_cast<std::make_signed_t<Sum>>(events[q].sign));
    for (std::uint32_t e = first[events[q].city]; e < first[events[q].city + 1]; ++e) {
      Index const j = target[e];
      if constexpr (weighted) {
        sum[j] += sign * weight[e];
      } else {
        sum[j] += sign;
      }
      local.add(j);
    }
  }
  touched = local;
}

/// Sum is the accumulator: 32 bits where every row sum fits, else 64.
template <class Sum>
class NetworkExposure final : public TermOf<NetworkExposure<Sum>> {
 public:
  NetworkExposure(NetworkLayer const& layer, Normalize normalize, ShapeFunction shape)
      : layer_(layer), weighted_(layer.weighted() && normalize != Normalize::count), shape_(shape) {
    // The unit is a power of ten or two: dividing by its inverse rounds once, 3 tenths give 0.3.
    if (normalize == Normalize::weight && layer.unit < 1) per_unit_ = __builtin_nearbyint(1 / layer.unit);
    if (normalize == Normalize::weight && layer.unit > 1) factor_ = layer.unit;
    if (normalize != Normalize::share) return;
    std::uint64_t most = 0;
    for (std::uint64_t const w : layer.in_weight) most = std::max(most, w);
    // A city without in-ties has sum 0; dividing by 1 gives its share 0.
    for (std::uint64_t const in_weight : layer.in_weight) {
      std::uint64_t const w = std::max<std::uint64_t>(in_weight, 1);
      if (most < (1u << half) && sizeof(Sum) == 4) {
        at_start_.push_back(static_cast<Sum>(w << half));
      } else {
        row_.push_back(static_cast<double>(w));
      }
    }
  }

  std::unique_ptr<Kept> keep() const override { return std::make_unique<Sums>(layer_.in_degree.size()); }
  void reset(Kept& kept, Outset const&) const override {
    auto& of = static_cast<Sums&>(kept).of;
    if (at_start_.empty()) {
      std::fill(of.begin(), of.end(), Sum{0});
    } else {
      std::copy(at_start_.begin(), at_start_.end(), of.begin());
    }
  }
  void apply(Kept& kept, std::span<Event const> events, Touched& touched) const override {
    Sum* const sum = static_cast<Sums&>(kept).of.data();
    if (weighted_) {
      push<Sum, true>(layer_, sum, events, touched);
    } else {
      push<Sum, false>(layer_, sum, events, touched);
    }
  }
  std::size_t bytes_per_city() const noexcept override { return sizeof(Sum); }

  template <class Lane>
  void evaluate(Kept const& kept, std::span<Index const> cities, Lane* __restrict m) const {
    Sum const* const __restrict sum = static_cast<Sums const&>(kept).of.data();
    std::size_t const n = cities.size();
    if (shape_.is_linear() && !at_start_.empty()) {
      linear_share(sum, cities.data(), n, m);
      return;
    }
    if (shape_.is_linear() && !row_.empty()) {
      double const* const __restrict row = row_.data();
      for (std::size_t k = 0; k < n; ++k)
        m[k] = static_cast<Lane>(static_cast<double>(sum[cities[k]]) / row[cities[k]]);
      return;
    }
    for (std::size_t k = 0; k < n; ++k) m[k] = static_cast<Lane>(shape_(exposure(sum, cities[k])));
  }

 private:
  struct Sums final : Kept {
    explicit Sums(std::size_t n) : of(n) {}
    std::vector<Sum> of;
  };

  [[nodiscard]] double exposure(Sum const* sum, Index i) const noexcept {
    if (!at_start_.empty()) return static_cast<double>(sum[i] & low_half) / static_cast<double>(sum[i] >> half);
    double const total = static_cast<double>(sum[i]);
    return row_.empty() ? total * factor_ / per_unit_ : total / row_[i];
  }

  /// Both integers are below 2^16, so the quotient is correctly rounded in either lane.
  template <class Lane>
  void linear_share(Sum const* __restrict sum, Index const* __restrict city, std::size_t n, Lane* __restrict m) const {
    alignas(64) std::array<std::uint32_t, 256> both;
    for (std::size_t k = 0; k < n; ++k) both[k] = static_cast<std::uint32_t>(sum[city[k]]);
    for (std::size_t k = 0; k < n; ++k) {
      auto const top = static_cast<std::int32_t>(both[k] & low_half);
      auto const bottom = static_cast<std::int32_t>(both[k] >> half);
      m[k] = static_cast<Lane>(top) / static_cast<Lane>(bottom);
    }
  }

  static constexpr int half = 16;
  static constexpr std::uint32_t low_half = 0xFFFF;
  NetworkLayer const& layer_;
  bool weighted_;
  ShapeFunction shape_;
  double factor_ = 1;  // weight: the unit of the layer is factor_ / per_unit_
  double per_unit_ = 1;
  // Share: what sums are divided by. Where all fit 16 bits they ride in the upper half of the sums themselves, so that
  // a city's share is one look into memory; else they stand apart.
  std::vector<Sum> at_start_;
  std::vector<double> row_;
};

class PoolExposure final : public TermOf<PoolExposure> {
 public:
  PoolExposure(PoolCount pool, Normalize normalize, ShapeFunction shape)
      : pool_(std::move(pool)), normalize_(normalize), shape_(shape) {}

  std::unique_ptr<Kept> keep() const override { return std::make_unique<Counters>(); }
  void reset(Kept& kept, Outset const&) const override { pool_.reset(static_cast<Counters&>(kept).counts); }
  void apply(Kept& kept, std::span<Event const> events, Touched& touched) const override {
    pool_.apply(static_cast<Counters&>(kept).counts, events, touched);
  }
  void advance(Kept& kept, Moment moment, Touched& touched) const override {
    pool_.advance(static_cast<Counters&>(kept).counts, moment, touched);
  }
  std::size_t bytes_per_city() const noexcept override { return pool_.per_city() ? 4 : 0; }

  template <class Lane>
  void evaluate(Kept const& kept, std::span<Index const> cities, Lane* m) const {
    PoolCount::Counts const& counts = static_cast<Counters const&>(kept).counts;
    if (pool_.uniform() && !cities.empty()) {
      std::fill_n(m, cities.size(), static_cast<Lane>(of(pool_.adopters(counts, 0), pool_.others(counts, 0))));
      return;
    }
    std::int32_t last_adopters = -1;
    std::int32_t last_others = -1;
    Lane last{};
    for (std::size_t k = 0; k < cities.size(); ++k) {
      std::int32_t const adopters = pool_.adopters(counts, cities[k]);
      std::int32_t const others = pool_.others(counts, cities[k]);
      if (adopters != last_adopters || others != last_others) {
        last_adopters = adopters;
        last_others = others;
        last = static_cast<Lane>(of(adopters, others));
      }
      m[k] = last;
    }
  }

 private:
  struct Counters final : Kept {
    PoolCount::Counts counts;
  };

  [[nodiscard]] double of(std::int32_t adopters, std::int32_t others) const noexcept {
    if (normalize_ != Normalize::share) return shape_(adopters);
    return others > 0 ? shape_(double(adopters) / others) : 0;
  }

  PoolCount pool_;
  Normalize normalize_;
  ShapeFunction shape_;
};

}  // namespace

constexpr Schema exposure_schema{
    .name = "exposure",
    .opening = "Imitation and contagion: pressure from the adopters that a city observes.",
    .formula = "M = f(E), E = sum_j w_ij A_j / sum_j w_ij",
    .source = "Valente 1996; Strang & Tuma 1993",
    .parameters = exposure_fields,
    .observable = true,
};

std::unique_ptr<Term> make_exposure(MechanismSpec const& spec, TermContext const& context, Complaints& complaints) {
  Parameters const& parameters = spec.parameters;
  Normalize const normalize = normalize_of(parameters);
  ShapeFunction const shape(parameters.shape("shape"));
  if (!shape.is_usable(parameters.shape("shape"), complaints)) return nullptr;
  if (normalize == Normalize::share && parameters.shape("shape").form == Shape::Form::step &&
      parameters.shape("shape").a > 1) {
    complaints.add("no share reaches this step", parameters.shape("shape").where, "a share from 0 to 1 was expected");
    return nullptr;
  }
  if (parameters.has("network") == parameters.has("pool")) {
    complaints.add("exposure needs one of 'network' and 'pool'", spec.where,
                   "name the ties or the pool that is observed");
    return nullptr;
  }
  if (parameters.has("pool")) {
    auto pool = PoolCount::make(parameters.pool("pool"), Counted::current, context, complaints);
    if (!pool) return nullptr;
    return std::make_unique<PoolExposure>(std::move(*pool), normalize, shape);
  }
  NetworkLayer const* layer = find_network(context.world, parameters.reference("network"), complaints);
  if (layer == nullptr) return nullptr;
  if (layer->narrow() || normalize == Normalize::count) {
    return std::make_unique<NetworkExposure<std::uint32_t>>(*layer, normalize, shape);
  }
  return std::make_unique<NetworkExposure<std::uint64_t>>(*layer, normalize, shape);
}

}  // namespace hansa
