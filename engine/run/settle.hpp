/// The arithmetic of a batch of cities: settle what was consumed, turn the linear predictor into a hazard, find when
/// the resistance will be overcome. Remaining resistance and hazards lie on the grid 2^-44, on which subtraction is
/// exact.
#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <limits>

#include "base/flat_math.hpp"
#include "base/ids.hpp"
#include "run/scan.hpp"
#include "scenario/scenario.hpp"

namespace hansa {

/// Cities worked on at a time: what the terms see in one call.
inline constexpr std::size_t batch_size = 64;

/// A city at risk. `remaining` is the resistance left after step `since`; `hazard` is consumed in each step after it.
/// Rule `threshold`: `remaining` is the threshold itself, and `hazard` is not used.
template <class Lane>
struct alignas(16) CityRecord {
  double remaining;
  Lane hazard;
  std::int32_t since;
};
static_assert(sizeof(CityRecord<float>) == 16);

/// The clocks of all cities: records and due steps.
template <class Lane>
struct ClockRecords {
  CityRecord<Lane>* record;
  std::int16_t* due;
};

/// Rounds to a multiple of 2^-44. |v| <= 128.
[[nodiscard]] inline double on_grid(double v) noexcept {
  return (v + 384.0) - 384.0;
}

inline constexpr double grid_unit = 0x1p-44;
inline constexpr double hazard_cap = 64;
inline constexpr double predictor_bound = 80;  ///< |η| beyond it is an error

/// How pressure turns into a hazard.
enum class Link {
  softplus,     ///< rule logit: h = ln(1 + e^η)
  exponential,  ///< cloglog: h = e^η
  identity,     ///< additive: the pressure is the hazard
  probability   ///< linear: h = -ln(1 - p)
};

/// use.operator()<link>() for the link of a rule with hazards; false under any other rule.
template <class Use>
bool with_link(Rule rule, Use const& use) {
  switch (rule) {
    case Rule::logit:
      return use.template operator()<Link::softplus>();
    case Rule::cloglog:
      return use.template operator()<Link::exponential>();
    case Rule::additive:
      return use.template operator()<Link::identity>();
    case Rule::linear:
      return use.template operator()<Link::probability>();
    default:
      return false;
  }
}

/// h before it is capped and put on the grid.
template <Link link, class Lane>
[[nodiscard]] inline Lane hazard_of(Lane eta) noexcept {
  if constexpr (link == Link::softplus) {
    return flat::softplus(eta);
  } else if constexpr (link == Link::exponential) {
    return flat::exp_normal(eta);
  } else if constexpr (link == Link::identity) {
    return eta;
  } else {
    return flat::hazard_of_probability(eta > 0 ? eta : Lane{0});
  }
}

/// The same of several, in a loop that is whole: flat even where much else is inlined beside it.
template <Link link, class Lane>
[[gnu::flatten]] inline void find_hazards(Lane const* eta, Lane* hazard, std::size_t n) noexcept {
  for (std::size_t k = 0; k < n; ++k) hazard[k] = hazard_of<link>(eta[k]);
}

/// A batch between its load and its store, as columns.
template <class Lane>
struct Batch {
  alignas(64) double remaining[batch_size];
  alignas(64) Lane hazard[batch_size];
  alignas(64) std::int32_t since[batch_size];
  alignas(64) std::int32_t due[batch_size];
};

// A record in single precision moves as one piece of 16 bytes: records are scattered, and moves are what costs.
using Piece = double __attribute__((vector_size(16), may_alias));

template <class Lane>
inline void load(Batch<Lane>& batch, std::size_t k, CityRecord<Lane> const& record) noexcept {
  batch.remaining[k] = record.remaining;
  batch.hazard[k] = record.hazard;
  batch.since[k] = record.since;
}

template <class Lane>
inline void store(Batch<Lane> const& batch, std::size_t k, std::int32_t step, CityRecord<Lane>& record) noexcept {
  if constexpr (sizeof(Lane) == 4) {
    std::uint64_t const tail = std::bit_cast<std::uint32_t>(batch.hazard[k]) | static_cast<std::uint64_t>(step) << 32;
    *reinterpret_cast<Piece*>(&record) = Piece{batch.remaining[k], std::bit_cast<double>(tail)};
  } else {
    record = {batch.remaining[k], batch.hazard[k], step};
  }
}

inline constexpr double probability_slack = 1e-6;  ///< below 0, that rounding is allowed to take a probability

/// Pressures that a link takes: |η| up to predictor_bound, or whatever finite hazard or probability is not negative.
template <Link link, class Lane>
[[nodiscard]] constexpr bool is_taken(Lane eta) noexcept {
  constexpr bool predictor = link == Link::softplus || link == Link::exponential;
  constexpr double least = predictor ? -predictor_bound : link == Link::probability ? -probability_slack : 0;
  constexpr Lane lowest = static_cast<Lane>(least);
  constexpr Lane highest = predictor ? Lane{predictor_bound} : std::numeric_limits<Lane>::max();
  return eta <= highest && eta >= lowest;
}

/// The same by the rule; a threshold is compared with any number.
template <class Lane>
[[nodiscard]] bool is_taken(Rule rule, Lane pressure) noexcept {
  if (rule == Rule::threshold) return pressure - pressure == 0;
  return with_link(rule, [&]<Link link>() { return is_taken<link>(pressure); });
}

/// False if some pressure is out of bounds or NaN.
template <Link link, class Lane>
[[nodiscard]] inline bool within_bounds(Lane const* eta, std::size_t n) noexcept {
  int wrong = 0;
  for (std::size_t k = 0; k < n; ++k) wrong |= !is_taken<link>(eta[k]);
  return wrong == 0;
}

/// Nobody is bound by a mandate.
struct Free {
  template <class Lane>
  void bind(Lane*, Index const*, std::size_t) const noexcept {}
};

/// What mandates add to the hazard of each city, after the link.
template <class Lane>
struct Bound {
  Lane const* mandated;
  /// `city`: where the batch lies; null: the cities from the first on.
  void bind(Lane* __restrict hazard, Index const* __restrict city, std::size_t n) const noexcept {
    if (city == nullptr) {
      for (std::size_t k = 0; k < n; ++k) hazard[k] += mandated[k];
    } else {
      for (std::size_t k = 0; k < n; ++k) hazard[k] += mandated[city[k]];
    }
    for (std::size_t k = 0; k < n; ++k) hazard[k] = hazard[k] < Lane{64} ? hazard[k] : Lane{64};
  }
};

/// When what remains after `step` will have been consumed.
template <class Lane>
[[gnu::always_inline]] inline void find_dates(Batch<Lane>& batch, std::size_t n, std::int32_t step) noexcept {
  for (std::size_t k = 0; k < n; ++k) {
    double const h = on_grid(static_cast<double>(batch.hazard[k]));
    // How many steps: a quotient in single precision to the nearest whole, then one exact comparison. A hazard of 0
    // never gets there: its quotient is infinite, and clamped like every far one.
    float const q = static_cast<float>(batch.remaining[k]) / static_cast<float>(h);
    std::int32_t const near = static_cast<std::int32_t>((q < 32767.0F ? q : 32767.0F) + 0.5F);
    std::int32_t const at = step + near + (near * h < batch.remaining[k] ? 1 : 0);
    batch.due[k] = at < no_step ? at : no_step;
  }
}

/// Settles a loaded batch after step `step`: consumes what the old hazards took since, and sets new hazards and dates.
template <Link link, class Lane, class Law>
inline void settle(Batch<Lane>& batch, Lane const* __restrict eta, Index const* city, Law const& law, std::size_t n,
                   std::int32_t step) noexcept {
  for (std::size_t k = 0; k < n; ++k) {
    batch.remaining[k] -= on_grid(static_cast<double>(batch.hazard[k])) * (step - batch.since[k]);
  }
  int capped = 0;
  constexpr Lane near_cap = link == Link::probability ? Lane{1} : Lane{4};  // e^η reaches the cap at 4.16
  for (std::size_t k = 0; k < n; ++k) capped |= eta[k] > near_cap;
  find_hazards<link>(eta, batch.hazard, n);
  if (capped != 0) {
    for (std::size_t k = 0; k < n; ++k) batch.hazard[k] = batch.hazard[k] < Lane{64} ? batch.hazard[k] : Lane{64};
  }
  law.bind(batch.hazard, city, n);
  find_dates(batch, n, step);
}

/// Settles `n` <= batch_size cities, wherever they are, under Free or a Bound of all cities. Returns false, with
/// nothing changed, if a predictor is out of bounds.
template <Link link, class Lane, class Law = Free>
bool settle_listed(CityRecord<Lane>* __restrict record, std::int16_t* __restrict due, Index const* __restrict city,
                   Lane const* __restrict eta, std::size_t n, std::int32_t step, Law const& law = {}) noexcept {
  if (!within_bounds<link>(eta, n)) return false;
  Batch<Lane> batch;
  for (std::size_t k = 0; k < n; ++k) load(batch, k, record[city[k]]);
  settle<link>(batch, eta, city, law, n, step);
  for (std::size_t k = 0; k < n; ++k) {
    store(batch, k, step, record[city[k]]);
    due[city[k]] = static_cast<std::int16_t>(batch.due[k]);
  }
  return true;
}

/// Settles batch_size cities in a row, of which some may be asleep: their hazards become 0 and they stay without a
/// date. `law`: Free, or a Bound of these cities.
template <Link link, class Lane, class Law = Free>
bool settle_row(CityRecord<Lane>* __restrict record, std::int16_t* __restrict due, std::uint8_t const* __restrict flags,
                Lane const* __restrict eta, std::int32_t step, Law const& law = {}) noexcept {
  alignas(64) Lane asleep[batch_size];  // as numbers of the lanes' width, so that the selections below vectorise
  alignas(64) Lane masked[batch_size];
  for (std::size_t k = 0; k < batch_size; ++k) asleep[k] = static_cast<Lane>(flags[k] & flag_asleep);
  for (std::size_t k = 0; k < batch_size; ++k) masked[k] = asleep[k] != Lane{0} ? Lane{0} : eta[k];
  if (!within_bounds<link>(masked, batch_size)) return false;
  Batch<Lane> batch;
  for (std::size_t k = 0; k < batch_size; ++k) load(batch, k, record[k]);
  settle<link>(batch, masked, nullptr, law, batch_size, step);
  for (std::size_t k = 0; k < batch_size; ++k) {
    batch.hazard[k] = asleep[k] != Lane{0} ? Lane{0} : batch.hazard[k];
    batch.due[k] = asleep[k] != Lane{0} ? no_step : batch.due[k];
  }
  for (std::size_t k = 0; k < batch_size; ++k) store(batch, k, step, record[k]);
  for (std::size_t k = 0; k < batch_size; ++k) due[k] = static_cast<std::int16_t>(batch.due[k]);
  return true;
}

/// Rule `threshold`: due at the next step where eta has reached the threshold. Returns false, with nothing changed, if
/// some eta is not finite.
inline bool settle_threshold(CityRecord<double> const* __restrict record, std::int16_t* __restrict due,
                             Index const* __restrict city, double const* __restrict eta, std::size_t n,
                             std::int32_t step) noexcept {
  int wrong = 0;
  for (std::size_t k = 0; k < n; ++k) wrong |= !(eta[k] - eta[k] == 0);
  if (wrong != 0) return false;
  for (std::size_t k = 0; k < n; ++k) {
    bool const reached = eta[k] >= record[city[k]].remaining;
    due[city[k]] = reached ? static_cast<std::int16_t>(step + 1) : no_step;
  }
  return true;
}

}  // namespace hansa
