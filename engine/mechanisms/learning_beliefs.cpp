/// Looks are summed as they come, and beliefs moved once a step.
#include "mechanisms/learning_beliefs.hpp"

#include <algorithm>
#include <array>

#include "base/flat_math.hpp"
#include "base/random.hpp"

namespace hansa {

namespace {

constexpr std::size_t batch_size = 256;

}  // namespace

BeliefState::BeliefState(LookRule const& rule, Cities const& cities)
    : rule_(rule),
      cities_(cities),
      mean_(cities.size()),
      precision_(cities.size()),
      news_(cities.size()),
      start_(cities.size()),
      looks_(cities.size()),
      looked_(cities.size() + 1) {}

/// m - r/√τ.
double BeliefState::worth(double mean, double precision) const noexcept {
  return rule_.risk_aversion == 0 ? mean : mean - rule_.risk_aversion / __builtin_sqrt(precision);
}

void BeliefState::reset(Outset const& outset, NetworkLayer const& layer) {
  auto const key = [&](Purpose purpose) {
    return make_key(outset.seed, static_cast<std::uint64_t>(outset.replicate), purpose, rule_.policy);
  };
  layer_ = &layer;
  per_unit_ = rule_.precision * layer.unit;
  noise_key_ = key(Purpose::look);
  if (rule_.prior_spread > 0) draw_normal(key(Purpose::prior), cities_.hash, 0, mean_);
  for (Index i = 0; i < cities_.size(); ++i) {
    mean_[i] = rule_.prior_mean[i] + (rule_.prior_spread > 0 ? rule_.prior_spread * mean_[i] : 0);
    precision_[i] = rule_.prior_precision[i];
    start_[i] = worth(mean_[i], precision_[i]);
  }
  std::fill(news_.begin(), news_.end(), 0.0);
  std::fill(looks_.begin(), looks_.end(), Looks{});
  count_ = 0;
}

double BeliefState::variance(Index target, Index source) const noexcept {
  double squares = 0;
  for (std::vector<double> const& z : rule_.of) {
    double const apart = z[target] - z[source];
    squares += apart * apart;
  }
  return rule_.spread * rule_.spread + rule_.distance_sd * rule_.distance_sd * squares;
}

/// A look of precision k at a source whose performance varies by `variance` around what it is in a city like the
/// target.
inline void BeliefState::add(Index target, double k, double variance, double q) noexcept {
  double const share = 1 / (1 + k * variance);  // v/k
  double const v = k * share;
  Looks& sum = looks_[target];
  looked_[count_] = target;
  count_ += sum.number == 0;
  sum.number += 1;
  sum.u += v;
  sum.q += v * q;
  sum.v += v * share;
}

template <bool weighted, bool distant, bool dated>
void BeliefState::look_along(Index source, double q, std::int32_t step) {
  NetworkLayer const& layer = *layer_;
  double const alike = rule_.spread * rule_.spread;
  double const per_unit = per_unit_;
  for (std::uint32_t e = layer.first[source]; e < layer.first[source + 1]; ++e) {
    if constexpr (dated) {
      if (layer.from[e] > step || layer.until[e] < step) continue;
    }
    Index const target = layer.target[e];
    double const k = weighted ? per_unit * layer.weight[e] : per_unit;
    add(target, k, distant ? variance(target, source) : alike, q);
  }
}

void BeliefState::look_at(Index source, double q, std::int32_t step) {
  bool const distant = !rule_.of.empty();
  if (layer_->dated()) {
    layer_->weighted() ? look_along<true, true, true>(source, q, step) : look_along<false, true, true>(source, q, step);
  } else if (layer_->weighted()) {
    distant ? look_along<true, true, false>(source, q, step) : look_along<true, false, false>(source, q, step);
  } else {
    distant ? look_along<false, true, false>(source, q, step) : look_along<false, false, false>(source, q, step);
  }
}

void BeliefState::look(Index target, Index source, std::uint32_t weight, double q) {
  add(target, per_unit_ * weight, variance(target, source), q);
}

void BeliefState::update(std::int32_t step, Touched& touched) {
  for (std::size_t begin = 0; begin < count_; begin += batch_size) {
    std::size_t const n = std::min(batch_size, count_ - begin);
    update_some(std::span(looked_).subspan(begin, n), step);
    for (std::size_t k = 0; k < n; ++k) touched.add(looked_[begin + k]);
  }
  count_ = 0;
}

/// Gathers, computes in a flat loop, and puts back.
void BeliefState::update_some(std::span<Index const> cities, std::int32_t step) {
  alignas(64) std::array<double, batch_size> mean, precision, u, q, v;
  alignas(64) std::array<double, batch_size> noise{};
  std::size_t const n = cities.size();
  if (rule_.noise == LookNoise::normal) {
    std::array<std::uint64_t, batch_size> who;
    for (std::size_t k = 0; k < n; ++k) who[k] = cities_.hash[cities[k]];
    draw_normal(noise_key_, std::span(who).first(n), static_cast<std::uint32_t>(step), std::span(noise).first(n));
  }
  for (std::size_t k = 0; k < n; ++k) {
    Looks& sum = looks_[cities[k]];
    u[k] = sum.u;
    q[k] = sum.q;
    v[k] = sum.v;
    sum = Looks{};
    mean[k] = mean_[cities[k]];
    precision[k] = precision_[cities[k]];
  }
  for (std::size_t k = 0; k < n; ++k) {
    double const weighed = precision[k] * mean[k] + q[k] + __builtin_sqrt(v[k]) * noise[k];
    precision[k] += u[k];
    mean[k] = weighed / precision[k];
  }
  for (std::size_t k = 0; k < n; ++k) {
    mean_[cities[k]] = mean[k];
    precision_[cities[k]] = precision[k];
    news_[cities[k]] = worth(mean[k], precision[k]) - start_[cities[k]];
  }
}

}  // namespace hansa
