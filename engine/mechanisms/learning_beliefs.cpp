/// Looks are summed as they come, and beliefs moved once a step.
#include "mechanisms/learning_beliefs.hpp"

#include <algorithm>
#include <array>

#include "base/flat_math.hpp"
#include "base/random.hpp"

namespace hansa {

namespace {

constexpr std::size_t batch_size = 256;
constexpr double least_worth = 0x1p-1000;  // of a look: a city that looked has a sum above 0

}  // namespace

BeliefState::BeliefState(LookRule const& rule, std::span<std::uint64_t const> hashes)
    : rule_(rule), cities_(hashes.size()), looked_(hashes.size() + 1) {
  for (std::size_t i = 0; i < hashes.size(); ++i) cities_[i].hash = hashes[i];
}

/// m - r/√τ.
inline double BeliefState::worth(double mean, double precision) const noexcept {
  return risk_aversion_ == 0 ? mean : mean - risk_aversion_ / __builtin_sqrt(precision);
}

void BeliefState::reset(Outset const& outset, NetworkLayer const& layer) {
  auto const key = [&](Purpose purpose) {
    return make_key(outset.seed, static_cast<std::uint64_t>(outset.replicate), purpose, rule_.policy);
  };
  layer_ = &layer;
  per_unit_ = rule_.precision.start() * layer.unit;
  distance_sd_ = rule_.distance_sd.start();
  risk_aversion_ = rule_.risk_aversion.start();
  if (!rule_.risk_aversion.constant()) first_means_.resize(cities_.size());
  noise_key_ = key(Purpose::look);
  std::uint64_t const prior_key = key(Purpose::prior);
  std::array<double, batch_size> apart{};
  std::array<std::uint64_t, batch_size> who;
  for (std::size_t begin = 0; begin < cities_.size(); begin += batch_size) {
    std::size_t const n = std::min(batch_size, cities_.size() - begin);
    if (rule_.prior_spread > 0) {
      for (std::size_t k = 0; k < n; ++k) who[k] = cities_[begin + k].hash;
      draw_normal(prior_key, std::span(who).first(n), 0, std::span(apart).first(n));
    }
    for (std::size_t k = 0; k < n; ++k) {
      auto const i = static_cast<Index>(begin + k);
      City& city = cities_[i];
      city.u = city.q = city.v = city.news = 0;
      city.mean = rule_.prior_mean[i] + rule_.prior_spread * apart[k];
      city.precision = rule_.prior_precision[i];
      city.start = worth(city.mean, city.precision);
      if (!first_means_.empty()) first_means_[i] = city.mean;
    }
  }
  count_ = 0;
}

void BeliefState::look_as_in(std::int32_t step) {
  if (!rule_.precision.constant()) per_unit_ = rule_.precision.at(step) * layer_->unit;
  if (!rule_.distance_sd.constant()) distance_sd_ = rule_.distance_sd.at(step);
}

void BeliefState::weigh_as_in(std::int32_t step, Touched& touched) {
  double const now = rule_.risk_aversion.at(step);
  if (now == risk_aversion_) return;
  risk_aversion_ = now;
  for (Index i = 0; i < cities_.size(); ++i) {
    cities_[i].start = worth(first_means_[i], rule_.prior_precision[i]);
    cities_[i].news = worth(cities_[i].mean, cities_[i].precision) - cities_[i].start;
  }
  touched.everybody = true;
}

Beliefs BeliefState::beliefs() const {
  means_.resize(cities_.size());
  precisions_.resize(cities_.size());
  for (std::size_t i = 0; i < cities_.size(); ++i) {
    means_[i] = cities_[i].mean;
    precisions_[i] = cities_[i].precision;
  }
  return {means_, precisions_};
}

double BeliefState::variance(Index target, Index source) const noexcept {
  double squares = 0;
  for (std::vector<double> const& z : rule_.of) {
    double const apart = z[target] - z[source];
    squares += apart * apart;
  }
  return rule_.spread * rule_.spread + distance_sd_ * distance_sd_ * squares;
}

/// A look of precision k at a source whose performance varies around what it is in a city like the target. `share`:
/// v/k, 1 / (1 + k variance).
inline void BeliefState::add(Index target, double k, double share, double q) noexcept {
  double const v = std::max(k * share, least_worth);
  City& city = cities_[target];
  looked_[count_] = target;
  count_ += city.u == 0;
  city.u += v;
  city.q += v * q;
  city.v += v * share;
}

template <bool weighted, bool distant, bool dated>
void BeliefState::look_along(Index source, double q, std::int32_t step) {
  NetworkLayer const& layer = *layer_;
  double const alike = rule_.spread * rule_.spread;
  auto const share = [](double k, double variance) { return 1 / (1 + k * variance); };
  double const per_unit = per_unit_;
  for (std::uint32_t e = layer.first[source]; e < layer.first[source + 1]; ++e) {
    if constexpr (dated) {
      if (layer.from[e] > step || layer.until[e] < step) continue;
    }
    Index const target = layer.target[e];
    double const k = weighted ? per_unit * layer.weight[e] : per_unit;
    add(target, k, share(k, distant ? variance(target, source) : alike), q);
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

void BeliefState::look(Index target, Index source, std::uint32_t weight, double q, double strength) {
  double const k = per_unit_ * weight * strength;
  if (!rule_.of.empty()) return add(target, k, 1 / (1 + k * variance(target, source)), q);
  if (k != known_) {
    known_ = k;
    known_share_ = 1 / (1 + k * (rule_.spread * rule_.spread));
  }
  add(target, k, known_share_, q);
}

void BeliefState::absorb(Index city, double precision, double seen) noexcept {
  City& own = cities_[city];
  double const v = std::max(precision, least_worth);
  looked_[count_] = city;
  count_ += own.u == 0;
  own.u += v;
  own.q += v * seen;
}

double BeliefState::first_mean(Index city) const noexcept {
  if (!first_means_.empty()) return first_means_[city];
  double const aversion = risk_aversion_;
  return aversion == 0 ? cities_[city].start
                       : cities_[city].start + aversion / __builtin_sqrt(rule_.prior_precision[city]);
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
void BeliefState::update_some(std::span<Index const> looked, std::int32_t step) {
  alignas(64) std::array<double, batch_size> mean, precision, u, q, v;
  alignas(64) std::array<double, batch_size> noise{};
  std::array<std::uint64_t, batch_size> who;
  std::size_t const n = looked.size();
  for (std::size_t k = 0; k < n; ++k) {
    City& city = cities_[looked[k]];
    u[k] = city.u;
    q[k] = city.q;
    v[k] = city.v;
    city.u = city.q = city.v = 0;
    who[k] = city.hash;
    mean[k] = city.mean;
    precision[k] = city.precision;
  }
  if (rule_.noise == LookNoise::normal) {
    draw_normal(noise_key_, std::span(who).first(n), static_cast<std::uint32_t>(step), std::span(noise).first(n));
  }
  for (std::size_t k = 0; k < n; ++k) {
    double const weighed = precision[k] * mean[k] + q[k] + __builtin_sqrt(v[k]) * noise[k];
    precision[k] += u[k];
    mean[k] = weighed / precision[k];
  }
  for (std::size_t k = 0; k < n; ++k) {
    City& city = cities_[looked[k]];
    city.mean = mean[k];
    city.precision = precision[k];
    city.news = worth(mean[k], precision[k]) - city.start;
  }
}

}  // namespace hansa
